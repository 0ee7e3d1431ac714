// The one place that reads the machine's clock. Everything else is handed a Clock, so that a test, or
// SEGMENTQL_CLOCK, can say what time it is.

/** Tells the present instant, in milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = () => number;

/** The machine's own clock. */
export const systemClock: Clock = () => Date.now();

/** A clock that stands still at `instant` (milliseconds since the epoch). */
export function fixedClock(instant: number): Clock {
  return () => instant;
}

/** A stopwatch: returns the milliseconds since it was made, with a fraction. Unlike a Clock it never stands still. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
