// Keeps customers' summaries up to date, as records change and as time passes.
import { isDeepStrictEqual } from "node:util";
import type { DocumentOf, RecordCollection } from "../documents/collections.js";
import type { Activity, CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import {
  InexactTotalError,
  noRecords,
  recordsOfCustomers,
  type SummarisedCollection,
  summarise,
} from "../facts/summarise.js";
import { inPartsIfContended } from "../store/batches.js";
import { StoreError, type Transaction } from "../store/port.js";
import { markDirty } from "./dirty-marks.js";

const pageSize = 500;

/** Customers whose summary failed: left out for a while, so that the others can continue. */
export interface LeftOut {
  /** By `_id`. */
  readonly left: () => readonly string[];
  readonly add: (customer: string, error: unknown) => void;
}

/**
 * Counts records that have become effective: computes the summaries of the customers whose next record is not after `now`
 * (milliseconds since the epoch) again.
 * @param leftOut receives the customers whose summary can't be computed, who are not changed; without it, the error is thrown.
 * @returns how many customers' summaries were computed.
 */
export async function advanceSummaries(
  engine: Engine,
  project: string,
  now: number,
  leftOut?: LeftOut,
): Promise<number> {
  let advanced = 0;
  const derive = async (ids: readonly string[]): Promise<void> => {
    await engine.store.write(async (transaction) => {
      const changed = await summariseCustomers(transaction, ids, now);
      await markDirty(
        transaction,
        changed.map((before) => ({ customer: before, beforeEffect: before })),
      );
    });
    advanced += ids.length;
  };
  for (;;) {
    const left = new Set(leftOut?.left());
    const due = await engine.store.reads.customers.summariesDue(project, new Date(now), pageSize + left.size);
    const ids = due.filter((id) => !left.has(id));
    if (ids.length === 0) return advanced;
    try {
      await inPartsIfContended(ids, derive);
    } catch (error) {
      if (leftOut === undefined || error instanceof StoreError) throw error;
      for (const id of ids)
        await derive([id]).catch((failure: unknown) => {
          if (failure instanceof StoreError) throw failure;
          leftOut.add(id, failure);
        });
    }
  }
}

/**
 * Computes the summaries of these customers (by `_id`) from scratch, inside the transaction that changed their records.
 * @returns the customers whose summary changed, in their state before.
 */
export async function summariseCustomers(
  transaction: Transaction,
  ids: readonly string[],
  asOf: number,
): Promise<readonly CustomerDocument[]> {
  if (ids.length === 0) return [];
  const customers = await transaction.getMany("customers", ids);
  const records = await recordsOfCustomers(ids, (collection) => transaction.recordsOf(collection, ids));
  const changed: CustomerDocument[] = [];
  const befores: CustomerDocument[] = [];
  for (const customer of customers) {
    if (customer === undefined) continue;
    const activity = ofCustomer(customer, () => summarise(records.get(customer._id)!, asOf));
    if (isDeepStrictEqual(customer.activity, activity)) continue;
    changed.push({ ...customer, activity });
    befores.push(customer);
  }
  if (changed.length > 0) await transaction.put("customers", changed);
  return befores;
}

/** A customer's amounts add up to a total that can't be represented exactly, so the summary can't be stored. */
export class CustomerTotalError extends Error {
  override readonly name = "CustomerTotalError";
  constructor(
    /** By `_id`. */
    readonly customer: string,
    options: ErrorOptions,
  ) {
    super("A customer's amounts come to a total that is not held exactly.", options);
  }
}

/** @throws CustomerTotalError. */
function ofCustomer({ _id }: CustomerDocument, summary: () => Activity): Activity {
  try {
    return summary();
  } catch (error) {
    if (error instanceof InexactTotalError) throw new CustomerTotalError(_id, { cause: error });
    throw error;
  }
}

/** A written record, and the one that it replaced, if any. */
export interface RecordChange<Name extends RecordCollection> {
  readonly before?: DocumentOf[Name];
  readonly after: DocumentOf[Name];
}

/**
 * Updates the summaries after changes of one collection, inside their transaction. The result is the same as that of
 * `summariseCustomers`, with fewer reads: while nothing is due or replaced, the parts of the other collections do not change, and
 * if this collection had nothing to count, the written records are all that count.
 * @param customers the present owners of the changed records, as stored.
 */
export async function summariseChanges<Name extends SummarisedCollection>(
  transaction: Transaction,
  collection: Name,
  customers: ReadonlyMap<string, CustomerDocument>,
  changes: readonly RecordChange<Name>[],
  asOf: number,
): Promise<void> {
  const all = new Set<string>();
  const written = new Map<string, DocumentOf[Name][]>();
  const replaced = new Set<string>();
  for (const { before, after } of changes) {
    const records = written.get(after.customer);
    if (records === undefined) written.set(after.customer, [after]);
    else records.push(after);
    if (before === undefined) continue;
    replaced.add(before.customer);
    // A record that moved from one customer to another changes both.
    if (before.customer !== after.customer) all.add(before.customer);
  }
  const added: string[] = [];
  const changed: CustomerDocument[] = [];
  const change = (customer: CustomerDocument, records: readonly DocumentOf[Name][]): void => {
    const activity = ofCustomer(customer, () => withPart(customer.activity, collection, records, asOf));
    if (!isDeepStrictEqual(customer.activity, activity)) changed.push({ ...customer, activity });
  };
  for (const [id, records] of written) {
    const customer = customers.get(id);
    if (all.has(id) || customer === undefined || !isSettled(customer.activity, asOf)) all.add(id);
    else if (countsNothing(customer.activity, collection)) change(customer, records);
    else if (replaced.has(id)) all.add(id);
    else added.push(id);
  }
  if (added.length > 0) {
    const records = await transaction.recordsOf(collection, added);
    for (const id of added) change(customers.get(id)!, records.get(id) ?? []);
  }
  if (changed.length > 0) await transaction.put("customers", changed);
  await summariseCustomers(transaction, [...all], asOf);
}

/** True if everything counted is past at `asOf`, and no record is in the future. */
function isSettled({ latest_at, next_at }: Activity, asOf: number): boolean {
  return next_at === undefined && (latest_at === undefined || latest_at.getTime() <= asOf);
}

/** True if no record of the collection counts in a settled summary: there is none, or all are canceled or failed. */
function countsNothing(activity: Activity, collection: SummarisedCollection): boolean {
  const part = activity[collection];
  if ("campaigns" in part && part.campaigns.length > 0) return false;
  return !("count" in part) || part.count === 0;
}

/** A settled summary in which the part of one collection is computed from all of that collection's records. */
function withPart<Name extends SummarisedCollection>(
  { latest_at, next_at: _none, ...others }: Activity,
  collection: Name,
  records: readonly DocumentOf[Name][],
  asOf: number,
): Activity {
  const made = summarise({ ...noRecords, [collection]: records }, asOf);
  const latest = later(latest_at, made.latest_at);
  return {
    ...others,
    [collection]: made[collection],
    ...(latest === undefined ? {} : { latest_at: latest }),
    ...(made.next_at === undefined ? {} : { next_at: made.next_at }),
  };
}

function later(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
