// The embedded store: the documents in memory, durable in LMDB in one folder, the pipelines run by mingo. One data
// folder, one process.
import { AsyncLocalStorage } from "node:async_hooks";
import type { CollectionName, DocumentOf } from "../documents.js";
import { type Pipeline, type ReadOptions, type Store, StoreError, type Transaction } from "../port.js";
import { type Change, type Database, openDatabase } from "./database.js";
import { aggregateTables } from "./reader.js";
import { frozen } from "./stored-copy.js";
import { emptyTables, putInto, removeFrom } from "./tables.js";
import { beginTransaction } from "./transaction.js";

/**
 * Opens the store in a folder, making it where it is missing. Every document is read into memory.
 * @throws StoreError `LOCKED` where a running process (this one too) has the folder open, `NEWER_FORMAT` where a newer
 * program wrote it, `UNAVAILABLE` where it can't be read or written.
 */
export async function openEmbeddedStore(folder: string): Promise<Store> {
  return storeOver(await openDatabase(folder));
}

/**
 * The store over an open database, which it closes.
 * @throws StoreError `UNAVAILABLE` where a document can't be read.
 */
export async function storeOver(database: Database): Promise<Store> {
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

  const insideWrite = new AsyncLocalStorage<{ over: boolean }>();
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
    const state = { over: false };
    let changes: readonly Change[] = [];
    let result: Result;
    try {
      result = await insideWrite.run(state, () => work(transaction));
    } finally {
      changes = end();
      state.over = true;
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

  return {
    kind: "embedded",

    aggregate: async <Row>(collection: CollectionName, pipeline: Pipeline, options?: ReadOptions) => {
      assertOpen();
      return (await aggregateTables(
        tables,
        collection,
        pipeline,
        options,
      )) as readonly object[] as readonly Row[];
    },

    getMany: async <Name extends CollectionName>(collection: Name, ids: readonly string[]) => {
      assertOpen();
      return ids.map((id) => tables[collection].byId.get(id) as DocumentOf[Name] | undefined);
    },

    write: async (work) => {
      assertOpen();
      // It would wait for the write that it is part of, for ever.
      if (insideWrite.getStore()?.over === false)
        throw new Error("write() was called inside write(). Use the transaction at hand.");
      const written = queue.then(() => runTransaction(work));
      queue = written.catch(() => undefined);
      return written;
    },

    close: () => {
      closing ??= queue.then(() => database.close());
      return closing;
    },
  };
}
