// A transaction that buffers its writes in memory until they are sent. The writes of several pieces of work can be sent together,
// and those of a failed one discarded, on a server that can only roll back whole transactions.
import {
  type CollectionName,
  collections,
  type DocumentOf,
  type RecordCollection,
} from "../documents/collections.js";
import type { StoredDocument } from "../documents/documents.js";
import { customerOf, isRecordCollection } from "../documents/record-collections.js";
import type { Transaction } from "./port.js";
import type { SharedReads } from "./shared-reads.js";
import { storedCopy } from "./stored-copy.js";

export interface BufferedTransaction {
  /** Reads see the buffered writes, over what the underlying transaction returns. */
  readonly transaction: Transaction;
  /** Sends the buffered writes to a transaction, in a fixed order of collections. */
  readonly sendTo: (target: Pick<Transaction, "put" | "remove">) => Promise<void>;
  /** True if this transaction read, from the underlying one, a document that the other one writes. */
  readonly hasReadWhatIsWrittenIn: (other: BufferedTransaction) => boolean;
  /** The buffered writes by collection: a document that was put; undefined for one that was removed. */
  readonly written: ReadonlyMap<CollectionName, ReadonlyMap<string, StoredDocument | undefined>>;
  /** From here on its methods fail. */
  readonly end: () => void;
}

/** A document that was put; undefined for one that was removed. */
type Buffered = Map<string, StoredDocument | undefined>;

/** @param below where it reads documents that are not in the buffer. */
export function bufferedTransaction(below: SharedReads): BufferedTransaction {
  const buffers = new Map<CollectionName, Buffered>();
  const idsRead = new Map<CollectionName, Set<string>>();
  const customersRead = new Map<CollectionName, Set<string>>();
  let ended = false;

  const bufferOf = (collection: CollectionName): Buffered => {
    const known = buffers.get(collection) ?? new Map<string, StoredDocument | undefined>();
    buffers.set(collection, known);
    return known;
  };
  const note = (
    read: Map<CollectionName, Set<string>>,
    collection: CollectionName,
    keys: readonly string[],
  ): void => {
    const known = read.get(collection) ?? new Set<string>();
    read.set(collection, known);
    for (const key of keys) known.add(key);
  };
  const assertOpen = (): void => {
    if (ended) throw new Error("The transaction is over. Await all of its reads and writes inside write().");
  };

  const transaction: Transaction = {
    getMany: async <Name extends CollectionName>(collection: Name, ids: readonly string[]) => {
      assertOpen();
      const buffer = buffers.get(collection);
      const absent = ids.filter((id) => buffer?.has(id) !== true);
      note(idsRead, collection, absent);
      const found = absent.length === 0 ? [] : await below.getMany(collection, absent);
      const read = new Map(absent.map((id, index) => [id, found[index]]));
      return ids.map((id) => (read.has(id) ? read.get(id) : buffer?.get(id))) as (
        | DocumentOf[Name]
        | undefined
      )[];
    },

    recordsOf: async <Name extends RecordCollection>(collection: Name, customers: readonly string[]) => {
      assertOpen();
      note(customersRead, collection, customers);
      const found = new Map(await below.recordsOf(collection, customers));
      const buffer = buffers.get(collection);
      if (buffer === undefined) return found;
      for (const [customer, records] of found) {
        const left = records.filter(({ _id }) => !buffer.has(_id));
        if (left.length === 0) found.delete(customer);
        else found.set(customer, left);
      }
      const asked = new Set(customers);
      for (const document of buffer.values()) {
        if (document === undefined || !asked.has(customerOf(document))) continue;
        const owner = customerOf(document);
        found.set(owner, [...(found.get(owner) ?? []), document as unknown as DocumentOf[Name]]);
      }
      return found;
    },

    put: async (collection, documents) => {
      assertOpen();
      const copies = documents.map((document) => storedCopy<StoredDocument>(document));
      if (isRecordCollection(collection)) for (const copy of copies) customerOf(copy);
      const buffer = bufferOf(collection);
      for (const copy of copies) buffer.set(copy._id, copy);
    },

    remove: async (collection, ids) => {
      assertOpen();
      const buffer = bufferOf(collection);
      for (const id of ids) buffer.set(id, undefined);
    },
  };

  return {
    transaction,
    written: buffers,
    hasReadWhatIsWrittenIn: ({ written }) => {
      for (const [collection, documents] of written) {
        const [ids, customers] = [idsRead.get(collection), customersRead.get(collection)];
        for (const [id, document] of documents) {
          if (ids?.has(id) === true) return true;
          // A removed record's customer is not known here, so any read of records counts.
          if (customers !== undefined && (document === undefined || customers.has(customerOf(document))))
            return true;
        }
      }
      return false;
    },
    sendTo: async (target) => {
      for (const collection of collections) {
        const buffer = buffers.get(collection);
        if (buffer === undefined) continue;
        const removed = [...buffer].flatMap(([id, document]) => (document === undefined ? [id] : []));
        const put = [...buffer.values()].filter((document) => document !== undefined);
        if (removed.length > 0) await target.remove(collection, removed);
        if (put.length > 0)
          await target.put(collection, put as unknown as readonly DocumentOf[typeof collection][]);
      }
    },
    end: () => {
      ended = true;
    },
  };
}
