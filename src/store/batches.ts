// Divides work on documents into transactions of bounded size.

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
