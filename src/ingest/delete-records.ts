// Deletes records of customers, and updates the customers' summaries.

import type { RecordCollection } from "../documents/collections.js";
import type { OrderDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { inChunks } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
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
      ...(await engine.store.write((transaction) =>
        removeRecords(transaction, project, collection, batch, engine.clock(), isWanted),
      )),
    );
  }
  return deleted;
}

/**
 * Removes records of a project by `_id` inside a transaction, and updates their customers.
 * @param at the instant of the write, in milliseconds since the epoch.
 * @param isWanted true if webhooks receive the removal of orders.
 * @returns the `_id`s that were removed.
 */
export async function removeRecords(
  transaction: Transaction,
  project: string,
  collection: RecordCollection,
  ids: readonly string[],
  at: number,
  isWanted = false,
): Promise<readonly string[]> {
  const found = (await transaction.getMany(collection, ids)).flatMap((record) =>
    record?.project === project ? [record] : [],
  );
  const gone = found.map(({ _id }) => _id);
  const owners = [...new Set(found.map(({ customer }) => customer))];
  const customers = (await transaction.getMany("customers", owners)).filter((each) => each !== undefined);
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
}
