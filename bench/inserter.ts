// Documents put into MongoDB in batches, a few of them under way at once, by the bare driver.
import type { Db } from "mongodb";
import type { CollectionName, DocumentOf } from "../src/documents/collections.js";

const atOnce = 4;

export interface Inserter<Document> {
  /** Takes a document; waits while enough batches are in flight. */
  readonly add: (document: Document) => Promise<void>;
  /** Writes what is left, and waits for all of it. */
  readonly end: () => Promise<void>;
}

/** Inserts documents of a collection in batches; calls `progress` with the number inserted so far. */
export function inserter<Name extends CollectionName>(
  database: Db,
  collection: Name,
  batchSize: number,
  progress: (done: number) => void,
): Inserter<DocumentOf[Name]> {
  const running = new Set<Promise<void>>();
  let batch: DocumentOf[Name][] = [];
  let done = 0;
  const flush = async (): Promise<void> => {
    const documents = batch;
    batch = [];
    while (running.size >= atOnce) await Promise.race(running);
    const write = database
      .collection(collection)
      .insertMany(documents as never, { ordered: false })
      .then(() => {
        done += documents.length;
        progress(done);
      })
      .finally(() => running.delete(write));
    running.add(write);
  };
  return {
    add: async (document) => {
      batch.push(document);
      if (batch.length === batchSize) await flush();
    },
    end: async () => {
      if (batch.length > 0) await flush();
      await Promise.all(running);
    },
  };
}
