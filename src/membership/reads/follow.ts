// Follows transitions: the reader of the subscription and of the command line's watch.

import { setTimeout as pause } from "node:timers/promises";
import type { TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { segmentKey } from "../../segments/identity.js";
import { noSuchSegment } from "../../segments/segment-error.js";
import type { Store } from "../../store/port.js";
import { type Position, positionsOf, type TransitionPage, transitionsAfter } from "./feed.js";
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

/** A page of transitions, each with the position after it. */
interface FollowedPage extends Pick<TransitionPage, "position" | "hasMore" | "isBlocked"> {
  readonly followed: readonly Followed[];
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
    const page = await sharedPage(engine, project, position, segments);
    for (const each of page.followed) {
      if (signal.aborted) return;
      yield each;
    }
    position = page.position;
    if (page.isBlocked) await pause(blockedMs, undefined, { signal }).catch(() => undefined);
    else if (!page.hasMore) await waitForTransitionsAfter(engine, project, position, signal);
  }
}

/** Reads that are under way, by what they read. */
const underWay = new WeakMap<Store, Map<string, Promise<FollowedPage>>>();

/**
 * Reads the next page. Followers at the same position are woken together: they share one read, and get the same objects. A read
 * that began before the newest transition lacks it, and the next one finds it.
 */
function sharedPage(
  engine: Engine,
  project: string,
  position: Position,
  segments: readonly string[] | undefined,
): Promise<FollowedPage> {
  const reads = underWay.get(engine.store) ?? new Map<string, Promise<FollowedPage>>();
  underWay.set(engine.store, reads);
  const key = JSON.stringify([project, position, segments]);
  const known = reads.get(key);
  if (known !== undefined) return known;
  const read = readFollowed(engine, project, position, segments).finally(() => reads.delete(key));
  reads.set(key, read);
  return read;
}

async function readFollowed(
  engine: Engine,
  project: string,
  from: Position,
  segments: readonly string[] | undefined,
): Promise<FollowedPage> {
  const page = await transitionsAfter(engine, project, from, followedPage, segments);
  const positions = positionsOf(from, page);
  const followed = page.transitions.map((transition, index) => ({ transition, position: positions[index]! }));
  return { followed, position: page.position, hasMore: page.hasMore, isBlocked: page.isBlocked };
}
