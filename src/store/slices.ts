// Long work of this process in slices, so that nothing else in it waits for long.
import { setImmediate as nextTurn } from "node:timers/promises";
import { maxTimeOf, readTimeout } from "./read-limits.js";
import type { ReadOptions } from "./read-options.js";

/** How long one slice takes, in milliseconds. */
const sliceMs = 10;

export interface Slices {
  /** True when the slice has taken its time: to be followed by `next`. */
  readonly isOver: () => boolean;
  /**
   * Lets everything else that is due go first, and begins the next slice.
   * @throws the signal's reason; StoreError `TIMEOUT` when the work has taken longer than `maxTimeMs`.
   */
  readonly next: () => Promise<void>;
}

/** The slices of one piece of work, which begins now. @param options its limits. */
export function slicesOf(options: ReadOptions = {}): Slices {
  const maxTimeMs = maxTimeOf(options);
  const start = performance.now();
  let end = start + sliceMs;
  return {
    isOver: () => performance.now() >= end,
    next: async () => {
      await nextTurn();
      options.signal?.throwIfAborted();
      if (performance.now() - start >= maxTimeMs) throw readTimeout(maxTimeMs);
      end = performance.now() + sliceMs;
    },
  };
}
