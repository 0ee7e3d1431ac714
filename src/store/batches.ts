// Divides work on documents into transactions of bounded size.
import { stopwatch } from "../clock.js";
import { isStoreError } from "./port.js";

/** The items in parts of at most `size`. */
export function* inChunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/**
 * Reads and processes batches until `read` returns none: `work` has to change each item so that `read` no longer returns it.
 * @param work returns false to stop.
 * @returns how many items were processed, without the batch that `work` stopped at.
 */
export async function inBatches<Item>(
  read: () => Promise<readonly Item[]>,
  work: (batch: readonly Item[]) => Promise<unknown>,
): Promise<number> {
  let done = 0;
  for (;;) {
    const batch = await read();
    if (batch.length === 0 || (await work(batch)) === false) return done;
    done += batch.length;
  }
}

/** Into how many parts work is divided that conflicts with other transactions, and for how long, in milliseconds. */
const parts = 8;
const maxDividingMs = 10_000;

/**
 * Does work on all items at once, or in ever smaller parts while its transaction is in conflict with others: the more documents a
 * transaction writes, the more likely another one writes one of them meanwhile.
 * @param work a transaction of its own, which rejects with a StoreError of code `TIMEOUT` if it waited too long for others.
 * @throws that error if it is left for a single item, after the work on the others, or after ten seconds; any other error at once.
 */
export async function inPartsIfContended<Item>(
  items: readonly Item[],
  work: (items: readonly Item[]) => Promise<unknown>,
  elapsed: () => number = stopwatch(),
): Promise<void> {
  /** True of a conflict within the time in which smaller parts are tried. */
  const isWorthDividing = (error: unknown): boolean =>
    isStoreError(error, "TIMEOUT") && elapsed() <= maxDividingMs;
  try {
    await work(items);
  } catch (error) {
    if (items.length <= 1 || !isWorthDividing(error)) throw error;
    let left: unknown;
    for (const part of inChunks(items, Math.ceil(items.length / parts)))
      await inPartsIfContended(part, work, elapsed).catch((failure: unknown) => {
        if (!isWorthDividing(failure)) throw failure;
        left = failure;
      });
    if (left !== undefined) throw left;
  }
}
