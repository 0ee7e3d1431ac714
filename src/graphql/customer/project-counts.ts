// How many records a project has.
import type { Engine } from "../../engine.js";
import type { TotalCount } from "../../query/preview.js";
import { countRows } from "../../store/count.js";
import { maxExactCount } from "../server/connection-type.js";

/** Exact up to a bound; beyond, the bound as an estimate. */
export async function countOfProject(
  { store }: Engine,
  project: string,
  collection: "orders" | "events",
  type: string | undefined,
  signal: AbortSignal,
): Promise<TotalCount> {
  const match = { $match: { project, ...(type === undefined ? {} : { type }) } };
  const count = await countRows(store, collection, [match, { $limit: maxExactCount + 1 }], { signal });
  return { count: Math.min(count, maxExactCount), isEstimate: count > maxExactCount };
}
