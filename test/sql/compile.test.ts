// Plans as SQL: each kind of condition, as small as a person would write it, and nothing that a user types in the text.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { predicatesOf } from "../../src/plan/fields.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compileSql, countSql } from "../../src/sql/compile.js";
import type { Layout } from "../../src/sql/layout.js";
import type { SqlStrategy } from "../../src/sql/places.js";
import { customerColumns } from "../../src/store/embedded/tables.js";
import { check } from "../check/world.js";
import { draws } from "../draws.js";
import { printQuery } from "../oracle/printing.js";
import { queryArbitrary } from "../oracle/query.js";
import { worldArbitrary } from "../oracle/world.js";

/** A layout that gives numbers to names as they are asked for. */
function layoutOfAll(): Layout {
  const numbers = new Map<string, number>();
  const numberOf = (...name: readonly unknown[]): number => {
    const key = JSON.stringify(name);
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  };
  return {
    project: 7,
    customerColumn: (path) => {
      const column = customerColumns.find((each) => each.path === path);
      if (column !== undefined) return { table: "c", name: column.name };
      if (path === "_id") return { table: "k", name: "id" };
      return path.startsWith("facts.metadata.") ? { table: "m", name: `m${numberOf(path)}` } : undefined;
    },
    customerSet: (path, campaign) => numberOf(path, campaign),
    recordType: (records, type) => numberOf(records, type),
    recordColumn: (type, path) => `p${numberOf(type, path)}`,
    recordSet: (type, path) => numberOf(type, path, "set"),
  };
}

const eventSchemas = { login: { url: "string", value: "number" } } as const;

function counted(
  text: string,
  strategy: SqlStrategy = "sets_first",
  activity: "summary" | "records" = "summary",
) {
  const { plan, diagnostics } = check(text, { eventSchemas });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  const { text: written, parameters } = countSql(
    compileSql(simplifyPlan(plan), layoutOfAll(), { strategy, activity }),
  );
  return [written, parameters];
}

const now = Date.parse("2026-11-23T12:00:00Z");
const customers = "SELECT count(*) FROM customers AS c WHERE (c.project = 7 AND ";
const metadata = "SELECT count(*) FROM customer_metadata AS m WHERE (m.project = 7 AND ";

describe("a condition on a customer", () => {
  const cases: readonly (readonly [query: string, text: string, parameters: readonly unknown[]])[] = [
    ["city is Paris", `${customers}c.city = ?)`, ["paris"]],
    ["city is not Paris", `${customers}(c.city = ?) IS NOT TRUE)`, ["paris"]],
    ["city is any of (Paris, Rome)", `${customers}c.city IN (?, ?))`, ["paris", "rome"]],
    ["city is known", `${customers}c.city IS NOT NULL)`, []],
    ["city is unknown", `${customers}(c.city IS NOT NULL) IS NOT TRUE)`, []],
    ["email starts with a%_", `${customers}(c.email >= ? AND c.email < ?))`, ["a%_", "a%`"]],
    ["email ends with .uk", `${customers}(c.email_reversed >= ? AND c.email_reversed < ?))`, ["ku.", "ku/"]],
    ["phone ends with 12", `${customers}substr(CAST(c.phone AS BLOB), -2) = CAST(? AS BLOB))`, ["12"]],
    ["name contains ann", `${customers}instr(c.name, ?) > 0)`, ["ann"]],
    ["total spent is more than $100", `${customers}c.total_amount > ?)`, [10_000]],
    ["number of orders is between 2 and 3", `${customers}c.order_count BETWEEN ? AND ?)`, [2, 3]],
    ["birthdate anniversary is 01.02", `${customers}c.birthday IN (?))`, ["02-01"]],
    ["vip", `${metadata}m.m1 = ?)`, [1]],
    ["vip and age between 20 and 30", `${metadata}(m.m1 = ? AND m.m2 BETWEEN ? AND ?))`, [1, 20, 30]],
    [
      "city is Paris and vip",
      "SELECT count(*) FROM customers AS c JOIN customer_metadata AS m ON m.customer = c.customer WHERE (c.project = 7 AND m.project = 7 AND (c.city = ? AND m.m1 = ?))",
      ["paris", 1],
    ],
    ["in sample 10%", `${customers}c.sample < ?)`, [429_496_730]],
    [
      "city is Paris or city is unknown",
      `${customers}(c.city = ? OR (c.city IS NOT NULL) IS NOT TRUE))`,
      ["paris"],
    ],
  ];
  it.each(cases)("%s", (query, text, parameters) => {
    expect(counted(query)).toEqual([text, parameters]);
  });
});

it("a conjunction is answered by the index that has all of its columns", () => {
  const { plan } = check("country is Poland and total spent is more than $100");
  const layout = {
    ...layoutOfAll(),
    indexOf: (compared: ReadonlySet<string>, used: ReadonlySet<string>) =>
      [...compared].join() === "country" && [...used].join() === "country,total_amount"
        ? "by_country"
        : undefined,
  };
  const how = { strategy: "sets_first", activity: "summary" } as const;
  expect(countSql(compileSql(simplifyPlan(plan!), layout, how)).text).toBe(
    "SELECT count(*) FROM customers AS c INDEXED BY by_country WHERE (c.project = 7 AND (c.country = ? AND c.total_amount > ?))",
  );
  const nowhere = { ...layout, project: undefined };
  expect(countSql(compileSql(simplifyPlan(plan!), nowhere, how)).text).not.toContain("INDEXED");
});

describe("records in sequence", () => {
  const of = (alias: string, type: number, customer: string) =>
    `${alias}.type = ${type} AND ${alias}.customer = ${customer}`;
  const sequenceText = (text: string, layout: Partial<Layout> = {}): string =>
    countSql(
      compileSql(
        simplifyPlan(check(text, { eventSchemas }).plan!),
        { ...layoutOfAll(), ...layout },
        { strategy: "sets_first", activity: "summary" },
      ),
    ).text;

  it("of the last step are preceded by one of the first, later than any that must not come between", () => {
    const [text, parameters] = counted(
      "performed login then not performed login then placed order within 2 hours",
    );
    const negative = `coalesce((SELECT max(n.at) FROM records AS n WHERE (${of("n", 1, "r.customer")} AND n.at <= min(?, r.at - 1))), ${Number.MIN_SAFE_INTEGER})`;
    expect(text).toBe(
      "SELECT count(*) FROM (SELECT DISTINCT customer FROM (SELECT r.customer FROM records AS r WHERE (" +
        `EXISTS (SELECT 1 FROM records AS p WHERE (${of("p", 1, "r.customer")} AND p.at >= max(${negative}, r.at - 7200000) AND p.at <= min(?, r.at - 1)))` +
        " AND r.type = 2 AND r.at <= ?)))",
    );
    expect(parameters).toEqual([now, now, now]);
  });

  it("are found from a list of those of the step before, each in one range, if those are chosen or few", () => {
    const list = (rows: string) =>
      `WITH layer_0 AS (${rows}), ` +
      "layer_1 AS (SELECT s.customer, s.at, s.next AS until FROM (SELECT l.customer, l.at, lead(l.at, 1, 9007199254740991) OVER (PARTITION BY l.customer ORDER BY l.at) AS next FROM layer_0 AS l) AS s) " +
      "SELECT r.customer FROM layer_1 AS s CROSS JOIN records AS r WHERE " +
      `(${of("r", 2, "s.customer")} AND r.at >= s.at + 1 AND r.at <= min(?, ?, s.until))`;
    const chosen = "performed login where value is 5 then placed order";
    expect(sequenceText(chosen)).toContain(
      list(
        "SELECT DISTINCT r.customer, r.at FROM records AS r WHERE (r.type = 1 AND r.at <= ? AND r.p3 = ?)",
      ),
    );
    const all = "performed login then placed order";
    const counts = (first: number, second: number) => ({
      recordCount: (type: number) => (type === 1 ? first : second),
    });
    expect(sequenceText(all, counts(100, 301))).toContain(
      list("SELECT DISTINCT r.customer, r.at FROM records AS r WHERE (r.type = 1 AND r.at <= ?)"),
    );
    expect(sequenceText(all, counts(100, 300))).not.toContain("layer_0");
  });

  it("of which the first or last one counts are one for each customer", () => {
    expect(counted("last performed login then not placed order within 2 hours")).toEqual([
      "SELECT count(*) FROM (SELECT r.customer FROM (SELECT r.customer, max(r.at) AS at FROM records AS r WHERE (r.type = 1 AND r.at <= ?) GROUP BY r.customer) AS r WHERE " +
        `(r.at <= ? AND NOT EXISTS (SELECT 1 FROM records AS n WHERE (${of("n", 2, "r.customer")} AND n.at >= r.at + 1 AND n.at <= min(?, r.at + 7200000)))))`,
      [now, now - 2 * 3_600_000, now],
    ]);
  });

  it("of a step with the same property are compared with those that completed the preceding step", () => {
    const [text] = counted("performed login then performed login with the same url");
    expect(text).toContain(
      "layer_1 AS (SELECT DISTINCT r.customer, r.at, r.record FROM layer_0 AS c CROSS JOIN records AS p ON p.type = 1 AND p.customer = c.customer AND p.at = c.at AND p.record = c.record CROSS JOIN records AS r WHERE " +
        `(${of("r", 1, "p.customer")} AND r.at >= p.at + 1 AND r.at <= ? AND r.p2 = p.p2))`,
    );
  });

  it("are not read before the windows of earlier steps begin", () => {
    const within = "r.type = 1 AND r.at >= ? AND r.at <= ?";
    expect(sequenceText("performed login in the last 2 days then performed login")).toContain(within);
    expect(sequenceText("performed login then performed login")).not.toContain(within);
  });
});

describe("a comparison with another attribute", () => {
  it.each([
    ["city is customer's state", `${customers}c.city = c.state)`, []],
    ["city is not customer's state", `${customers}(c.city = c.state) IS NOT TRUE)`, []],
    [
      "first order within 2 hours after created",
      `${customers}(c.created_at <= c.first_order_at AND c.first_order_at <= (c.created_at + 7200000)))`,
      [],
    ],
    [
      "performed login where url is customer's city",
      "SELECT count(*) FROM (SELECT DISTINCT customer FROM (SELECT r.customer FROM records AS r WHERE (r.type = 1 AND r.at <= ? AND r.p2 = (SELECT cv.city FROM customers AS cv WHERE cv.customer = r.customer))))",
      [now],
    ],
  ])("%s", (query, text, parameters) => {
    expect(counted(query)).toEqual([text, parameters]);
  });
});

describe("a set", () => {
  const ofSet = "FROM customer_elements AS e WHERE e.set_number = 1 AND ";

  it("alone is counted without reading customers", () => {
    expect(counted("consents contains newsletter")).toEqual([
      `SELECT count(*) FROM (SELECT DISTINCT customer FROM (SELECT e.customer ${ofSet}e.value = ?))`,
      ["newsletter"],
    ]);
  });

  it("with another condition is a list of keys, or is tested for each customer", () => {
    const query = "city is Paris and consents contains newsletter";
    expect(counted(query)).toEqual([
      `${customers}(c.city = ? AND c.customer IN (SELECT e.customer ${ofSet}e.value = ?)))`,
      ["paris", "newsletter"],
    ]);
    expect(counted(query, "customers_first")).toEqual([
      `${customers}(c.city = ? AND EXISTS (SELECT 1 ${ofSet}e.customer = c.customer AND e.value = ?)))`,
      ["paris", "newsletter"],
    ]);
  });

  it("of a campaign's figures has 0 for customers in no campaign", () => {
    const of = (comparison: string) => counted(`loyalty points in campaign Club ${comparison}`);
    expect(of("is more than 5")).toEqual([
      `SELECT count(*) FROM (SELECT DISTINCT customer FROM (SELECT e.customer ${ofSet}e.value > ?))`,
      [5],
    ]);
    expect(of("is less than 5")).toEqual([
      `${customers}c.customer NOT IN (SELECT e.customer ${ofSet}(e.value < ?) IS NOT TRUE))`,
      [5],
    ]);
  });
});

describe("records", () => {
  const rows = "FROM records AS r WHERE (r.type = 1 AND r.at >= ? AND r.at <= ?)";
  const twoDays = [now - 2 * 86_400_000, now];

  it("at least one is counted without reading customers", () => {
    expect(counted("performed login in the last 2 days")).toEqual([
      `SELECT count(*) FROM (SELECT DISTINCT customer FROM (SELECT r.customer ${rows}))`,
      twoDays,
    ]);
  });

  it("of a number are grouped, and one customer's are counted", () => {
    expect(counted("performed login at least 3 times in the last 2 days")).toEqual([
      `SELECT count(*) FROM (SELECT r.customer ${rows} GROUP BY r.customer HAVING count(*) >= ?)`,
      [...twoDays, 3],
    ]);
    expect(counted("performed login at least 3 times in the last 2 days", "customers_first")).toEqual([
      `${customers}(SELECT count(*) FROM records AS r WHERE (r.customer = c.customer AND r.type = 1 AND r.at >= ? AND r.at <= ?)) >= ?)`,
      [...twoDays, 3],
    ]);
  });

  it("of a large part of the time are read in the order of customers", () => {
    const asked: unknown[] = [];
    const shares = [0.04, 0.06, 0.12, 0.13, undefined];
    const layout: Layout = {
      ...layoutOfAll(),
      recordShare: (...interval) => {
        asked.push(interval);
        return shares.shift();
      },
    };
    const textOf = (query: string): string =>
      countSql(
        compileSql(simplifyPlan(check(query, { eventSchemas }).plan!), layout, {
          strategy: "sets_first",
          activity: "summary",
        }),
      ).text;
    // Rows are looked up: from a twentieth on. Times alone: from an eighth on.
    expect(textOf("performed login in the last 2 days where value is 5")).toContain(
      "r.at >= ? AND r.at <= ?",
    );
    expect(textOf("performed login in the last 2 days where value is 5")).toContain(
      "+r.at >= ? AND +r.at <= ?",
    );
    expect(textOf("performed login in the last 2 days")).not.toContain("+r.at");
    expect(textOf("performed login in the last 2 days")).toContain("+r.at >= ? AND +r.at <= ?");
    expect(textOf("performed login in the last 2 days")).not.toContain("+r.at");
    expect(new Set(asked.map((interval) => JSON.stringify(interval)))).toEqual(
      new Set([JSON.stringify([1, ...twoDays])]),
    );
  });

  it("at most a few exclude customers with more", () => {
    expect(counted("performed login at most twice in the last 2 days")).toEqual([
      `${customers}c.customer NOT IN (SELECT r.customer ${rows} GROUP BY r.customer HAVING (count(*) <= ?) IS NOT TRUE))`,
      [...twoDays, 2],
    ]);
  });

  it("may have further conditions", () => {
    expect(counted("performed login where url contains pricing or value is 5")).toEqual([
      "SELECT count(*) FROM (SELECT DISTINCT customer FROM (SELECT r.customer FROM records AS r WHERE (r.type = 1 AND r.at <= ? AND (instr(r.p2, ?) > 0 OR r.p3 = ?))))",
      [now, "pricing", 5],
    ]);
  });

  it("are the source of the summary's figures as of another instant", () => {
    expect(counted("number of orders is more than 2", "sets_first", "records")).toEqual([
      "SELECT count(*) FROM (SELECT r.customer FROM records AS r WHERE (r.type = 1 AND r.at <= ?) GROUP BY r.customer HAVING count(*) > ?)",
      [now, 2],
    ]);
  });
});

it("an unresolved test is refused", () => {
  const plan = simplifyPlan(check("order contains MacBookAir").plan!);
  expect(() => compileSql(plan, layoutOfAll(), { strategy: "sets_first", activity: "summary" })).toThrow(
    "before it was bound",
  );
});

it("nothing that a query names or compares with is in the text", () => {
  const drawn = worldArbitrary().chain((world) =>
    fc.tuple(fc.constant(world), queryArbitrary(world, { asOf: Date.parse(world.project.asOf) })),
  );
  fc.assert(
    fc.property(drawn, ([world, query]) => {
      const asOf = Date.parse(world.project.asOf);
      const definition = { _id: "world", ...world.project, project: "world" };
      const { plan } = checkQuery(printQuery(query), catalogOf(definition), asOf);
      if (plan === undefined) throw new Error(`${printQuery(query)} is refused`);
      const unbound = predicatesOf(plan.where).some(
        ({ field, test }) => field.sample !== undefined || test.kind === "bought",
      );
      if (unbound) return;
      for (const strategy of ["sets_first", "customers_first"] as const) {
        const options = { strategy, activity: "records" } as const;
        const { text, parameters } = countSql(compileSql(simplifyPlan(plan), layoutOfAll(), options));
        expect(text).toMatch(/^[\w\s().,*?=<>+/|%-]+$/);
        expect(text.split("?").length - 1).toBe(parameters.length);
      }
    }),
    { numRuns: draws(50) },
  );
});
