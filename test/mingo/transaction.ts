// One transaction: its writes lie over the documents in memory until they are committed.
import type { CollectionName, DocumentOf, RecordCollection } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import { customerOf, isRecordCollection } from "../../src/documents/record-collections.js";
import type { Transaction } from "../../src/store/port.js";
import { storedCopy } from "../../src/store/stored-copy.js";
import type { Tables } from "./tables.js";

/** A write of one transaction: the document that is now stored under the id, or null if it is gone. */
export interface DatabaseWrite {
  readonly collection: CollectionName;
  readonly id: string;
  readonly document: StoredDocument | null;
}

interface Overlay {
  /** By id; null if it was removed. */
  readonly documents: Map<string, StoredDocument | null>;
  /** The ids put under each customer (records only). */
  readonly byCustomer: Map<string, Set<string>>;
}

export interface OpenTransaction {
  readonly transaction: Transaction;
  /** Ends it and returns what it wrote: from here on its methods fail. */
  readonly end: () => readonly DatabaseWrite[];
}

/** Opens a transaction over the documents in memory. */
export function beginTransaction(tables: Tables): OpenTransaction {
  const overlays = new Map<CollectionName, Overlay>();
  let ended = false;

  const overlayOf = (collection: CollectionName): Overlay => {
    if (ended) throw new Error("The transaction is over. Await all of its reads and writes inside write().");
    let overlay = overlays.get(collection);
    if (overlay === undefined) {
      overlay = { documents: new Map(), byCustomer: new Map() };
      overlays.set(collection, overlay);
    }
    return overlay;
  };

  const current = (collection: CollectionName, id: string): StoredDocument | undefined => {
    const written = overlayOf(collection).documents.get(id);
    return written === undefined ? tables[collection].byId.get(id) : (written ?? undefined);
  };

  const recordsOf = (collection: RecordCollection, customer: string): StoredDocument[] => {
    const { documents, byCustomer } = overlayOf(collection);
    const kept = (tables[collection].byCustomer.get(customer) ?? []).filter(({ _id }) => !documents.has(_id));
    for (const id of byCustomer.get(customer) ?? []) {
      const document = documents.get(id);
      // It may have been put again under another customer, or removed.
      if (document && customerOf(document) === customer) kept.push(document);
    }
    return kept;
  };

  const transaction: Transaction = {
    getMany: async <Name extends CollectionName>(collection: Name, ids: readonly string[]) =>
      ids.map((id) => current(collection, id) as DocumentOf[Name] | undefined),

    recordsOf: async <Name extends RecordCollection>(collection: Name, customers: readonly string[]) => {
      const found = new Map<string, readonly DocumentOf[Name][]>();
      for (const customer of customers) {
        const records = recordsOf(collection, customer);
        if (records.length > 0) found.set(customer, records as DocumentOf[Name][]);
      }
      return found;
    },

    put: async (collection, documents) => {
      const overlay = overlayOf(collection);
      for (const document of documents) {
        const copy: StoredDocument = storedCopy<StoredDocument>(document);
        overlay.documents.set(copy._id, copy);
        if (!isRecordCollection(collection)) continue;
        const customer = customerOf(copy);
        const ids = overlay.byCustomer.get(customer);
        if (ids === undefined) overlay.byCustomer.set(customer, new Set([copy._id]));
        else ids.add(copy._id);
      }
    },

    remove: async (collection, ids) => {
      const overlay = overlayOf(collection);
      for (const id of ids) overlay.documents.set(id, null);
    },
  };

  return {
    transaction,
    end: () => {
      ended = true;
      return [...overlays].flatMap(([collection, { documents }]) =>
        Array.from(documents, ([id, document]): DatabaseWrite => ({ collection, id, document })),
      );
    },
  };
}
