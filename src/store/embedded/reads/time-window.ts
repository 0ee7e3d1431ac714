// Windows of time as SQL.
import { constant, type Sql, sql } from "../../../operators/encodings/sql.js";
import type { TimeWindow } from "../../reads/time-window.js";

/** The parts of a query that cut a window out of rows: a condition, and their order. */
export interface WindowParts {
  readonly where: Sql;
  readonly order: Sql;
}

/** A window of rows ordered by `at`, then `id`. */
export function timeWindow(
  at: Sql,
  id: Sql,
  { newestFirst, behind }: Omit<TimeWindow, "limit">,
): WindowParts {
  const direction = newestFirst ? sql`DESC` : sql`ASC`;
  const order = sql`${at} ${direction}, ${id} ${direction}`;
  if (behind === undefined) return { where: sql`TRUE`, order };
  const further = newestFirst ? sql`<` : sql`>`;
  const instant = behind.at.getTime();
  return {
    where: sql`(${at} ${further} ${instant} OR (${at} = ${instant} AND ${id} ${further} ${behind.id}))`,
    order,
  };
}

/** The same of rows without a time, which are ordered by `id` alone: ascending if `newestFirst`. */
export function idWindow(id: Sql, { newestFirst, behind }: Omit<TimeWindow, "limit">): WindowParts {
  const order = newestFirst ? sql`${id} ASC` : sql`${id} DESC`;
  if (behind === undefined) return { where: sql`TRUE`, order };
  return { where: newestFirst ? sql`${id} > ${behind.id}` : sql`${id} < ${behind.id}`, order };
}

/** The first rows of each owner: documents as `documentsOf` reads them, of the table `d`, at most `limit` for each. */
export function firstOfEach(
  from: Sql,
  where: Sql,
  owner: Sql,
  { where: window, order }: WindowParts,
  limit: number,
): Sql {
  const placed = sql`SELECT d.document AS document, d.checksum AS checksum, d.id AS id, row_number() OVER (PARTITION BY ${owner} ORDER BY ${order}) AS place FROM ${from} WHERE ${where} AND ${window}`;
  return sql`SELECT document, checksum, id FROM (${placed}) WHERE place <= ${constant(limit)} ORDER BY place`;
}

/** Rows by what owns them, each owner's in their order. */
export function byOwner<Row>(
  rows: readonly Row[],
  ownerOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const known = found.get(ownerOf(row));
    if (known === undefined) found.set(ownerOf(row), [row]);
    else known.push(row);
  }
  return found;
}
