// Four sequences of events, and each in SQL by hand: for every customer, the events of an index in the order of time.
import type { Question } from "./by-hand.js";

const hour = 3_600_000;

/** For each event of some types, the latest ones of two types before it, by window functions. */
const withLatest = (types: string, now: number, one: string, other: string): string =>
  `SELECT customer, type, happened_at, max(CASE WHEN type = '${one}' THEN happened_at END) OVER w AS one, max(CASE WHEN type = '${other}' THEN happened_at END) OVER w AS other FROM events WHERE type IN (${types}) AND happened_at <= ${now} WINDOW w AS (PARTITION BY customer ORDER BY happened_at RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;

/** The time of the latest event of a type before the event `b`, or the earliest after the event `a`. */
const latestBefore = (type: string): string =>
  `(SELECT max(e.happened_at) FROM events AS e WHERE e.customer = b.customer AND e.type = '${type}' AND e.happened_at < b.happened_at)`;
const isNoneAfter = (type: string, until: string): string =>
  `NOT EXISTS (SELECT 1 FROM events AS e WHERE e.customer = a.customer AND e.type = '${type}' AND e.happened_at > a.happened_at AND e.happened_at <= ${until})`;

export const sequences: readonly Question[] = [
  {
    text: "performed login then performed checkout within 72 hours",
    sqlite: (now) =>
      `SELECT count(DISTINCT b.customer) FROM events AS b WHERE b.type = 'checkout' AND b.happened_at <= ${now} AND b.happened_at - ${latestBefore("login")} <= ${72 * hour}`,
    duckdb: (now) =>
      `SELECT count(DISTINCT customer) FROM (${withLatest("'login', 'checkout'", now, "login", "login")}) WHERE type = 'checkout' AND happened_at - one <= ${72 * hour}`,
  },
  {
    text: 'performed login then not performed "page viewed" then performed checkout',
    sqlite: (now) =>
      `SELECT count(DISTINCT customer) FROM (SELECT b.customer, ${latestBefore("login")} AS one, ${latestBefore("page viewed")} AS other FROM events AS b WHERE b.type = 'checkout' AND b.happened_at <= ${now}) WHERE one IS NOT NULL AND (other IS NULL OR other <= one)`,
    duckdb: (now) =>
      `SELECT count(DISTINCT customer) FROM (${withLatest("'login', 'page viewed', 'checkout'", now, "login", "page viewed")}) WHERE type = 'checkout' AND one IS NOT NULL AND (other IS NULL OR other <= one)`,
  },
  {
    text: 'performed "page viewed" in the last 30 days then not performed checkout within 24 hours',
    sqlite: (now, before) =>
      `SELECT count(DISTINCT a.customer) FROM events AS a WHERE a.type = 'page viewed' AND a.happened_at BETWEEN ${before(30)} AND ${now - 24 * hour} AND ${isNoneAfter("checkout", `a.happened_at + ${24 * hour}`)}`,
  },
  {
    text: "last performed checkout then not performed login within 168 hours",
    sqlite: (now) =>
      `SELECT count(*) FROM (SELECT customer, max(happened_at) AS happened_at FROM events WHERE type = 'checkout' AND happened_at <= ${now} GROUP BY customer) AS a WHERE a.happened_at <= ${now - 168 * hour} AND ${isNoneAfter("login", `a.happened_at + ${168 * hour}`)}`,
  },
];
