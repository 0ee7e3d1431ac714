// Which segments a kind of change concerns, and how much of a customer's past is known after a change.

import type { ChangeKind, CustomerDocument } from "../../documents/documents.js";
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { Evaluation } from "./evaluation.js";
import type { LiveSegment, LiveSet } from "./live-set.js";

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

/**
 * The instant from which a segment can be evaluated for a customer, in milliseconds since the epoch. At an earlier one, what the
 * query reads of the customer was not what is stored now.
 */
export function knownSince(
  { undated_change }: Pick<CustomerDocument, "undated_change">,
  segment: Pick<LiveSegment, "dependencies">,
): number {
  const isChanged = undated_change?.kinds.some((kind) => concerns(segment, kind)) ?? false;
  return isChanged ? undated_change!.at.getTime() : Number.NEGATIVE_INFINITY;
}

/**
 * The customer's `undated_change` after an evaluation that reports no transition; undefined if it does not change. A scan of time that reaches the
 * instants before the evaluation later evaluates the customer as of them, but records added to a customer say themselves since when they
 * count.
 * @param scanned the instant up to which time is scanned.
 */
export function undatedChangeAfter(
  set: LiveSet,
  { kinds: changed }: Pick<ChangeDocument, "kinds">,
  { undated_change: known }: Pick<CustomerDocument, "undated_change">,
  { at, members }: Evaluation,
  scanned: number,
): CustomerDocument["undated_change"] {
  if (at <= scanned) return undefined;
  const timed = [...members.keys()].flatMap((id) => {
    const segment = set.segments.get(id);
    return segment?.timedLately === true ? [segment] : [];
  });
  const undated = changed.flatMap(({ kind, added }) => (added === undefined ? [kind] : []));
  const kinds = undated.filter((kind) => timed.some((segment) => concerns(segment, kind)));
  if (kinds.length === 0) return undefined;
  const earlier = known !== undefined && known.at.getTime() > scanned ? known.kinds : [];
  return { at: new Date(at), kinds: [...new Set([...earlier, ...kinds])] };
}
