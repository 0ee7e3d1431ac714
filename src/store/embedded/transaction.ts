// One write among those that are committed together: its reads see its own writes, and it can be rolled back alone.
import type { CollectionName, DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { ProjectDocument, StoredDocument } from "../../documents/documents.js";
import { customerOf } from "../../documents/record-collections.js";
import type { Transaction } from "../port.js";
import { inSlices } from "../slices.js";
import { storedCopy } from "../stored-copy.js";
import type { Connection } from "./adapter.js";
import { documentsOfIds, recordsByCustomer } from "./documents.js";
import type { Writer } from "./writer.js";

export interface OpenTransaction {
  readonly transaction: Transaction;
  /** Ends the transaction: its methods fail from here on. Rejects with the first error of any step, even if the work caught it. */
  readonly end: () => Promise<void>;
}

/** Opens a transaction on the writing connection, inside a savepoint. */
export function beginTransaction(connection: Connection, writer: Writer): OpenTransaction {
  let last: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  writer.begin();

  /** Runs steps one after the other, whether or not the work awaits them. */
  const inTurn = <Result>(step: () => Promise<Result>): Promise<Result> => {
    if (ended) throw new Error("The transaction is over. Await all of its reads and writes inside write().");
    const result = last.then(step);
    last = result.catch((error: unknown) => {
      failure ??= { error };
    });
    return result;
  };

  const transaction: Transaction = {
    getMany: async <Name extends CollectionName>(collection: Name, ids: readonly string[]) =>
      inTurn(async () =>
        collection === "customers"
          ? ((await writer.readCustomers(ids)) as (DocumentOf[Name] | undefined)[])
          : await documentsOfIds<DocumentOf[Name]>(connection, collection, ids),
      ),

    recordsOf: async <Name extends RecordCollection>(collection: Name, customers: readonly string[]) =>
      inTurn(async () => {
        const found = new Map<string, DocumentOf[Name][]>();
        for (const record of await recordsByCustomer<DocumentOf[Name]>(connection, collection, customers)) {
          const customer = customerOf(record);
          const list = found.get(customer);
          if (list === undefined) found.set(customer, [record]);
          else list.push(record);
        }
        return found;
      }),

    put: async (collection, documents) => {
      await inTurn(async () => {
        // A document that can't be stored fails before anything is written.
        const copies: StoredDocument[] = [];
        await inSlices(documents, (document) => copies.push(storedCopy<StoredDocument>(document)));
        await inSlices(copies, (copy) => writer.put(collection, [copy]));
        if (collection !== "projects") return;
        for (const definition of copies as unknown as ProjectDocument[])
          for (const statement of writer.indexStatements(definition)) await connection.exec(statement);
      });
    },

    remove: async (collection, ids) => {
      await inTurn(() => inSlices(ids, (id) => writer.remove(collection, [id])));
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
