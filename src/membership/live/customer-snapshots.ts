// Customers as they were at the instants at which they are judged: those that are due, those at which the time of a record of
// theirs came, and the one as of which somebody looks.

import type { Activity, CustomerDocument } from "../../documents/documents.js";
import type { ChangeDocument, ChangeKind } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type CustomerRecords, datedRecords, summarise } from "../../facts/summarise.js";
import { changeKinds, earliest, maxDue } from "../../ingest/dirty-marks.js";
import { readSummarised } from "../../query/customer-records.js";

/** A customer to look at, as both were read. */
export interface Case {
  readonly change: ChangeDocument;
  readonly customer: CustomerDocument;
}

/** A customer as they were at an instant. */
export interface Picture {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly facts: CustomerDocument;
  /** Of which kinds the records are whose time came then. */
  readonly came: readonly ChangeKind[];
}

/** The pictures of each customer, by `_id`, in the order of their instants; the last is of `asOf` (milliseconds since the epoch). */
export async function picturesOf(
  engine: Engine,
  project: string,
  cases: readonly Case[],
  asOf: number,
): Promise<ReadonlyMap<string, readonly Picture[]>> {
  const unclear = cases.filter((one) => needsRecords(one, asOf)).map(({ customer }) => customer._id);
  const records = await readSummarised(engine, project, unclear);
  return new Map(
    cases.map((one) => [one.customer._id, picturesOfOne(one, records.get(one.customer._id), asOf)]),
  );
}

/** A summary is true from the latest record that it counts to just before the next that it does not. */
export function isTrueOf({ latest_at, next_at }: Activity, asOf: number): boolean {
  return (
    (latest_at === undefined || latest_at.getTime() <= asOf) &&
    (next_at === undefined || next_at.getTime() > asOf)
  );
}

/** Whether what is stored does not tell when records came to count, or what they came to at some instant. */
function needsRecords(one: Case, asOf: number): boolean {
  const came = cameAt(one);
  if (came !== undefined && came.getTime() <= asOf) return true;
  const knownAt = knownOf(one, asOf);
  return instantsOf(one, [], asOf).some((at) => {
    const known = knownAt(at);
    return known !== undefined && !isTrueOf(known.activity, at);
  });
}

/** From when on records came to count that were not looked at; it need not have been noticed yet. */
function cameAt({ change, customer }: Case): Date | undefined {
  return earliest(change.effective_at, customer.activity.next_at);
}

function picturesOfOne(one: Case, records: CustomerRecords | undefined, asOf: number): readonly Picture[] {
  const came = records === undefined ? new Map<number, ChangeKind[]>() : kindsByInstant(one, records, asOf);
  const knownAt = knownOf(one, asOf);
  return instantsOf(one, [...came.keys()], asOf).flatMap((at): Picture[] => {
    const known = knownAt(at);
    // Before its first change, a customer of whom nothing was known was not there.
    if (known === undefined) return [];
    const isTrue = records === undefined || isTrueOf(known.activity, at);
    const facts = isTrue ? known : { ...known, activity: summarise(records, at) };
    return [{ at, facts, came: came.get(at) ?? [] }];
  });
}

/** The kinds of the records that came to count, by the instants at which they did. */
function kindsByInstant(one: Case, records: CustomerRecords, asOf: number): Map<number, ChangeKind[]> {
  const from = cameAt(one)?.getTime() ?? Number.POSITIVE_INFINITY;
  const kinds = new Map<number, ChangeKind[]>();
  const passed = datedRecords(records)
    .filter(({ at }) => at >= from && at <= asOf)
    .toSorted((earlier, later) => earlier.at - later.at);
  for (const { collection, at } of passed) {
    kinds.set(at, [...(kinds.get(at) ?? []), changeKinds[collection]]);
  }
  return new Map([...kinds].slice(-maxDue));
}

/** In their order, without those up to which the customer was moved already, and `asOf`. */
function instantsOf({ change, customer }: Case, more: readonly number[], asOf: number): readonly number[] {
  const last = customer.moved_at?.getTime() ?? Number.NEGATIVE_INFINITY;
  const due = [...change.due.map((at) => at.getTime()), ...more].filter((at) => at > last && at < asOf);
  return [...new Set(due), asOf].sort((one, other) => one - other);
}

/** Tells the customer as they are, or as they were before they were written; undefined where nothing was known of them then. */
function knownOf(
  { change: { since, before }, customer }: Case,
  asOf: number,
): (at: number) => CustomerDocument | undefined {
  if (since === undefined) return () => customer;
  const earlier = before === undefined ? undefined : { ...customer, ...before };
  // What is written is so by `asOf`, although the clock of who wrote it may be ahead of this one.
  return (at) => (at >= since.getTime() || at >= asOf ? customer : earlier);
}
