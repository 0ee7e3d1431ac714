// Work that is done once for several callers.
import type { ReadOptions } from "../store/read-options.js";

/** Runs the work at the first call and shares its result with all calls; runs it again after a failure. */
export function once<Result>(
  work: (options?: ReadOptions) => Promise<Result>,
): (options?: ReadOptions) => Promise<Result> {
  let done: Promise<Result> | undefined;
  return (options) => {
    if (done !== undefined) return done;
    const begun = work(options);
    done = begun;
    begun.catch(() => {
      if (done === begun) done = undefined;
    });
    return begun;
  };
}
