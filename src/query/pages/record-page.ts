// Pages of records: of many customers in one read, or of a whole project. Dated records are listed newest first.
import type { DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { Engine } from "../../engine.js";
import type { ReadOptions } from "../../store/read-options.js";
import type { TotalCount } from "../preview.js";
import { readPlace, writePlace } from "./place.js";
import { pageOfRows, type RowsPage, readWindow, type Window, type WindowRequest } from "./window.js";

/** The most records of one page. */
const maxRecordPage = 1_000;

export interface RecordPageRequest extends WindowRequest {
  /** For events: only those of this type. */
  readonly type?: string | undefined;
}

export interface RecordPage<Name extends RecordCollection> extends RowsPage<DocumentOf[Name]> {
  /** One for each record. */
  readonly cursors: readonly string[];
}

/**
 * One page of records for each customer (by `_id`), in one read.
 * @throws CursorError.
 */
export async function recordPagesOf<Name extends RecordCollection>(
  { store }: Engine,
  project: string,
  collection: Name,
  customers: readonly string[],
  request: RecordPageRequest,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, RecordPage<Name>>> {
  const window = readWindow(request, maxRecordPage, "records");
  const range = { ...timeWindowOf(window), type: request.type };
  const found = await store.reads.records.pagesOfCustomers(project, collection, customers, range, options);
  return new Map(customers.map((id) => [id, pageOf<Name>(window, found.get(id) ?? [])]));
}

/**
 * One page of a project's orders, or of its events of one type.
 * @throws CursorError.
 */
export async function recordPageOfProject<Name extends "orders" | "events">(
  { store }: Engine,
  project: string,
  collection: Name,
  request: RecordPageRequest,
  options?: ReadOptions,
): Promise<RecordPage<Name>> {
  const window = readWindow(request, maxRecordPage, "records");
  const range = { ...timeWindowOf(window), type: request.type };
  return pageOf<Name>(window, await store.reads.records.pageOfProject(project, collection, range, options));
}

/** How many orders, or events of one type, a project has: exact up to `bound`. */
export async function recordCountOfProject(
  { store }: Engine,
  project: string,
  collection: "orders" | "events",
  type: string | undefined,
  bound: number,
  options?: ReadOptions,
): Promise<TotalCount> {
  const count = await store.reads.records.countOfProject(project, collection, bound + 1, type, options);
  return { count: Math.min(count, bound), isEstimate: count > bound };
}

function timeWindowOf({ cursor, argument, backwards, count }: Window) {
  const behind = cursor === undefined ? undefined : readPlace(cursor, argument);
  return { newestFirst: !backwards, behind, limit: count + 1 };
}

function pageOf<Name extends RecordCollection>(
  window: Window,
  rows: readonly DocumentOf[Name][],
): RecordPage<Name> {
  const page = pageOfRows(window, rows);
  // Records without a time are ordered by id alone.
  const timeless = new Date(0);
  // Computed on first use.
  let cursors: readonly string[] | undefined;
  return {
    ...page,
    get cursors() {
      cursors ??= page.nodes.map((record) => writePlace({ at: timeless, ...record }));
      return cursors;
    },
  };
}
