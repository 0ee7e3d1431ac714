// Deletes records of customers, and updates the customers' summaries.

import type { RecordCollection } from "../documents/collections.js";
import type { OrderDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { inChunks } from "../store/batches.js";
import { changeKinds, markDirty } from "./dirty-marks.js";
import { orderEvent, wantedTypes } from "./outgoing-events.js";
import { summariseCustomers } from "./summaries.js";

const batchSize = 1_000;

/**
 * Deletes records of a project by `_id`; a batch of 1,000 is one transaction.
 * @returns the `_id`s that were deleted, in the order of the request.
 */
export async function deleteRecords(
  engine: Engine,
  project: string,
  collection: RecordCollection,
  ids: readonly string[],
): Promise<readonly string[]> {
  const distinct = [...new Set(ids)];
  const deleted: string[] = [];
  const isWanted = collection === "orders" && (await wantedTypes(engine, project)).has("order.deleted");
  for (const batch of inChunks(distinct, batchSize)) {
    deleted.push(
      ...(await engine.store.write(async (transaction) => {
        const at = engine.clock();
        const found = (await transaction.getMany(collection, batch)).flatMap((record) =>
          record?.project === project ? [record] : [],
        );
        const gone = found.map(({ _id }) => _id);
        const owners = [...new Set(found.map(({ customer }) => customer))];
        const customers = (await transaction.getMany("customers", owners)).filter(
          (each) => each !== undefined,
        );
        await transaction.remove(collection, gone);
        if (collection !== "events") await summariseCustomers(transaction, owners, at);
        const change = { kind: changeKinds[collection], at };
        const orders = isWanted ? (found as readonly OrderDocument[]) : [];
        await markDirty(
          transaction,
          customers.map((before) => ({
            customer: before,
            change: { ...change, before },
            outgoing: orders
              .filter(({ customer }) => customer === before._id)
              .map((order) => orderEvent("order.deleted", order, at)),
          })),
        );
        return gone;
      })),
    );
  }
  return deleted;
}
