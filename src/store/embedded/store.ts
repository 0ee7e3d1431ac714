// The embedded store: one SQLite file in a folder, which several processes may have open at the same time.
import type { CollectionName, DocumentOf } from "../../documents/collections.js";
import { watchNesting } from "../nested-writes.js";
import { type Store, StoreError } from "../port.js";
import { documentsOfIds } from "./documents.js";
import { storeErrorOf } from "./errors.js";
import { layoutOf, namesOf, writableNames } from "./names.js";
import { openDataFile } from "./open.js";
import { queryPool } from "./pool/query-pool.js";
import { questionsBySql } from "./questions.js";
import { readsBySql } from "./reads/reads.js";
import { recordEstimatesOf } from "./record-estimates.js";
import type { QueryRunner } from "./run.js";
import { writeQueue } from "./write-queue.js";

/** Writes run one after the other, and waiting ones are committed together, so an import gains nothing from concurrent writes. */
const concurrentWrites = 1;

export interface EmbeddedStore extends Store {
  /** Runs queries, for tests of what they return. */
  readonly queries: QueryRunner;
}

/**
 * Opens the store in a folder, creating it if it is missing. Reads no data.
 * @throws StoreError as `openDataFile` does.
 */
export async function openEmbeddedStore(folder: string): Promise<EmbeddedStore> {
  const file = await openDataFile(folder);
  const looking = await file.open("looking");
  const names = namesOf(looking);
  const estimates = recordEstimatesOf(looking);
  const mended = (error: unknown): unknown => storeErrorOf(error, file.path);
  const queue = writeQueue(file, writableNames(file.writing), watchNesting(), mended);
  const pool = queryPool(() => file.open("reading"));
  let closing: Promise<void> | undefined;

  const run = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (closing !== undefined)
      throw new StoreError("UNAVAILABLE", "The store is closed. Open it again to use it.");
    try {
      file.assertPresent();
      return await work();
    } catch (error) {
      throw mended(error);
    }
  };

  const runner: QueryRunner = {
    rows: (query, options) => run(() => pool.rows(query, options)),
    layout: (project) => layoutOf(names, project, estimates),
    // On a connection of its own: the driver keeps an EXPLAIN open after its last row, and with it the connection's snapshot.
    explain: ({ text, parameters }) =>
      run(async () => {
        const connection = await file.open("looking");
        try {
          return await connection.rows(`EXPLAIN QUERY PLAN ${text}`, parameters);
        } finally {
          connection.close();
        }
      }),
  };
  const write: Store["write"] = (work, options = {}) => run(() => queue.write(work, options));

  return {
    capabilities: { name: "embedded", concurrentWrites },
    queries: runner,
    customers: questionsBySql(runner),
    reads: readsBySql(runner),
    getMany: <Name extends CollectionName>(collection: Name, ids: readonly string[]) =>
      run(() => documentsOfIds<DocumentOf[Name]>(looking, collection, ids)),
    write,
    writeDefinition: (definition) => write((transaction) => transaction.put("projects", [definition])),
    assertWhole: (signal) =>
      run(async () => {
        const { assertWhole } = await import("./care/care.js");
        const connection = await file.open("looking");
        try {
          await assertWhole(connection, file.path, signal);
        } finally {
          connection.close();
        }
      }),
    close: () => {
      closing ??= (async () => {
        await queue.idle();
        await pool.close();
        looking.close();
        await file.close();
      })();
      return closing;
    },
  };
}
