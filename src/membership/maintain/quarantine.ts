// Customers whom looking at fails, whatever is wrong with them: they stay marked and are left for a while, so that nobody waits
// behind them.
import type { Clock } from "../../clock.js";

/** For how long one is left, in milliseconds. */
export const leftMs = 60_000;
/** The most who are left at once: where more fail, it is not they who are wrong. */
const mostLeft = 500;

export interface Failing {
  /** Those to leave at this moment, by `_id`. */
  readonly left: () => readonly string[];
  /** Leaves one from now on. @throws what failed, where too many are left already. */
  readonly leave: (customer: string, error: unknown) => void;
}

/** Nobody as yet. @param clock by which they are left. */
export function nobodyFailing(clock: Clock): Failing {
  const until = new Map<string, number>();
  const left = (): readonly string[] => {
    for (const [customer, at] of until) if (at <= clock()) until.delete(customer);
    return [...until.keys()];
  };
  return {
    left,
    leave: (customer, error) => {
      if (left().length >= mostLeft) throw error;
      until.set(customer, clock() + leftMs);
    },
  };
}
