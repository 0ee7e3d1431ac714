// Converts records as given (in the format of the interchange folder) to documents. There is one function for each collection;
// each refuses invalid records with the reason.
import { z } from "zod";
import { isReservedEvent } from "../catalog/built-in-events.js";
import type { DocumentOf, RecordCollection } from "../documents/collections.js";
import type { OrderDocument, OrderItem, ProjectDocument, PropertyType } from "../documents/documents.js";
import { canceledStatus, succeededResult } from "../plan/counted.js";
import { normaliseText, trimText } from "../plan/text.js";
import { contentHash, type Numbering } from "./content-key.js";
import { decimalOf, exactNumber, multiply, roundTo } from "./decimal.js";
import { customerId } from "./identity.js";
import { readInstant } from "./instants.js";
import { itemKey, productKey } from "./products.js";
import { RecordError } from "./record-error.js";
import { eventFacts, orderFacts, schemaOfEvents } from "./record-facts.js";
import { recordId } from "./record-id.js";
import { identifier, properties, readShape, shorten } from "./record-shape.js";
import { namedAs, typedEntries } from "./typed-values.js";

/** The context in which a document is made. */
export interface RecordContext {
  readonly project: string;
  readonly definition: ProjectDocument;
  readonly numbering: Numbering;
}

type Maker<Name extends RecordCollection> = (record: unknown, context: RecordContext) => DocumentOf[Name];

const maxBytes = 64 * 1024;
// A wholesale order may have more than a thousand lines.
const maxOrderBytes = 1024 * 1024;
const maxItems = 10_000;

const label = z
  .string()
  .max(256, "has more than 256 characters")
  .refine((text) => trimText(text) !== "", "is blank");
const time = z.string().max(64, "is no date and time");
/**
 * The largest amount of one record, in minor units: a double holds the sum of a thousand of them exactly, and the total of a
 * customer's orders is one.
 */
const maxAmount = 9_007_199_254_740;
const tooLarge = `must be at most ${maxAmount.toLocaleString("en")} of the minor unit, so that totals stay exact`;

const noAmount = "must be a whole number of the currency's minor unit, as 1250 for 12.50";
const minorUnits = z
  .number({ error: noAmount })
  .refine(Number.isInteger, { error: noAmount, abort: true })
  .refine((amount) => Math.abs(amount) <= maxAmount, { error: tooLarge });
const points = z.number();
const productName = z.string().max(1_024, "has more than 1,024 characters").nullish();

const orderShape = z.looseObject({
  source_id: identifier,
  customer: identifier,
  created_at: time,
  status: z.string().max(64, "has more than 64 characters").nullish(),
  amount: minorUnits.nullish(),
  items: z
    .array(
      z.looseObject({
        product_id: productName,
        sku: productName,
        name: productName,
        quantity: z.number().nullish(),
        price: minorUnits.nullish(),
      }),
    )
    .max(maxItems, `has more than ${maxItems} lines`)
    .nullish(),
  metadata: properties,
});

const eventShape = z.looseObject({
  id: identifier.nullish(),
  customer: identifier,
  type: label,
  at: time,
  properties,
});

const redemptionShape = z.looseObject({
  id: identifier.nullish(),
  customer: identifier,
  at: time,
  campaign: label,
  result: label,
});

const giftCardShape = z.looseObject({
  id: identifier.nullish(),
  customer: identifier,
  campaign: label,
  amount: minorUnits,
  spent: minorUnits.nullish(),
});

const loyaltyShape = z.looseObject({
  id: identifier.nullish(),
  customer: identifier,
  campaign: label,
  points,
  spent: points.nullish(),
  expired: points.nullish(),
});

const referralShape = z.looseObject({
  id: identifier.nullish(),
  referrer: identifier,
  referee: identifier,
  campaign: label,
  at: time,
});

const makers: { readonly [Name in RecordCollection]: Maker<Name> } = {
  orders: orderDocument,
  events: (record, context) => {
    const read = readShape(eventShape, record, maxBytes);
    const { eventSchemas, timezone } = context.definition;
    if (isReservedEvent(read.type)) {
      throw new RecordError(
        `\`type\` is "${shorten(read.type)}", which is what the built-in event is called; give it another name, as \`order placed\`, or import it as an order`,
      );
    }
    const type = namedAs(Object.keys(eventSchemas), read.type) ?? trimText(read.type);
    const schema = schemaOfEvents(type, context.definition);
    const event = {
      type,
      at: instant(read.at, "at", timezone),
      properties: underSchemaKeys(read.properties ?? {}, schema, "properties", timezone),
    };
    return {
      ...identified(read.id, read.customer, event, context),
      ...eventFacts(event, context.definition),
      ...(known(read.id) ? { event_id: read.id } : {}),
    };
  },
  redemptions: (record, context) => {
    const read = readShape(redemptionShape, record, maxBytes);
    const redemption = {
      at: instant(read.at, "at", context.definition.timezone),
      // A redemption does not state the kind of its campaign: vouchers and discounts are both redeemed.
      campaign: campaign(read.campaign, [...new Set(Object.values(context.definition.campaigns).flat())]),
      result: spelled(read.result, succeededResult),
    };
    return identified(read.id, read.customer, redemption, context);
  },
  gift_cards: (record, context) => {
    const read = readShape(giftCardShape, record, maxBytes);
    const card = {
      campaign: campaign(read.campaign, context.definition.campaigns.gift_cards),
      amount: read.amount,
      spent: read.spent ?? 0,
    };
    return identified(read.id, read.customer, card, context);
  },
  loyalty: (record, context) => {
    const read = readShape(loyaltyShape, record, maxBytes);
    const card = {
      campaign: campaign(read.campaign, context.definition.campaigns.loyalty),
      points: read.points,
      spent: read.spent ?? 0,
      expired: read.expired ?? 0,
    };
    return identified(read.id, read.customer, card, context);
  },
  referrals: (record, context) => {
    const read = readShape(referralShape, record, maxBytes);
    const referral = {
      referee: read.referee,
      campaign: campaign(read.campaign, context.definition.campaigns.referrals),
      at: instant(read.at, "at", context.definition.timezone),
    };
    return identified(read.id, read.referrer, referral, context);
  },
};

/**
 * The document of a record as given. Does not check that its customer exists.
 * @throws RecordError with the mistake and how to fix it.
 */
export function recordDocument<Name extends RecordCollection>(
  collection: Name,
  record: unknown,
  context: RecordContext,
): DocumentOf[Name] {
  return makers[collection](record, context);
}

function orderDocument(record: unknown, context: RecordContext): OrderDocument {
  const read = readShape(orderShape, record, maxOrderBytes);
  const { orderMetadataSchema, timezone } = context.definition;
  const items = (read.items ?? []).map(
    ({ product_id, sku, name, quantity, price }): OrderItem => ({
      ...(known(product_id) ? { product_id } : {}),
      ...(known(sku) ? { sku } : {}),
      ...(known(name) ? { name } : {}),
      quantity: quantity ?? 1,
      ...(known(price) ? { price } : {}),
    }),
  );
  const order = {
    _id: `${context.project}/${read.source_id}`,
    project: context.project,
    source_id: read.source_id,
    customer: customerId(context.project, read.customer),
    at: instant(read.created_at, "created_at", timezone),
    status: spelled(read.status ?? "CREATED", canceledStatus),
    amount: read.amount ?? sumOfLines(items),
    items,
    item_keys: distinct(items.map(itemKey)),
    product_keys: distinct(items.map(productKey)),
    ...(known(read.metadata)
      ? { metadata: underSchemaKeys(read.metadata, orderMetadataSchema, "metadata", timezone) }
      : {}),
  };
  return { ...order, ...orderFacts(order, context.definition) };
}

/** The sum of the lines, each rounded to the minor unit (half away from zero); a line without a price counts as 0. */
function sumOfLines(items: readonly OrderItem[]): number {
  let total = 0n;
  for (const item of items) {
    const [quantity, price] = [decimalOf(item.quantity), decimalOf(item.price ?? 0)];
    if (quantity !== undefined && price !== undefined) total += roundTo(multiply(quantity, price), 0);
  }
  const amount = exactNumber(total);
  if (amount !== undefined && Math.abs(amount) <= maxAmount) return amount;
  throw new RecordError("the lines add up to more than an amount can hold; check `quantity` and `price`");
}

/** The document of a record that may have an id; without one, it is identified by its content and its number among equals. */
function identified<Content extends object>(
  id: string | null | undefined,
  customer: string,
  content: Content,
  context: RecordContext,
) {
  return {
    _id: known(id) ? recordId(context.project, id) : contentId({ customer, ...content }, context),
    project: context.project,
    customer: customerId(context.project, customer),
    ...content,
  };
}

function contentId(content: object, context: RecordContext): string {
  const hash = contentHash(content);
  return `${context.project}/content/${hash}/${context.numbering(hash)}`;
}

function instant(written: string, name: string, zone: string): Date {
  const milliseconds = readInstant(trimText(written), zone);
  if (milliseconds !== undefined) return new Date(milliseconds);
  throw new RecordError(
    `\`${name}\` is "${shorten(written)}", which is no date; write one as 2026-02-01T10:00:00Z`,
  );
}

/** The text as given; `word` itself if it differs only in case. */
function spelled(written: string, word: string): string {
  return normaliseText(written) === word.toLowerCase() ? word : trimText(written);
}

/** A campaign in the project's spelling, if the project defines it, so that queries find it. */
function campaign(written: string, names: readonly string[] | undefined): string {
  return namedAs(names ?? [], written) ?? trimText(written);
}

/** Values as given, checked against the schema, with their keys in its spelling. */
function underSchemaKeys(
  values: Readonly<Record<string, unknown>>,
  schema: Readonly<Record<string, PropertyType>>,
  name: string,
  zone: string,
): Readonly<Record<string, unknown>> {
  const typed = typedEntries(values, schema, name, zone);
  const renamed = new Set(typed.map(({ key }) => normaliseText(key)));
  const others = Object.entries(values).filter(([key]) => !renamed.has(normaliseText(key)));
  return Object.fromEntries([...others, ...typed.map(({ key, given }) => [key, given] as const)]);
}

function distinct(keys: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(keys.filter((key) => key !== undefined && key !== ""))].sort() as string[];
}

function known<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined && value !== "";
}
