// Decides which readers receive the exit of an erased person: only those that received the person's entry. A reader's position
// says what it has received, so an erasure transition names the positions that it is for. A reader gets it before all other
// transitions, while its position is still what it was at the erasure.

import type { ReaderRange, TransitionDocument } from "../../documents/membership-documents.js";
import type { OutgoingEventDocument } from "../../documents/outgoing-documents.js";
import type { Engine } from "../../engine.js";

/** The most transitions that one read scans for erasure transitions. */
const maxScanned = 1_000;

/**
 * Whether a reader belongs to an audience. It has received all transitions up to `position`, and erasure transitions up to
 * `seen`.
 */
function isInAudience(audience: readonly ReaderRange[], position: number, seen: number): boolean {
  const never = Number.POSITIVE_INFINITY;
  return audience.some(
    ({ entered, left = never, erasure = never }) => position >= entered && position < left && seen < erasure,
  );
}

/**
 * The audience of each segment that an erased customer was ever in.
 * @param transitions all stored transitions of the customer, in any order.
 * @param held the segments that the customer was in at the erasure; the entry into some may no longer be stored.
 */
export function audiencesOf(
  transitions: readonly TransitionDocument[],
  held: readonly string[],
): ReadonlyMap<string, readonly ReaderRange[]> {
  const audiences = new Map<string, ReaderRange[]>();
  const open = new Map<string, number>();
  const ofSegment = (segment: string): ReaderRange[] => {
    const known = audiences.get(segment) ?? [];
    audiences.set(segment, known);
    return known;
  };
  for (const { segment, kind, sequence, audience } of transitions.toSorted(
    (one, other) => one.sequence - other.sequence,
  )) {
    if (audience !== undefined) {
      // From an earlier erasure of a customer with the same id: a reader that has not received that exit yet receives this one.
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

/** True of a transition that readers receive in order: neither of an erased person nor an erasure transition. */
export function isOrdinary({ audience, erased }: TransitionDocument): boolean {
  return audience === undefined && erased === undefined;
}

export interface ErasureTransitions {
  readonly transitions: readonly TransitionDocument[];
  /** All erasure transitions up to this number are included. */
  readonly seen: number;
}

/** Asks for the erasure transitions of one partition that a reader has not received. */
export interface ErasureRequest {
  readonly partition: number;
  /** The reader has received all ordinary transitions up to this number. */
  readonly position: number;
  /** The reader has received erasure transitions up to this number, and asks for those up to `last`. */
  readonly seen: number;
  readonly last: number;
  /** The most transitions to return. */
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
    first: maxScanned,
    segments,
  });
  const visible = found.filter(({ audience = [] }) => isInAudience(audience, position, seen));
  if (visible.length > first)
    return { transitions: visible.slice(0, first), seen: visible[first - 1]?.sequence ?? seen };
  return { transitions: visible, seen: found.length === maxScanned ? found.at(-1)!.sequence : last };
}

/** True of what an erasure takes away: ordinary transitions, and every outgoing event but the one that reports an erasure. */
function isTakenByErasure(event: TransitionDocument | OutgoingEventDocument): boolean {
  return "segment" in event ? isOrdinary(event) : event.type !== "customer.erased";
}

/** Which transitions and outgoing events are of customers whose erasure is still to be processed, which takes them away. */
export async function toBeErased<Event extends TransitionDocument | OutgoingEventDocument>(
  { store }: Engine,
  events: readonly Event[],
): Promise<ReadonlySet<Event>> {
  const taken = events.filter(isTakenByErasure);
  const customers = [...new Set(taken.map(({ customer }) => customer))];
  const marks = customers.length === 0 ? [] : await store.getMany("changes", customers);
  const erased = new Set(marks.flatMap((mark) => (mark?.erased === undefined ? [] : [mark._id])));
  return new Set(taken.filter(({ customer }) => erased.has(customer)));
}

/**
 * The transitions and outgoing events of a read that can be returned now: those before the first one of a customer whose erasure
 * is still to be processed, which may change it or remove it.
 */
export async function untilErased<Event extends TransitionDocument | OutgoingEventDocument>(
  engine: Engine,
  events: readonly Event[],
): Promise<{ readonly events: readonly Event[]; readonly isBlocked: boolean }> {
  const erased = await toBeErased(engine, events);
  const first = events.findIndex((each) => erased.has(each));
  return first < 0 ? { events, isBlocked: false } : { events: events.slice(0, first), isBlocked: true };
}
