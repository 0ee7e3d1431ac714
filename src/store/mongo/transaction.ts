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
import { routedById } from "./shard-keys.js";

/** The most documents of one command; the driver divides it further if it exceeds the server's size limits. */
const writeChunk = 1_000;

/**
 * The longest that one step of a transaction may take on the server, in milliseconds, unless the write sets a shorter wait.
 * MongoDB aborts a transaction that conflicts with another; DocumentDB waits for the other.
 */
export const stepMaxTimeMs = 30_000;

export interface OpenMongoTransaction {
  readonly transaction: Transaction;
  /**
   * Ends the transaction: its methods fail from here on.
   * @throws the first error of the server, even if the work caught it, because the server has aborted the transaction by then.
   */
  readonly end: () => Promise<void>;
}

/** A transaction in a session that has started one. @param maxTimeMS the time limit of each step. */
export function beginTransaction(
  database: Db,
  session: ClientSession,
  maxTimeMS: number,
): OpenMongoTransaction {
  /**
   * What this transaction knows to be stored under an id: null for nothing, so that a document put there is new; else the
   * document's customer, which is the shard key of a record (undefined in other collections).
   */
  const known = new Map<CollectionName, Map<string, string | null | undefined>>();
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

  const knownIn = (name: CollectionName): Map<string, string | null | undefined> => {
    const found = known.get(name) ?? new Map<string, string | null | undefined>();
    known.set(name, found);
    return found;
  };

  const read = async (name: CollectionName, ids: readonly string[]) => {
    const found = await documentsById(collectionOf(name), ids, limits);
    const inCollection = knownIn(name);
    for (const [index, document] of found.entries())
      inCollection.set(ids[index]!, document === undefined ? null : ownerIn(name, document));
    return found;
  };

  const write = async (name: CollectionName, documents: ReadonlyMap<string, StoredDocument>) => {
    const stored = knownIn(name);
    const unread = [...documents.keys()].filter((id) => !stored.has(id));
    // A record's shard key is its customer, who may be another than the stored record's.
    if (isRecordCollection(name) && unread.length > 0) await read(name, unread);
    const moved: AnyBulkWriteOperation<StoredDocument>[] = [];
    const operations: AnyBulkWriteOperation<StoredDocument>[] = [];
    // Always in the order of ids, so that transactions that write the same documents can't deadlock.
    const sorted = [...documents].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [id, document] of sorted) {
      const [before, owner] = [stored.get(id), ownerIn(name, document)];
      const hasMoved = typeof before === "string" && before !== owner;
      // In a command with others, MongoDB does not change a document's shard key, so the document is deleted and inserted.
      if (hasMoved) moved.push({ deleteOne: { filter: { _id: id, customer: before } as object } });
      // An insert saves the server a lookup.
      if (hasMoved || before === null) operations.push({ insertOne: { document } });
      else {
        const filter = routedById(name, document);
        operations.push({ replaceOne: { filter, replacement: document, upsert: true } });
      }
      stored.set(id, owner);
    }
    // Unordered, the driver sends all inserts as one command and all replacements as another.
    const options = { ...limits, ordered: false, ignoreUndefined: true };
    for (const chunk of [...inChunks(moved, writeChunk), ...inChunks(operations, writeChunk)])
      await collectionOf(name).bulkWrite([...chunk], options);
  };

  const transaction: Transaction = {
    getMany: async <Name extends CollectionName>(name: Name, ids: readonly string[]) =>
      inTurn(
        async () =>
          (await read(name, ids)) as readonly unknown[] as readonly (DocumentOf[Name] | undefined)[],
      ),

    recordsOf: async <Name extends RecordCollection>(name: Name, customers: readonly string[]) =>
      inTurn(async () => {
        const found = new Map<string, DocumentOf[Name][]>();
        for (const chunk of inChunks([...new Set(customers)], writeChunk)) {
          const records = collectionOf(name).find({ customer: { $in: chunk } } as object, {
            ...limits,
            ...oneReply,
          });
          for await (const record of records) {
            knownIn(name).set(record._id, customerOf(record));
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
        for (const id of ids) knownIn(name).set(id, null);
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

/** The customer of a record; undefined for documents of other collections. */
function ownerIn(name: CollectionName, document: StoredDocument): string | undefined {
  return isRecordCollection(name) ? customerOf(document) : undefined;
}
