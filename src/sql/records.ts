// Conditions on one record of a customer, in SQL: on its fields, its lines, and comparisons with other fields.
import { importedSql, isGiven, keySql } from "../operators/encodings/given.js";
import {
  allOfSql,
  alwaysTrue,
  anyOfSql,
  complementSql,
  constant,
  named,
  neverTrue,
  type Sql,
  sql,
  unknownValue,
} from "../operators/encodings/sql.js";
import { testSql } from "../operators/encodings/sql-tests.js";
import type { Field, PlanNode, Side } from "../plan/plan.js";
import { convertedSide, relationSql, type SideSql } from "./compare.js";
import { customerFigure, datedValue, isDated } from "./figures.js";
import { customerTables, type Layout } from "./layout.js";
import { recordPlace, type SqlStrategy } from "./places.js";

/** A row of the table `records`: its alias, and the number of its type. */
export interface RecordRow {
  readonly alias: Sql;
  readonly type: number;
}

/** What a condition is evaluated on. */
export interface RecordSurroundings {
  readonly layout: Layout;
  readonly strategy: SqlStrategy;
  readonly activity: "summary" | "records";
  readonly asOf: number;
  /** The customer's key. */
  readonly key: Sql;
  readonly record?: RecordRow;
  /** The record of a sequence's preceding positive step. */
  readonly previous?: RecordRow;
  /** Lines, as JSON. */
  readonly line?: Sql;
  readonly previousLine?: Sql;
  /** How many queries of customers' figures enclose the condition. */
  readonly depth: number;
  /** True if the tables of the customer's own fields are among those of the query. */
  readonly hasCustomer?: boolean;
}

/** The condition of a node on a record. */
export function recordCondition(around: RecordSurroundings, node: PlanNode): Sql {
  const of = (operand: PlanNode): Sql => recordCondition(around, operand);
  switch (node.kind) {
    case "constant":
      return node.value ? alwaysTrue : neverTrue;
    case "not":
      return complementSql(of(node.operand));
    case "and":
      return allOfSql(node.operands.map(of));
    case "or":
      return anyOfSql(node.operands.map(of));
    case "predicate":
      return testSql(placeOf(around, node.field), node.test);
    case "compare":
      return compareCondition(around, node);
    case "line":
      return lineCondition(around, node);
    case "sequence":
      throw new RangeError("A record was asked for a sequence.");
  }
}

/** The condition of a comparison of two fields, each a record's or a customer's. */
export function compareCondition(
  around: RecordSurroundings,
  { left, relation, right }: Extract<PlanNode, { kind: "compare" }>,
): Sql {
  const sideOf = (side: Side): SideSql =>
    convertedSide(side, isGiven(side.as) ? givenPlace(around, side) : placeOf(around, side.field));
  return relationSql(relation, sideOf(left), sideOf(right));
}

function placeOf(around: RecordSurroundings, field: Field): SideSql & { readonly yearly?: Sql } {
  const { layout, strategy, record, previous, line, previousLine } = around;
  switch (field.scope) {
    case "record":
      return recordPlace(layout, there(record).type, field, strategy, there(record).alias);
    case "previous":
      return recordPlace(layout, there(previous).type, field, "customers_first", there(previous).alias);
    case "line":
      return { value: sql`(${there(line)} ->> ${`$.${field.path}`})` };
    case "previousLine":
      return { value: sql`(${there(previousLine)} ->> ${`$.${field.path}`})` };
    case "profile":
    case "orders":
    case "redemptions":
    case "referrals":
    case "balances":
    case "figure":
      return customerSide(around, field);
    default:
      return field.scope satisfies never;
  }
}

/** A text as it was given, in the whole document of its customer or record. */
function givenPlace(around: RecordSurroundings, { field, as }: Side): SideSql {
  const document = documentOf(around, field);
  if (as?.kind === "imported") {
    const given = sql`(${document} ->> ${`$.document.${as.path}`})`;
    return { value: importedSql(placeOf(around, field).value, given) };
  }
  const value =
    as?.kind === "exact" && as.key !== undefined
      ? keySql(document, field.path, as.key)
      : sql`(${document} ->> ${`$.document.${field.path}`})`;
  if (field.set !== true) return { value };
  return {
    value,
    some: (passes) => sql`EXISTS (SELECT 1 FROM json_each(${value}) AS ge WHERE ${passes(sql`ge.value`)})`,
  };
}

function documentOf({ key, record, previous }: RecordSurroundings, { scope, path }: Field): Sql {
  if (scope !== "record" && scope !== "previous")
    return sql`(SELECT cd.document FROM customers_documents AS cd WHERE cd.customer = ${key})`;
  const { alias } = there(scope === "record" ? record : previous);
  const table = named(path === "properties" ? "events_documents" : "orders_documents");
  return sql`(SELECT rd.document FROM ${table} AS rd WHERE rd.record = ${alias}.record)`;
}

function there<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new RangeError("A condition on a record stands where there is none.");
  return part;
}

function lineCondition(
  around: RecordSurroundings,
  { path, previous, where }: Extract<PlanNode, { kind: "line" }>,
): Sql {
  const row = there(previous === true ? around.previous : around.record);
  const line = sql`l.value`;
  const passes = recordCondition(
    { ...around, ...(previous === true ? { previousLine: line } : { line }) },
    where,
  );
  const all = allOfSql([sql`d.record = ${row.alias}.record`, passes]);
  return sql`EXISTS (SELECT 1 FROM orders_documents AS d, json_each(d.document, ${`$.document.${path}`}) AS l WHERE ${all})`;
}

/** The value of any field of a customer. @param key the customer's, anywhere in the query. */
export function customerValueSql(
  around: Pick<RecordSurroundings, "layout" | "activity" | "asOf" | "key">,
  field: Field,
): Sql {
  return customerSide({ ...around, strategy: "customers_first", depth: 0 }, field).value;
}

/** A field of the customer whose key is given, anywhere in the query. */
function customerSide(around: RecordSurroundings, field: Field): SideSql {
  const { layout, key, activity, asOf, depth } = around;
  if (field.figure !== undefined) {
    const alias = named(`f${depth}`);
    const inside = { ...around, hasCustomer: false, depth: depth + 1, key: sql`${alias}.customer` };
    return {
      value: customerFigure(
        { layout, key, strategy: "customers_first" },
        field.figure,
        alias,
        (where, type) => recordCondition({ ...inside, record: { alias, type } }, where),
      ),
    };
  }
  if (activity === "records" && isDated(field))
    return {
      value: datedValue({ layout, key, strategy: "customers_first" }, field, asOf, named(`f${depth}`)),
    };
  const elements = (set: number): Sql =>
    sql`customer_elements AS ce WHERE ce.set_number = ${constant(set)} AND ce.customer = ${key}`;
  if (field.campaign !== undefined) {
    const set = layout.customerSet(`${field.campaign.listPath}.${field.path}`, field.campaign.name);
    return { value: set === undefined ? sql`0` : sql`coalesce((SELECT ce.value FROM ${elements(set)}), 0)` };
  }
  const column = layout.customerColumn(field.path);
  const value =
    column === undefined
      ? unknownValue
      : around.hasCustomer === true
        ? sql`${named(column.table)}.${named(column.name)}`
        : sql`(SELECT cv.${named(column.name)} FROM ${named(customerTables[column.table])} AS cv WHERE cv.customer = ${key})`;
  const shown = field.zeroWithout === true ? sql`coalesce(${value}, 0)` : value;
  if (field.set !== true) return { value: shown };
  const set = layout.customerSet(field.path);
  return {
    value: shown,
    some: (passes) =>
      set === undefined
        ? neverTrue
        : sql`EXISTS (SELECT 1 FROM ${elements(set)} AND ${passes(sql`ce.value`)})`,
  };
}
