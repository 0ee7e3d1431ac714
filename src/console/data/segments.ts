// Segments as the pages show them.

import { useCallback, useEffect, useState } from "react";
import { dayMs } from "../../clock.js";
import { type Answer, useAnswer } from "./answer.js";
import { ask } from "./client.js";
import {
  type SegmentRowFragment,
  SegmentSizesDocument,
  SegmentsDocument,
  type SegmentsQuery,
} from "./generated.js";

export type SegmentRow = SegmentRowFragment;
export type ListedSegment = SegmentsQuery["segments"]["nodes"][number];

/** Segments by name; the first fifty, which a search narrows. */
export function useSegments(search: string, archived = false): Answer<SegmentsQuery> {
  return useAnswer(SegmentsDocument, { archived, search: search === "" ? null : search, after: null });
}

/** A segment's size at a moment. */
export interface SizeAt {
  /** In milliseconds since the epoch. */
  readonly at: number;
  readonly size: number;
}

/** Sizes at the end of each of the last days, and now. @throws Error if there is no answer. */
async function readSizes(id: string, days: number, since: number): Promise<readonly SizeAt[]> {
  const now = Date.now();
  const moments = Array.from({ length: days + 1 }, (_, index) => now - (days - index) * dayMs).filter(
    (at) => at >= since,
  );
  if (moments.length === 0) return [];
  const at = moments.map((moment) => new Date(moment).toISOString());
  const { segment } = await ask(SegmentSizesDocument, { id, at }, true);
  return moments.map((moment, index) => ({ at: moment, size: segment?.sizes[index] ?? 0 }));
}

export interface Sizes {
  readonly sizes?: readonly SizeAt[];
  readonly problem?: string;
  readonly refresh: () => void;
}

/** The sizes of a segment's last days. `since` is when it was created, in milliseconds since the epoch. */
export function useSizes(id: string, days: number, since: number): Sizes {
  const [state, setState] = useState<Omit<Sizes, "refresh">>({});
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks once more.
  useEffect(() => {
    let isOver = false;
    readSizes(id, days, since).then(
      (sizes) => isOver || setState({ sizes }),
      (error: Error) => isOver || setState({ problem: error.message }),
    );
    return () => {
      isOver = true;
    };
  }, [id, days, since, attempt]);
  return { ...state, refresh: useCallback(() => setAttempt((count) => count + 1), []) };
}
