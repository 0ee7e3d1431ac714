// Writes the products that orders name. They come before the orders, in a transaction of their own: a product's document
// says nothing but what its `_id` is made of, so that one that nobody has bought yet does no harm, and orders that are
// written at the same time are not in one another's way.

import type { OrderDocument, ProductDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { productDocuments } from "../facts/products.js";

/**
 * The products that are known to be stored, by `_id`: an import hands in one set for all of its calls, and spares looking.
 * Grows with what is found or written; emptied where it would grow too large.
 */
export type KnownProducts = Set<string>;

const maxKnownProducts = 200_000;

/** For each set, resolves when no call writes products of it. */
const turns = new WeakMap<KnownProducts, Promise<unknown>>();

/**
 * Writes the products that the orders name and that are new. Batches that are written at the same time name many of the same
 * new products, and would be in one another's way: they take turns, and the second finds them known.
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
