// The embedded store: the documents in memory, durable in LMDB in one folder, the pipelines run by mingo. One data
// folder, one process.
import type { CollectionName, DocumentOf } from "../../documents/collections.js";
import { questionsByPipelines } from "../mongo/questions.js";
import { readsByPipelines } from "../mongo/reads/reads.js";
import type { PipelineRunner } from "../mongo/run.js";
import { watchNesting } from "../nested-writes.js";
import { type Store, StoreError, type Transaction } from "../port.js";
import { frozen } from "../stored-copy.js";
import { type Database, type DatabaseWrite, openDatabase } from "./database.js";
import { emptyTables, putInto, removeFrom } from "./tables.js";
import { beginTransaction } from "./transaction.js";

// mingo takes longer to load than a short command to run, and what only looks at documents by id needs none of it.
const loadReader = () => import("./reader.js");

export interface EmbeddedStore extends Store {
  /** Runs pipelines, for tests of what they return here. */
  readonly pipelines: PipelineRunner;
}

/**
 * Opens the store in a folder, making it where it is missing. Every document is read into memory.
 * @throws StoreError `LOCKED` where a running process (this one too) has the folder open, `NEWER_FORMAT` where a newer
 * program wrote it, `UNAVAILABLE` where it can't be read or written.
 */
export async function openEmbeddedStore(folder: string): Promise<EmbeddedStore> {
  return storeOver(await openDatabase(folder));
}

/**
 * The store over an open database, which it closes.
 * @throws StoreError `UNAVAILABLE` where a document can't be read.
 */
export async function storeOver(database: Database): Promise<EmbeddedStore> {
  const tables = emptyTables();
  try {
    database.load((collection, document) => putInto(tables[collection], frozen(document)));
  } catch (error) {
    await database.close();
    throw new StoreError(
      "UNAVAILABLE",
      "The data folder holds a document that can't be read. Restore a copy of it.",
      {
        cause: error,
      },
    );
  }

  const nesting = watchNesting();
  let queue: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  const assertOpen = () => {
    if (closing !== undefined)
      throw new StoreError("UNAVAILABLE", "The store is closed. Open it again to use it.");
  };

  const runTransaction = async <Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> => {
    const { transaction, end } = beginTransaction(tables);
    let changes: readonly DatabaseWrite[] = [];
    let result: Result;
    try {
      result = await nesting.inside(() => work(transaction));
    } finally {
      changes = end();
    }
    if (changes.length > 0) {
      try {
        database.commit(changes);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new StoreError(
          "UNAVAILABLE",
          `The data could not be written, and nothing of it was kept: ${reason}. Check the disk's free space.`,
          { cause: error },
        );
      }
    }
    for (const { collection, id, document } of changes) {
      if (document === null) removeFrom(tables[collection], id);
      else putInto(tables[collection], document);
    }
    return result;
  };

  const write: Store["write"] = async (work) => {
    assertOpen();
    nesting.refuseNested();
    const written = queue.then(() => runTransaction(work));
    queue = written.catch(() => undefined);
    return written;
  };

  const pipelines: PipelineRunner = {
    sortedPageSize: Number.MAX_SAFE_INTEGER,
    run: async <Row>(...[collection, pipeline, options]: Parameters<PipelineRunner["run"]>) => {
      assertOpen();
      const { aggregateTables } = await loadReader();
      const rows: readonly object[] = await aggregateTables(tables, collection, pipeline, options);
      return rows as readonly Row[];
    },
    explain: async (collection, pipeline, options) => {
      assertOpen();
      const { explainTables } = await loadReader();
      return explainTables(tables, collection, pipeline, options);
    },
  };

  const getMany = async <Name extends CollectionName>(collection: Name, ids: readonly string[]) => {
    assertOpen();
    return ids.map((id) => tables[collection].byId.get(id) as DocumentOf[Name] | undefined);
  };

  return {
    capabilities: { name: "embedded", concurrentWrites: 1, isExclusive: true },
    pipelines,
    customers: questionsByPipelines(pipelines),
    reads: readsByPipelines(pipelines, (ids) => getMany("customers", ids)),
    getMany,
    write,

    writeDefinition: (definition) => write((transaction) => transaction.put("projects", [definition])),

    close: () => {
      closing ??= queue.then(() => database.close());
      return closing;
    },
  };
}
