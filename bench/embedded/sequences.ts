// Four sequences of events, and each in SQL by hand: for every customer, ranges of an index by type, customer and time.
import type { Question } from "./by-hand.js";

const hour = 3_600_000;

/** For each event of some types, the latest ones of two types before it, by window functions. */
const withLatest = (types: string, now: number, one: string, other: string): string =>
  `SELECT customer, type, happened_at, max(CASE WHEN type = '${one}' THEN happened_at END) OVER w AS one, max(CASE WHEN type = '${other}' THEN happened_at END) OVER w AS other FROM events WHERE type IN (${types}) AND happened_at <= ${now} WINDOW w AS (PARTITION BY customer ORDER BY happened_at RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;

/** The events `b` of a type, of all time in the order of customers: the plus keeps SQLite from using the index by time. */
const inOrder = (type: string, now: number): string =>
  `events AS b WHERE b.type = '${type}' AND +b.happened_at <= ${now}`;
const isAfter = (type: string, since: string): string =>
  `EXISTS (SELECT 1 FROM events AS e WHERE e.customer = b.customer AND e.type = '${type}' AND e.happened_at < b.happened_at AND e.happened_at >= ${since})`;
const latestBefore = (type: string): string =>
  `(SELECT max(e.happened_at) FROM events AS e WHERE e.customer = b.customer AND e.type = '${type}' AND e.happened_at < b.happened_at)`;
const isNoneAfter = (type: string, until: string): string =>
  `NOT EXISTS (SELECT 1 FROM events AS e WHERE e.customer = b.customer AND e.type = '${type}' AND e.happened_at > b.happened_at AND e.happened_at <= ${until})`;

export const sequences: readonly Question[] = [
  {
    text: "performed login then performed checkout within 72 hours",
    sqlite: (now) =>
      `SELECT count(*) FROM (SELECT DISTINCT b.customer FROM ${inOrder("checkout", now)} AND ${isAfter("login", `b.happened_at - ${72 * hour}`)})`,
    duckdb: (now) =>
      `SELECT count(DISTINCT customer) FROM (${withLatest("'login', 'checkout'", now, "login", "login")}) WHERE type = 'checkout' AND happened_at - one <= ${72 * hour}`,
  },
  {
    text: 'performed login then not performed "page viewed" then performed checkout',
    sqlite: (now) =>
      `SELECT count(*) FROM (SELECT DISTINCT b.customer FROM ${inOrder("checkout", now)} AND ${isAfter("login", `coalesce(${latestBefore("page viewed")}, 0)`)})`,
    duckdb: (now) =>
      `SELECT count(DISTINCT customer) FROM (${withLatest("'login', 'page viewed', 'checkout'", now, "login", "page viewed")}) WHERE type = 'checkout' AND one IS NOT NULL AND (other IS NULL OR other <= one)`,
  },
  {
    text: 'performed "page viewed" in the last 30 days then not performed checkout within 24 hours',
    sqlite: (now, before) =>
      `SELECT count(*) FROM (SELECT DISTINCT b.customer FROM ${inOrder("page viewed", now - 24 * hour)} AND +b.happened_at >= ${before(30)} AND ${isNoneAfter("checkout", `b.happened_at + ${24 * hour}`)})`,
    duckdb: (now, before) =>
      `SELECT count(DISTINCT b.customer) FROM events AS b WHERE b.type = 'page viewed' AND b.happened_at BETWEEN ${before(30)} AND ${now - 24 * hour} AND ${isNoneAfter("checkout", `b.happened_at + ${24 * hour}`)}`,
  },
  {
    text: "last performed checkout then not performed login within 168 hours",
    sqlite: (now) =>
      `SELECT count(*) FROM (SELECT b.customer, max(b.happened_at) AS happened_at FROM ${inOrder("checkout", now)} GROUP BY b.customer) AS b WHERE b.happened_at <= ${now - 168 * hour} AND ${isNoneAfter("login", `b.happened_at + ${168 * hour}`)}`,
    duckdb: (now) =>
      `SELECT count(*) FROM (SELECT customer, max(happened_at) AS happened_at FROM events WHERE type = 'checkout' AND happened_at <= ${now} GROUP BY customer) AS b WHERE b.happened_at <= ${now - 168 * hour} AND ${isNoneAfter("login", `b.happened_at + ${168 * hour}`)}`,
  },
];
