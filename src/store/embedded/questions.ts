// Questions over customers as SQL.

import type { CustomerDocument } from "../../documents/documents.js";
import {
  allOfSql,
  anyOfSql,
  complementSql,
  constant,
  joined,
  named,
  type Sql,
  sql,
} from "../../operators/encodings/sql.js";
import { fieldsOf, sequencesOf } from "../../plan/fields.js";
import type { PlanNode } from "../../plan/plan.js";
import { simplifyPlan } from "../../plan/simplify.js";
import { type CompiledSql, compileSql, countSql, keysSql, talliesSql } from "../../sql/compile.js";
import { isDated } from "../../sql/figures.js";
import type { SqlStrategy } from "../../sql/places.js";
import { printSql } from "../../sql/print.js";
import { customerValueSql } from "../../sql/records.js";
import type {
  Combination,
  CustomerPageRequest,
  CustomerQuestion,
  CustomerQuestions,
  Sort,
  SortPosition,
  ValuePageRequest,
  ValuePosition,
} from "../customers.js";
import { explanationOf } from "../explanation.js";
import type { ExplainedStep, ReadOptions } from "../read-options.js";
import { cellOf } from "./derived.js";
import { readOverview } from "./overviews.js";
import { documentsOf, hasRow, limited, materialised, numberOf, type QueryRunner, textsOf } from "./run.js";

/** The columns that customers are sorted by. */
const sortColumns: Readonly<Record<Sort["by"], Sql>> = {
  source_id: sql`c.source_id`,
  name: sql`c.name`,
  email: sql`c.email`,
  country: sql`c.country`,
  created_at: sql`c.created_at`,
  "orders.total_amount": sql`c.total_amount`,
  "orders.count": sql`c.order_count`,
  "orders.last_at": sql`c.last_order_at`,
};

/** The most customers whose records and sets are read one customer at a time, rather than all at once. */
const maxFew = 500;

/** The default number of source ids in a page. */
const defaultPageSize = 50_000;

export function questionsBySql(runner: QueryRunner): CustomerQuestions {
  const { layout } = runner;

  /**
   * How a plan's sets and records are read: one customer at a time if the conditions that need neither leave at most `maxFew`
   * customers, which is found out by counting up to that number.
   */
  const strategyOf = async (
    { plan, activity }: CustomerQuestion,
    options?: ReadOptions,
  ): Promise<SqlStrategy> => {
    const { where } = plan;
    if (where.kind !== "and") return "sets_first";
    const sooner = where.operands.filter((node) => !readsOtherTables(node, activity));
    if (sooner.length === 0 || sooner.length === where.operands.length) return "sets_first";
    const rest: PlanNode = { kind: "and", operands: sooner };
    const found = compileSql({ ...plan, where: rest }, layout(plan.project), {
      activity,
      strategy: "sets_first",
    });
    const some = limited(sql`SELECT 1 FROM ${found.from} WHERE ${found.where}`, maxFew + 1);
    return (await numberOf(runner, sql`SELECT count(*) FROM (${some})`, options)) > maxFew
      ? "sets_first"
      : "customers_first";
  };

  const compiled = async (
    question: CustomerQuestion,
    withCustomers: boolean,
    options?: ReadOptions,
  ): Promise<CompiledSql> => {
    const { plan, activity } = question;
    const strategy = await strategyOf(question, options);
    return compileSql(plan, layout(plan.project), { activity, strategy }, withCustomers);
  };

  /** True if there are customers of another project than the one with this number. */
  const hasOtherProjects = (project: number | undefined): Promise<boolean> => {
    if (project === undefined) return Promise.resolve(true);
    return hasRow(
      runner,
      sql`SELECT 1 FROM (SELECT min(project) AS least, max(project) AS greatest FROM customers) WHERE least < ${project} OR greatest > ${project}`,
    );
  };

  const count = async (question: CustomerQuestion, options?: ReadOptions): Promise<number> =>
    numberOf(runner, countSql(await compiled(question, false, options)), options);

  return {
    count,

    countUpTo: async (question, bound, options) => {
      const some = limited(keysSql(await compiled(question, false, options)), bound);
      return numberOf(runner, sql`SELECT count(*) FROM (${some})`, options);
    },

    page: async (question, request, options) => {
      const { from, where } = await compiled(question, true, options);
      return pageOf(runner, from, where, request, options);
    },

    overviews: async (question, request, options) => {
      const { from, where } = await compiled(question, true, options);
      const read = sql`SELECT d.overview, d.checksum FROM found CROSS JOIN customer_overviews AS d ON d.customer = found.customer`;
      const rows = await runner.rows(pageQuery(from, where, request, read), options);
      return rows.map(([text, checksum]) => readOverview(String(text), Number(checksum)));
    },

    byValue: async (question, request, options) => {
      const { plan, activity } = question;
      const { from, where } = await compiled(question, true, options);
      const around = { layout: layout(plan.project), activity, asOf: plan.asOf, key: sql`c.customer` };
      const rows = await runner.rows(
        valuePageQuery(from, where, customerValueSql(around, request.field), request),
        options,
      );
      return rows.map(([id, value, sourceId]): ValuePosition => {
        return { id: String(id), value: value as ValuePosition["value"], sourceId: String(sourceId) };
      });
    },

    ids: async (question, { limit, ...options } = {}) => {
      const keys = limited(keysSql(await compiled(question, false, options)), limit);
      return textsOf(
        runner,
        materialised(
          sql`SELECT k.id FROM (${keys}) AS found JOIN customer_keys AS k ON k.customer = found.customer`,
          "id",
        ),
        options,
      );
    },

    sourceIds: async function* (question, { size = defaultPageSize, ...options } = {}) {
      const { from, where } = await compiled(question, true, options);
      let behind: Sql = where;
      for (;;) {
        const page = limited(sql`SELECT c.source_id FROM ${from} WHERE ${behind} ORDER BY c.source_id`, size);
        const found = await textsOf(runner, materialised(page, "source_id"), options);
        if (found.length > 0) yield found;
        if (found.length < size) return;
        behind = allOfSql([where, sql`c.source_id > ${found.at(-1)!}`]);
      }
    },

    regions: async (questions, options) => {
      if (questions.length === 0) return [];
      // The questions are not nested: SQLite's parser has a stack of a hundred.
      const found: Sql[] = [];
      const marked: Sql[] = [];
      for (const [index, question] of questions.entries()) {
        const name = named(`marked_${index}`);
        found.push(sql`${name} AS (${keysSql(await compiled(question, false, options))})`);
        marked.push(sql`SELECT customer, ${constant(2 ** index)} AS bit FROM ${name}`);
      }
      const rows = await runner.rows(
        sql`WITH ${joined(found, ", ")} SELECT bits, count(*) FROM (SELECT sum(bit) AS bits FROM (${joined(marked, " UNION ALL ")}) GROUP BY customer) GROUP BY bits`,
        options,
      );
      return rows.map(([bits, count]) => ({ bits: Number(bits), count: Number(count) }));
    },

    tallies: async (questions, combinations, options) => {
      const [first] = questions;
      if (first === undefined) throw new RangeError("Combinations of no question were asked for.");
      const { plan, activity } = first;
      // Conditions on customers' own columns are counted from indexes, which is faster than reading every customer.
      if (!questions.some((each) => readsOtherTables(each.plan.where, activity))) {
        const counts = new Map<string, number>();
        for (const combination of combinations) {
          const key = JSON.stringify(combination);
          const where = combinedNode(combination, questions);
          if (!counts.has(key))
            counts.set(key, await count({ ...first, plan: simplifyPlan({ ...plan, where }) }, options));
        }
        return combinations.map((combination) => counts.get(JSON.stringify(combination))!);
      }
      const query = talliesSql(
        questions.map((each) => each.plan),
        layout(plan.project),
        { activity, strategy: "sets_first" },
        combinations.map((combination) => (flags: readonly Sql[]) => combinedSql(combination, flags)),
        !(await hasOtherProjects(layout(plan.project).project)),
      );
      const [row = []] = await runner.rows(query, options);
      return combinations.map((_, index) => Number(row[index] ?? 0));
    },

    explain: async (question, options) => {
      const query = countSql(await compiled(question, false, options));
      const rows = await runner.explain(query);
      const steps = rows.flatMap((row) => stepOf(String(row[3])));
      return { ...explanationOf(steps, await numberOf(runner, query, options)), sql: printSql(query) };
    },
  };
}

function combinedNode(combination: Combination, questions: readonly CustomerQuestion[]): PlanNode {
  switch (combination.kind) {
    case "answer":
      return questions[combination.index]!.plan.where;
    case "all":
    case "any": {
      const operands = combination.of.map((each) => combinedNode(each, questions));
      return { kind: combination.kind === "all" ? "and" : "or", operands };
    }
    case "not":
      return { kind: "not", operand: combinedNode(combination.of, questions) };
    default:
      return combination satisfies never;
  }
}

function combinedSql(combination: Combination, flags: readonly Sql[]): Sql {
  switch (combination.kind) {
    case "answer":
      return flags[combination.index]!;
    case "all":
      return allOfSql(combination.of.map((each) => combinedSql(each, flags)));
    case "any":
      return anyOfSql(combination.of.map((each) => combinedSql(each, flags)));
    case "not":
      return complementSql(combinedSql(combination.of, flags));
    default:
      return combination satisfies never;
  }
}

/** True if a node reads other tables than the customers' own. */
function readsOtherTables(node: PlanNode, activity: CustomerQuestion["activity"]): boolean {
  if (sequencesOf(node).length > 0) return true;
  return fieldsOf(node).some(
    (field) =>
      field.figure !== undefined ||
      field.set === true ||
      field.campaign !== undefined ||
      (activity === "records" && isDated(field)),
  );
}

/**
 * One page of whole documents.
 * @param from the tables, `customers` with the alias `c` among them.
 */
export function pageOf(
  runner: QueryRunner,
  from: Sql,
  where: Sql,
  request: CustomerPageRequest,
  options?: ReadOptions,
): Promise<CustomerDocument[]> {
  const read = sql`SELECT d.document, d.checksum, found.source_id FROM found CROSS JOIN customers_documents AS d ON d.customer = found.customer`;
  return documentsOf<CustomerDocument>(runner, pageQuery(from, where, request, read), options);
}

/** The query of one page. @param read selects what to read of each customer from the table `found`. */
function pageQuery(from: Sql, where: Sql, { sort, after, limit }: CustomerPageRequest, read: Sql): Sql {
  const columns = columnsOf(sort, sortColumns[sort.by], sql`c.source_id`);
  const behind = after === undefined ? where : allOfSql([where, afterPosition(columns, after)]);
  const found = limited(
    sql`SELECT c.customer, ${sortColumns[sort.by]}, c.source_id FROM ${from} WHERE ${behind} ORDER BY ${orderOf(columns)}`,
    limit,
  );
  const order = orderOf(columnsOf(sort, sql`found.value`, sql`found.source_id`));
  return sql`WITH found (customer, value, source_id) AS MATERIALIZED (${found}) ${read} ORDER BY ${order}`;
}

/** The query of one page in the order of a value that is computed for every customer. */
function valuePageQuery(from: Sql, where: Sql, value: Sql, { order, after, limit }: ValuePageRequest): Sql {
  const columns: OrderColumns = { ...order, value: sql`v.value`, sourceId: sql`v.source_id` };
  const found = sql`SELECT c.customer, ${value} AS value, c.source_id FROM ${from} WHERE ${where}`;
  const behind = after === undefined ? sql`` : sql` WHERE ${afterPosition(columns, after)}`;
  const page = limited(sql`SELECT v.* FROM values_of AS v${behind} ORDER BY ${orderOf(columns)}`, limit);
  return sql`WITH values_of AS MATERIALIZED (${found}), page AS MATERIALIZED (${page}) SELECT k.id, v.value, v.source_id FROM page AS v CROSS JOIN customer_keys AS k ON k.customer = v.customer ORDER BY ${orderOf(columns)}`;
}

/** The columns of an order; without `value` it is by source id alone, in the direction of `descending`. */
interface OrderColumns extends Omit<Sort, "by"> {
  readonly value?: Sql;
  readonly sourceId: Sql;
}

function columnsOf({ by, ...order }: Sort, value: Sql, sourceId: Sql): OrderColumns {
  return by === "source_id" ? { ...order, sourceId } : { ...order, value, sourceId };
}

/** NULL, which represents an unknown value, sorts before every other value. */
function orderOf({ value, sourceId, descending, backwards = false }: OrderColumns): Sql {
  const direction = (ascending: boolean): Sql => (ascending ? sql`ASC` : sql`DESC`);
  const ascending = descending === backwards;
  return value === undefined
    ? sql`${sourceId} ${direction(ascending)}`
    : sql`${value} ${direction(ascending)}, ${sourceId} ${direction(!backwards)}`;
}

/** The condition for customers after a position in an order. */
function afterPosition(columns: OrderColumns, { value, sourceId }: SortPosition): Sql {
  const { value: column, sourceId: id, descending, backwards = false } = columns;
  const ascending = descending === backwards;
  if (column === undefined) return ascending ? sql`${id} > ${sourceId}` : sql`${id} < ${sourceId}`;
  const behindId = backwards ? sql`${id} < ${sourceId}` : sql`${id} > ${sourceId}`;
  if (value === null) {
    const unknown = sql`(${column} IS NULL AND ${behindId})`;
    return ascending ? sql`(${column} IS NOT NULL OR ${unknown})` : unknown;
  }
  const at = cellOf(value);
  // The first condition is redundant except for unknown values, but it makes a range of the index.
  return ascending
    ? sql`(${column} >= ${at} AND (${column} > ${at} OR ${behindId}))`
    : sql`(${column} < ${at} OR ${column} IS NULL OR (${column} = ${at} AND ${behindId}))`;
}

const accesses =
  /^(SEARCH|SCAN) (\w+)(?: USING (?:(?:COVERING )?INDEX (\w+)|(INTEGER PRIMARY KEY|PRIMARY KEY)))?/;

/** Tables by the aliases that queries give them. */
const tablesOfAliases: Readonly<Record<string, ExplainedStep["collection"]>> = {
  c: "customers",
  m: "customers",
  k: "customers",
  e: "customers",
};

/** A step of SQLite's own plan; steps that read no table are omitted. */
function stepOf(detail: string): readonly ExplainedStep[] {
  const [, name, alias, index, primary] = accesses.exec(detail) ?? [];
  if (name === undefined || alias === undefined) return [];
  const collection = tablesOfAliases[alias];
  const used = index ?? (primary === undefined ? undefined : "primary key");
  return [
    {
      name,
      ...(collection === undefined ? {} : { collection }),
      ...(used === undefined ? {} : { index: used }),
    },
  ];
}
