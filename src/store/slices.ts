// Long work of this process in slices, so that nothing else in it waits for long.
import { setTimeout as pause } from "node:timers/promises";
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
  /**
   * Waits for what others wait for, too, and which goes on without this work.
   * @throws as `next` does, as soon as a limit is reached; what the shared work rejects with.
   */
  readonly wait: <Result>(shared: Promise<Result>) => Promise<Result>;
}

/** Pieces of work that wait for their next slice, in their order. */
const waiting: (() => void)[] = [];

/**
 * Waits for a turn of the event loop that no other piece of work has: of several at once, each turn has one slice, or timers and
 * input would wait for all of them.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(beginNext);
  });
}

function beginNext(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(beginNext);
}

/** Rejects with the reason of a signal; with nothing to say once `over`. */
function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true, signal: over });
  });
}

/** Does work for each item in its order, in slices. @param options its limits; it may take any time without them. */
export async function inSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void,
  options: ReadOptions = { maxTimeMs: Number.POSITIVE_INFINITY },
): Promise<void> {
  const slices = slicesOf(options);
  for (const item of items) {
    work(item);
    if (slices.isOver()) await slices.next();
  }
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
    wait: async (shared) => {
      // Its failure is nobody's when a limit is reached first.
      shared.catch(() => undefined);
      options.signal?.throwIfAborted();
      const over = new AbortController();
      const left = Math.max(0, maxTimeMs - (performance.now() - start));
      const limits = [
        pause(left, undefined, { signal: over.signal }).then(() => {
          throw readTimeout(maxTimeMs);
        }),
        ...(options.signal === undefined ? [] : [aborted(options.signal, over.signal)]),
      ];
      try {
        return await Promise.race([shared, ...limits]);
      } finally {
        // The limits that were not reached are over, and nobody is told of that.
        for (const limit of limits) limit.catch(() => undefined);
        over.abort();
        end = performance.now() + sliceMs;
      }
    },
  };
}
