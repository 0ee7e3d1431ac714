// Orders of customers as stages. Each order is served by an index that ends with the source id, which tells apart customers with
// equal values.
import type { PipelineStage } from "../../pipeline/stage.js";
import { type Sort, type SortPosition, sortKeys } from "../customers.js";

/** The stage that sorts. */
export function sortStage({ by, descending }: Sort): PipelineStage {
  const direction = descending ? -1 : 1;
  return {
    $sort: by === "source_id" ? { source_id: direction } : { [sortKeys[by]]: direction, source_id: 1 },
  };
}

/** The stage that keeps the customers behind a position in an order. */
export function afterStage({ by, descending }: Sort, { value, sourceId }: SortPosition): PipelineStage {
  if (by === "source_id") return { $match: { source_id: { [descending ? "$lt" : "$gt"]: sourceId } } };
  const path = sortKeys[by];
  const equal = { [path]: { $eq: value }, source_id: { $gt: sourceId } };
  if (value === null) return { $match: descending ? equal : { $or: [{ [path]: { $ne: null } }, equal] } };
  const behind = { [path]: { [descending ? "$lt" : "$gt"]: value } };
  return { $match: { $or: [behind, ...(descending ? [{ [path]: { $eq: null } }] : []), equal] } };
}
