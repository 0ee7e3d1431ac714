// Work on documents that is divided into transactions of bounded size.

/** The items in parts of at most `size`. */
export function* inChunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/**
 * Reads a batch and works on it, again and again, until there is none left: `work` takes away what made `read` return it.
 * @param work returns false to stop.
 * @returns how many items were worked on.
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
