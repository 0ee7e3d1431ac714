// Summarises a customer's records. A pure function of all records, so that nothing is counted twice.
import type { DocumentOf } from "../documents/collections.js";
import type {
  Activity,
  GiftCardDocument,
  LoyaltyDocument,
  OrderDocument,
  OrderFigures,
  RedemptionDocument,
  ReferralDocument,
} from "../documents/documents.js";
import { canceledStatus, succeededResult } from "../plan/counted.js";
import { exactNumber } from "./decimal.js";

/** Every record of one customer that a summary counts. Events are not summarised. */
export interface CustomerRecords {
  readonly orders: readonly OrderDocument[];
  readonly redemptions: readonly RedemptionDocument[];
  readonly gift_cards: readonly GiftCardDocument[];
  readonly loyalty: readonly LoyaltyDocument[];
  readonly referrals: readonly ReferralDocument[];
}

/** A summary is true from its latest counted record until just before the next record. */
export function isTrueOf({ latest_at, next_at }: Activity, asOf: number): boolean {
  return (
    (latest_at === undefined || latest_at.getTime() <= asOf) &&
    (next_at === undefined || next_at.getTime() > asOf)
  );
}

export const noRecords: CustomerRecords = {
  orders: [],
  redemptions: [],
  gift_cards: [],
  loyalty: [],
  referrals: [],
};

/** The collections that a summary counts. */
export type SummarisedCollection = keyof CustomerRecords;

/**
 * Assembles the records of customers, by `_id`.
 * @param read returns those of one collection; customers without any may be omitted.
 */
export async function recordsOfCustomers(
  customers: readonly string[],
  read: <Name extends SummarisedCollection>(
    collection: Name,
  ) => Promise<ReadonlyMap<string, readonly DocumentOf[Name][]>>,
): Promise<ReadonlyMap<string, CustomerRecords>> {
  if (customers.length === 0) return new Map();
  const [orders, redemptions, giftCards, loyalty, referrals] = await Promise.all([
    read("orders"),
    read("redemptions"),
    read("gift_cards"),
    read("loyalty"),
    read("referrals"),
  ]);
  const recordsOf = (id: string): CustomerRecords => ({
    orders: orders.get(id) ?? [],
    redemptions: redemptions.get(id) ?? [],
    gift_cards: giftCards.get(id) ?? [],
    loyalty: loyalty.get(id) ?? [],
    referrals: referrals.get(id) ?? [],
  });
  return new Map(customers.map((id) => [id, recordsOf(id)]));
}

/** A record that counts from an instant (in milliseconds since the epoch) on. */
export interface DatedRecord {
  readonly collection: "orders" | "redemptions" | "referrals";
  readonly at: number;
}

/** The dated records that count, now or in the future, in no order. */
export function datedRecords({ orders, redemptions, referrals }: CustomerRecords): readonly DatedRecord[] {
  const dated = (collection: DatedRecord["collection"], records: readonly { readonly at: Date }[]) =>
    records.map((record) => ({ collection, at: record.at.getTime() }));
  return [
    ...dated("orders", orders.filter(isBought)),
    ...dated("redemptions", redemptions.filter(isRedeemed)),
    ...dated("referrals", referrals),
  ];
}

function isBought({ status }: OrderDocument): boolean {
  return status !== canceledStatus;
}

function isRedeemed({ result }: RedemptionDocument): boolean {
  return result === succeededResult;
}

/**
 * The summary of the records at `asOf` (milliseconds since the epoch), without canceled orders, failed redemptions, and anything
 * later than that instant. Balances are undated. The order of the records makes no difference.
 */
export function summarise(records: CustomerRecords, asOf: number): Activity {
  const orders = records.orders.filter(isBought);
  const redemptions = records.redemptions.filter(isRedeemed);
  const dated = datedRecords(records).map(({ at }) => at);
  const seen = <Dated extends { readonly at: Date }>(all: readonly Dated[]) =>
    all.filter((record) => record.at.getTime() <= asOf);
  const latest = greatest(dated.filter((at) => at <= asOf));
  const next = least(dated.filter((at) => at > asOf));
  const referrals = seen(records.referrals);
  const giftCards = byCampaign(records.gift_cards, (cards) => ({
    spent: exactTotal(cards.map((card) => card.spent)),
    balance: exactTotal(cards.map((card) => card.amount - card.spent)),
  }));
  const loyalty = byCampaign(records.loyalty, (cards) => ({
    points: sum(cards, (card) => card.points),
    balance: sum(cards, (card) => card.points - card.spent - card.expired),
  }));
  return {
    orders: orderFigures(seen(orders)),
    redemptions: { count: seen(redemptions).length },
    referrals: {
      count: referrals.length,
      campaigns: byCampaign(referrals, (all) => ({ count: all.length })),
    },
    gift_cards: {
      spent: exactTotal(giftCards.map((campaign) => campaign.spent)),
      balance: exactTotal(giftCards.map((campaign) => campaign.balance)),
      campaigns: giftCards,
    },
    loyalty: {
      points: sum(loyalty, (campaign) => campaign.points),
      balance: sum(loyalty, (campaign) => campaign.balance),
      campaigns: loyalty,
    },
    ...(latest === undefined ? {} : { latest_at: new Date(latest) }),
    ...(next === undefined ? {} : { next_at: new Date(next) }),
  };
}

function orderFigures(orders: readonly OrderDocument[]): OrderFigures {
  const items = new Set<string>();
  const products = new Set<string>();
  let first: OrderDocument | undefined;
  let last: OrderDocument | undefined;
  for (const order of orders) {
    for (const key of order.item_keys) items.add(key);
    for (const key of order.product_keys) products.add(key);
    if (first === undefined || order.at < first.at) first = order;
    if (last === undefined || isLater(order, last)) last = order;
  }
  const total = exactTotal(orders.map(({ amount }) => amount));
  return {
    count: orders.length,
    total_amount: total,
    ...(first === undefined || last === undefined
      ? {}
      : {
          average_amount: total / orders.length,
          first_at: first.at,
          last_at: last.at,
          last_amount: last.amount,
        }),
    items: [...items].sort(),
    product_count: products.size,
  };
}

/**
 * Among orders of the same instant, the one with the greater source id is the last, compared by UTF-8 bytes as databases sort.
 */
function isLater(one: OrderDocument, other: OrderDocument): boolean {
  const apart = one.at.getTime() - other.at.getTime();
  return apart !== 0
    ? apart > 0
    : Buffer.compare(Buffer.from(one.source_id), Buffer.from(other.source_id)) > 0;
}

/** One entry for each campaign, by name. */
function byCampaign<Row extends { readonly campaign: string }, Figures extends object>(
  rows: readonly Row[],
  figures: (rows: readonly Row[]) => Figures,
): readonly ({ readonly campaign: string } & Figures)[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.campaign);
    if (group === undefined) groups.set(row.campaign, [row]);
    else group.push(row);
  }
  return [...groups.keys()].sort().map((campaign) => ({ campaign, ...figures(groups.get(campaign)!) }));
}

/** The amounts add up to a total that a JavaScript number can't represent exactly. */
export class InexactTotalError extends Error {
  override readonly name = "InexactTotalError";
}

/** The sum of whole amounts. @throws InexactTotalError if it is beyond ±(2^53 − 1). */
function exactTotal(amounts: readonly number[]): number {
  let total = 0;
  let isExact = true;
  for (const amount of amounts) {
    total += amount;
    isExact &&= Number.isSafeInteger(total);
  }
  if (isExact) return total;
  const whole = exactNumber(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
  if (whole === undefined)
    throw new InexactTotalError("The amounts come to a total that is not held exactly.");
  return whole;
}

/** Fractions are added in ascending order, so that the order of the records does not affect the sum. */
function sum<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  const values = rows.map(value);
  if (!values.every(Number.isInteger)) values.sort((one, other) => one - other);
  return values.reduce((total, each) => total + each, 0);
}

// Not Math.max(...), because a customer may have more records than a call can have arguments.
function greatest(values: readonly number[]): number | undefined {
  return values.reduce<number | undefined>(
    (most, value) => (most === undefined || value > most ? value : most),
    undefined,
  );
}

function least(values: readonly number[]): number | undefined {
  return values.reduce<number | undefined>(
    (fewest, value) => (fewest === undefined || value < fewest ? value : fewest),
    undefined,
  );
}
