// One transaction on MongoDB: the reads and writes of one session, one after the other.
import {
  type AnyBulkWriteOperation,
  type ClientSession,
  type Collection,
  type Db,
  MongoError,
} from "mongodb";
import type { CollectionName, DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { StoredDocument } from "../../documents/documents.js";
import { customerOf, isRecordCollection } from "../../documents/record-collections.js";
import { inChunks } from "../batches.js";
import type { Transaction } from "../port.js";
import { storedCopy } from "../stored-copy.js";
import { isLostRace, unwrapped } from "./errors.js";
import { documentsById, oneReply } from "./lookups.js";

/** The most documents of one command; the driver divides it further if it exceeds the server's size limits. */
const writeChunk = 1_000;

/**
 * The longest that one step of a transaction may take on the server, in milliseconds, unless the write sets a shorter wait.
 * MongoDB aborts a transaction that conflicts with another; DocumentDB waits for the other.
 */
export const stepMaxTimeMs = 30_000;

export interface OpenTransaction {
  readonly transaction: Transaction;
  /**
   * Ends the transaction: its methods fail from here on.
   * @throws the first error of the server, even if the work caught it, because the server has aborted the transaction by then.
   */
  readonly end: () => Promise<void>;
}

/** A transaction in a session that has started one. @param maxTimeMS the time limit of each step. */
export function beginTransaction(database: Db, session: ClientSession, maxTimeMS: number): OpenTransaction {
  /** Ids that this transaction read and did not find: documents put under them are new. */
  const missing = new Map<CollectionName, Set<string>>();
  let last: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;

  const limits = { session, maxTimeMS };

  const collectionOf = (name: CollectionName): Collection<StoredDocument> => database.collection(name);

  /** A session takes one command at a time. */
  const inTurn = <Result>(step: () => Promise<Result>): Promise<Result> => {
    if (ended) throw new Error("The transaction is over. Await all of its reads and writes inside write().");
    const result = last.then(async () => {
      if (failure !== undefined) throw failure.error;
      try {
        return await step();
      } catch (thrown) {
        const error = unwrapped(thrown);
        if (isLostRace(error)) error.addErrorLabel("TransientTransactionError");
        // Other errors are found before a command is sent, and leave the transaction usable.
        if (error instanceof MongoError) failure = { error };
        throw error;
      }
    });
    last = result.catch(() => undefined);
    return result;
  };

  const write = async (name: CollectionName, documents: ReadonlyMap<string, StoredDocument>) => {
    const absent = missing.get(name);
    const operations: AnyBulkWriteOperation<StoredDocument>[] = [];
    // Always in the order of ids, so that transactions that write the same documents can't deadlock.
    const sorted = [...documents].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [id, document] of sorted) {
      // An insert saves the server a lookup.
      if (absent?.delete(id) === true) operations.push({ insertOne: { document } });
      else operations.push({ replaceOne: { filter: { _id: id }, replacement: document, upsert: true } });
    }
    // Unordered, the driver sends all inserts as one command and all replacements as another.
    const options = { ...limits, ordered: false, ignoreUndefined: true };
    for (const chunk of inChunks(operations, writeChunk))
      await collectionOf(name).bulkWrite([...chunk], options);
  };

  const transaction: Transaction = {
    getMany: async <Name extends CollectionName>(name: Name, ids: readonly string[]) =>
      inTurn(async () => {
        const found = await documentsById(collectionOf(name), ids, limits);
        const absent = missing.get(name) ?? new Set<string>();
        missing.set(name, absent);
        for (const [index, document] of found.entries()) {
          if (document === undefined) absent.add(ids[index]!);
          else absent.delete(document._id);
        }
        return found as readonly StoredDocument[] as readonly (DocumentOf[Name] | undefined)[];
      }),

    recordsOf: async <Name extends RecordCollection>(name: Name, customers: readonly string[]) =>
      inTurn(async () => {
        const found = new Map<string, DocumentOf[Name][]>();
        for (const chunk of inChunks([...new Set(customers)], writeChunk)) {
          const records = collectionOf(name).find({ customer: { $in: chunk } } as object, {
            ...limits,
            ...oneReply,
          });
          for await (const record of records) {
            const list = found.get(customerOf(record));
            if (list === undefined) found.set(customerOf(record), [record as DocumentOf[Name]]);
            else list.push(record as DocumentOf[Name]);
          }
        }
        return found;
      }),

    put: async (name, documents) => {
      const copies = new Map<string, StoredDocument>();
      for (const document of documents) {
        const copy: StoredDocument = storedCopy<StoredDocument>(document);
        if (isRecordCollection(name)) customerOf(copy);
        copies.set(copy._id, copy);
      }
      if (copies.size > 0) await inTurn(() => write(name, copies));
    },

    remove: async (name, ids) => {
      if (ids.length === 0) return;
      await inTurn(async () => {
        for (const chunk of inChunks(ids, writeChunk)) {
          await collectionOf(name).deleteMany({ _id: { $in: [...chunk] } }, limits);
        }
      });
    },
  };

  return {
    transaction,
    end: async () => {
      ended = true;
      await last;
      if (failure !== undefined) throw failure.error;
    },
  };
}
