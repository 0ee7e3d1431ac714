// Plan to SQL, as data; the store runs it. Every value of the plan is bound: the text contains only names and numbers of the
// layout.
import {
  allOfSql,
  alwaysTrue,
  anyOfSql,
  complementSql,
  constant,
  joined,
  named,
  neverTrue,
  type Sql,
  sql,
} from "../operators/encodings/sql.js";
import { testSql } from "../operators/encodings/sql-tests.js";
import { fieldsOf, predicatesOf } from "../plan/fields.js";
import type { Field, Plan, PlanNode, Test } from "../plan/plan.js";
import { holdsOfNone } from "../plan/simplify.js";
import {
  datedCondition,
  type FigureContext,
  figureCondition,
  isDated,
  type SqlCondition,
} from "./figures.js";
import { type CustomerAlias, customerTables, type Layout } from "./layout.js";
import { customerPlace, elementKeys, type SqlStrategy, tablesOf } from "./places.js";
import { compareCondition, type RecordSurroundings, recordCondition } from "./records.js";
import { sequenceCondition } from "./sequences.js";

export interface SqlOptions {
  /** Where activity is read from: the summary on the customer, which is current, or the records, which serve any as-of. */
  readonly activity: "summary" | "records";
  readonly strategy: SqlStrategy;
}

/** The customers that a plan matches, as parts of a query. */
export interface CompiledSql {
  /** The tables, including one with the alias `c` if `withCustomers` is set. */
  readonly from: Sql;
  /** The customer's key. */
  readonly key: Sql;
  readonly where: Sql;
  /** Selects only their keys without reading the customers; absent if customers have to be read. */
  readonly keys?: Sql;
  /** True if `keys` selects no key twice. */
  readonly distinct?: boolean;
}

/**
 * The SQL of a simplified plan over one project's layout. Tests of products and named samples must be resolved before.
 * @param withCustomers true if the table `customers` has to be among the tables, for example to sort by it.
 */
export function compileSql(
  plan: Plan,
  layout: Layout,
  { activity, strategy }: SqlOptions,
  withCustomers = false,
): CompiledSql {
  const { where: node, asOf } = plan;
  const aliases = aliasesOf(layout, node, activity, withCustomers);
  const key = sql`${named(aliases[0]!)}.customer`;
  const context: CustomerContext = { layout, key, strategy, activity, asOf };
  const { where, keys, distinct } = conditionOf(context, node);
  const { project } = layout;
  const ofProject = aliases
    .filter((alias) => alias !== "k")
    .map((alias) =>
      project === undefined ? neverTrue : sql`${named(alias)}.project = ${constant(project)}`,
    );
  return {
    from: fromOf(aliases, withCustomers ? undefined : indexOf(layout, node, aliases)),
    key,
    where: allOfSql([...ofProject, where]),
    ...(keys === undefined || withCustomers ? {} : { keys, distinct }),
  };
}

/** The key of every customer that a compiled plan matches, each once, in the column `customer`. */
export function keysSql({ from, key, where, keys, distinct = false }: CompiledSql): Sql {
  if (keys === undefined) return sql`SELECT ${key} AS customer FROM ${from} WHERE ${where}`;
  return distinct ? keys : sql`SELECT DISTINCT customer FROM (${keys})`;
}

/** The number of customers that a compiled plan matches: one row, one column. */
export function countSql(compiled: CompiledSql): Sql {
  return compiled.keys === undefined
    ? sql`SELECT count(*) FROM ${compiled.from} WHERE ${compiled.where}`
    : sql`SELECT count(*) FROM (${keysSql(compiled)})`;
}

/** A combination of conditions, by the conditions that it is made of. */
export type CombineSql = (flags: readonly Sql[]) => Sql;

/**
 * The numbers of a project's customers in combinations of some plans' answers, in one pass over the customers: one row, a column
 * for each combination; NULL without customers. All plans are of the layout's project.
 * @param isOnlyProject true if no other project has customers: then the table is read from end to end, since finding its rows by
 * an index takes more than twice as long.
 */
export function talliesSql(
  plans: readonly Plan[],
  layout: Layout,
  { activity, strategy }: SqlOptions,
  combinations: readonly CombineSql[],
  isOnlyProject: boolean,
): Sql {
  const any: PlanNode = { kind: "or", operands: plans.map(({ where }) => where) };
  const aliases = aliasesOf(layout, any, activity, true);
  const key = sql`c.customer`;
  const names = plans.map((_, index) => named(`flag_${index}`));
  const flags = plans.map(({ where, asOf }, index) => {
    const condition = conditionOf({ layout, key, strategy, activity, asOf }, where).where;
    return sql`(${condition}) IS TRUE AS ${names[index]!}`;
  });
  const project = isOnlyProject ? sql`+c.project` : sql`c.project`;
  const ofProject = layout.project === undefined ? neverTrue : sql`${project} = ${constant(layout.project)}`;
  const read = names.map((name) => sql`t.${name}`);
  const sums = combinations.map((combine) => sql`sum(${combine(read)})`);
  // With an OFFSET the inner query is not merged into the outer one, which would evaluate a condition for each of its uses.
  return sql`SELECT ${joined(sums, ", ")} FROM (SELECT ${joined(flags, ", ")} FROM ${fromOf(aliases, undefined)} WHERE ${ofProject} LIMIT -1 OFFSET 0) AS t`;
}

interface CustomerContext extends FigureContext, Pick<SqlOptions, "activity"> {
  readonly asOf: number;
}

/** The tables of a plan's fields: the key is taken from the first. */
function aliasesOf(
  layout: Layout,
  node: PlanNode,
  activity: SqlOptions["activity"],
  withCustomers: boolean,
): readonly CustomerAlias[] {
  const used = new Set(
    fieldsOf(node).flatMap((field) =>
      activity === "records" && isDated(field) ? [] : tablesOf(layout, field),
    ),
  );
  // The tables of names and keys do not restrict the project by themselves.
  if (withCustomers || (!used.has("c") && !used.has("m"))) used.add("c");
  return (Object.keys(customerTables) as CustomerAlias[]).filter((alias) => used.has(alias));
}

/** The index that alone answers a conjunction. */
function indexOf(layout: Layout, node: PlanNode, aliases: readonly CustomerAlias[]): string | undefined {
  const isOfCustomers = aliases.length === 1 && aliases[0] === "c" && layout.project !== undefined;
  if (node.kind !== "and" || !isOfCustomers) return undefined;
  const nameOf = (path: string | undefined): readonly string[] => {
    const column = path === undefined ? undefined : layout.customerColumn(path);
    return column === undefined ? [""] : [column.name];
  };
  const compared = node.operands.flatMap((operand) =>
    operand.kind === "predicate" && operand.test.kind === "oneOf" && operand.test.values.length === 1
      ? nameOf(operand.field.path)
      : [],
  );
  const used = predicatesOf(node).flatMap(({ field, test }) => {
    if (field.figure !== undefined || field.set === true || field.campaign !== undefined) return [""];
    const isReversed = test.kind === "endsWith" && field.reversedPath !== undefined;
    return nameOf(test.kind === "yearly" ? field.yearlyPath : isReversed ? field.reversedPath : field.path);
  });
  return layout.indexOf?.(new Set(compared), new Set(used));
}

function fromOf(aliases: readonly CustomerAlias[], index: string | undefined): Sql {
  const [first, ...others] = aliases.map((alias) => ({
    alias: named(alias),
    table: named(customerTables[alias]),
  }));
  if (first === undefined) throw new RangeError("A query of no table.");
  return others.reduce(
    (from, { alias, table }) =>
      sql`${from} JOIN ${table} AS ${alias} ON ${alias}.customer = ${first.alias}.customer`,
    index === undefined
      ? sql`${first.table} AS ${first.alias}`
      : sql`${first.table} AS ${first.alias} INDEXED BY ${named(index)}`,
  );
}

/** A query that begins with WITH cannot be a part of a UNION by itself. */
function inUnion(query: Sql): Sql {
  return query.text.startsWith("WITH") ? sql`SELECT * FROM (${query})` : query;
}

function conditionOf(context: CustomerContext, node: PlanNode): SqlCondition {
  switch (node.kind) {
    case "constant":
      return { where: node.value ? alwaysTrue : neverTrue };
    case "not":
      return { where: complementSql(conditionOf(context, node.operand).where) };
    case "and":
      return { where: allOfSql(node.operands.map((operand) => conditionOf(context, operand).where)) };
    case "or": {
      const operands = node.operands.map((operand) => conditionOf(context, operand));
      const keys = operands.flatMap((operand) => (operand.keys === undefined ? [] : [operand.keys]));
      return {
        where: anyOfSql(operands.map(({ where }) => where)),
        ...(keys.length === operands.length ? { keys: joined(keys.map(inUnion), " UNION ALL ") } : {}),
      };
    }
    case "predicate":
      return predicateCondition(context, node.field, node.test);
    case "compare":
      return { where: compareCondition({ ...surroundings(context), hasCustomer: true }, node) };
    case "sequence":
      return sequenceCondition(surroundings(context), node);
    case "line":
      throw new RangeError("A customer was asked for a line of a record.");
  }
}

/** The customer's key, without a record. */
function surroundings(context: CustomerContext): RecordSurroundings {
  return { ...context, depth: 0 };
}

function predicateCondition(context: CustomerContext, field: Field, test: Test): SqlCondition {
  const { layout, key, strategy, activity, asOf } = context;
  if (field.sample !== undefined)
    throw new RangeError("A named sample was compiled before it was bound to the project's customers.");
  const ofNone = (): boolean => holdsOfNone({ kind: "predicate", field, test });
  if (field.figure !== undefined) {
    // The query of the figure's records covers all customers, or one.
    const own = sql`r.customer`;
    return figureCondition(context, field.figure, test, ofNone(), (where, type) =>
      recordCondition({ ...surroundings(context), key: own, record: { alias: sql`r`, type } }, where),
    );
  }
  if (activity === "records" && isDated(field)) return datedCondition(context, field, test, asOf, ofNone());
  if (field.campaign !== undefined) return campaignCondition(context, field, field.campaign, test, ofNone());
  const where = testSql(customerPlace(layout, field, key, strategy), test);
  const set = field.set === true && test.kind === "hasAny" ? layout.customerSet(field.path) : undefined;
  if (set === undefined || test.kind !== "hasAny") return { where };
  const keys = testSql({ value: key, some: (passes) => elementKeys(set, passes) }, test);
  return test.values.length === 0 ? { where } : { where, keys };
}

/** A customer has a row for each campaign that they take part in; without one the figure is 0. */
function campaignCondition(
  { layout, key, strategy }: CustomerContext,
  { path }: Field,
  { listPath, name }: NonNullable<Field["campaign"]>,
  test: Test,
  ofNone: boolean,
): SqlCondition {
  const set = layout.customerSet(`${listPath}.${path}`, name);
  if (set === undefined) return { where: ofNone ? alwaysTrue : neverTrue };
  const passes = (value: Sql): Sql => testSql({ value }, test);
  if (strategy === "customers_first") {
    const rows = sql`customer_elements AS e WHERE e.set_number = ${constant(set)} AND e.customer = ${key}`;
    return ofNone
      ? { where: sql`NOT EXISTS (SELECT 1 FROM ${rows} AND ${complementSql(passes(sql`e.value`))})` }
      : { where: sql`EXISTS (SELECT 1 FROM ${rows} AND ${passes(sql`e.value`)})` };
  }
  if (ofNone)
    return { where: sql`${key} NOT IN (${elementKeys(set, (value) => complementSql(passes(value)))})` };
  const keys = elementKeys(set, passes);
  return { where: sql`${key} IN (${keys})`, keys };
}
