// Writes the products that orders name, before the orders and in a transaction of their own, so that concurrent writes of orders
// do not conflict. A product without orders does no harm, because its document contains only what its `_id` is computed from.

import type { OrderDocument, ProductDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { productDocuments } from "../facts/products.js";

/**
 * The products that are known to be stored, by `_id`: an import passes one set to all of its calls, to save reads. Products that
 * are found or written are added; the set is cleared when it grows too large.
 */
export type KnownProducts = Set<string>;

const maxKnownProducts = 200_000;

/** For each set, a promise that resolves when its last write of products ends. */
const turns = new WeakMap<KnownProducts, Promise<unknown>>();

/**
 * Writes the new products that the orders name. Concurrent batches name many of the same new products and would conflict, so they
 * take turns, and the second finds the products known.
 */
export async function writeProducts(
  engine: Engine,
  project: string,
  orders: readonly OrderDocument[],
  known: KnownProducts,
): Promise<void> {
  const products = productDocuments(
    project,
    orders.flatMap((order) => order.items),
  );
  if (products.every(({ _id }) => known.has(_id))) return;
  const turn = turns.get(known) ?? Promise.resolve();
  const written = turn.then(() => writeUnknown(engine, products, known));
  turns.set(
    known,
    written.catch(() => undefined),
  );
  await written;
}

async function writeUnknown(
  engine: Engine,
  named: readonly ProductDocument[],
  known: KnownProducts,
): Promise<void> {
  const products = named.filter(({ _id }) => !known.has(_id));
  if (products.length === 0) return;
  const ids = products.map(({ _id }) => _id);
  const stored = await engine.store.getMany("products", ids);
  if (stored.includes(undefined)) {
    await engine.store.write(async (transaction) => {
      const found = await transaction.getMany("products", ids);
      const missing = products.filter((_, index) => found[index] === undefined);
      if (missing.length > 0) await transaction.put("products", missing);
    });
  }
  if (known.size > maxKnownProducts) known.clear();
  for (const id of ids) known.add(id);
}
