// Divides long synchronous work into slices, so that it does not block the event loop. All work in one turn of the event loop
// shares one slice, since timers and input wait for all of it, however short each part is.
import { setTimeout as pause } from "node:timers/promises";
import { maxTimeOf, readTimeout } from "./read-limits.js";
import type { ReadOptions } from "./read-options.js";

/** The length of a slice, in milliseconds. */
const sliceMs = 5;

/** When the present slice ends, by the machine's running time; undefined before the first work in a turn of the event loop. */
let sliceEnd: number | undefined;

function beginSlice(): number {
  const end = performance.now() + sliceMs;
  sliceEnd = end;
  setImmediate(() => {
    if (sliceEnd === end) sliceEnd = undefined;
  });
  return end;
}

export interface Slices {
  /** True when the slice's time is used up: call `next` then. */
  readonly isOver: () => boolean;
  /**
   * Yields to other due work, then begins the next slice.
   * @throws the signal's reason; StoreError `TIMEOUT` when the work has taken longer than `maxTimeMs`.
   */
  readonly next: () => Promise<void>;
  /**
   * Waits for work that is shared with other callers and continues without this one.
   * @throws as `next` does, as soon as a limit is reached; the shared work's own error.
   */
  readonly wait: <Result>(shared: Promise<Result>) => Promise<Result>;
}

/** Pieces of work that wait for their next slice, first come first served. */
const waiting: (() => void)[] = [];

/**
 * Waits for a turn of the event loop for this slice alone: with several pieces of work, each turn runs one slice, or else timers
 * and I/O would wait for all of them.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(beginNext);
  });
}

function beginNext(): void {
  beginSlice();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(beginNext);
}

/** Rejects with the reason of `signal`; stops listening once `over` is aborted. */
function aborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true, signal: over });
  });
}

/** Processes items in order, in slices. @param options the limits; without them there is no time limit. */
export async function inSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void,
  options: ReadOptions = { maxTimeMs: Number.POSITIVE_INFINITY },
): Promise<void> {
  const slices = slicesOf(options);
  for (const item of items) {
    // Before the work, for that of other calls in this turn.
    if (slices.isOver()) await slices.next();
    work(item);
  }
}

/** The slices of one piece of work. @param options the limits; their time begins now. */
export function slicesOf(options: ReadOptions = {}): Slices {
  const maxTimeMs = maxTimeOf(options);
  const start = performance.now();
  return {
    isOver: () => performance.now() >= (sliceEnd ?? beginSlice()),
    next: async () => {
      await nextTurn();
      options.signal?.throwIfAborted();
      if (performance.now() - start >= maxTimeMs) throw readTimeout(maxTimeMs);
    },
    wait: async (shared) => {
      // If a limit is reached first, no one else here handles the rejection.
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
        // The pending limits reject when they are cancelled; that is ignored.
        for (const limit of limits) limit.catch(() => undefined);
        over.abort();
      }
    },
  };
}
