// The baseline: the same records in plain tables, and each question in SQL by hand, as SQLite and DuckDB have it.
import type { Sort } from "../../src/store/customers.js";
import type { StoredCustomer } from "./world.js";

type HandValue = string | number | null;

export interface HandTable {
  readonly name: string;
  /** With their types, as both databases understand them. */
  readonly columns: readonly string[];
  readonly rows: (stored: StoredCustomer, key: number) => readonly (readonly HandValue[])[];
}

const backwards = (text: string): string => Array.from(text).reverse().join("");

export const tables: readonly HandTable[] = [
  {
    name: "customers",
    columns: [
      "id INTEGER PRIMARY KEY",
      "source_id TEXT",
      "name TEXT",
      "email TEXT",
      "email_backwards TEXT",
      "country TEXT",
      "source TEXT",
      "vip INTEGER",
      "age INTEGER",
      "plan TEXT",
      "total_spent INTEGER",
      "last_order_at BIGINT",
      "created_at BIGINT",
      "document TEXT",
    ],
    rows: ({ customer }, key) => {
      const { facts, activity } = customer;
      const metadata = facts.metadata as Readonly<Record<string, unknown>>;
      return [
        [
          key,
          customer.source_id,
          facts.name ?? null,
          facts.email ?? null,
          facts.email === undefined ? null : backwards(facts.email),
          facts.country ?? null,
          facts.source ?? null,
          metadata.b_vip === undefined ? null : Number(metadata.b_vip),
          (metadata.n_age as number | undefined) ?? null,
          (metadata.s_plan as string | undefined) ?? null,
          activity.orders.total_amount,
          activity.orders.last_at?.getTime() ?? null,
          facts.created_at?.getTime() ?? null,
          JSON.stringify(customer),
        ],
      ];
    },
  },
  {
    name: "orders",
    columns: ["customer INTEGER", "happened_at BIGINT", "amount INTEGER"],
    rows: ({ records }, key) =>
      records.orders
        .filter(({ status }) => status !== "CANCELED")
        .map((order) => [key, order.at.getTime(), order.amount]),
  },
  {
    name: "order_items",
    columns: ["customer INTEGER", "product_id TEXT", "sku TEXT", "name TEXT"],
    rows: ({ records }, key) =>
      records.orders
        .filter(({ status }) => status !== "CANCELED")
        .flatMap(({ items }) =>
          items.map(({ product_id, sku, name }) => [
            key,
            product_id?.toLowerCase() ?? null,
            sku?.toLowerCase() ?? null,
            name?.toLowerCase() ?? null,
          ]),
        ),
  },
  {
    name: "events",
    columns: ["customer INTEGER", "type TEXT", "happened_at BIGINT", "url TEXT"],
    rows: ({ records }, key) =>
      records.events.map((event) => [
        key,
        event.type,
        event.at.getTime(),
        (event.facts.s_url as string | undefined) ?? null,
      ]),
  },
];

/** The indexes of the plain SQLite file: for each question the best that we know. */
export const indexes: readonly string[] = [
  "customers (email_backwards, source)",
  "customers (country, total_spent)",
  "customers (last_order_at)",
  "customers (total_spent)",
  "customers (name)",
  "customers (vip, age)",
  "customers (plan, vip)",
  "customers (source_id)",
  "orders (happened_at, customer, amount)",
  "order_items (name, customer)",
  "events (type, happened_at, customer, url)",
  "events (customer, type, happened_at)",
  "events (type, customer, happened_at)",
];

export interface Question {
  readonly text: string;
  /** The count by hand; `now` in milliseconds since the epoch, and `before(days)` that many calendar days earlier. */
  readonly sqlite: (now: number, before: (days: number) => number) => string;
  /** If DuckDB is faster with another query. */
  readonly duckdb?: (now: number, before: (days: number) => number) => string;
}

const isUk = "email_backwards >= 'ku.' AND email_backwards < 'ku/'";
const isUkText = "email LIKE '%.uk'";

export const questions: readonly Question[] = [
  {
    text: "email ends with .uk",
    sqlite: () => `SELECT count(*) FROM customers WHERE ${isUk}`,
    duckdb: () => `SELECT count(*) FROM customers WHERE ${isUkText}`,
  },
  {
    text: "email ends with .uk and source is mailchimp",
    sqlite: () => `SELECT count(*) FROM customers WHERE ${isUk} AND source = 'mailchimp'`,
    duckdb: () => `SELECT count(*) FROM customers WHERE ${isUkText} AND source = 'mailchimp'`,
  },
  {
    text: "country is Poland and total spent is more than $100",
    sqlite: () => "SELECT count(*) FROM customers WHERE country = 'PL' AND total_spent > 10000",
  },
  {
    text: "last order more than 30 days ago",
    sqlite: (_, before) => `SELECT count(*) FROM customers WHERE last_order_at < ${before(30)}`,
  },
  {
    text: "total spent is less than $500",
    sqlite: () => "SELECT count(*) FROM customers WHERE total_spent < 50000",
  },
  {
    text: "name contains ann",
    sqlite: () => "SELECT count(*) FROM customers WHERE instr(name, 'ann') > 0",
    duckdb: () => "SELECT count(*) FROM customers WHERE contains(name, 'ann')",
  },
  {
    text: "vip and age between 20 and 30",
    sqlite: () => "SELECT count(*) FROM customers WHERE vip = 1 AND age BETWEEN 20 AND 30",
  },
  {
    text: "not (vip or plan is gold)",
    sqlite: () => "SELECT count(*) FROM customers WHERE vip IS NOT 1 AND plan IS NOT 'gold'",
    duckdb: () =>
      "SELECT count(*) FROM customers WHERE vip IS DISTINCT FROM 1 AND plan IS DISTINCT FROM 'gold'",
  },
  {
    text: "order contains MacBookAir",
    sqlite: () =>
      "SELECT count(DISTINCT customer) FROM order_items WHERE name IN (SELECT DISTINCT name FROM order_items WHERE instr(name, 'macbookair') > 0)",
    duckdb: () =>
      "SELECT count(DISTINCT customer) FROM order_items WHERE contains(name, 'macbookair') OR sku = 'macbookair' OR product_id = 'macbookair'",
  },
  {
    text: "performed checkout in the last 30 days",
    sqlite: (now, before) =>
      `SELECT count(DISTINCT customer) FROM events WHERE type = 'checkout' AND happened_at BETWEEN ${before(30)} AND ${now}`,
  },
  {
    text: 'performed "page viewed" at least 3 times in the last 90 days where url contains pricing',
    sqlite: (now, before) =>
      `SELECT count(*) FROM (SELECT 1 FROM events WHERE type = 'page viewed' AND happened_at BETWEEN ${before(90)} AND ${now} AND instr(url, 'pricing') > 0 GROUP BY customer HAVING count(*) >= 3)`,
    duckdb: (now, before) =>
      `SELECT count(*) FROM (SELECT 1 FROM events WHERE type = 'page viewed' AND happened_at BETWEEN ${before(90)} AND ${now} AND contains(url, 'pricing') GROUP BY customer HAVING count(*) >= 3)`,
  },
  {
    text: "country is Poland and has not performed login in the last 60 days",
    sqlite: (now, before) =>
      `SELECT count(*) FROM customers AS c WHERE country = 'PL' AND NOT EXISTS (SELECT 1 FROM events AS e WHERE e.customer = c.id AND e.type = 'login' AND e.happened_at BETWEEN ${before(60)} AND ${now})`,
  },
  {
    text: "sum of amount of order in the last 365 days is more than 1000",
    sqlite: (now, before) =>
      `SELECT count(*) FROM (SELECT 1 FROM orders WHERE happened_at BETWEEN ${before(365)} AND ${now} GROUP BY customer HAVING sum(amount) > 100000)`,
  },
];

export const pageSize = 100;

interface Page {
  readonly text: string;
  readonly sort: Sort;
  /** The columns that a list of customers shows, in the same order. */
  readonly sqlite: string;
}

const shown = "SELECT source_id, name, email, country, total_spent, last_order_at FROM customers";

export const pages: readonly Page[] = [
  {
    text: "country is Poland",
    sort: { by: "source_id", descending: false },
    sqlite: `${shown} WHERE country = 'PL' ORDER BY source_id LIMIT ${pageSize}`,
  },
  {
    text: "email ends with .uk",
    sort: { by: "orders.total_amount", descending: true },
    sqlite: `${shown} WHERE ${isUk} ORDER BY total_spent DESC, source_id LIMIT ${pageSize}`,
  },
  {
    text: "vip and age between 20 and 30",
    sort: { by: "name", descending: false },
    sqlite: `${shown} WHERE vip = 1 AND age BETWEEN 20 AND 30 ORDER BY name, source_id LIMIT ${pageSize}`,
  },
];
