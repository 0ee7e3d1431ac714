// Customers whom looking at fails, whatever is wrong with them: they stay marked and are left for a while, so that nobody waits
// behind them.
import type { Clock } from "../../clock.js";

/** For how long one is left, in milliseconds. */
export const leftMs = 60_000;
/** The most who are left at once: where more fail, it is not they who are wrong. */
const maxLeft = 500;

export interface Quarantine {
  /** Those to leave at this moment, by `_id`. */
  readonly left: () => readonly string[];
  /** Leaves one from now on. @throws what failed, where too many are left already. */
  readonly add: (customer: string, error: unknown) => void;
}

/** Nobody as yet. @param clock by which they are left. */
export function emptyQuarantine(clock: Clock): Quarantine {
  const until = new Map<string, number>();
  const left = (): readonly string[] => {
    for (const [customer, at] of until) if (at <= clock()) until.delete(customer);
    return [...until.keys()];
  };
  return {
    left,
    add: (customer, error) => {
      if (left().length >= maxLeft) throw error;
      until.set(customer, clock() + leftMs);
    },
  };
}
