// Transitions newest first: of one segment, page by page, and of many customers in one read.
import type { TransitionDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import type { PipelineStage } from "../../pipeline/stage.js";
import { type Place, placeStage, readPlace, writePlace } from "../../query/place.js";
import type { TotalCount } from "../../query/preview.js";
import { pageOfRows, type RowsPage, readWindow, type WindowRequest } from "../../query/window.js";
import { countRows } from "../../store/count.js";
import type { ReadOptions } from "../../store/port.js";

/** The most transitions of one page. */
export const maxTransitionPage = 1_000;

export interface TransitionsPage extends RowsPage<TransitionDocument> {
  readonly cursors: readonly string[];
}

/** One page of a segment's transitions, newest first. @throws CursorError. */
export async function transitionsOfSegment(
  engine: Engine,
  project: string,
  segment: string,
  request: WindowRequest,
  options?: ReadOptions,
): Promise<TransitionsPage> {
  const window = readWindow(request, maxTransitionPage, "transitions");
  const descends = !window.backwards;
  const place = window.cursor === undefined ? undefined : readPlace(window.cursor, window.argument);
  const rows = await engine.store.aggregate<TransitionDocument>(
    "transitions",
    [
      { $match: { project, segment } },
      ...(place === undefined ? [] : [placeStage(place, descends)]),
      newestFirst(descends),
      { $limit: window.count + 1 },
    ],
    options,
  );
  const page = pageOfRows(window, rows);
  return { ...page, cursors: page.nodes.map(writePlace) };
}

/** How many transitions of a segment are kept: exact up to `bound`. */
export async function countTransitions(
  engine: Engine,
  project: string,
  segments: readonly string[],
  bound: number,
  options?: ReadOptions,
): Promise<TotalCount> {
  const match = { $match: { project, segment: { $in: segments } } };
  const count = await countRows(engine.store, "transitions", [match, { $limit: bound + 1 }], options);
  return { count: Math.min(count, bound), isEstimate: count > bound };
}

/** The latest transitions of each customer, newest first, at most `limit` each, by one read. */
export async function transitionsOfCustomers(
  engine: Engine,
  project: string,
  customers: readonly string[],
  { limit, until }: { readonly limit: number; readonly until?: Place | undefined },
  options?: ReadOptions,
): Promise<ReadonlyMap<string, readonly TransitionDocument[]>> {
  const rows = await engine.store.aggregate<{
    readonly _id: string;
    readonly found: readonly TransitionDocument[];
  }>(
    "transitions",
    [
      { $match: { project, customer: { $in: customers } } },
      ...(until === undefined ? [] : [placeStage(until, true)]),
      newestFirst(true),
      { $group: { _id: "$customer", found: { $push: "$$ROOT" } } },
      { $project: { found: { $slice: ["$found", Math.max(limit, 1)] } } },
    ],
    options,
  );
  return new Map(rows.map(({ _id, found }) => [_id, found.slice(0, limit)]));
}

function newestFirst(descends: boolean): PipelineStage {
  return { $sort: descends ? { at: -1, _id: -1 } : { at: 1, _id: 1 } };
}
