// Sort orders of customers as stages. Each order is served by an index that ends with the source id, which breaks ties.
import type { PipelineStage } from "../../pipeline/stage.js";
import { type Sort, type SortPosition, sortKeys } from "../customers.js";

/** An order by a path. */
export interface PathOrder extends Omit<Sort, "by"> {
  /** Undefined for an order by source id alone; required, so that no `Sort` is taken for it. */
  readonly path: string | undefined;
}

/** The order of a sort. */
export function pathOrder({ by, ...order }: Sort): PathOrder {
  return { ...order, path: by === "source_id" ? undefined : sortKeys[by] };
}

/** The stage that sorts. */
export function sortStage({ path, descending, backwards = false }: PathOrder): PipelineStage {
  const direction = descending === backwards ? 1 : -1;
  if (path === undefined) return { $sort: { source_id: direction } };
  return { $sort: { [path]: direction, source_id: backwards ? -1 : 1 } };
}

/** The stage that keeps the customers after a position in an order. */
export function afterStage(
  { path, descending, backwards = false }: PathOrder,
  { value, sourceId }: SortPosition,
): PipelineStage {
  const greater = descending === backwards;
  if (path === undefined) return { $match: { source_id: { [greater ? "$gt" : "$lt"]: sourceId } } };
  const equal = { [path]: { $eq: value }, source_id: { [backwards ? "$lt" : "$gt"]: sourceId } };
  if (value === null) return { $match: greater ? { $or: [{ [path]: { $ne: null } }, equal] } : equal };
  const behind = { [path]: { [greater ? "$gt" : "$lt"]: value } };
  return { $match: { $or: [behind, ...(greater ? [] : [{ [path]: { $eq: null } }]), equal] } };
}
