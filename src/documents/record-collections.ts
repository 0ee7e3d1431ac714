// The collections of records, and the customer of a record.
import type { CollectionName, DocumentOf, RecordCollection } from "./collections.js";
import type { StoredDocument } from "./documents.js";

export const recordCollections: readonly RecordCollection[] = [
  "orders",
  "events",
  "redemptions",
  "gift_cards",
  "loyalty",
  "referrals",
];

/** True for the collections whose documents name their customer. */
export function isRecordCollection(collection: CollectionName): collection is RecordCollection {
  return recordCollections.some((name) => name === collection);
}

/** The `_id` of a record's customer. @throws TypeError if the record names none. */
export function customerOf(document: StoredDocument): string {
  const { customer } = document as DocumentOf[RecordCollection];
  if (typeof customer !== "string") throw new TypeError(`The document ${document._id} names no customer.`);
  return customer;
}
