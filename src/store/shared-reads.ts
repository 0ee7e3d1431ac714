// Batches the reads of concurrent pieces of work on one transaction, which takes one command at a time: reads that are requested
// in the same turn of the event loop become one command.
import type { CollectionName, DocumentOf, RecordCollection } from "../documents/collections.js";
import type { Transaction } from "./port.js";

export type SharedReads = Pick<Transaction, "getMany" | "recordsOf">;

/** Collects keys until the turn of the event loop ends, then reads them all. */
function gathered<Found>(
  read: (keys: readonly string[]) => Promise<Found>,
): (keys: readonly string[]) => Promise<Found> {
  let next: { readonly keys: Set<string>; readonly found: Promise<Found> } | undefined;
  return (keys) => {
    if (next === undefined) {
      const all = new Set<string>();
      const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        next = undefined;
        return read([...all]);
      });
      next = { keys: all, found };
    }
    for (const key of keys) next.keys.add(key);
    return next.found;
  };
}

/** Reads documents by their ids, together with those requested by other callers in the same turn. */
export function sharedDocuments(below: SharedReads["getMany"]): SharedReads["getMany"] {
  const reads = new Map<string, (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>>();
  return async <Name extends CollectionName>(collection: Name, ids: readonly string[]) => {
    const read =
      reads.get(collection) ??
      gathered<ReadonlyMap<string, unknown>>(async (all) => {
        const found = await below(collection, all);
        return new Map(all.map((id, index) => [id, found[index]]));
      });
    reads.set(collection, read);
    const found = await read(ids);
    return ids.map((id) => found.get(id)) as (DocumentOf[Name] | undefined)[];
  };
}

function sharedRecords(below: SharedReads["recordsOf"]): SharedReads["recordsOf"] {
  const reads = new Map<string, (customers: readonly string[]) => Promise<ReadonlyMap<string, unknown>>>();
  return async <Name extends RecordCollection>(collection: Name, customers: readonly string[]) => {
    const read = reads.get(collection) ?? gathered((all) => below(collection, all));
    reads.set(collection, read);
    const found = await read(customers);
    return new Map(
      [...new Set(customers)].flatMap((customer) => {
        const list = found.get(customer) as readonly DocumentOf[Name][] | undefined;
        return list === undefined ? [] : [[customer, list] as const];
      }),
    );
  };
}

/** @param below the transaction. */
export function sharedReads({ getMany, recordsOf }: SharedReads): SharedReads {
  return { getMany: sharedDocuments(getMany), recordsOf: sharedRecords(recordsOf) };
}
