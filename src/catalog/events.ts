// What a query may ask about events: their types, and the properties of each. An order is an event that every project has.

import type { ProjectDocument, PropertyType } from "../documents/documents.js";
import { metadataSlot } from "../documents/metadata-slot.js";
import type { ValueType } from "../plan/literals.js";
import type { Field } from "../plan/plan.js";
import { normaliseText } from "../plan/text.js";
import type { Attribute, Catalog, EventType } from "./model.js";
import { quoteName } from "./quote-name.js";

const elementTypes: Readonly<Record<string, ValueType>> = { string: "text" };

/** The value type of a property type, and that of its elements if it is a set. */
export function valueTypeOf(type: PropertyType): { readonly type: ValueType; readonly element?: ValueType } {
  const single = type.replace("[]", "");
  const element = (elementTypes[single] ?? single) as ValueType;
  return single === type ? { type: element } : { type: "set", element };
}

/** @param from where an event's facts and their yearly days are, and the object with the property as it was given. */
function property(
  name: string,
  key: string,
  type: PropertyType,
  from: { readonly path: string; readonly given: string },
): Attribute {
  const slot = metadataSlot(key, type);
  const typed = valueTypeOf(type);
  const field: Field = {
    attribute: name,
    scope: "record",
    path: `${from.path}.${slot}`,
    ...(typed.type === "date" ? { yearlyPath: `yearly.${slot}` } : {}),
    ...(typed.type === "set" ? { set: true } : {}),
    ...(typed.type === "number" ? { fractional: true } : {}),
  };
  const isText = (typed.element ?? typed.type) === "text";
  return { name, phrases: [], ...typed, field, ...(isText ? { given: { path: from.given, key } } : {}) };
}

const record = (attribute: string, path: string, more: Partial<Field> = {}): Field => ({
  attribute,
  scope: "record",
  path,
  ...more,
});

const orderProperties: readonly Attribute[] = [
  { name: "amount", phrases: ["total", "total amount"], type: "money", field: record("amount", "amount") },
  {
    name: "status",
    phrases: [],
    type: "text",
    field: record("status", "facts.status"),
    given: { path: "status" },
  },
  {
    name: "product",
    phrases: ["products", "item", "items"],
    type: "set",
    element: "product",
    field: record("product", "item_keys", { set: true, sizePath: "facts.product_count" }),
  },
  {
    name: "quantity",
    phrases: ["units"],
    type: "number",
    field: record("quantity", "facts.quantity", { fractional: true }),
  },
];

const lineField = (attribute: string, path: string, more: Partial<Field> = {}): Field => ({
  attribute,
  scope: "line",
  path,
  ...more,
});

const lineProperties: readonly Attribute[] = [
  { name: "product", phrases: ["products"], type: "product", field: lineField("product", "name") },
  { name: "quantity", phrases: ["units"], type: "number", field: lineField("quantity", "quantity") },
  { name: "price", phrases: [], type: "money", field: lineField("price", "price") },
  {
    name: "amount",
    phrases: ["total", "total amount"],
    type: "money",
    fractional: true,
    field: lineField("amount", "amount"),
  },
];

/** Every type of event of a project, `order` first. */
export function eventTypesOf(
  project: ProjectDocument,
  catalogOver: (attributes: readonly Attribute[], metadata: readonly MetadataKey[]) => Catalog,
): readonly EventType[] {
  const orderMetadata = Object.entries(project.orderMetadataSchema).map(([key, type]) => ({
    key,
    attribute: property(`metadata.${quoteName(key)}`, key, type, {
      path: "facts.metadata",
      given: "metadata",
    }),
  }));
  const order: EventType = {
    name: "order",
    builtIn: true,
    properties: [...orderProperties, ...orderMetadata.map(({ attribute }) => attribute)],
    catalog: catalogOver(orderProperties, orderMetadata),
    line: {
      name: "item",
      builtIn: false,
      properties: lineProperties,
      catalog: catalogOver(lineProperties, []),
    },
  };
  const defined = Object.entries(project.eventSchemas).map(([name, schema]): EventType => {
    const properties = Object.entries(schema).map(([key, type]) => ({
      key,
      attribute: property(quoteName(key), key, type, { path: "facts", given: "properties" }),
    }));
    return {
      name,
      builtIn: false,
      properties: properties.map(({ attribute }) => attribute),
      // A property is named by its key alone, as a metadata key is.
      catalog: catalogOver([], properties),
    };
  });
  return [order, ...defined];
}

/** A key that names an attribute without a prefix. */
export interface MetadataKey {
  readonly key: string;
  readonly attribute: Attribute;
}

const noise = /^(?:the|an?|customers?|customer's)\s+/i;

/**
 * The type of event that words name: by its exact spelling, else ignoring case; leading noise counts only if nothing is
 * called so. The built-in `order` also goes as `orders`. Undefined if there is none.
 */
export function findEventType(catalog: Catalog, written: string): EventType | undefined {
  for (let words = written; ; words = words.replace(noise, "")) {
    const wanted = normaliseText(words);
    const found =
      catalog.events.find(({ name }) => name === words) ??
      catalog.events.find(({ name }) => normaliseText(name) === wanted) ??
      (wanted === "orders" ? catalog.events.find(({ builtIn }) => builtIn) : undefined);
    if (found !== undefined || !noise.test(words)) return found;
  }
}
