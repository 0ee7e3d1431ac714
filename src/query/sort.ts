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
}

/** By source id, ascending. */
export const defaultSort: Sort = { by: "source_id", descending: false };

/** Where a page ended: the sort key's value there (null where it is unknown) and the source id. */
export interface SortPosition {
  readonly value: string | number | Date | null;
  readonly sourceId: string;
}

/** Unknown values come first, and last where descending; equal ones by source id, ascending. */
export function sortStage({ by, descending }: Sort): PipelineStage {
  const direction = descending ? -1 : 1;
  return {
    $sort: by === "source_id" ? { source_id: direction } : { [sortKeys[by]]: direction, source_id: 1 },
  };
}

/** Keeps the customers behind a place in the order. */
export function afterStage({ by, descending }: Sort, { value, sourceId }: SortPosition): PipelineStage {
  if (by === "source_id") return { $match: { source_id: { [descending ? "$lt" : "$gt"]: sourceId } } };
  const path = sortKeys[by];
  const equal = { [path]: { $eq: value }, source_id: { $gt: sourceId } };
  if (value === null) return { $match: descending ? equal : { $or: [{ [path]: { $ne: null } }, equal] } };
  const behind = { [path]: { [descending ? "$lt" : "$gt"]: value } };
  return { $match: { $or: [behind, ...(descending ? [{ [path]: { $eq: null } }] : []), equal] } };
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
