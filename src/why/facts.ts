// What attributes are called in a sentence, and where a profile has them as they were given.

import { builtInAttributes } from "../catalog/attributes.js";
import type { Attribute, Catalog } from "../catalog/model.js";

import type { Profile } from "../documents/documents.js";

const labels: ReadonlyMap<string, string> = new Map(
  builtInAttributes.map(({ name, label = name }) => [name, label]),
);

/** What an attribute is called in a sentence. */
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

/** Where a profile has an attribute, as it is given; undefined where a profile has none such. */
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
