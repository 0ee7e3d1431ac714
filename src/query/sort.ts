// The orders in which people can be listed, and where a customer stands in one.
import type { CustomerDocument } from "../documents/documents.js";
import { reader } from "../operators/encodings/encoding.js";
import { type Sort, type SortPosition, sortKeys } from "../store/customers.js";

/** By source id, ascending. */
export const defaultSort: Sort = { by: "source_id", descending: false };

/** The position of a customer in an order. */
export function positionOf(customer: CustomerDocument, { by }: Sort): SortPosition {
  const value = reader(sortKeys[by])(customer) as SortPosition["value"] | undefined;
  return { value: value ?? null, sourceId: customer.source_id };
}
