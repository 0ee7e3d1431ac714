// The page's table of attributes, copied by hand: canonical name, type, phrases.

import type { CampaignKind, Project, PropertyType } from "./folder.js";
import type { Subject } from "./tree.js";

export type AttributeType =
  | "text"
  | "exact text"
  | "country"
  | "source"
  | "intercom type"
  | "number"
  | "money"
  | "date"
  | "datetime"
  | "boolean"
  | "consents"
  | "products"
  | "text set"
  | "number set"
  | "boolean set"
  | "date set"
  | "datetime set";

export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly phrases: readonly string[];
  /** Whose campaigns `in campaign "X"` narrows it to. */
  readonly campaigns?: CampaignKind;
}

export const attributes: readonly Attribute[] = [
  { name: "name", type: "text", phrases: ["full name"] },
  { name: "email", type: "text", phrases: ["e-mail"] },
  { name: "phone", type: "text", phrases: ["phone number"] },
  { name: "city", type: "text", phrases: ["town"] },
  { name: "state", type: "text", phrases: ["region", "province"] },
  { name: "postal_code", type: "text", phrases: ["postcode", "zip", "zip code"] },
  { name: "source_id", type: "exact text", phrases: [] },
  { name: "country", type: "country", phrases: [] },
  { name: "created_at", type: "datetime", phrases: ["creation date", "created", "customer since"] },
  { name: "birthdate", type: "date", phrases: ["birthday", "date of birth"] },
  {
    name: "orders.total_amount",
    type: "money",
    phrases: ["total amount of orders", "total amount of customer orders", "total spent", "amount spent"],
  },
  {
    name: "orders.count",
    type: "number",
    phrases: ["total count of orders", "total count of customer orders", "number of orders"],
  },
  {
    name: "orders.last_at",
    type: "datetime",
    phrases: ["last purchased order", "last order", "last order date"],
  },
  { name: "orders.first_at", type: "datetime", phrases: ["first order", "first order date"] },
  { name: "orders.last_amount", type: "money", phrases: ["last order total amount", "last order amount"] },
  { name: "orders.average_amount", type: "money", phrases: ["average order amount"] },
  { name: "order", type: "products", phrases: ["orders", "products"] },
  { name: "redemptions.count", type: "number", phrases: ["redemptions", "number of redemptions"] },
  {
    name: "gift_cards.spent",
    type: "money",
    phrases: ["gift card spent", "gift card spending"],
    campaigns: "gift_cards",
  },
  {
    name: "gift_cards.balance",
    type: "money",
    phrases: ["gift card balance", "gift card amount to go"],
    campaigns: "gift_cards",
  },
  { name: "referrals.count", type: "number", phrases: ["referred customers"], campaigns: "referrals" },
  { name: "loyalty.points", type: "number", phrases: ["loyalty points"], campaigns: "loyalty" },
  {
    name: "loyalty.balance",
    type: "number",
    phrases: ["loyalty balance", "points balance"],
    campaigns: "loyalty",
  },
  { name: "source", type: "source", phrases: [] },
  { name: "source.mailchimp.list", type: "text", phrases: ["mailchimp list"] },
  { name: "source.intercom.type", type: "intercom type", phrases: ["intercom type"] },
  { name: "source.web_widget.id", type: "text", phrases: ["web widget"] },
  { name: "consents", type: "consents", phrases: ["consent", "opted in to"] },
];

const metadataTypes: Readonly<Record<PropertyType, AttributeType>> = {
  string: "text",
  number: "number",
  boolean: "boolean",
  date: "date",
  datetime: "datetime",
  "string[]": "text set",
  "number[]": "number set",
  "boolean[]": "boolean set",
  "date[]": "date set",
  "datetime[]": "datetime set",
};

/** The properties of the built-in event `order` besides its metadata. */
export const orderProperties: ReadonlyMap<string, AttributeType> = new Map([
  ["amount", "money"],
  ["status", "text"],
  ["product", "products"],
  ["quantity", "number"],
]);

/** The type of an attribute or property, by its name or by its key. Throws a RangeError if there is none. */
export function typeOf(subject: Subject, project: Project): AttributeType {
  const { attribute, key, event } = subject;
  const schema = schemaOf(subject, project);
  const type =
    schema !== undefined && key !== undefined && Object.hasOwn(schema, key) ? schema[key] : undefined;
  if (type !== undefined) return metadataTypes[type];
  const found =
    event === undefined
      ? attributes.find((one) => one.name === attribute)?.type
      : event === "order"
        ? orderProperties.get(attribute)
        : undefined;
  if (found === undefined) throw new RangeError(`The oracle knows no ${JSON.stringify(subject)}`);
  return found;
}

function schemaOf({ attribute, event }: Subject, project: Project) {
  if (attribute === "metadata")
    return event === undefined ? project.metadataSchema : project.orderMetadataSchema;
  return attribute === "property" && event !== undefined ? project.eventSchemas[event] : undefined;
}

/** Every property of an event. */
export function propertiesOf(event: string, project: Project): Subject[] {
  if (event !== "order") {
    return Object.keys(project.eventSchemas[event] ?? {}).map((key) => ({
      attribute: "property",
      key,
      event,
    }));
  }
  return [
    ...[...orderProperties.keys()].map((attribute) => ({ attribute, event })),
    ...Object.keys(project.orderMetadataSchema).map((key) => ({ attribute: "metadata", key, event })),
  ];
}

/** Whether the type is one of sets, which are never unknown but empty. */
export function isSet(type: AttributeType): boolean {
  return type === "consents" || type === "products" || type.endsWith(" set");
}

/** The words of the language: a bare value or a bare name made of one of them would read as something else. */
export const reservedWords = new Set(
  `a ago after all an and any anniversary april at august average balance before between campaign contain contains
  count customer customer's customers day days december did do does each ends empty every exactly exist exists
  false february first has have hour hours in is january july june known last least less list march matches max may
  min minute minutes month months more most never next no none not november now october of on once or order orders
  perform performed placed products quarter quarters sample segment september since source start starts sum than the
  time times today tomorrow true twice unknown value week weeks where with within year years yes yesterday`.split(
    /\s+/,
  ),
);
