// Customers whose evaluation fails: they stay marked and are left for a while, longer each time, so that no one waits behind them.
import { LRUCache } from "lru-cache";
import type { Clock } from "../../clock.js";

/** For how long a customer is left after the first failure, in milliseconds; twice as long after each further one. */
export const leftMs = 60_000;
const maxLeftMs = 3_600_000;
/** The most who are left at once: if more fail, it is not they who are wrong. */
const maxLeft = 500;

export interface Quarantine {
  /** Those to leave at this moment, by `_id`. */
  readonly left: () => readonly string[];
  /** Leaves one from now on. @throws what failed, if too many are left already. */
  readonly add: (customer: string, error: unknown) => void;
}

interface Failures {
  readonly attempts: number;
  /** By the clock. */
  readonly until: number;
}

/** A quarantine of no one. @param clock by which they are left. */
export function emptyQuarantine(clock: Clock): Quarantine {
  // One whose time is over is remembered, so that a further failure is known to be one.
  const failures = new LRUCache<string, Failures>({ max: 10 * maxLeft });
  const left = (): readonly string[] =>
    [...failures.entries()].flatMap(([customer, { until }]) => (until > clock() ? [customer] : []));
  return {
    left,
    add: (customer, error) => {
      if (left().length >= maxLeft) throw error;
      const attempts = (failures.get(customer)?.attempts ?? 0) + 1;
      const ms = Math.min(leftMs * 2 ** Math.min(attempts - 1, 30), maxLeftMs);
      failures.set(customer, { attempts, until: clock() + ms });
    },
  };
}
