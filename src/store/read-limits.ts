// How long a read may take, the same for every store.

import { StoreError } from "./port.js";
import { type ReadOptions } from "./read-options.js";

const defaultMaxTimeMs = 30_000;

/** The longest that a read may take, in milliseconds. @throws RangeError if the limit is not above 0. */
export function maxTimeOf(options: ReadOptions): number {
  const { maxTimeMs = defaultMaxTimeMs } = options;
  if (!(maxTimeMs > 0)) throw new RangeError(`maxTimeMs is ${maxTimeMs}; give milliseconds above 0.`);
  return maxTimeMs;
}

/** The error that a read rejects with at its time limit. */
export function readTimeout(maxTimeMs: number, options?: ErrorOptions): StoreError {
  return new StoreError(
    "TIMEOUT",
    `The read was stopped after ${maxTimeMs} ms. Ask for less, or allow more time (maxTimeMs).`,
    options,
  );
}
