// The history of segments: their live state, and their sizes at past instants.

import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { segmentKey } from "../../segments/identity.js";
import { partitionId } from "../maintain/lease.js";

/** The live state of a segment; undefined if no maintainer has added it yet. */
export async function liveStateOf(
  engine: Engine,
  project: string,
  segmentId: string,
): Promise<LiveSegmentDocument | undefined> {
  return (await liveStatesOf(engine, project, [segmentId]))[0];
}

/** The live states of several segments, in their order. */
export async function liveStatesOf(
  engine: Engine,
  project: string,
  segmentIds: readonly string[],
): Promise<readonly (LiveSegmentDocument | undefined)[]> {
  return engine.store.getMany(
    "live_segments",
    segmentIds.map((id) => segmentKey(project, id)),
  );
}

/** An instant whose history is no longer stored; `message` says since when it is. */
export class HistoryError extends Error {
  override readonly name = "HistoryError";
}

/** Since when every interval is stored, in milliseconds since the epoch: earlier instants have no history. */
export async function intervalsSince(engine: Engine, project: string): Promise<number> {
  const [first] = await engine.store.getMany("maintenance", [partitionId(project, 0)]);
  const since = first?.kind === "partition" ? first.intervals_since : undefined;
  return since?.getTime() ?? Number.NEGATIVE_INFINITY;
}

/**
 * The size of a segment at each of some instants (milliseconds since the epoch, ascending), computed from the intervals. A static
 * segment has none: its size is the same at every instant.
 * @throws HistoryError if the intervals of an instant are no longer stored.
 */
export async function sizesAt(
  engine: Engine,
  project: string,
  segment: string,
  instants: readonly number[],
): Promise<readonly number[]> {
  const [known] = await engine.store.getMany("segments", [segmentKey(project, segment)]);
  if (known?.members !== undefined) return instants.map(() => known.members!.size);
  const since = await intervalsSince(engine, project);
  if (instants.some((instant) => instant < since)) {
    const message = `History is kept since ${new Date(since).toISOString()}. Ask for instants from then on.`;
    throw new HistoryError(message);
  }
  const [first, last] = [instants[0], instants.at(-1)];
  if (first === undefined || last === undefined) return [];
  const counts = await engine.store.reads.intervals.countsBetween(
    project,
    segment,
    new Date(first),
    new Date(last),
  );
  const changes = counts.flatMap(({ began, ended, count }): [at: number, by: number][] => [
    [began.getTime(), count],
    [ended.getTime(), -count],
  ]);
  changes.sort(([one], [other]) => one - other);
  let [size, next] = [0, 0];
  return instants.map((instant) => {
    for (; next < changes.length && changes[next]![0] <= instant; next += 1) size += changes[next]![1];
    return size;
  });
}
