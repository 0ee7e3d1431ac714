// Who is told that an erased person left: the readers that were told that the person entered, and no others. A reader's position
// says what it was told, so an erasure transition names the positions that it is for; its reader gets it before anything else, while
// its position is still what it was at the erasure.

import type { Audience, TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";

/** The most transitions that are looked through for erasure transitions in one read. */
const maxLookedThrough = 1_000;

/** Whether a reader belongs to an audience: it was told everything up to `position`, and of the exits of erased persons up to `seen`. */
function isInAudience(audience: readonly Audience[], position: number, seen: number): boolean {
  const never = Number.POSITIVE_INFINITY;
  return audience.some(
    ({ entered, left = never, erasure = never }) => position >= entered && position < left && seen < erasure,
  );
}

/**
 * The audience of each segment that an erased customer was ever in.
 * @param transitions all that are kept of the customer, in any order.
 * @param held the segments that the customer was in at last: of some, the entry may not be kept any more.
 */
export function audiencesOf(
  transitions: readonly TransitionDocument[],
  held: readonly string[],
): ReadonlyMap<string, readonly Audience[]> {
  const audiences = new Map<string, Audience[]>();
  const open = new Map<string, number>();
  const ofSegment = (segment: string): Audience[] => {
    const known = audiences.get(segment) ?? [];
    audiences.set(segment, known);
    return known;
  };
  for (const { segment, kind, sequence, audience } of transitions.toSorted(
    (one, other) => one.sequence - other.sequence,
  )) {
    if (audience !== undefined) {
      // Of an earlier erasure of somebody of the same id: who has not read that yet has to learn it from this one.
      ofSegment(segment).push(...audience.map((each) => ({ erasure: sequence, ...each })));
      open.delete(segment);
    } else if (kind === "entered") open.set(segment, sequence);
    else {
      ofSegment(segment).push({ entered: open.get(segment) ?? 0, left: sequence });
      open.delete(segment);
    }
  }
  for (const segment of held) if (!open.has(segment)) open.set(segment, 0);
  for (const [segment, entered] of open) ofSegment(segment).push({ entered });
  return audiences;
}

/** The transitions that readers are told of in their order: none of erased persons, and no erasure transitions. */
export function isOrdinary({ audience, erased }: TransitionDocument): boolean {
  return audience === undefined && erased === undefined;
}

export interface ErasureTransitions {
  readonly transitions: readonly TransitionDocument[];
  /** All up to this number were looked at. */
  readonly seen: number;
}

/** The erasure transitions of one partition that a reader has yet to be told of. */
export interface ErasureRequest {
  readonly partition: number;
  /** What the reader was told of in its order, up to this number. */
  readonly position: number;
  /** Erasure transitions were told of up to this number, and are wanted up to `last`. */
  readonly seen: number;
  readonly last: number;
  /** How many at most. */
  readonly first: number;
  readonly segments?: readonly string[];
}

export async function erasureTransitionsAfter(
  { store }: Engine,
  project: string,
  { partition, position, seen, last, first, segments }: ErasureRequest,
): Promise<ErasureTransitions> {
  const found = await store.reads.transitions.inRange(project, {
    partition,
    from: seen,
    last,
    first: maxLookedThrough,
    segments,
  });
  const told = found.filter(({ audience = [] }) => isInAudience(audience, position, seen));
  if (told.length > first)
    return { transitions: told.slice(0, first), seen: told[first - 1]?.sequence ?? seen };
  return { transitions: told, seen: found.length === maxLookedThrough ? found.at(-1)!.sequence : last };
}

/**
 * As many transitions of a read as can be told of now: up to the first of a customer whose erasure has yet to be seen to, which
 * decides what becomes of it.
 */
export async function untilErased(
  { store }: Engine,
  transitions: readonly TransitionDocument[],
): Promise<{ readonly transitions: readonly TransitionDocument[]; readonly isBlocked: boolean }> {
  const customers = [...new Set(transitions.filter(isOrdinary).map(({ customer }) => customer))];
  const marks = customers.length === 0 ? [] : await store.getMany("changes", customers);
  const erased = new Set(marks.flatMap((mark) => (mark?.erased === undefined ? [] : [mark._id])));
  const first = transitions.findIndex((each) => isOrdinary(each) && erased.has(each.customer));
  return first < 0
    ? { transitions, isBlocked: false }
    : { transitions: transitions.slice(0, first), isBlocked: true };
}
