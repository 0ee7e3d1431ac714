// Figures of a customer's records in SQL: conditions on events and orders, and the summary's figures as of another instant.
import { exactScales, minExactScale, mustBeKnown } from "../operators/encodings/figure.js";
import {
  allOfSql,
  alwaysTrue,
  complementSql,
  constant,
  named,
  neverTrue,
  type Sql,
  sql,
  unknownValue,
} from "../operators/encodings/sql.js";
import { boundValue, testSql } from "../operators/encodings/sql-tests.js";
import type { Field, Figure, PlanNode, Test } from "../plan/plan.js";
import { type SummaryFigure, summaryFigures } from "../plan/summary-figures.js";
import type { Layout } from "./layout.js";
import { isKnownSql, recordPlace, recordValue, type SqlStrategy } from "./places.js";
import { calendarKeySql } from "./zones.js";

/** A condition on customers. `keys`, if present, selects the customers for whom it is true. */
export interface SqlCondition {
  readonly where: Sql;
  readonly keys?: Sql;
  /** True if `keys` selects no customer twice. */
  readonly distinct?: boolean;
}

export interface FigureContext {
  readonly layout: Layout;
  /** The customer's key in the query. */
  readonly key: Sql;
  readonly strategy: SqlStrategy;
}

/** Records of one type that a figure reads. */
interface Records {
  readonly type: number;
  /** The interval of time that they are in. */
  readonly time: TimeInterval;
  /** Other conditions on their rows. */
  readonly conditions: readonly Sql[];
  /** A table to join them with. */
  readonly join?: Sql;
}

type TimeInterval = Pick<Figure, "from" | "to">;

/** A test of an aggregate of records. `ofNone` is its result without any record. */
interface Asked {
  /** An aggregate over the rows `r`. */
  readonly value: Sql;
  readonly test: Test;
  readonly ofNone: boolean;
}

/** Makes the condition of a node on one record of a type. */
export type RecordCondition = (node: PlanNode, type: number) => Sql;

/** The condition that a figure passes a test. */
export function figureCondition(
  context: FigureContext,
  figure: Figure,
  test: Test,
  ofNone: boolean,
  conditionOf: RecordCondition,
): SqlCondition {
  const taken = takenOf(context, figure, sql`r`, conditionOf);
  if (taken === undefined) return { where: ofNone ? alwaysTrue : neverTrue };
  return recordsCondition(context, taken, { value: taken.value, test, ofNone });
}

/** The value of a figure for the customer of the context's key. @param alias the records' own. */
export function customerFigure(
  { layout, key, strategy }: FigureContext,
  figure: Figure,
  alias: Sql,
  conditionOf: RecordCondition,
): Sql {
  const taken = takenOf({ layout, key, strategy }, figure, alias, conditionOf);
  const isZero =
    figure.aggregate === "count" || figure.aggregate === "sum" || figure.aggregate === "different";
  if (taken === undefined) return isZero ? sql`0` : unknownValue;
  const rows = allOfSql([
    sql`${alias}.customer = ${key}`,
    sql`${alias}.type = ${constant(taken.type)}`,
    ...timeConditions(taken.time, sql`${alias}.at`),
    ...taken.conditions,
  ]);
  return sql`(SELECT ${taken.value} FROM records AS ${alias}${taken.join ?? nothing} WHERE ${rows})`;
}

const nothing: Sql = { text: "", parameters: [] };

/** The records of a figure, and the aggregate over them; undefined if there are none of the type. */
function takenOf(
  context: FigureContext,
  figure: Figure,
  alias: Sql,
  conditionOf: RecordCondition,
): (Records & { readonly value: Sql }) | undefined {
  const { layout } = context;
  const type = layout.recordType(figure.records, figure.type);
  if (type === undefined) return undefined;
  const { where, of, aggregate, calendar } = figure;
  // For a set, its elements are counted: an empty set adds none.
  const known = aggregate === "different" && of?.set === true ? undefined : mustBeKnown(figure);
  const conditions = [
    ...campaignConditions(layout, figure, alias, type),
    ...(where === undefined ? [] : [conditionOf(where, type)]),
    ...(known === undefined ? [] : [isKnownSql(ownPlace(context, type, known, alias), known)]),
  ];
  if (aggregate === "different" && calendar !== undefined)
    return {
      type,
      time: figure,
      conditions,
      value: sql`count(DISTINCT ${calendarKeySql(sql`${alias}.at`, calendar)})`,
    };
  if (aggregate === "different" && of?.set === true) {
    const set = layout.recordSet(type, of.path);
    if (set === undefined) return undefined;
    const join = sql` CROSS JOIN record_elements AS de ON de.record = ${alias}.record AND de.set_number = ${constant(set)}`;
    return { type, time: figure, conditions, join, value: sql`count(DISTINCT de.value)` };
  }
  const value = of === undefined ? undefined : ownPlace(context, type, of, alias).value;
  return { type, time: figure, conditions, value: aggregateOf(aggregate, of?.fractional === true, value) };
}

/** A set is known by its own size, not by that of its different products. */
function ownPlace(
  { layout, strategy }: FigureContext,
  type: number,
  { sizePath: _, ...field }: Field,
  alias: Sql,
) {
  return recordPlace(layout, type, field, strategy, alias);
}

function campaignConditions(
  layout: Layout,
  { campaign }: Pick<Figure, "campaign">,
  alias: Sql,
  type: number,
): readonly Sql[] {
  return campaign === undefined ? [] : [sql`${recordValue(layout, type, "campaign", alias)} = ${campaign}`];
}

function timeConditions({ from, to }: TimeInterval, at: Sql): readonly Sql[] {
  const [begin, end] = [from && boundValue(from.value), boundValue(to.value)];
  return [
    ...(begin === undefined
      ? []
      : [from?.inclusive === true ? sql`${at} >= ${begin}` : sql`${at} > ${begin}`]),
    to.inclusive ? sql`${at} <= ${end}` : sql`${at} < ${end}`,
  ];
}

/**
 * The least part of a type's records for which all of them are read in the order of customers, as measured: records that are
 * found by time are sorted by customer and, if more than their time is read, looked up one by one.
 */
const minShareByCustomer = { withoutRows: 1 / 8, withRows: 1 / 20 } as const;

/**
 * True if an interval, in milliseconds since the epoch, has so many of a type's records that reading all of them in the order of
 * customers is faster.
 * @param readsRows true if more than the records' times is read.
 */
export function isBetterByCustomer(
  layout: Layout,
  type: number,
  { from, to }: { readonly from?: number; readonly to: number },
  readsRows: boolean,
): boolean {
  const share = layout.recordShare?.(type, from ?? Number.MIN_SAFE_INTEGER, to);
  return share !== undefined && share >= minShareByCustomer[readsRows ? "withRows" : "withoutRows"];
}

function aggregateOf(aggregate: Figure["aggregate"], fractional: boolean, value: Sql | undefined): Sql {
  if (value === undefined || aggregate === "count") return sql`count(*)`;
  switch (aggregate) {
    case "sum":
      return fractional ? exactly(sql`total(${value})`) : sql`total(${value})`;
    case "average":
      return fractional
        ? exactly(sql`total(${value})`, sql`count(${value})`)
        : sql`total(${value}) / nullif(count(${value}), 0)`;
    case "min":
      return sql`min(${value})`;
    case "max":
      return sql`max(${value})`;
    case "different":
      return sql`count(DISTINCT ${value})`;
  }
}

/** Doubles from here on are whole. */
const wholeFrom = Number.MAX_SAFE_INTEGER;

/** The sum as the decimal that was meant, divided by `count` if there is one: the arithmetic of `exactSum`. */
function exactly(sum: Sql, count?: Sql): Sql {
  const among = count === undefined ? sql`1.0` : sql`nullif(${count}, 0)`;
  const scale = sql`CASE ${{
    text: exactScales.map(([below, scale]) => `WHEN abs(${sum.text}) < ${below}.0 THEN ${scale}.0`).join(" "),
    parameters: [],
  }} ELSE ${constant(minExactScale)}.0 END`;
  const scaled = sql`(${sum} * ${scale} + 0.5)`;
  // SQLite has no floor(): the cast cuts towards zero.
  const units = sql`(CAST(${scaled} AS INTEGER) - (${scaled} < CAST(${scaled} AS INTEGER)))`;
  const isWhole = sql`(abs(${sum}) >= ${constant(wholeFrom)} OR ${sum} = CAST(${sum} AS INTEGER))`;
  return sql`CASE WHEN ${isWhole} THEN ${sum} / ${among} ELSE ${units} / (${scale} * ${among}) END`;
}

function recordsCondition(
  { layout, key, strategy }: FigureContext,
  records: Records,
  { value, test, ofNone }: Asked,
): SqlCondition {
  const { type, time, conditions, join = nothing } = records;
  // The unary plus keeps the planner from using the index by time, and so from sorting by customer.
  const interval = {
    ...(time.from === undefined ? {} : { from: Number(boundValue(time.from.value)) }),
    to: Number(boundValue(time.to.value)),
  };
  const readsRows = conditions.length > 0 || value.text !== "count(*)";
  const isByCustomer = strategy === "sets_first" && isBetterByCustomer(layout, type, interval, readsRows);
  const ofRows = [
    sql`r.type = ${constant(type)}`,
    ...timeConditions(time, isByCustomer ? sql`+r.at` : sql`r.at`),
    ...conditions,
  ];
  const passes = testSql({ value }, test);
  if (strategy === "sets_first") {
    const rows = allOfSql(ofRows);
    if (ofNone) {
      const failing = sql`SELECT r.customer FROM records AS r${join} WHERE ${rows} GROUP BY r.customer HAVING ${complementSql(passes)}`;
      return { where: sql`${key} NOT IN (${failing})` };
    }
    const distinct = !asksForAny(value, test);
    const keys = distinct
      ? sql`SELECT r.customer FROM records AS r${join} WHERE ${rows} GROUP BY r.customer HAVING ${passes}`
      : sql`SELECT r.customer FROM records AS r${join} WHERE ${rows}`;
    return { where: sql`${key} IN (${keys})`, keys, distinct };
  }
  const own = sql`FROM records AS r${join} WHERE ${allOfSql([sql`r.customer = ${key}`, ...ofRows])}`;
  if (asksForAny(value, test)) return { where: sql`EXISTS (SELECT 1 ${own})` };
  return { where: testSql({ value: sql`(SELECT ${value} ${own})` }, test) };
}

/** True of a test that a count passes if there is any record at all. */
function asksForAny(value: Sql, test: Test): boolean {
  if (value.text !== "count(*)" || test.kind !== "range" || test.to !== undefined) return false;
  const { from } = test;
  return from !== undefined && from.value === (from.inclusive ? 1 : 0);
}

/** True of attributes whose summary figures depend on as-of. */
export function isDated({ scope }: Field): boolean {
  return scope === "orders" || scope === "redemptions" || scope === "referrals";
}

/** The definition of a summary's figure that is one aggregate of the records. */
function summaryFigureOf({ path }: Field): SummaryFigure | undefined {
  return path.startsWith("activity.") ? summaryFigures[path.slice("activity.".length)] : undefined;
}

/** The condition that a dated field of the summary passes a test as of an instant, computed from the records. */
export function datedCondition(
  context: FigureContext,
  field: Field,
  test: Test,
  asOf: number,
  ofNone: boolean,
): SqlCondition {
  const time: TimeInterval = { to: { value: { instant: asOf }, inclusive: true } };
  if (field.campaign !== undefined) {
    const type = context.layout.recordType("referrals");
    if (type === undefined) return { where: ofNone ? alwaysTrue : neverTrue };
    const column = context.layout.recordColumn(type, "campaign");
    const inCampaign = column === undefined ? neverTrue : sql`r.${named(column)} = ${field.campaign.name}`;
    return recordsCondition(
      context,
      { type, time, conditions: [inCampaign] },
      { value: sql`count(*)`, test, ofNone },
    );
  }
  const figure = summaryFigureOf(field);
  if (figure === undefined) return { where: ofOrders(context, field, test, asOf) };
  const type = context.layout.recordType(figure.records);
  if (type === undefined) return { where: ofNone ? alwaysTrue : neverTrue };
  // Amounts are whole numbers of the minor unit: their sums need no rounding.
  const value = aggregateOf(
    figure.aggregate,
    false,
    figure.of === undefined ? undefined : recordValue(context.layout, type, figure.of),
  );
  return recordsCondition(context, { type, time, conditions: [] }, { value, test, ofNone });
}

/**
 * The value of a dated field of the summary as of an instant, for the customer of the context's key.
 * @param alias the records' own.
 */
export function datedValue({ layout, key }: FigureContext, field: Field, asOf: number, alias: Sql): Sql {
  const { records, aggregate, of } =
    field.campaign === undefined
      ? (summaryFigureOf(field) ?? { records: "orders", aggregate: undefined, of: undefined })
      : { records: "referrals" as const, aggregate: "count" as const, of: undefined };
  const type = layout.recordType(records);
  const isZero = aggregate === "count" || aggregate === "sum";
  if (type === undefined) return isZero ? sql`0` : unknownValue;
  if (aggregate === undefined) return lastAmount(layout, key, type, asOf, alias);
  const inCampaign =
    field.campaign === undefined
      ? alwaysTrue
      : sql`${recordValue(layout, type, "campaign", alias)} = ${field.campaign.name}`;
  const rows = allOfSql([
    sql`${alias}.customer = ${key} AND ${alias}.type = ${constant(type)} AND ${alias}.at <= ${asOf}`,
    inCampaign,
  ]);
  const value = aggregateOf(
    aggregate,
    false,
    of === undefined ? undefined : recordValue(layout, type, of, alias),
  );
  return sql`(SELECT ${value} FROM records AS ${alias} WHERE ${rows})`;
}

/** The amount of the last order as of the instant. */
function lastAmount(layout: Layout, key: Sql, type: number, asOf: number, alias: Sql): Sql {
  const amount = recordValue(layout, type, "amount", alias);
  const sourceId = recordValue(layout, type, "source_id", alias);
  return sql`(SELECT ${amount} FROM records AS ${alias} WHERE ${alias}.customer = ${key} AND ${alias}.type = ${constant(type)} AND ${alias}.at <= ${asOf} ORDER BY ${alias}.at DESC, ${sourceId} DESC LIMIT 1)`;
}

/** The last order's amount, and the set of bought products: for one customer at a time. */
function ofOrders({ layout, key }: FigureContext, field: Field, test: Test, asOf: number): Sql {
  const type = layout.recordType("orders");
  if (type === undefined) return testSql({ value: unknownValue, some: () => neverTrue }, test);
  if (field.path === "activity.orders.last_amount")
    return testSql({ value: lastAmount(layout, key, type, asOf, sql`r`) }, test);
  const rows = sql`r.customer = ${key} AND r.type = ${constant(type)} AND r.at <= ${asOf}`;
  if (field.path !== "activity.orders.items")
    throw new RangeError(`${field.attribute} can't be worked out from the records.`);
  const elements = (path: string, select: Sql, passes: Sql): Sql => {
    const set = layout.recordSet(type, path);
    if (set === undefined) return sql`SELECT 0 WHERE 0`;
    return sql`SELECT ${select} FROM records AS r CROSS JOIN record_elements AS e ON e.record = r.record AND e.set_number = ${constant(set)} WHERE ${rows} AND ${passes}`;
  };
  return testSql(
    {
      value: sql`coalesce((${elements("product_keys", sql`count(DISTINCT e.value)`, alwaysTrue)}), 0)`,
      some: (passes) => sql`EXISTS (${elements("item_keys", sql`1`, passes(sql`e.value`))})`,
    },
    test,
  );
}
