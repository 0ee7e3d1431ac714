// Which segments a kind of change concerns, and how much of a customer's past is known after a change.

import type { ChangeKind, CustomerDocument } from "../../documents/documents.js";
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Evaluation } from "./evaluation.js";
import type { LiveSegment } from "./live-set.js";

/** The dependencies of segments that a kind of change affects. */
const scopes: Readonly<Record<ChangeKind, RegExp>> = {
  PROFILE: /^(facts|profile|yearly|reversed|source_id)/,
  ORDER: /^(activity\.orders|orders)/,
  EVENT: /^events/,
  REDEMPTION: /^activity\.redemptions/,
  GIFT_CARD: /^activity\.gift_cards/,
  LOYALTY: /^activity\.loyalty/,
  REFERRAL: /^activity\.referrals/,
  ERASED: /^$/,
};

/** Whether a segment's query reads data that a kind of change writes. */
export function concerns({ dependencies }: Pick<LiveSegment, "dependencies">, kind: ChangeKind): boolean {
  return dependencies.some((place) => scopes[kind].test(place));
}

interface TimedSegments {
  readonly segments: ReadonlyMap<string, Pick<LiveSegment, "dependencies" | "timedLately">>;
}

/** Of more segments than this, a customer's document does not say which: the change holds back every one. */
export const maxNamed = 32;

/**
 * The instant from which a segment can be evaluated for a customer, in milliseconds since the epoch. At an earlier one, what the
 * query reads of the customer was not what is stored now.
 */
export function knownSince(
  { undated_changes = [] }: Pick<CustomerDocument, "undated_changes">,
  { id }: Pick<LiveSegment, "id">,
): number {
  const instants = undated_changes.flatMap(({ at, segments }) =>
    segments === undefined || segments.includes(id) ? [at.getTime()] : [],
  );
  return Math.max(Number.NEGATIVE_INFINITY, ...instants);
}

/**
 * The customer's `undated_changes` after an evaluation that reports no transition; undefined if they do not change. A scan of time
 * that reaches the instants before the evaluation later evaluates the customer as of them, but records added to a customer say
 * themselves since when they count. A segment that the change does not affect keeps what was known of it.
 * @param scanned the instant up to which time is scanned.
 */
export function undatedChangesAfter(
  { segments: live }: TimedSegments,
  { kinds }: Pick<ChangeDocument, "kinds">,
  { undated_changes: known = [] }: Pick<CustomerDocument, "undated_changes">,
  { at, members }: Pick<Evaluation, "at" | "members">,
  scanned: number,
): CustomerDocument["undated_changes"] {
  if (at <= scanned) return undefined;
  const undated = kinds.flatMap(({ kind, added }) => (added === undefined ? [kind] : []));
  const segments = [...members.keys()].filter((id) => {
    const segment = live.get(id);
    return segment?.timedLately === true && undated.some((kind) => concerns(segment, kind));
  });
  if (segments.length === 0) return undefined;
  const changed = new Set(segments);
  const earlier = known.flatMap((change) => {
    if (change.at.getTime() <= scanned) return [];
    if (change.segments === undefined) return [change];
    const left = change.segments.filter((id) => !changed.has(id));
    return left.length === 0 ? [] : [{ ...change, segments: left }];
  });
  const after = [...earlier, { at: new Date(at), segments }];
  const named = after.reduce((count, change) => count + (change.segments?.length ?? 0), 0);
  return named > maxNamed ? [{ at: new Date(at) }] : after;
}
