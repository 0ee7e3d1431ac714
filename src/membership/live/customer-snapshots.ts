// Customers as they were at the instants at which they are evaluated: those at which time may have moved them, those at which one
// of their records began to count, and the instant of the last evaluation.

import type { ChangeKind, CustomerDocument } from "../../documents/documents.js";
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type CustomerRecords, datedRecords, isTrueOf, summarise } from "../../facts/summarise.js";
import { changeKinds, earliest, maxDue } from "../../ingest/dirty-marks.js";
import { readSummarised } from "../../query/customer-records.js";
import { inSlices } from "../../store/slices.js";

/** A customer to evaluate: the dirty mark and the customer as they were read. Instants are in milliseconds since the epoch. */
export interface Case {
  readonly change: ChangeDocument;
  readonly customer: CustomerDocument;
  /** The last instant at which the customer is evaluated. */
  readonly asOf: number;
}

/** A customer at an instant. */
export interface CustomerSnapshot {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly facts: CustomerDocument;
  /** The kinds of the records that began to count then. */
  readonly effectiveKinds: readonly ChangeKind[];
}

/** The snapshots of one customer, in the order of their instants; the last is at the case's `asOf`. */
export interface CustomerTimeline {
  readonly snapshots: readonly CustomerSnapshot[];
  /** The customer at any instant up to the case's `asOf`; undefined before the customer existed. */
  readonly factsAt: (at: number) => CustomerDocument | undefined;
}

/** The timeline of each customer, by `_id`. */
export async function timelinesOf(
  engine: Engine,
  project: string,
  cases: readonly Case[],
): Promise<ReadonlyMap<string, CustomerTimeline>> {
  const unclear: string[] = [];
  await inSlices(cases, (one) => {
    if (needsRecords(one)) unclear.push(one.customer._id);
  });
  const records = await readSummarised(engine, project, unclear);
  const timelines = new Map<string, CustomerTimeline>();
  await inSlices(cases, (one) => {
    const { _id } = one.customer;
    timelines.set(_id, timelineOf(one, records.get(_id)));
  });
  return timelines;
}

/** The last instant at which time may have moved a customer, by the dirty mark, whose lists are in ascending order. */
export function lastDueOf({ due, reasons }: ChangeDocument): number | undefined {
  const last = [due, ...reasons.map((reason) => reason.due ?? [])].flatMap(
    (instants) => instants.at(-1) ?? [],
  );
  return last.length === 0 ? undefined : Math.max(...last.map((at) => at.getTime()));
}

/** All instants at which time may have moved a customer, by the dirty mark. */
function dueOf({ due, reasons }: ChangeDocument): readonly number[] {
  return [...due, ...reasons.flatMap((reason) => reason.due ?? [])].map((at) => at.getTime());
}

/** True if the stored summaries do not say when records began to count, or are not true at one of the instants. */
function needsRecords(one: Case): boolean {
  const effectiveAt = effectiveAtOf(one);
  if (effectiveAt !== undefined && effectiveAt.getTime() <= one.asOf) return true;
  const knownAt = knownOf(one);
  return instantsOf(one, []).some((at) => {
    const known = knownAt(at);
    return known !== undefined && !isTrueOf(known.activity, at);
  });
}

/** The instant from which records count that no evaluation has seen; a record may not have been marked for it yet. */
function effectiveAtOf({ change, customer }: Case): Date | undefined {
  return earliest(change.effective_at, customer.activity.next_at);
}

function timelineOf(one: Case, records: CustomerRecords | undefined): CustomerTimeline {
  const kindsAt = records === undefined ? new Map<number, ChangeKind[]>() : kindsByInstant(one, records);
  const knownAt = knownOf(one);
  const factsAt = (at: number): CustomerDocument | undefined => {
    const known = knownAt(at);
    if (known === undefined || records === undefined || isTrueOf(known.activity, at)) return known;
    return { ...known, activity: summarise(records, at) };
  };
  const snapshots = instantsOf(one, [...kindsAt.keys()]).flatMap((at): CustomerSnapshot[] => {
    const facts = factsAt(at);
    // Without known facts before the first change, the customer did not exist then.
    return facts === undefined ? [] : [{ at, facts, effectiveKinds: kindsAt.get(at) ?? [] }];
  });
  return { snapshots, factsAt };
}

/** The kinds of the records that began to count, by instant. */
function kindsByInstant(one: Case, records: CustomerRecords): Map<number, ChangeKind[]> {
  const from = effectiveAtOf(one)?.getTime() ?? Number.POSITIVE_INFINITY;
  const kinds = new Map<number, ChangeKind[]>();
  const passed = datedRecords(records)
    .filter(({ at }) => at >= from && at <= one.asOf)
    .toSorted((earlier, later) => earlier.at - later.at);
  for (const { collection, at } of passed) {
    kinds.set(at, [...(kinds.get(at) ?? []), changeKinds[collection]]);
  }
  return new Map([...kinds].slice(-maxDue));
}

/** The instants to evaluate, ascending: those after the customer's last transition, and the case's `asOf`. */
function instantsOf({ change, customer, asOf }: Case, more: readonly number[]): readonly number[] {
  const last = customer.moved_at?.getTime() ?? Number.NEGATIVE_INFINITY;
  const due = [...dueOf(change), ...more].filter((at) => at > last && at < asOf);
  return [...new Set(due), asOf].sort((one, other) => one - other);
}

/** The customer at an instant by what is stored: as it is now, or as it was before the write; undefined if that is not known. */
function knownOf({
  change: { since, before },
  customer,
  asOf,
}: Case): (at: number) => CustomerDocument | undefined {
  if (since === undefined) return () => customer;
  const earlier = before === undefined ? undefined : { ...customer, ...before };
  // At `asOf`, the write has happened, even if the clock of the writer is ahead of this one.
  return (at) => (at >= since.getTime() || at >= asOf ? customer : earlier);
}
