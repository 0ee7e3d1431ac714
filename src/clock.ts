// The only place that reads the machine's clock. Everything else receives a Clock, so that a test or SEGMENTQL_CLOCK can set the
// time.

/** The length of a day in which no clock changes, in milliseconds. */
export const dayMs = 86_400_000;

/** Returns the present instant, in milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = () => number;

/** The machine's clock. */
export const systemClock: Clock = () => Date.now();

/** A clock that always returns `instant` (milliseconds since the epoch). */
export function fixedClock(instant: number): Clock {
  return () => instant;
}

/** A stopwatch: returns the milliseconds since it was created, with a fraction. Unlike a Clock, it always runs. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
