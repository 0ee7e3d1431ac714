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

/**
 * The clock that the environment asks for: `SEGMENTQL_CLOCK` holds an ISO 8601 instant with an offset, at which time
 * then stands still; without it, the machine's clock.
 * @throws RangeError where the variable is set to something else.
 */
export function clockFromEnvironment(environment: NodeJS.ProcessEnv): Clock {
  const written = environment.SEGMENTQL_CLOCK;
  if (written === undefined || written === "") return systemClock;
  const instant = Date.parse(written);
  if (Number.isNaN(instant) || !/T.*(Z|[+-]\d\d:?\d\d)$/i.test(written)) {
    throw new RangeError(
      `SEGMENTQL_CLOCK is "${written}", which is no instant. Write one with its offset, as 2026-11-23T12:00:00Z.`,
    );
  }
  return fixedClock(instant);
}

/** A stopwatch: returns the milliseconds since it was made, with a fraction. Unlike a Clock it never stands still. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => performance.now() - start;
}
