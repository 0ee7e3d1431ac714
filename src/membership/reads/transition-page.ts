// Pages of a segment's transitions, newest first.
import type { TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { readPlace, writePlace } from "../../query/pages/place.js";
import { pageOfRows, type RowsPage, readWindow, type WindowRequest } from "../../query/pages/window.js";
import type { TotalCount } from "../../query/preview.js";
import type { ReadOptions } from "../../store/read-options.js";

/** The most transitions of one page. */
const maxTransitionPage = 1_000;

export interface TransitionsPage extends RowsPage<TransitionDocument> {
  readonly cursors: readonly string[];
}

/** One page of a segment's transitions, newest first. @throws CursorError. */
export async function transitionsOfSegment(
  { store }: Engine,
  project: string,
  segment: string,
  request: WindowRequest,
  options?: ReadOptions,
): Promise<TransitionsPage> {
  const window = readWindow(request, maxTransitionPage, "transitions");
  const behind = window.cursor === undefined ? undefined : readPlace(window.cursor, window.argument);
  const rows = await store.reads.transitions.pageOfSegment(
    project,
    segment,
    { newestFirst: !window.backwards, behind, limit: window.count + 1 },
    options,
  );
  const page = pageOfRows(window, rows);
  return { ...page, cursors: page.nodes.map(writePlace) };
}

/** How many transitions of some segments are stored: exact up to `bound`. */
export async function countTransitions(
  { store }: Engine,
  project: string,
  segments: readonly string[],
  bound: number,
  options?: ReadOptions,
): Promise<TotalCount> {
  const count = await store.reads.transitions.countOfSegments(project, segments, bound + 1, options);
  return { count: Math.min(count, bound), isEstimate: count > bound };
}
