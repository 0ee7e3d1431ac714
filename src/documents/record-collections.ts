// Which collections hold records, and whose a record is.
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

/** True of the collections whose documents name their customer. */
export function isRecordCollection(collection: CollectionName): collection is RecordCollection {
  return recordCollections.some((name) => name === collection);
}

/** The customer that a record is kept under. @throws TypeError where it names none. */
export function customerOf(document: StoredDocument): string {
  const { customer } = document as DocumentOf[RecordCollection];
  if (typeof customer !== "string") throw new TypeError(`The document ${document._id} names no customer.`);
  return customer;
}
