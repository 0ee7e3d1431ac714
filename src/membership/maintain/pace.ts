// How much work a maintainer does before other work has its turn. What it writes does not depend on it.

export interface Pace {
  /** How many marked customers are read at once, at most. */
  readonly markedAtOnce: number;
  /** How long marked customers are evaluated before segments and time get their turn, in milliseconds. */
  readonly drainMs: number;
  /** How long one tick scans time before other work has its turn, in milliseconds. */
  readonly scanMs: number;
  /** The machine's running time, in milliseconds. */
  readonly runningTime: () => number;
}

export const defaultPace: Pace = {
  markedAtOnce: 200,
  drainMs: 250,
  scanMs: 250,
  runningTime: () => performance.now(),
};
