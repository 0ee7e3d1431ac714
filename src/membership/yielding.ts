// Long computations in slices: whatever else this process does gets its turn in between.
import { setImmediate as turn } from "node:timers/promises";

/** For how long a computation goes on before others have their turn, in milliseconds. */
const sliceMs = 10;

/** To be awaited often during a long computation; it costs next to nothing until the slice is over. */
export type Yielding = () => Promise<void> | undefined;

/** Yields to timers and input once a slice is over, counted from the last time. */
export function yielding(maxMs = sliceMs): Yielding {
  let since = performance.now();
  return () => {
    if (performance.now() - since < maxMs) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
