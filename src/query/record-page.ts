// Pages of records: of many customers in one read, or of a whole project. Dated records are listed newest first.
import type { DocumentOf, RecordCollection } from "../documents/collections.js";
import type { Engine } from "../engine.js";
import type { Pipeline } from "../pipeline/stage.js";
import type { ReadOptions } from "../store/port.js";
import { placeStage, readPlace, writePlace } from "./place.js";
import { pageOfRows, type RowsPage, readWindow, type Window, type WindowRequest } from "./window.js";

/** The most records of one page. */
export const maxRecordPage = 1_000;

export interface RecordPageRequest extends WindowRequest {
  /** Of events: only those of this type. */
  readonly type?: string | undefined;
}

export interface RecordPage<Name extends RecordCollection> extends RowsPage<DocumentOf[Name]> {
  /** One for each record. */
  readonly cursors: readonly string[];
}

/**
 * One page of records for each customer (by `_id`), by one read.
 * @throws CursorError.
 */
export async function recordPagesOf<Name extends RecordCollection>(
  engine: Engine,
  project: string,
  collection: Name,
  customers: readonly string[],
  request: RecordPageRequest,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, RecordPage<Name>>> {
  const window = readWindow(request, maxRecordPage, "records");
  const rows = await engine.store.aggregate<{
    readonly _id: string;
    readonly found: readonly DocumentOf[Name][];
  }>(
    "customers",
    [
      { $match: { project, _id: { $in: customers } } },
      { $project: { _id: 1 } },
      {
        $lookup: {
          from: collection,
          localField: "_id",
          foreignField: "customer",
          as: "found",
          pipeline: windowStages(collection, window, request.type),
        },
      },
    ],
    options,
  );
  const pages = new Map(rows.map(({ _id, found }) => [_id, pageOf(window, found)]));
  return new Map(customers.map((id) => [id, pages.get(id) ?? pageOf<Name>(window, [])]));
}

/**
 * One page of a project's orders, or of its events of one type.
 * @throws CursorError.
 */
export async function recordPageOfProject<Name extends "orders" | "events">(
  engine: Engine,
  project: string,
  collection: Name,
  request: RecordPageRequest,
  options?: ReadOptions,
): Promise<RecordPage<Name>> {
  const window = readWindow(request, maxRecordPage, "records");
  const rows = await engine.store.aggregate<DocumentOf[Name]>(
    collection,
    [{ $match: { project } }, ...windowStages(collection, window, request.type)],
    options,
  );
  return pageOf(window, rows);
}

/** How many records each customer has, by one read; a customer without any has no entry. */
export async function recordCountsOf(
  engine: Engine,
  project: string,
  collection: RecordCollection,
  customers: readonly string[],
  type: string | undefined,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, number>> {
  const ofType = type === undefined ? {} : { type };
  const rows = await engine.store.aggregate<{ readonly _id: string; readonly count: number }>(
    collection,
    [
      { $match: { project, customer: { $in: customers }, ...ofType } },
      { $group: { _id: "$customer", count: { $sum: 1 } } },
    ],
    options,
  );
  return new Map(rows.map(({ _id, count }) => [_id, count]));
}

/** True of the collections whose records have a time. */
function isDated(collection: RecordCollection): boolean {
  return collection !== "gift_cards" && collection !== "loyalty";
}

function windowStages(collection: RecordCollection, window: Window, type: string | undefined): Pipeline {
  const ofType = type === undefined ? [] : [{ $match: { type } }];
  const limit = { $limit: window.count + 1 };
  const { cursor, argument, backwards } = window;
  if (!isDated(collection)) {
    const further = backwards ? "$lt" : "$gt";
    const behind =
      cursor === undefined ? [] : [{ $match: { _id: { [further]: readPlace(cursor, argument).id } } }];
    return [...ofType, ...behind, { $sort: { _id: backwards ? -1 : 1 } }, limit];
  }
  const descends = !backwards;
  const behind = cursor === undefined ? [] : [placeStage(readPlace(cursor, argument), descends)];
  return [...ofType, ...behind, { $sort: descends ? { at: -1, _id: -1 } : { at: 1, _id: 1 } }, limit];
}

function pageOf<Name extends RecordCollection>(
  window: Window,
  rows: readonly DocumentOf[Name][],
): RecordPage<Name> {
  const page = pageOfRows(window, rows);
  // A record without a time is listed by its id alone.
  const timeless = new Date(0);
  return {
    ...page,
    cursors: page.nodes.map((record) => writePlace({ at: timeless, ...record })),
  };
}
