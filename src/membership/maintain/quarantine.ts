// The quarantine of customers whose evaluation fails: they remain marked and are skipped for a while, longer each time, so that
// they hold up no other customer.
import { LRUCache } from "lru-cache";
import type { Clock } from "../../clock.js";

/** How long a customer is skipped after the first failure, in milliseconds; twice as long after each further one. */
export const leftMs = 60_000;
const maxLeftMs = 3_600_000;
/** The most customers in quarantine at once: if more fail, the customers are not the cause. */
const maxLeft = 500;

export interface Quarantine {
  /** The customers to skip at this moment, by `_id`. */
  readonly left: () => readonly string[];
  /** Puts a customer into quarantine. @throws `error` if the quarantine is full. */
  readonly add: (customer: string, error: unknown) => void;
}

interface Failures {
  readonly attempts: number;
  /** By the clock. */
  readonly until: number;
}

/** An empty quarantine. @param clock decides when a customer's quarantine ends. */
export function emptyQuarantine(clock: Clock): Quarantine {
  // Customers whose quarantine is over are remembered, so that further failures are counted.
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
