// Counts what a pipeline yields.
import type { CollectionName } from "../documents/collections.js";
import type { Pipeline } from "../pipeline/stage.js";
import type { ReadOptions, Store } from "./port.js";

/** How many documents a pipeline yields. @throws StoreError as `aggregate` does. */
export async function countRows(
  store: Store,
  collection: CollectionName,
  pipeline: Pipeline,
  options?: ReadOptions,
): Promise<number> {
  const rows = await store.aggregate<{ readonly count: number }>(
    collection,
    [...pipeline, { $count: "count" }],
    options,
  );
  return rows[0]?.count ?? 0;
}
