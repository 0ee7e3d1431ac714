// What became of each record that was handed in to be written.

/**
 * `unchanged`: what is stored is the same already. `id` is the `_id` of what is stored. `reason` says what is wrong with the record
 * and how to fix it; `mistakes` lists the same mistake by mistake, if there are several.
 */
export type WriteResult =
  | { readonly status: "written" | "unchanged"; readonly id: string }
  | { readonly status: "rejected"; readonly reason: string; readonly mistakes?: readonly string[] };

/** The `_id`s of what is stored. */
export function idsOf(results: readonly WriteResult[]): readonly string[] {
  return [...new Set(results.flatMap((result) => ("id" in result ? [result.id] : [])))];
}
