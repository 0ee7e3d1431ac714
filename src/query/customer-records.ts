// Reads a customer with the records that a query needs, and derives the customer's state at an instant.

import type { DocumentOf, RecordCollection } from "../documents/collections.js";
import type { CustomerDocument, EventDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import {
  type CustomerRecords,
  recordsOfCustomers,
  type SummarisedCollection,
  summarise,
} from "../facts/summarise.js";
import { eventTypesOf, recordSetsOf } from "../plan/fields.js";
import type { PlanNode, RecordSet } from "../plan/plan.js";
import type { WithRecords } from "../predicate/compile.js";
import type { ReadOptions } from "../store/read-options.js";
import type { RecordFilter } from "../store/reads/documents.js";
import type { PageWindow } from "../store/reads/time-window.js";

/** The most records of one kind that are read for a customer. */
export const maxRecords = 100_000;

/** A customer has more records than one answer can read. */
export class TooManyRecordsError extends Error {
  override readonly name = "TooManyRecordsError";
}

/** A customer with all of their records; of events, only those of some types. */
export interface CustomerHistory {
  readonly customer: CustomerDocument;
  readonly records: CustomerRecords & { readonly events: readonly EventDocument[] };
}

/**
 * Reads a customer's records.
 * @param eventTypes the types of events to read.
 * @throws TooManyRecordsError if there are more than `maxRecords` of one kind.
 */
export async function readHistory(
  engine: Engine,
  customer: CustomerDocument,
  eventTypes: readonly string[],
  options?: ReadOptions,
): Promise<CustomerHistory> {
  const all = <Name extends RecordCollection>(collection: Name, filter: RecordFilter = {}) =>
    readRecords(engine, customer, collection, filter, options);
  const [orders, redemptions, gift_cards, loyalty, referrals, events] = await Promise.all([
    all("orders"),
    all("redemptions"),
    all("gift_cards"),
    all("loyalty"),
    all("referrals"),
    eventTypes.length === 0 ? [] : all("events", { types: eventTypes }),
  ]);
  return { customer, records: { orders, redemptions, gift_cards, loyalty, referrals, events } };
}

/**
 * A customer whose stored summary is true at the instant of a plan, as predicates see them: of the records, only those that the plan
 * reads.
 * @throws TooManyRecordsError if there are more than `maxRecords` of one kind.
 */
export async function customerWithRecords(
  engine: Engine,
  customer: CustomerDocument,
  where: PlanNode,
  options?: ReadOptions,
): Promise<CustomerDocument & WithRecords> {
  const sets = recordSetsOf(where);
  const all = async <Name extends RecordSet>(collection: Name, filter: RecordFilter = {}) =>
    sets.has(collection) ? readRecords(engine, customer, collection, filter, options) : [];
  const [events, orders, redemptions, referrals] = await Promise.all([
    all("events", { types: [...eventTypesOf(where)] }),
    all("orders"),
    all("redemptions"),
    all("referrals"),
  ]);
  return { ...customer, records: { events, orders, redemptions, referrals } };
}

/** Every record of these customers (by `_id`) that a summary counts. */
export async function readSummarised(
  engine: Engine,
  project: string,
  customers: readonly string[],
): Promise<ReadonlyMap<string, CustomerRecords>> {
  return recordsOfCustomers(customers, async <Name extends SummarisedCollection>(collection: Name) => {
    const found = new Map<string, DocumentOf[Name][]>();
    const rows = await engine.store.reads.records.ofCustomers(project, collection, customers);
    for (const row of rows) {
      const known = found.get(row.customer);
      if (known === undefined) found.set(row.customer, [row]);
      else known.push(row);
    }
    return found;
  });
}

/** How many records are read at once, so that the event loop is not blocked for long. */
const pageSize = 4_000;

async function readRecords<Name extends RecordCollection>(
  engine: Engine,
  { _id, project }: CustomerDocument,
  collection: Name,
  filter: RecordFilter,
  options: ReadOptions | undefined,
): Promise<readonly DocumentOf[Name][]> {
  const { records } = engine.store.reads;
  const bounded = { ...filter, limit: pageSize + 1 };
  const first = await records.ofCustomers(project, collection, [_id], bounded, options);
  if (first.length <= pageSize) return first;
  const found: DocumentOf[Name][] = [];
  for (const type of filter.types ?? [undefined]) {
    let behind: PageWindow["behind"];
    for (;;) {
      const window = { type, newestFirst: true, behind, limit: pageSize };
      const page =
        (await records.pagesOfCustomers(project, collection, [_id], window, options)).get(_id) ?? [];
      found.push(...page);
      if (found.length > maxRecords) throw tooManyRecords(collection);
      const last: { readonly _id: string; readonly at?: Date } | undefined = page.at(-1);
      if (last === undefined || page.length < pageSize) break;
      behind = { at: last.at ?? new Date(0), id: last._id };
    }
  }
  return found;
}

function tooManyRecords(collection: RecordCollection): TooManyRecordsError {
  return new TooManyRecordsError(
    `The customer has more than ${maxRecords.toLocaleString("en")} ${collection}, too many to look through one by one. ` +
      "Ask of another customer, or leave the conditions on them out.",
  );
}

/**
 * The customer as predicates see it at an instant (milliseconds since the epoch): the summary is computed from the records,
 * whatever instant the stored one is valid for.
 */
export function customerAt(
  { customer, records }: CustomerHistory,
  asOf: number,
): CustomerDocument & WithRecords {
  const { events, orders, redemptions, referrals } = records;
  const asked = { events, orders, redemptions, referrals };
  return { ...customer, activity: summarise(records, asOf), records: asked };
}
