// What is known of stays in segments: who was in one at an instant, how its size went, and what came and went, in order.
import { partitionCount } from "../customers/changes.js";
import type { Engine } from "../engine.js";
import type { LiveSegmentDocument, MembershipDocument, TransitionDocument } from "../store/documents.js";
import { transitionId } from "./transitions.js";

/** The most of one page. */
export const largestHistoryPage = 1_000;

/** How far a segment's stored membership is; undefined where no maintainer has taken it in yet. */
export async function liveStateOf(
  engine: Engine,
  project: string,
  segmentId: string,
): Promise<LiveSegmentDocument | undefined> {
  const [found] = await engine.store.getMany("live_segments", [`${project}/${segmentId}`]);
  return found;
}

/** What is so of stays that hold an instant (milliseconds since the epoch). */
export function holding(at: number): Readonly<Record<string, unknown>> {
  const instant = new Date(at);
  return { entered_at: { $lte: instant }, $or: [{ left_at: null }, { left_at: { $gt: instant } }] };
}

/**
 * How many customers were in a segment at each of some instants (milliseconds since the epoch, ascending): folded from the
 * stays.
 */
export async function sizesAt(
  engine: Engine,
  project: string,
  segment: string,
  instants: readonly number[],
): Promise<readonly number[]> {
  const stays = await engine.store.aggregate<Pick<MembershipDocument, "entered_at" | "left_at">>(
    "memberships",
    [{ $match: { project, segment } }, { $project: { entered_at: 1, left_at: 1 } }],
  );
  const changes = stays.flatMap(({ entered_at, left_at }): [at: number, by: number][] => [
    [entered_at.getTime(), 1],
    ...(left_at === undefined ? [] : ([[left_at.getTime(), -1]] satisfies [number, number][])),
  ]);
  changes.sort(([one], [other]) => one - other);
  let [size, next] = [0, 0];
  return instants.map((instant) => {
    for (; next < changes.length && changes[next]![0] <= instant; next += 1) size += changes[next]![1];
    return size;
  });
}

/** Where a reader of transitions is: the number of the last that it has seen, of each partition. */
export type Position = readonly number[];

/** Before everything. */
export const beginning: Position = Array.from({ length: partitionCount }, () => 0);

/** Behind everything that there is now. */
export async function presentPosition(engine: Engine, project: string): Promise<Position> {
  const ids = beginning.map((_, partition) => `${project}/partition/${partition}`);
  const leases = await engine.store.getMany("maintenance", ids);
  return leases.map((lease) => (lease?.kind === "partition" ? (lease.sequence ?? 0) : 0));
}

/** A position as a text, and back. */
export function writePosition(position: Position): string {
  return position.join(".");
}

/** The position that a text holds; undefined where it holds none. */
export function readPosition(text: string): Position | undefined {
  const numbers = text.split(".").map(Number);
  const isPosition =
    numbers.length === partitionCount && numbers.every((each) => Number.isSafeInteger(each) && each >= 0);
  return isPosition ? numbers : undefined;
}

export interface TransitionPage {
  readonly transitions: readonly TransitionDocument[];
  /** Where to go on. */
  readonly position: Position;
  readonly hasMore: boolean;
}

/**
 * What came and went after a position, in order for each customer.
 * @param segments only of these, by `segment_id`; of all where it is left out.
 * @param first how many, at most `largestHistoryPage`.
 */
export async function transitionsAfter(
  engine: Engine,
  project: string,
  position: Position,
  first: number,
  segments?: readonly string[],
): Promise<TransitionPage> {
  const transitions: TransitionDocument[] = [];
  const reached = [...position];
  const end = await presentPosition(engine, project);
  for (const [partition, last] of end.entries()) {
    const from = reached[partition] ?? 0;
    const room = first - transitions.length;
    if (last <= from || room <= 0) continue;
    const found = await transitionsOf(engine, project, { partition, from, last, first: room, segments });
    transitions.push(...found);
    // Of other segments there may be more behind the last that was found.
    reached[partition] = found.length === room ? found.at(-1)!.sequence : last;
  }
  const hasMore = end.some((last, partition) => last > (reached[partition] ?? 0));
  return { transitions, position: reached, hasMore };
}

export interface PartitionRequest {
  readonly partition: number;
  /** The number of the last that is known, and of the last that is wanted. */
  readonly from: number;
  readonly last: number;
  /** How many at most. */
  readonly first: number;
  /** Only of these, by `segment_id`; of all where it is left out. */
  readonly segments?: readonly string[];
}

/** What came and went in one partition, by number. */
export async function transitionsOf(
  engine: Engine,
  project: string,
  { partition, from, last, first, segments }: PartitionRequest,
): Promise<readonly TransitionDocument[]> {
  return engine.store.aggregate<TransitionDocument>("transitions", [
    {
      $match: {
        project,
        partition,
        sequence: { $gt: from, $lte: last },
        ...(segments === undefined ? {} : { segment: { $in: segments } }),
      },
    },
    { $sort: { sequence: 1 } },
    { $limit: first },
  ]);
}

/** The id of a transition by which those who are told of it twice know it. */
export function identityOf({ project, partition, sequence }: TransitionDocument): string {
  return transitionId(project, partition, sequence);
}

/** Goes on forever with what comes and goes, as it is written: read from the store every `everyMs` milliseconds. */
export async function* followTransitions(
  engine: Engine,
  project: string,
  from: Position,
  options: { readonly segments?: readonly string[]; readonly signal: AbortSignal; readonly everyMs?: number },
): AsyncGenerator<{ readonly transition: TransitionDocument; readonly position: Position }> {
  const { segments, signal, everyMs = 500 } = options;
  let position = from;
  while (!signal.aborted) {
    const page = await transitionsAfter(engine, project, position, largestHistoryPage, segments);
    const passed = [...position];
    for (const transition of page.transitions) {
      passed[transition.partition] = transition.sequence;
      yield { transition, position: [...passed] };
    }
    position = page.position;
    if (!page.hasMore) await waited(everyMs, signal);
  }
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener("abort", over);
  });
}
