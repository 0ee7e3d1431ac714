// The orders in which people can be listed. Each is served by an index that ends with the source id, which tells apart those
// who are equal.
import type { CustomerDocument } from "../documents/documents.js";
import type { PipelineStage } from "../pipeline/stage.js";

/** Attributes to sort by, and where customers hold them; the others have no index that would serve the order. */
export const sortKeys = {
  source_id: "source_id",
  name: "facts.name",
  email: "facts.email",
  country: "facts.country",
  created_at: "facts.created_at",
  "orders.total_amount": "activity.orders.total_amount",
  "orders.count": "activity.orders.count",
  "orders.last_at": "activity.orders.last_at",
} as const;

export type SortKey = keyof typeof sortKeys;

export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
  /** The whole order reversed, for pages that are read backwards. */
  readonly backwards?: boolean;
}

/** By source id, ascending. */
export const defaultSort: Sort = { by: "source_id", descending: false };

/** Where a page ended: the sort key's value there (null where it is unknown) and the source id. */
export interface SortPosition {
  readonly value: string | number | Date | null;
  readonly sourceId: string;
}

/** Unknown values come first, and last if descending; customers with equal values are ordered by source id, ascending. */
export function sortStage({ by, descending, backwards = false }: Sort): PipelineStage {
  const direction = descending === backwards ? 1 : -1;
  if (by === "source_id") return { $sort: { source_id: direction } };
  return { $sort: { [sortKeys[by]]: direction, source_id: backwards ? -1 : 1 } };
}

/** Keeps the customers behind a place in the order. */
export function afterStage(
  { by, descending, backwards = false }: Sort,
  { value, sourceId }: SortPosition,
): PipelineStage {
  const greater = descending === backwards;
  if (by === "source_id") return { $match: { source_id: { [greater ? "$gt" : "$lt"]: sourceId } } };
  const path = sortKeys[by];
  const equal = { [path]: { $eq: value }, source_id: { [backwards ? "$lt" : "$gt"]: sourceId } };
  if (value === null) return { $match: greater ? { $or: [{ [path]: { $ne: null } }, equal] } : equal };
  const behind = { [path]: { [greater ? "$gt" : "$lt"]: value } };
  return { $match: { $or: [behind, ...(greater ? [] : [{ [path]: { $eq: null } }]), equal] } };
}

/** The place of a customer in an order. */
export function placeOf(customer: CustomerDocument, { by }: Sort): SortPosition {
  const value = sortKeys[by]
    .split(".")
    .reduce<unknown>(
      (found, name) => (found as Readonly<Record<string, unknown>> | undefined)?.[name],
      customer,
    );
  return { value: (value as SortPosition["value"] | undefined) ?? null, sourceId: customer.source_id };
}
