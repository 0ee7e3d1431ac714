// The facts of records: the values that queries read, in comparable form, under the project's schema. They are derived from the
// record as given, and derived again when the schema changes.

import type {
  EventDocument,
  OrderDocument,
  OrderFacts,
  OrderItem,
  OrderLine,
  ProjectDocument,
  PropertyType,
} from "../documents/documents.js";
import { metadataSlot } from "../documents/metadata-slot.js";
import { isListType } from "../documents/property-types.js";
import { normaliseText } from "../plan/text.js";
import { type Decimal, decimalOf, multiply } from "./decimal.js";
import { typedEntries } from "./typed-values.js";

type Schema = Readonly<Record<string, PropertyType>>;
type Values = Readonly<Record<string, unknown>>;

/**
 * The project's schema of a type of event; empty if it has none. The type may be the name of an inherited property, as
 * `constructor`.
 */
export function schemaOfEvents(type: string, { eventSchemas }: ProjectDocument): Schema {
  return (Object.hasOwn(eventSchemas, type) ? eventSchemas[type] : undefined) ?? {};
}

/**
 * The facts of an event.
 * @throws RecordError if a property is not of its type.
 */
export function eventFacts(
  event: Pick<EventDocument, "type" | "properties">,
  definition: ProjectDocument,
): Pick<EventDocument, "facts" | "yearly"> {
  return typedFacts(
    event.properties,
    schemaOfEvents(event.type, definition),
    "properties",
    definition.timezone,
  );
}

/**
 * The facts of an order.
 * @throws RecordError if a metadata value is not of its type.
 */
export function orderFacts(
  order: Pick<OrderDocument, "status" | "items" | "product_keys" | "metadata">,
  definition: ProjectDocument,
): Pick<OrderDocument, "facts" | "yearly"> {
  const { orderMetadataSchema, timezone } = definition;
  const metadata = typedFacts(order.metadata ?? {}, orderMetadataSchema, "metadata", timezone);
  const status = normaliseText(order.status);
  const facts: OrderFacts = {
    ...(status === "" ? {} : { status }),
    quantity: unitsOf(order.items),
    product_count: order.product_keys.length,
    lines: order.items.map(lineOf),
    metadata: metadata.facts,
  };
  return { facts, yearly: metadata.yearly };
}

/** A line without blank names, and with its amount, computed exactly and not rounded to minor units. */
function lineOf({ product_id, sku, name, quantity, price }: OrderItem): OrderLine {
  const texts = Object.entries({ product_id, sku, name })
    .map(([key, value]): [string, string] => [key, normaliseText(value ?? "")])
    .filter(([, value]) => value !== "");
  const [units, each] = [decimalOf(quantity), decimalOf(price ?? 0)];
  const amount = units === undefined || each === undefined ? undefined : decimalNumber(multiply(units, each));
  return {
    ...Object.fromEntries(texts),
    quantity,
    ...(price === undefined ? {} : { price }),
    ...(price === undefined || amount === undefined ? {} : { amount }),
  };
}

function typedFacts(values: Values, schema: Schema, label: string, zone: string) {
  const facts: Record<string, unknown> = {};
  const yearly: Record<string, string> = {};
  for (const [key, type] of Object.entries(schema)) {
    // A missing set is empty, not unknown.
    if (isListType(type)) facts[metadataSlot(key, type)] = [];
  }
  for (const { key, type, value, yearDay } of typedEntries(values, schema, label, zone)) {
    const slot = metadataSlot(key, type);
    if (yearDay !== undefined) yearly[slot] = yearDay;
    if (value !== undefined) facts[slot] = value;
  }
  return { facts, yearly };
}

/** The units of all lines, added up as decimals, so that 0.1 and 0.2 are 0.3. */
function unitsOf(items: readonly OrderItem[]): number {
  let sum: Decimal = { units: 0n, scale: 0 };
  for (const { quantity } of items) {
    const added = decimalOf(quantity);
    if (added === undefined) continue;
    const scale = Math.max(sum.scale, added.scale);
    const scaled = ({ units, scale: own }: Decimal): bigint => units * 10n ** BigInt(scale - own);
    sum = { units: scaled(sum) + scaled(added), scale };
  }
  return decimalNumber(sum);
}

function decimalNumber({ units, scale }: Decimal): number {
  return Number(`${units}e-${scale}`);
}
