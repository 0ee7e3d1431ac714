// Keeps the summaries on customers true: of their records, and of the time that passes.
import { isDeepStrictEqual } from "node:util";
import { pagesOfCustomers } from "../customers/pages.js";
import type { Engine } from "../engine.js";
import type { CustomerDocument } from "../store/documents.js";
import type { Transaction } from "../store/port.js";
import { type CustomerRecords, summarise } from "./summarise.js";

const pageSize = 500;

/** What the summaries of a project hold between them, in milliseconds since the epoch. */
export interface SummarySpan {
  /** The time of the latest record that is counted; absent where none is. */
  readonly latest?: number;
  /** The time of the earliest record that is still in the future; absent where none is. */
  readonly next?: number;
}

/** Over all of the project's customers: how far the summaries reach, and when the first of them has to be made anew. */
export async function summarySpan(engine: Engine, project: string): Promise<SummarySpan> {
  const [latest, next] = await Promise.all([
    edge(engine, project, "activity.latest_at", -1),
    edge(engine, project, "activity.next_at", 1),
  ]);
  return { ...(latest === undefined ? {} : { latest }), ...(next === undefined ? {} : { next }) };
}

/**
 * Counts what was in the future and no longer is: makes anew the summaries of the customers whose next record's time is
 * not after `now` (milliseconds since the epoch).
 * @returns how many customers that were.
 */
export async function advanceSummaries(engine: Engine, project: string, now: number): Promise<number> {
  let advanced = 0;
  for (;;) {
    const due = await engine.store.aggregate<{ readonly _id: string }>("customers", [
      { $match: { project, "activity.next_at": { $lte: new Date(now) } } },
      { $limit: pageSize },
      { $project: { _id: 1 } },
    ]);
    if (due.length === 0) return advanced;
    await engine.store.write((transaction) =>
      summariseCustomers(
        transaction,
        due.map((row) => row._id),
        now,
      ),
    );
    advanced += due.length;
  }
}

/**
 * Makes every summary of the project anew from the records, as of the engine's clock.
 * @returns how many customers there are.
 */
export async function recomputeSummaries(engine: Engine, project: string): Promise<number> {
  let customers = 0;
  for await (const page of pagesOfCustomers(engine, project, pageSize)) {
    const ids = page.map((customer) => customer._id);
    await engine.store.write((transaction) => summariseCustomers(transaction, ids, engine.clock()));
    customers += page.length;
  }
  return customers;
}

/** Makes the summaries of these customers (by `_id`) anew, inside the transaction that changed their records. */
export async function summariseCustomers(
  transaction: Transaction,
  ids: readonly string[],
  asOf: number,
): Promise<void> {
  if (ids.length === 0) return;
  const customers = await transaction.getMany("customers", ids);
  const orders = await transaction.recordsOf("orders", ids);
  const redemptions = await transaction.recordsOf("redemptions", ids);
  const giftCards = await transaction.recordsOf("gift_cards", ids);
  const loyalty = await transaction.recordsOf("loyalty", ids);
  const referrals = await transaction.recordsOf("referrals", ids);
  const changed: CustomerDocument[] = [];
  for (const customer of customers) {
    if (customer === undefined) continue;
    const records: CustomerRecords = {
      orders: orders.get(customer._id) ?? [],
      redemptions: redemptions.get(customer._id) ?? [],
      gift_cards: giftCards.get(customer._id) ?? [],
      loyalty: loyalty.get(customer._id) ?? [],
      referrals: referrals.get(customer._id) ?? [],
    };
    const activity = summarise(records, asOf);
    if (!isDeepStrictEqual(customer.activity, activity)) changed.push({ ...customer, activity });
  }
  if (changed.length > 0) await transaction.put("customers", changed);
}

async function edge(
  engine: Engine,
  project: string,
  path: string,
  direction: 1 | -1,
): Promise<number | undefined> {
  const [row] = await engine.store.aggregate<{ readonly at: Date }>("customers", [
    { $match: { project, [path]: { $exists: true } } },
    { $sort: { [path]: direction } },
    { $limit: 1 },
    { $project: { at: `$${path}` } },
  ]);
  return row?.at.getTime();
}
