// Attributes' names in sentences, and their paths in a written profile.

import { builtInAttributes } from "../catalog/attributes.js";
import type { Attribute, Catalog } from "../catalog/model.js";

import type { Profile } from "../documents/documents.js";

const labels: ReadonlyMap<string, string> = new Map(
  builtInAttributes.map(({ name, label = name }) => [name, label]),
);

/** An attribute's name in a sentence. */
export function spokenName({ name }: Pick<Attribute, "name">): string {
  return labels.get(name) ?? withoutQuotes(name.replace(/^metadata\./, ""));
}

/** The name without the backticks that a query would need. */
export function withoutQuotes(name: string): string {
  return name.replace(/`((?:[^`]|``)*)`/g, (_, inside: string) => inside.replaceAll("``", "`"));
}

const profilePaths: Readonly<Record<string, readonly string[]>> = {
  name: ["name"],
  email: ["email"],
  phone: ["phone"],
  city: ["address", "city"],
  state: ["address", "state"],
  postal_code: ["address", "postal_code"],
  country: ["address", "country"],
  created_at: ["created_at"],
  birthdate: ["birthdate"],
  source: ["source"],
  "source.mailchimp.list": ["source_metadata", "mailchimp", "list"],
  "source.intercom.type": ["source_metadata", "intercom", "type"],
  "source.web_widget.id": ["source_metadata", "web_widget", "id"],
};

/** The path of an attribute in a written profile; undefined if profiles don't have it. */
export function profilePath(catalog: Catalog, attribute: Attribute): readonly string[] | undefined {
  const built = profilePaths[attribute.name];
  if (built !== undefined) return built;
  for (const [key, metadata] of catalog.metadataByName) {
    if (metadata.field.attribute === attribute.field.attribute) return ["metadata", key];
  }
  return undefined;
}

/** The value at a path of a profile. */
export function givenValue(profile: Profile, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === "object" && found !== null && Object.hasOwn(found, name)
        ? (found as Readonly<Record<string, unknown>>)[name]
        : undefined,
    profile,
  );
}
