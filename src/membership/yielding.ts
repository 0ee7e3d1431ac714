// Cuts long computations into slices, so that other work of this process gets its turn in between.
import { slicesOf } from "../store/slices.js";

/** Await it often during a long computation; it costs next to nothing until a slice is over. */
export type Yielding = () => Promise<void> | undefined;

/** Yields to timers and input whenever a slice is over, however long the whole takes. */
export function yielding(): Yielding {
  const slices = slicesOf({ maxTimeMs: Number.POSITIVE_INFINITY });
  return () => (slices.isOver() ? slices.next() : undefined);
}
