// Windows of time as SQL.
import type { CollectionName, DocumentOf } from "../../../documents/collections.js";
import { type Sql, sql } from "../../../operators/encodings/sql.js";
import type { ReadOptions } from "../../read-options.js";
import type { PageWindow } from "../../reads/time-window.js";
import { documentsOf, documentsTable, limited, type QueryRunner } from "../run.js";

/** The SQL that selects a window of a list. */
export interface WindowSql {
  /** The condition for rows after the window's place. */
  readonly behind: Sql;
  /** For `ORDER BY`. */
  readonly order: Sql;
}

const direction = (ascending: boolean): Sql => (ascending ? sql`ASC` : sql`DESC`);

/** A window of rows that have a time and an id. */
export function timeWindow(at: Sql, id: Sql, { newestFirst, behind }: Omit<PageWindow, "limit">): WindowSql {
  const to = direction(!newestFirst);
  const order = sql`${at} ${to}, ${id} ${to}`;
  if (behind === undefined) return { behind: sql`1`, order };
  const time = behind.at.getTime();
  // The first condition is redundant, but it makes a range of an index.
  return newestFirst
    ? { order, behind: sql`(${at} <= ${time} AND (${at} < ${time} OR ${id} < ${behind.id}))` }
    : { order, behind: sql`(${at} >= ${time} AND (${at} > ${time} OR ${id} > ${behind.id}))` };
}

/** A window of rows without a time, which are ordered by id: ascending if `newestFirst`. */
export function idWindow(id: Sql, { newestFirst, behind }: Omit<PageWindow, "limit">): WindowSql {
  const order = sql`${id} ${direction(newestFirst)}`;
  if (behind === undefined) return { behind: sql`1`, order };
  return { order, behind: newestFirst ? sql`${id} > ${behind.id}` : sql`${id} < ${behind.id}` };
}

/** A window of a collection's documents, by time. @param condition on the table `d`. */
export function documentsInTime<Name extends CollectionName>(
  runner: QueryRunner,
  collection: Name,
  condition: Sql,
  window: PageWindow,
  options?: ReadOptions,
): Promise<DocumentOf[Name][]> {
  const { behind, order } = timeWindow(sql`d.at`, sql`d.id`, window);
  return documentsOf<DocumentOf[Name]>(
    runner,
    limited(
      sql`SELECT d.document, d.checksum, d.id FROM ${documentsTable(collection)} WHERE ${condition} AND ${behind} ORDER BY ${order}`,
      window.limit,
    ),
    options,
  );
}
