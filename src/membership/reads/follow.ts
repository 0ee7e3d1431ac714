// Follows transitions: the reader of the subscription and of the command line's watch.

import { setTimeout as pause } from "node:timers/promises";
import type { TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { segmentKey } from "../../segments/identity.js";
import { noSuchSegment } from "../../segments/segment-error.js";
import { type Position, positionsOf, transitionsAfter } from "./feed.js";
import { waitForTransitionsAfter } from "./pulse.js";

/** The most transitions that are read at once. */
const followedPage = 200;
/** How long to wait for an erasure to be processed before reading again, in milliseconds. */
const blockedMs = 250;

export interface Followed {
  readonly transition: TransitionDocument;
  /** The position after it. */
  readonly position: Position;
}

export interface FollowOptions {
  /** Only transitions of these segments, by `segment_id`; of all if it is omitted. */
  readonly segments?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Asserts that segments can be followed: they exist, or did and may have left transitions.
 * @throws SegmentError `NOT_FOUND`.
 */
export async function assertFollowable(
  { store }: Engine,
  project: string,
  segments: readonly string[],
): Promise<void> {
  const known = await store.getMany(
    "segments",
    segments.map((id) => segmentKey(project, id)),
  );
  for (const [index, segment] of segments.entries()) {
    if (known[index] !== undefined) continue;
    if (!(await store.reads.transitions.anyOfSegment(project, segment))) throw noSuchSegment(segment);
  }
}

/**
 * Yields transitions without end, as they are written in this process or another. It reads a page at a time, as its consumer
 * takes them. Its `return` ends it, also while it waits.
 */
export function followTransitions(
  engine: Engine,
  project: string,
  from: Position,
  { segments, signal }: FollowOptions = {},
): AsyncIterableIterator<Followed> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal?.aborted) end();
  signal?.addEventListener("abort", end);
  const followed = follow(engine, project, from, segments, ending.signal);
  return {
    next: () => followed.next(),
    return: async () => {
      // A generator that is waiting can't return before its wait is over.
      end();
      signal?.removeEventListener("abort", end);
      return followed.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  engine: Engine,
  project: string,
  from: Position,
  segments: readonly string[] | undefined,
  signal: AbortSignal,
): AsyncGenerator<Followed, undefined> {
  let position = from;
  while (!signal.aborted) {
    const page = await transitionsAfter(engine, project, position, followedPage, segments);
    const positions = positionsOf(position, page);
    for (const [index, transition] of page.transitions.entries()) {
      if (signal.aborted) return;
      yield { transition, position: positions[index]! };
    }
    position = page.position;
    if (page.isBlocked) await pause(blockedMs, undefined, { signal }).catch(() => undefined);
    else if (!page.hasMore) await waitForTransitionsAfter(engine, project, position, signal);
  }
}
