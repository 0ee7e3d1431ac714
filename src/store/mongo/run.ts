// Runs the pipelines of the questions and the named reads.
import type { CollectionName } from "../../documents/collections.js";
import type { Pipeline } from "../../pipeline/stage.js";
import type { Explanation, ReadOptions } from "../read-options.js";

/** Runs pipelines. Each pipeline starts with a `$match` that fixes `project` to a text. */
export interface PipelineRunner {
  readonly run: <Row>(
    collection: CollectionName,
    pipeline: Pipeline,
    options?: ReadOptions,
  ) => Promise<readonly Row[]>;
  readonly explain: (
    collection: CollectionName,
    pipeline: Pipeline,
    options?: ReadOptions,
  ) => Promise<Explanation>;
  /**
   * How many values of one field a sorted answer may hold, so that the longest ones still fit one reply: DocumentDB loses the
   * cursor of a sorted answer that takes several.
   */
  readonly sortedPageSize: number;
}

type Identified = { readonly _id: string };

/** How many documents a pipeline returns. */
export async function countRows(
  { run }: PipelineRunner,
  collection: CollectionName,
  pipeline: Pipeline,
  options?: ReadOptions,
): Promise<number> {
  const rows = await run<{ readonly count: number }>(collection, [...pipeline, { $count: "count" }], options);
  return rows[0]?.count ?? 0;
}

/** True if a pipeline returns a document. */
export async function hasRow(
  { run }: PipelineRunner,
  collection: CollectionName,
  pipeline: Pipeline,
  options?: ReadOptions,
): Promise<boolean> {
  const rows = await run(collection, [...pipeline, { $limit: 1 }, { $project: { _id: 1 } }], options);
  return rows.length > 0;
}

/** The `_id`s of the documents that a pipeline returns, in its order. */
export async function idsOf(
  { run }: PipelineRunner,
  collection: CollectionName,
  pipeline: Pipeline,
  options?: ReadOptions,
): Promise<readonly string[]> {
  const rows = await run<Identified>(collection, [...pipeline, { $project: { _id: 1 } }], options);
  return rows.map(({ _id }) => _id);
}

/**
 * The values of a text field of the documents that a pipeline returns, ascending, in pages of at most `size`.
 * @param field a field whose values are unique.
 */
export async function* valuesInOrder(
  { run, sortedPageSize }: PipelineRunner,
  collection: CollectionName,
  pipeline: Pipeline,
  field: string,
  { size = sortedPageSize, ...options }: ReadOptions & { readonly size?: number } = {},
): AsyncGenerator<readonly string[]> {
  let behind: Pipeline = [];
  for (;;) {
    const rows = await run<Readonly<Record<string, string>>>(
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
