// Reads one field of many rows in order, some at a time.
import type { CollectionName } from "../documents/collections.js";
import type { Pipeline } from "../pipeline/stage.js";
import type { ReadOptions, Store } from "./port.js";

/** How many values are read at once: from a server as many as come in one reply, however long they are. */
function usualSize({ kind }: Store): number {
  return kind === "embedded" ? Number.MAX_SAFE_INTEGER : 50_000;
}

/**
 * The values of a text field of what a pipeline yields, ascending, in pages. Asked page by page from a server: it need not hold a
 * long sorted answer meanwhile, and DocumentDB can't, but for what goes into one reply.
 * @param field is another in every row.
 * @param size the most values of a page.
 */
export async function* valuesInOrder(
  store: Store,
  collection: CollectionName,
  pipeline: Pipeline,
  field: string,
  options?: ReadOptions,
  size = usualSize(store),
): AsyncGenerator<readonly string[]> {
  let behind: Pipeline = [];
  for (;;) {
    const rows = await store.aggregate<Readonly<Record<string, string>>>(
      collection,
      [
        ...pipeline,
        ...behind,
        { $sort: { [field]: 1 } },
        { $limit: size },
        { $project: { _id: 0, [field]: 1 } },
      ],
      options,
    );
    const values = rows.map((row) => row[field]!);
    if (values.length > 0) yield values;
    if (values.length < size) return;
    behind = [{ $match: { [field]: { $gt: values.at(-1) } } }];
  }
}

/** The first of these values, at most `limit`; all where it is left out. */
export async function firstInOrder(
  store: Store,
  collection: CollectionName,
  pipeline: Pipeline,
  field: string,
  limit = Number.POSITIVE_INFINITY,
  options?: ReadOptions,
): Promise<readonly string[]> {
  const found: string[] = [];
  if (limit < 1) return found;
  const size = Math.min(limit, usualSize(store));
  for await (const page of valuesInOrder(store, collection, pipeline, field, options, size)) {
    for (const value of page) found.push(value);
    if (found.length >= limit) return found.slice(0, limit);
  }
  return found;
}
