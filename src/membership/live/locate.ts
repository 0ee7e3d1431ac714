// Finds the instant at which time alone moved a customer into or out of a segment, between two instants whose membership differs.

import type { ChangeKind } from "../../documents/documents.js";
import type { Case } from "./customer-snapshots.js";
import type { Evaluation } from "./evaluation.js";
import type { LiveSegment } from "./live-set.js";

/** Whether a customer was in a segment, as of an instant in milliseconds since the epoch. */
export interface KnownState {
  readonly was: boolean;
  readonly from: number;
}

/** The last known state of a segment's membership before the last evaluation. */
export function lastFlip(
  evaluations: readonly Evaluation[],
  segment: string,
  before: KnownState,
): KnownState {
  let known = before;
  for (const { at, members } of evaluations.slice(0, -1)) {
    const was = members.get(segment);
    if (was !== undefined) known = { was, from: Math.max(known.from, at) };
  }
  return known;
}

/**
 * The instant at which time alone made a customer a member, or ended that.
 * @param from an instant at which the membership was the opposite, in milliseconds since the epoch.
 * @param isMember the membership at the case's `asOf`.
 * @param test whether the customer is in the segment at an instant, by the facts and records of that instant.
 * @returns undefined if a write made it so.
 */
export function timeBetween(
  { change: { since, before, kinds }, asOf }: Case,
  { dependencies }: LiveSegment,
  from: number,
  isMember: boolean,
  test: (at: number) => boolean | undefined,
): number | undefined {
  const firstWrite = since?.getTime();
  if (firstWrite === undefined) return between(from, asOf, isMember, test);
  // Before the first write the customer was as the mark says, after the last as stored now; in between, the facts are not known.
  // Nor are the records from before the write, if records were changed.
  const areChanged = kinds.some(
    ({ kind, added }) => added === undefined && dependencies.includes(writtenRecords[kind] ?? ""),
  );
  if (before !== undefined && !areChanged && firstWrite - 1 > from) {
    const earlier = between(from, Math.min(firstWrite - 1, asOf), isMember, test);
    if (earlier !== undefined) return earlier;
  }
  const lastWrite = Math.max(firstWrite, ...kinds.map(({ at }) => at.getTime()));
  return between(Math.max(from, lastWrite), asOf, isMember, test);
}

/** The collections that a segment's query may read directly, by the kind of change that writes to them. */
const writtenRecords: Partial<Record<ChangeKind, string>> = { EVENT: "events", ORDER: "orders" };

/**
 * The first instant after `from` and up to `to` with this membership, by bisection; undefined if `from` and `to` do not differ
 * so.
 */
function between(
  from: number,
  to: number,
  isMember: boolean,
  test: (at: number) => boolean | undefined,
): number | undefined {
  if (from >= to || test(from) !== !isMember || test(to) !== isMember) return undefined;
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (test(middle) === isMember) high = middle;
    else low = middle;
  }
  return high;
}
