// Sort orders of customers as stages. Each order is served by an index that ends with the source id, which breaks ties.
import type { PipelineStage } from "../../pipeline/stage.js";
import { type Sort, type SortPosition, sortKeys } from "../customers.js";

/** The stage that sorts. */
export function sortStage({ by, descending, backwards = false }: Sort): PipelineStage {
  const direction = descending === backwards ? 1 : -1;
  if (by === "source_id") return { $sort: { source_id: direction } };
  return { $sort: { [sortKeys[by]]: direction, source_id: backwards ? -1 : 1 } };
}

/** The stage that keeps the customers after a position in an order. */
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
