// Customers as they were at the instants at which they are evaluated: those at which time may have moved them, those at which
// a record of theirs came to count, and the one as of which they are evaluated last.

import type { Activity, CustomerDocument } from "../../documents/documents.js";
import type { ChangeDocument, ChangeKind } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type CustomerRecords, datedRecords, summarise } from "../../facts/summarise.js";
import { changeKinds, earliest, maxDue } from "../../ingest/dirty-marks.js";
import { readSummarised } from "../../query/customer-records.js";
import { inSlices } from "../../store/slices.js";

/** A customer to evaluate, as the mark and the customer were read. Instants are in milliseconds since the epoch. */
export interface Case {
  readonly change: ChangeDocument;
  readonly customer: CustomerDocument;
  /** The last instant as of which the customer is evaluated. */
  readonly asOf: number;
}

/** A customer as they were at an instant. */
export interface CustomerSnapshot {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly facts: CustomerDocument;
  /** The kinds of the records that came to count then. */
  readonly came: readonly ChangeKind[];
}

/** The snapshots of one customer, in the order of their instants; the last is as of the case's own. */
export interface CustomerTimeline {
  readonly snapshots: readonly CustomerSnapshot[];
  /** The customer at any instant up to the case's; undefined before anything was known of the customer. */
  readonly factsAt: (at: number) => CustomerDocument | undefined;
}

/** The timeline of each customer, by `_id`. */
export async function timelinesOf(
  engine: Engine,
  project: string,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, CustomerTimeline>> {
  const unclear = cases.filter(needsRecords).map(({ customer }) => customer._id);
  const records = await readSummarised(engine, project, unclear);
  const timelines = new Map<string, CustomerTimeline>();
  await inSlices(cases, (one) => {
    const { _id } = one.customer;
    timelines.set(_id, timelineOf(one, records.get(_id)));
  });
  return timelines;
}

/** A summary is true from the latest record that it counts to just before the next that it does not. */
export function isTrueOf({ latest_at, next_at }: Activity, asOf: number): boolean {
  return (
    (latest_at === undefined || latest_at.getTime() <= asOf) &&
    (next_at === undefined || next_at.getTime() > asOf)
  );
}

/** All instants at which time may have moved a customer, as the mark has them. */
export function dueOf({ due, looks }: ChangeDocument): readonly number[] {
  return [...due, ...looks.flatMap((look) => look.due ?? [])].map((at) => at.getTime());
}

/** Whether the stored summaries do not say when records came to count, or what they came to at some instant. */
function needsRecords(one: Case): boolean {
  const came = cameAt(one);
  if (came !== undefined && came.getTime() <= one.asOf) return true;
  const knownAt = knownOf(one);
  return instantsOf(one, []).some((at) => {
    const known = knownAt(at);
    return known !== undefined && !isTrueOf(known.activity, at);
  });
}

/** From when on records came to count that were not evaluated; it need not have been noticed yet. */
function cameAt({ change, customer }: Case): Date | undefined {
  return earliest(change.effective_at, customer.activity.next_at);
}

function timelineOf(one: Case, records: CustomerRecords | undefined): CustomerTimeline {
  const came = records === undefined ? new Map<number, ChangeKind[]>() : kindsByInstant(one, records);
  const knownAt = knownOf(one);
  const factsAt = (at: number): CustomerDocument | undefined => {
    const known = knownAt(at);
    if (known === undefined || records === undefined || isTrueOf(known.activity, at)) return known;
    return { ...known, activity: summarise(records, at) };
  };
  const snapshots = instantsOf(one, [...came.keys()]).flatMap((at): CustomerSnapshot[] => {
    const facts = factsAt(at);
    // Before the first change, a customer of whom nothing was known did not exist.
    return facts === undefined ? [] : [{ at, facts, came: came.get(at) ?? [] }];
  });
  return { snapshots, factsAt };
}

/** The kinds of the records that came to count, by the instants at which they did. */
function kindsByInstant(one: Case, records: CustomerRecords): Map<number, ChangeKind[]> {
  const from = cameAt(one)?.getTime() ?? Number.POSITIVE_INFINITY;
  const kinds = new Map<number, ChangeKind[]>();
  const passed = datedRecords(records)
    .filter(({ at }) => at >= from && at <= one.asOf)
    .toSorted((earlier, later) => earlier.at - later.at);
  for (const { collection, at } of passed) {
    kinds.set(at, [...(kinds.get(at) ?? []), changeKinds[collection]]);
  }
  return new Map([...kinds].slice(-maxDue));
}

/** In their order, without those up to which the customer was moved already, and the case's own. */
function instantsOf({ change, customer, asOf }: Case, more: readonly number[]): readonly number[] {
  const last = customer.moved_at?.getTime() ?? Number.NEGATIVE_INFINITY;
  const due = [...dueOf(change), ...more].filter((at) => at > last && at < asOf);
  return [...new Set(due), asOf].sort((one, other) => one - other);
}

/** Returns the customer as they are, or as they were before they were written; undefined if nothing was known of them then. */
function knownOf({
  change: { since, before },
  customer,
  asOf,
}: Case): (at: number) => CustomerDocument | undefined {
  if (since === undefined) return () => customer;
  const earlier = before === undefined ? undefined : { ...customer, ...before };
  // What is written is so by `asOf`, although the clock of the writer may be ahead of this one.
  return (at) => (at >= since.getTime() || at >= asOf ? customer : earlier);
}
