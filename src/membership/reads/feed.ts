// What came and went, read in order: from any position on, a page at a time. A position is a number for each partition,
// which only the partition's owner assigns, so that whoever goes on behind one misses nothing.

import type { TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import type { TransitionRange } from "../../store/reads/history.js";
import { partitionId } from "../maintain/lease.js";
import { transitionId } from "../maintain/transitions.js";
import { erasureTransitionsAfter, isOrdinary, untilErased } from "./erasure-transitions.js";

/** The most of one page. */
export const maxHistoryPageSize = 1_000;

/** How many numbers are looked through at once: of a segment in which little happens, a read without an end would take too long. */
const maxNumbers = 100_000;

/** The last number of one read that begins behind another; where nothing is found up to it, the next goes on there. */
export function endOfRead(from: number, last: number): number {
  return Math.min(last, from + maxNumbers);
}

/**
 * Where a reader of transitions is: of each partition, the number of the last that it was told of in its order; then, if they are
 * others, up to which number it was told of the exits of erased persons. These it is told of first.
 */
export type Position = readonly number[];

/** Up to which number of a partition a reader was told of the exits of erased persons. */
function erasuresSeen(position: Position, partition: number): number {
  return position[partitionCount + partition] ?? position[partition] ?? 0;
}

/** A position from its two parts, each a number for every partition. */
function positionOf(reached: readonly number[], seen: readonly number[]): Position {
  return reached.every((number, partition) => number === seen[partition]) ? reached : [...reached, ...seen];
}

/** A position from which nobody can go on; `message` says why, and from where one can. */
export class PositionError extends Error {
  override readonly name = "PositionError";
}

export interface FeedBounds {
  /** Behind what is not kept any more, and before everything that is. */
  readonly oldest: Position;
  /** Behind everything that there is now. */
  readonly present: Position;
  /** Of each partition, the number of the last exit of an erased person. */
  readonly erasures: readonly number[];
}

/** From where to where there are transitions. */
export async function feedBounds(engine: Engine, project: string): Promise<FeedBounds> {
  const ids = Array.from({ length: partitionCount }, (_, partition) => partitionId(project, partition));
  const leases = (await engine.store.getMany("maintenance", ids)).map((lease) =>
    lease?.kind === "partition" ? lease : undefined,
  );
  const present = leases.map((lease) => lease?.sequence ?? 0);
  return {
    // A reader from the beginning was never told of anyone.
    oldest: [...leases.map((lease) => lease?.forgotten ?? 0), ...present],
    present,
    erasures: leases.map((lease) => lease?.erasure_sequence ?? 0),
  };
}

/** Behind everything that there is now. */
export async function presentPosition(engine: Engine, project: string): Promise<Position> {
  return (await feedBounds(engine, project)).present;
}

/** A position as a text. */
export function writePosition(position: Position): string {
  return position.join(".");
}

/**
 * The position that a text holds.
 * @throws PositionError where it holds none.
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
      "What came after this cursor is no longer kept: history is kept for so many days only. Read who is in the segments now, and go on from now.",
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
  /** Where to go on. */
  readonly position: Position;
  readonly hasMore: boolean;
  /** True if what follows waits until the erasure of somebody is seen to. */
  readonly isBlocked: boolean;
}

/**
 * What came and went after a position, in order for each customer. A page may hold nothing and yet have more behind it.
 * @param segments only of these, by `segment_id`; of all where it is left out.
 * @param first how many, at most `largestHistoryPage`.
 * @throws PositionError where the position is behind what is kept, or ahead of what there is.
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
    // What was forgotten while this was read is missing in it.
    if (page.isRead) refuseForgotten(position, after);
    // Whoever was erased meanwhile may be missing in it, too.
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
    // With nothing to come, there is nothing that the next read could mistake.
    seen[partition] = last;
    if (last <= from || room <= 0) continue;
    const end = endOfRead(from, last);
    const found = await transitionsOf(engine, project, { partition, from, last: end, first: room, segments });
    const present = await untilErased(engine, found);
    isRead = true;
    isBlocked ||= present.isBlocked;
    transitions.push(...present.transitions.filter(isOrdinary));
    // Of other segments there may be more behind the last that was found.
    const whole = found.length === room ? found.at(-1)!.sequence : end;
    reached[partition] = present.isBlocked ? found[present.transitions.length]!.sequence - 1 : whole;
  }
  const hasMore = present.some((last, partition) => last > reached[partition]!);
  return { transitions, position: positionOf(reached, seen), hasMore, isBlocked, isRead };
}

/** What came and went in one partition, by number. */
export async function transitionsOf(
  engine: Engine,
  project: string,
  range: TransitionRange,
): Promise<readonly TransitionDocument[]> {
  return engine.store.reads.transitions.inRange(project, range);
}

/** The position behind each transition of a page that was read from `from` on. */
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

/** The id of a transition by which those who are told of it twice know it. */
export function identityOf({ project, partition, sequence }: TransitionDocument): string {
  return transitionId(project, partition, sequence);
}
