// The feed of transitions, read in order from any position, a page at a time. A position is a number for each partition. Only the
// partition's owner assigns the numbers, so that a reader that continues after a position misses nothing.

import type { TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import type { TransitionRange } from "../../store/reads/history.js";
import { partitionId } from "../maintain/lease.js";
import { transitionId } from "../maintain/transitions.js";
import { erasureTransitionsAfter, isOrdinary, untilErased } from "./erasure-transitions.js";

/** The most transitions of one page. */
export const maxHistoryPageSize = 1_000;

/** How many sequence numbers one read covers: for a segment with few transitions, an unbounded read would take too long. */
const maxNumbers = 100_000;

/** The last number of a read that begins after `from`; the next read continues there if this one finds nothing. */
export function endOfRead(from: number, last: number): number {
  return Math.min(last, from + maxNumbers);
}

/**
 * What a reader has received: for each partition, the number of the last transition; then, for each partition, up to which number
 * it has received erasure transitions, which come first. The second part is omitted if it equals the first.
 */
export type Position = readonly number[];

/** Up to which number of a partition a reader has received erasure transitions. */
function erasuresSeen(position: Position, partition: number): number {
  return position[partitionCount + partition] ?? position[partition] ?? 0;
}

/** A position from its two parts, each with a number for every partition. */
function positionOf(reached: readonly number[], seen: readonly number[]): Position {
  return reached.every((number, partition) => number === seen[partition]) ? reached : [...reached, ...seen];
}

/** A position that a reader can't continue from; `message` says why, and where to continue instead. */
export class PositionError extends Error {
  override readonly name = "PositionError";
}

export interface FeedBounds {
  /** Before the oldest transition that is still stored. */
  readonly oldest: Position;
  /** After the newest transition. */
  readonly present: Position;
  /** For each partition, the number of its last erasure transition. */
  readonly erasures: readonly number[];
}

/** The positions before the oldest and after the newest stored transition. */
export async function feedBounds(engine: Engine, project: string): Promise<FeedBounds> {
  const ids = Array.from({ length: partitionCount }, (_, partition) => partitionId(project, partition));
  const leases = (await engine.store.getMany("maintenance", ids)).map((lease) =>
    lease?.kind === "partition" ? lease : undefined,
  );
  const present = leases.map((lease) => lease?.sequence ?? 0);
  return {
    // A reader from the beginning has received no entries, and so needs no erasure transitions.
    oldest: [...leases.map((lease) => lease?.deleted_sequence ?? 0), ...present],
    present,
    erasures: leases.map((lease) => lease?.erasure_sequence ?? 0),
  };
}

/** The position after the newest transition. */
export async function presentPosition(engine: Engine, project: string): Promise<Position> {
  return (await feedBounds(engine, project)).present;
}

/** A position as text. */
export function writePosition(position: Position): string {
  return position.join(".");
}

/**
 * The position that a text holds.
 * @throws PositionError if it holds none.
 */
export function readPosition(text: string): Position {
  const numbers = text.split(".").map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : Number.NaN));
  const isWhole = numbers.length === partitionCount || numbers.length === 2 * partitionCount;
  if (isWhole && numbers.every(Number.isSafeInteger)) return numbers;
  throw new PositionError("`after` is no cursor. Use one that was given.");
}

function refuseForgotten(position: Position, { oldest }: FeedBounds): void {
  if (position.slice(0, partitionCount).some((number, partition) => number < oldest[partition]!)) {
    throw new PositionError(
      "The transitions after this cursor have been deleted, since history is kept for a limited number of days. Read the present members of the segments, and continue from now.",
    );
  }
}

function refuseOutside(position: Position, bounds: FeedBounds): void {
  refuseForgotten(position, bounds);
  const { present } = bounds;
  if (position.some((number, index) => number > present[index % partitionCount]!)) {
    throw new PositionError(
      "This cursor is ahead of everything that has happened: it is of other data. Use one that was given here.",
    );
  }
}

export interface TransitionPage {
  readonly transitions: readonly TransitionDocument[];
  /** Where to continue. */
  readonly position: Position;
  readonly hasMore: boolean;
  /** True if the next transitions wait until an erasure is processed. */
  readonly isBlocked: boolean;
}

/**
 * The transitions after a position, in order for each customer. A page may be empty although more follow.
 * @param segments only transitions of these segments, by `segment_id`; of all if it is omitted.
 * @param first how many to return at most; up to `maxHistoryPageSize`.
 * @throws PositionError if the position is before the oldest stored transition, or after the newest.
 */
export async function transitionsAfter(
  engine: Engine,
  project: string,
  position: Position,
  first: number,
  segments?: readonly string[],
): Promise<TransitionPage> {
  for (;;) {
    const bounds = await feedBounds(engine, project);
    refuseOutside(position, bounds);
    const page = await readPage(engine, project, position, bounds, first, segments);
    const after = await feedBounds(engine, project);
    // Transitions that were deleted during the read are missing from the page.
    if (page.isRead) refuseForgotten(position, after);
    // So may be those of customers that were erased during it: then read again.
    if (after.erasures.every((number, partition) => number === bounds.erasures[partition])) return page;
  }
}

async function readPage(
  engine: Engine,
  project: string,
  position: Position,
  { present, erasures }: FeedBounds,
  first: number,
  segments: readonly string[] | undefined,
): Promise<TransitionPage & { readonly isRead: boolean }> {
  const transitions: TransitionDocument[] = [];
  const reached = position.slice(0, partitionCount);
  const seen = reached.map((_, partition) => erasuresSeen(position, partition));
  let [isRead, isBlocked] = [false, false];
  for (const [partition, last] of present.entries()) {
    const from = reached[partition]!;
    const of = { partition, segments, last };
    if (first <= transitions.length) continue;
    if (seen[partition]! < erasures[partition]!) {
      const found = await erasureTransitionsAfter(engine, project, {
        ...of,
        position: from,
        seen: seen[partition]!,
        first: first - transitions.length,
      });
      transitions.push(...found.transitions);
      seen[partition] = found.seen;
      isRead = true;
      if (found.seen < erasures[partition]!) continue;
    }
    const room = first - transitions.length;
    // All erasure transitions up to `last` are returned: the next read must not look for them again.
    seen[partition] = last;
    if (last <= from || room <= 0) continue;
    const end = endOfRead(from, last);
    const found = await transitionsOf(engine, project, { partition, from, last: end, first: room, segments });
    const present = await untilErased(engine, found);
    isRead = true;
    isBlocked ||= present.isBlocked;
    transitions.push(...present.events.filter(isOrdinary));
    // A full page may end before `end`; otherwise everything up to `end` was read, also other segments' transitions.
    const whole = found.length === room ? found.at(-1)!.sequence : end;
    reached[partition] = present.isBlocked ? found[present.events.length]!.sequence - 1 : whole;
  }
  const hasMore = present.some((last, partition) => last > reached[partition]!);
  return { transitions, position: positionOf(reached, seen), hasMore, isBlocked, isRead };
}

/** The transitions of a range of one partition, by number. */
export async function transitionsOf(
  engine: Engine,
  project: string,
  range: TransitionRange,
): Promise<readonly TransitionDocument[]> {
  return engine.store.reads.transitions.inRange(project, range);
}

/** The position after each transition of a page that was read from `from` on. */
export function positionsOf(
  from: Position,
  { transitions, position }: Pick<TransitionPage, "transitions" | "position">,
): readonly Position[] {
  const reached = from.slice(0, partitionCount);
  const seen = reached.map((_, partition) => erasuresSeen(from, partition));
  return transitions.map(({ partition, sequence, audience }) => {
    seen[partition] = audience === undefined ? erasuresSeen(position, partition) : sequence;
    if (audience === undefined) reached[partition] = sequence;
    return positionOf([...reached], [...seen]);
  });
}

/** The id of a transition. Stable across redeliveries; use it to deduplicate. */
export function identityOf({ project, partition, sequence }: TransitionDocument): string {
  return transitionId(project, partition, sequence);
}
