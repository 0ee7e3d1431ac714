// Lists cut to a size that one command or one transaction may hold.

/** The list in parts of at most `size`. */
export function* inChunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
