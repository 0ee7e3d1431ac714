// The results of writing records, and the condition for writing them.
import type { Transaction } from "../store/port.js";

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

/** Decides, inside the transaction of a write and before it, if it is to take place. */
export type WriteCondition = (transaction: Transaction) => Promise<boolean>;

/** Writes more in the transaction of a write, after it, if no record of the batch is rejected. */
export type Companion = (transaction: Transaction) => Promise<void>;
