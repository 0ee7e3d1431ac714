// The results of writing records.

/**
 * `unchanged`: the stored document is already the same. `id` is the `_id` of the stored document. `reason` says what is wrong
 * with the record and how to fix it; `mistakes` lists the mistakes one by one.
 */
export type WriteResult =
  | { readonly status: "written" | "unchanged"; readonly id: string }
  | { readonly status: "rejected"; readonly reason: string; readonly mistakes?: readonly string[] };

/** The `_id`s of the stored documents. */
export function idsOf(results: readonly WriteResult[]): readonly string[] {
  return [...new Set(results.flatMap((result) => ("id" in result ? [result.id] : [])))];
}
