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

/** The most documents of one command; the driver divides further where their bytes pass the server's limits. */
const writeChunk = 1_000;

/**
 * The longest that one step of a transaction may take on the server, in milliseconds, where a write names no shorter wait. MongoDB
 * itself gives up a transaction that another has the documents of; DocumentDB waits for it.
 */
export const stepMaxTimeMs = 30_000;

export interface OpenTransaction {
  readonly transaction: Transaction;
  /**
   * Ends it: from here on its methods fail.
   * @throws the error of the first step that failed, also where the work took no notice of it: the server has by then
   * given the transaction up.
   */
  readonly end: () => Promise<void>;
}

/** Opens a transaction in a session that has one started. @param maxTimeMS of each of its steps. */
export function beginTransaction(database: Db, session: ClientSession, maxTimeMS: number): OpenTransaction {
  /** Ids that were looked for in this transaction and not found: what is put there is new. */
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
        // Other errors are mistakes in what was asked, found before the server was.
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
    // In one order everywhere: of two transactions that write the same documents, one waits, and neither for the other.
    const sorted = [...documents].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [id, document] of sorted) {
      // An insert spares the server looking for the document once more.
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
