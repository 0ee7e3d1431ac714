// What attributes are called in a sentence, and where a profile has them as they were given.
import type { Attribute } from "../catalog/attributes.js";
import type { Catalog } from "../catalog/catalog.js";
import type { Profile } from "../documents/documents.js";

const names: Readonly<Record<string, string>> = {
  postal_code: "postal code",
  source_id: "source id",
  created_at: "creation date",
  "orders.total_amount": "total spent",
  "orders.count": "number of orders",
  "orders.last_at": "last order",
  "orders.first_at": "first order",
  "orders.last_amount": "amount of the last order",
  "orders.average_amount": "average order amount",
  order: "products bought",
  "redemptions.count": "number of redemptions",
  "gift_cards.spent": "gift card spending",
  "gift_cards.balance": "gift card balance",
  "referrals.count": "number of referred customers",
  "loyalty.points": "number of loyalty points",
  "loyalty.balance": "loyalty balance",
  "source.mailchimp.list": "Mailchimp list",
  "source.intercom.type": "Intercom type",
  "source.web_widget.id": "web widget",
};

/** What an attribute is called in a sentence. */
export function spokenName({ name }: Pick<Attribute, "name">): string {
  return names[name] ?? withoutQuotes(name.replace(/^metadata\./, ""));
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
