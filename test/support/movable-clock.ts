// A clock that tests move.

export interface MovableClock {
  /** The instant that the clock shows, in milliseconds since the epoch. */
  readonly clock: () => number;
  /** @param instant milliseconds since the epoch, or an ISO 8601 text. */
  readonly moveTo: (instant: number | string) => void;
  readonly moveBy: (milliseconds: number) => void;
}

export function movableClock(start: number | string): MovableClock {
  let now = instantOf(start);
  return {
    clock: () => now,
    moveTo: (instant) => {
      now = instantOf(instant);
    },
    moveBy: (milliseconds) => {
      now += milliseconds;
    },
  };
}

function instantOf(instant: number | string): number {
  return typeof instant === "number" ? instant : Date.parse(instant);
}
