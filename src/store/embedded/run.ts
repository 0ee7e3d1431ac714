// Runs the SQL of the questions and the named reads.

import type { CollectionName } from "../../documents/collections.js";
import { isRecordCollection } from "../../documents/record-collections.js";
import { constant, named, type Sql, sql } from "../../operators/encodings/sql.js";
import type { Layout } from "../../sql/layout.js";
import type { ReadOptions } from "../read-options.js";
import { slicesOf } from "../slices.js";
import type { Row } from "./adapter.js";
import { readDocument } from "./document-text.js";
import { documentTable } from "./tables.js";

/** Runs queries, and knows the layout of a project's data. */
export interface QueryRunner {
  readonly rows: (query: Sql, options?: ReadOptions) => Promise<readonly Row[]>;
  readonly layout: (project: string) => Layout;
  /** SQLite's plan of a query: rows of a number, the parent's number, an unused column, and the step in words. */
  readonly explain: (query: Sql) => Promise<readonly Row[]>;
}

/** The documents of a query whose columns are the document, its checksum and its id. */
export async function documentsOf<Document>(
  { rows }: QueryRunner,
  query: Sql,
  options?: ReadOptions,
): Promise<Document[]> {
  const slices = slicesOf(options);
  const found: Document[] = [];
  for (const [text, checksum, id] of await rows(query, options)) {
    if (slices.isOver()) await slices.next();
    found.push(readDocument<Document>(String(text), Number(checksum), String(id)));
  }
  return found;
}

/** The texts of a query of one column. */
export async function textsOf(
  { rows }: QueryRunner,
  query: Sql,
  options?: ReadOptions,
): Promise<readonly string[]> {
  return (await rows(query, options)).map(([text]) => String(text));
}

/** The number that a query of one row and one column returns; 0 for none. */
export async function numberOf(runner: QueryRunner, query: Sql, options?: ReadOptions): Promise<number> {
  const [row] = await runner.rows(query, options);
  return Number(row?.[0] ?? 0);
}

/** True if a query returns a row. */
export async function hasRow(runner: QueryRunner, query: Sql, options?: ReadOptions): Promise<boolean> {
  return (await numberOf(runner, sql`SELECT EXISTS (${query})`, options)) === 1;
}

/** The query, evaluated completely before it returns its first row. @param columns the names of its columns. */
export function materialised(query: Sql, columns: string): Sql {
  return sql`WITH found (${{ text: columns, parameters: [] }}) AS MATERIALIZED (${query}) SELECT * FROM found`;
}

/** The query with at most `limit` rows. */
export function limited(query: Sql, limit: number | undefined): Sql {
  return limit === undefined || limit >= Number.MAX_SAFE_INTEGER
    ? query
    : sql`${query} LIMIT ${constant(limit)}`;
}

/** The table `d` of a collection's whole documents. */
export function documentsTable(collection: CollectionName): Sql {
  return sql`${named(documentTable(collection))} AS d`;
}

/**
 * The condition for the project in the table `d`. Tables of customers and records hold the project's number, the others its name.
 */
export function ofProject({ layout }: QueryRunner, collection: CollectionName, project: string): Sql {
  return collection === "customers" || isRecordCollection(collection)
    ? sql`d.project = ${layout(project).project ?? -1}`
    : sql`d.project = ${project}`;
}

/** The same for rows that another index finds: the unary plus keeps the planner from using an index by project. */
export function withinProject(runner: QueryRunner, collection: CollectionName, project: string): Sql {
  return sql`+${ofProject(runner, collection, project)}`;
}

/** Ids after one of the project's: "0" is the character after "/", so that no other project's ids are read. */
export function behindId(id: Sql, project: string, after: string): Sql {
  return after.startsWith(`${project}/`)
    ? sql`(${id} > ${after} AND ${id} < ${`${project}0`})`
    : sql`${id} > ${after}`;
}
