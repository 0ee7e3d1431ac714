// The transitions of segments: those recorded, and those that happen from now on.
import { useEffect, useRef, useState } from "react";
import { isoDay } from "../parts/format.js";
import { ask, client } from "./client.js";
import {
  ChangesDocument,
  type ChangesSubscription,
  type ChangesSubscriptionVariables,
  HistoryDocument,
  type HistoryQuery,
  type TransitionFragment,
} from "./generated.js";

export type Transition = TransitionFragment;

export interface Feed {
  /** The newest first; undefined until the recorded ones are read. */
  readonly transitions?: readonly Transition[];
  readonly problem?: string;
  /** Number received live since the page opened. */
  readonly live: number;
}

/** The most that are shown; older ones are dropped as new ones arrive. */
const maxShown = 500;
/** Pages of history that are read for the newest ones, at most. */
const maxPages = 30;
/** The most segments that one subscription follows. */
const maxFollowed = 100;

/** Which transitions are shown; undefined parts admit all. */
export interface FeedFilter {
  readonly kind?: Transition["kind"];
  readonly cause?: Transition["cause"];
  /** The first day, as `2026-11-23`, in the project's zone. */
  readonly since?: string;
  readonly timezone: string;
}

/** True if a filter admits a transition. */
function admits(filter: FeedFilter, { kind, cause, at }: Pick<Transition, "kind" | "cause" | "at">): boolean {
  return (
    (filter.kind === undefined || filter.kind === kind) &&
    (filter.cause === undefined || filter.cause === cause) &&
    (filter.since === undefined || filter.since <= isoDay(at, filter.timezone))
  );
}

/** The feed of some segments, or of all if none are named. */
export function useFeed(
  segmentIds: readonly string[] | undefined,
  followed: readonly string[],
  filter: FeedFilter,
): Feed {
  const [feed, setFeed] = useState<Feed>({ live: 0 });
  const key = JSON.stringify([segmentIds, followed, filter]);
  const asked = useRef({ segmentIds, followed, filter });
  asked.current = { segmentIds, followed, filter };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the segments.
  useEffect(() => {
    let isOver = false;
    let stop: (() => void) | undefined;
    const { segmentIds: ids, followed: live, filter: shown } = asked.current;
    setFeed({ live: 0 });
    readNewest(ids, shown).then(
      ({ transitions, cursor }) => {
        if (isOver) return;
        setFeed({ transitions, live: 0 });
        if (live.length > 0) stop = follow(live.slice(0, maxFollowed), cursor, shown, setFeed);
      },
      (error: Error) => isOver || setFeed({ problem: error.message, live: 0 }),
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [key]);
  return feed;
}

async function readNewest(segmentIds: readonly string[] | undefined, filter: FeedFilter) {
  const found: Transition[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const { segmentTransitions }: HistoryQuery = await ask(
      HistoryDocument,
      { segmentIds: segmentIds ?? null, after: cursor },
      true,
    );
    found.push(...segmentTransitions.nodes.filter((transition) => admits(filter, transition)));
    if (found.length > maxShown) found.splice(0, found.length - maxShown);
    cursor = segmentTransitions.pageInfo.endCursor;
    if (!segmentTransitions.pageInfo.hasNextPage) break;
  }
  return { transitions: found.reverse(), cursor };
}

function follow(
  segmentIds: readonly string[],
  after: string | null,
  filter: FeedFilter,
  setFeed: (change: (feed: Feed) => Feed) => void,
): () => void {
  const { unsubscribe } = client
    .subscription<ChangesSubscription, ChangesSubscriptionVariables>(ChangesDocument.toString(), {
      segmentIds,
      after,
    })
    .subscribe(({ data }) => {
      if (data === undefined) return;
      const { transition } = data.segmentChanges;
      if (!admits(filter, transition)) return;
      setFeed((feed) => {
        const known = feed.transitions ?? [];
        // A transition that arrives twice, after a connection broke, has the same id.
        if (known.some(({ id }) => id === transition.id)) return feed;
        return { ...feed, transitions: [transition, ...known].slice(0, maxShown), live: feed.live + 1 };
      });
    });
  return unsubscribe;
}
