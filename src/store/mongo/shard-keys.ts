// The shard keys of a sharded cluster. An administrator shards the collections (docs/scale.md); the store writes so that MongoDB
// can route every write by them, sharded or not.
import type { CollectionName } from "../../documents/collections.js";
import type { StoredDocument } from "../../documents/documents.js";

type ShardKey = Readonly<Record<string, 1 | "hashed">>;

/**
 * The shard key of each collection; collections that are not listed are not sharded. Customers are sharded by `_id`, which starts
 * with the project, and their records by `customer`, which is that `_id`: a `$lookup` from either to the other compares the whole
 * shard key, so it reads one shard. The customer of an interval or a transition changes when the person is erased, so these are
 * sharded by what never changes; hashed, because the `_id`s of transitions ascend.
 */
export const shardKeys: Readonly<Partial<Record<CollectionName, ShardKey>>> = {
  customers: { _id: 1 },
  changes: { _id: 1 },
  orders: { customer: 1 },
  events: { customer: 1 },
  redemptions: { customer: 1 },
  gift_cards: { customer: 1 },
  loyalty: { customer: 1 },
  referrals: { customer: 1 },
  memberships: { _id: "hashed" },
  transitions: { _id: "hashed" },
};

/** The condition that selects one document: its `_id`, and its shard key, which MongoDB requires of an upsert. */
export function routedById(
  collection: CollectionName,
  document: StoredDocument,
): Readonly<Record<string, unknown>> & { readonly _id: string } {
  const fields = document as StoredDocument & Readonly<Record<string, unknown>>;
  const key = Object.keys(shardKeys[collection] ?? {}).map((field) => [field, fields[field]] as const);
  return { ...Object.fromEntries(key), _id: document._id };
}
