// Fields of a plan as places in the tables: a customer's fields, and one record's.
import { constant, named, neverTrue, type Sql, sql, unknownValue } from "../operators/encodings/sql.js";
import type { SqlPlace } from "../operators/encodings/sql-tests.js";
import type { Field } from "../plan/plan.js";
import type { CustomerAlias, Layout } from "./layout.js";

/**
 * How sets and records are evaluated. `sets_first`: all rows that pass are found first, for all customers. `customers_first`: the
 * rows of one customer at a time, for the customers that pass other conditions. The answers are the same.
 */
export const strategies = ["sets_first", "customers_first"] as const;
export type SqlStrategy = (typeof strategies)[number];

const nowhere: SqlPlace = {
  value: unknownValue,
  reversed: unknownValue,
  yearly: unknownValue,
  some: () => neverTrue,
};

/** The day of the year of a date, `YYYY-MM-DD`. */
function yearlyOf(date: Sql): Sql {
  return sql`substr(${date}, 6, 5)`;
}

/** The place of a customer's own field. @param key the customer's key in the query. */
export function customerPlace(layout: Layout, field: Field, key: Sql, strategy: SqlStrategy): SqlPlace {
  const columnAt = (path: string): Sql | undefined => {
    const column = layout.customerColumn(path);
    return column === undefined ? undefined : sql`${named(column.table)}.${named(column.name)}`;
  };
  const value = columnAt(field.sizePath ?? field.path) ?? unknownValue;
  if (field.set === true) {
    const set = layout.customerSet(field.path);
    if (set === undefined) return { ...nowhere, value };
    return { value, some: (passes) => hasElement(set, passes, key, strategy) };
  }
  const { reversedPath, yearlyPath } = field;
  return {
    value,
    ...(reversedPath === undefined ? {} : { reversed: columnAt(reversedPath) }),
    ...(yearlyPath === undefined ? {} : { yearly: columnAt(yearlyPath) ?? yearlyOf(value) }),
  };
}

/** True if a customer's set has an element that passes. */
function hasElement(set: number, passes: (element: Sql) => Sql, key: Sql, strategy: SqlStrategy): Sql {
  return strategy === "sets_first"
    ? sql`${key} IN (${elementKeys(set, passes)})`
    : sql`EXISTS (SELECT 1 FROM customer_elements AS e WHERE e.set_number = ${constant(set)} AND e.customer = ${key} AND ${passes(sql`e.value`)})`;
}

/** The customers whose set of a number has an element that passes; one may come more than once. */
export function elementKeys(set: number, passes: (element: Sql) => Sql): Sql {
  return sql`SELECT e.customer FROM customer_elements AS e WHERE e.set_number = ${constant(set)} AND ${passes(sql`e.value`)}`;
}

/** The alias of the table `records` in queries with only one. */
const plainAlias: Sql = { text: "r", parameters: [] };

/** The value at a path of a record; NULL if no record of the type has one. */
export function recordValue(layout: Layout, type: number, path: string, alias = plainAlias): Sql {
  if (path === "at") return sql`${alias}.at`;
  const column = layout.recordColumn(type, path);
  return column === undefined ? unknownValue : sql`${alias}.${named(column)}`;
}

/** The place of a record's field, in a row of the table `records`. */
export function recordPlace(
  layout: Layout,
  type: number,
  field: Field,
  strategy: SqlStrategy,
  alias = plainAlias,
): SqlPlace {
  const { path, sizePath, yearlyPath } = field;
  const value = recordValue(layout, type, sizePath ?? path, alias);
  if (field.set !== true) return { value, ...(yearlyPath === undefined ? {} : { yearly: yearlyOf(value) }) };
  const set = layout.recordSet(type, path);
  if (set === undefined) return { ...nowhere, value };
  // A query with two records needs separate aliases for their elements.
  const e = named(`e_${alias.text}`);
  const elements = sql`record_elements AS ${e} WHERE ${e}.set_number = ${constant(set)}`;
  return {
    value,
    some: (passes) =>
      strategy === "sets_first"
        ? sql`${alias}.record IN (SELECT ${e}.record FROM ${elements} AND ${passes(sql`${e}.value`)})`
        : sql`EXISTS (SELECT 1 FROM ${elements} AND ${e}.record = ${alias}.record AND ${passes(sql`${e}.value`)})`,
  };
}

/** True if a record's field is known: a set is known if it is not empty. */
export function isKnownSql({ value }: SqlPlace, field: Field): Sql {
  if (value.text === unknownValue.text) return neverTrue;
  return field.set === true ? sql`${value} >= 1` : sql`${value} IS NOT NULL`;
}

/** The tables that hold a customer's own field, by their aliases. */
export function tablesOf(layout: Layout, field: Field): readonly CustomerAlias[] {
  if (field.figure !== undefined || field.campaign !== undefined) return [];
  return [field.path, field.sizePath, field.reversedPath].flatMap((path) => {
    const column = path === undefined ? undefined : layout.customerColumn(path);
    return column === undefined ? [] : [column.table];
  });
}
