// What a customer's records come to, in SQL: conditions on events and orders, and the summary's figures as of another instant.
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
import type { Layout, RecordKind } from "./layout.js";
import { isKnownSql, recordPlace, recordValue, type SqlStrategy } from "./places.js";

/** A condition on customers. `keys`, if it is given, selects the customers of whom it is true. */
export interface Condition {
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

/** Records of one type that a figure is taken of. */
interface Records {
  readonly type: number;
  /** The interval of time they are in. */
  readonly time: TimeInterval;
  /** Other conditions on the row `r`. */
  readonly conditions: readonly Sql[];
}

type TimeInterval = Pick<Figure, "from" | "to">;

/** A test of what records come to. `ofNone` is what it comes to without any record. */
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
): Condition {
  const type = context.layout.recordType(figure.records, figure.type);
  if (type === undefined) return { where: ofNone ? alwaysTrue : neverTrue };
  const { where, of } = figure;
  const known = mustBeKnown(figure);
  const conditions = [
    ...(where === undefined ? [] : [conditionOf(where, type)]),
    ...(known === undefined ? [] : [isKnownSql(ownPlace(context, type, known), known)]),
  ];
  const value = aggregateOf(
    figure.aggregate,
    of?.fractional === true,
    of === undefined ? undefined : ownPlace(context, type, of).value,
  );
  return recordsCondition(context, { type, time: figure, conditions }, { value, test, ofNone });
}

/** A set is known by its own size, not by that of its different products. */
function ownPlace({ layout, strategy }: FigureContext, type: number, { sizePath: _, ...field }: Field) {
  return recordPlace(layout, type, field, strategy);
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
 * The least part of a type's records for which all of them are read in the order of customers, as measured: a record that is found by
 * its time is sorted by customer and, if more is read of it than its time, looked up.
 */
const minShareByCustomer = { withoutRows: 1 / 8, withRows: 1 / 20 } as const;

/** True if an interval has so large a part of a type's records that all of them are better read in the order of customers. */
function isBetterByCustomer(
  layout: Layout,
  { type, time: { from, to }, conditions }: Records,
  value: Sql,
): boolean {
  const start = from === undefined ? Number.MIN_SAFE_INTEGER : Number(boundValue(from.value));
  const share = layout.recordShare?.(type, start, Number(boundValue(to.value)));
  if (share === undefined) return false;
  const readsRows = conditions.length > 0 || value.text !== "count(*)";
  return share >= minShareByCustomer[readsRows ? "withRows" : "withoutRows"];
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
      throw new RangeError("A count of different values was compiled before it was bound to ids.");
  }
}

/** Doubles from here on are whole. */
const wholeFrom = Number.MAX_SAFE_INTEGER;

/** The sum as the decimal that was meant, shared among `count` where there is one: the arithmetic of `exactSum`. */
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
): Condition {
  const { type, time, conditions } = records;
  // The unary plus keeps the planner from the index by time, and so from sorting by customer.
  const isByCustomer = strategy === "sets_first" && isBetterByCustomer(layout, records, value);
  const rows = allOfSql([
    sql`r.type = ${constant(type)}`,
    ...timeConditions(time, isByCustomer ? sql`+r.at` : sql`r.at`),
    ...conditions,
  ]);
  const passes = testSql({ value }, test);
  if (strategy === "sets_first") {
    if (ofNone) {
      const failing = sql`SELECT r.customer FROM records AS r WHERE ${rows} GROUP BY r.customer HAVING ${complementSql(passes)}`;
      return { where: sql`${key} NOT IN (${failing})` };
    }
    const distinct = !asksForAny(value, test);
    const keys = distinct
      ? sql`SELECT r.customer FROM records AS r WHERE ${rows} GROUP BY r.customer HAVING ${passes}`
      : sql`SELECT r.customer FROM records AS r WHERE ${rows}`;
    return { where: sql`${key} IN (${keys})`, keys, distinct };
  }
  const own = sql`FROM records AS r WHERE r.customer = ${key} AND ${rows}`;
  if (asksForAny(value, test)) return { where: sql`EXISTS (SELECT 1 ${own})` };
  return { where: testSql({ value: sql`(SELECT ${value} ${own})` }, test) };
}

/** True of a test that a count passes where there is any record at all. */
function asksForAny(value: Sql, test: Test): boolean {
  if (value.text !== "count(*)" || test.kind !== "range" || test.to !== undefined) return false;
  const { from } = test;
  return from !== undefined && from.value === (from.inclusive ? 1 : 0);
}

interface DatedFigure {
  readonly records: RecordKind;
  readonly aggregate: Figure["aggregate"];
  /** The path of the record that is aggregated. */
  readonly of?: string;
}

/** The summary's figures that one aggregate of the records comes to, by their paths in the customer document. */
const datedFigures: Readonly<Record<string, DatedFigure>> = {
  "activity.orders.count": { records: "orders", aggregate: "count" },
  "activity.orders.total_amount": { records: "orders", aggregate: "sum", of: "amount" },
  "activity.orders.average_amount": { records: "orders", aggregate: "average", of: "amount" },
  "activity.orders.first_at": { records: "orders", aggregate: "min", of: "at" },
  "activity.orders.last_at": { records: "orders", aggregate: "max", of: "at" },
  "activity.redemptions.count": { records: "redemptions", aggregate: "count" },
  "activity.referrals.count": { records: "referrals", aggregate: "count" },
};

/** The condition that a dated field of the summary passes a test as of an instant, worked out from the records. */
export function datedCondition(
  context: FigureContext,
  field: Field,
  test: Test,
  asOf: number,
  ofNone: boolean,
): Condition {
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
  const figure = datedFigures[field.path];
  if (figure === undefined) return { where: ofOrders(context, field, test, sql`r.at <= ${asOf}`) };
  const type = context.layout.recordType(figure.records);
  if (type === undefined) return { where: ofNone ? alwaysTrue : neverTrue };
  // Amounts are whole numbers of the minor unit: what they come to needs no rounding.
  const value = aggregateOf(
    figure.aggregate,
    false,
    figure.of === undefined ? undefined : recordValue(context.layout, type, figure.of),
  );
  return recordsCondition(context, { type, time, conditions: [] }, { value, test, ofNone });
}

/** The last order's amount, and the set of what was bought: of one customer at a time. */
function ofOrders({ layout, key }: FigureContext, field: Field, test: Test, seen: Sql): Sql {
  const type = layout.recordType("orders");
  if (type === undefined) return testSql({ value: unknownValue, some: () => neverTrue }, test);
  const rows = sql`r.customer = ${key} AND r.type = ${constant(type)} AND ${seen}`;
  if (field.path === "activity.orders.last_amount") {
    const amount = recordValue(layout, type, "amount");
    const sourceId = recordValue(layout, type, "source_id");
    const value = sql`(SELECT ${amount} FROM records AS r WHERE ${rows} ORDER BY r.at DESC, ${sourceId} DESC LIMIT 1)`;
    return testSql({ value }, test);
  }
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
