// The embedded store: one SQLite file in a folder, which several processes may have open at the same time.

import type { CollectionName, DocumentOf } from "../../documents/collections.js";
import type { ProjectDocument } from "../../documents/documents.js";
import { constant, type Sql, sql } from "../../operators/encodings/sql.js";
import type { Plan } from "../../plan/plan.js";
import { compileSql, countSql, type SqlOptions } from "../../sql/compile.js";
import { watchNesting } from "../nested-writes.js";
import { type ReadOptions, StoreError, type Transaction, type WriteOptions } from "../port.js";
import type { Row } from "./adapter.js";
import { documentsOfIds } from "./documents.js";
import { storeErrorOf } from "./errors.js";
import { layoutOf, namesOf, writableNames } from "./names.js";
import { openDataFile } from "./open.js";
import { readsOver } from "./reads.js";
import { writeQueue } from "./write-queue.js";

export interface SqliteStore {
  readonly kind: "embedded";
  readonly getMany: <Name extends CollectionName>(
    collection: Name,
    ids: readonly string[],
  ) => Promise<readonly (DocumentOf[Name] | undefined)[]>;
  readonly write: <Result>(
    work: (transaction: Transaction) => Promise<Result>,
    options?: WriteOptions,
  ) => Promise<Result>;
  readonly writeDefinition: (definition: ProjectDocument) => Promise<void>;
  /** How many customers a plan means. Tests of products and named samples must be bound before. */
  readonly countCustomers: (plan: Plan, how: SqlOptions, options?: ReadOptions) => Promise<number>;
  /** Their source ids, ascending, at most `limit`. */
  readonly sourceIds: (
    plan: Plan,
    how: SqlOptions,
    limit?: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
  /** Rows of a query of ours. */
  readonly rows: (query: Sql, options?: ReadOptions) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the store in a folder, making it where it is missing. Nothing is read but the tables' definition.
 * @throws StoreError as `openDataFile` does.
 */
export async function openSqliteStore(folder: string): Promise<SqliteStore> {
  const file = await openDataFile(folder);
  const looking = await file.open("looking");
  const names = namesOf(looking);
  const mended = (error: unknown): unknown => storeErrorOf(error, file.path);
  const queue = writeQueue(file.writing, writableNames(file.writing), watchNesting(), mended);
  const reads = readsOver(() => file.open("reading"));
  let closing: Promise<void> | undefined;

  const run = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing !== undefined)
      throw new StoreError("UNAVAILABLE", "The store is closed. Open it again to use it.");
    try {
      return await work();
    } catch (error) {
      throw mended(error);
    }
  };

  const rows: SqliteStore["rows"] = (query, options) => run(() => reads.rows(query, options));

  const compiled = (plan: Plan, how: SqlOptions, withCustomers: boolean) =>
    compileSql(plan, layoutOf(names, plan.project), how, withCustomers);

  return {
    kind: "embedded",
    getMany: <Name extends CollectionName>(collection: Name, ids: readonly string[]) =>
      run(async () => documentsOfIds<DocumentOf[Name]>(looking, collection, ids)),
    write: (work, options = {}) => run(() => queue.write(work, options)),
    writeDefinition: (definition) =>
      run(() => queue.write((transaction) => transaction.put("projects", [definition]), {})),
    countCustomers: async (plan, how, options) => {
      const [row] = await rows(countSql(compiled(plan, how, false)), options);
      return Number(row?.[0] ?? 0);
    },
    sourceIds: async (plan, how, limit, options) => {
      const { from, where } = compiled(plan, how, true);
      const bound = limit === undefined ? sql`` : sql` LIMIT ${constant(limit)}`;
      const found = await rows(
        sql`WITH found AS MATERIALIZED (SELECT c.source_id FROM ${from} WHERE ${where} ORDER BY c.source_id${bound}) SELECT source_id FROM found`,
        options,
      );
      return found.map(([sourceId]) => String(sourceId));
    },
    rows,
    close: () => {
      closing ??= (async () => {
        await queue.idle();
        await reads.close();
        looking.close();
        file.writing.close();
      })();
      return closing;
    },
  };
}
