// Sequences with `same` in SQL: each record is compared with those that completed the preceding step.
import { allOfSql, constant, joined, named, type Sql, sql } from "../operators/encodings/sql.js";
import { recordValue } from "./places.js";
import { type RecordRow, type RecordSurroundings, recordCondition } from "./records.js";
import {
  noneAfter,
  otherConditions,
  reachedFrom,
  rowOf,
  type Sequence,
  settledAt,
  spanOf,
  type TypedLink,
  type TypedStep,
  withinStep,
} from "./sequence-rows.js";

const row = { customer: sql`p.customer`, at: sql`p.at` } as const;

/** The customers of a sequence. @param own the key of the only customer to look at. */
export function pairedCustomers(
  around: RecordSurroundings,
  sequence: Sequence,
  links: readonly TypedLink[],
  own: Sql | undefined,
): Sql {
  const [first, ...others] = links;
  const ofOne = own === undefined ? [] : [sql`r.customer = ${own}`];
  const start = allOfSql([...ofOne, passes(around, first!, sql`r`), ...isEdge(around, sequence, first!)]);
  const queries = [sql`SELECT r.customer, r.at, r.record FROM records AS r WHERE ${start}`];
  for (const [index, link] of others.entries()) {
    const earlier = links[index]!;
    const conditions = [
      ...rowOf(around, link, sql`r`, row.customer, {
        from: [sql`p.at + 1`],
        to: reachedFrom(link, row.at),
      }),
      ...withinStep(link, sql`r.at`, row.at),
      ...isSame(around, link, sql`r`, earlier),
      ...earlier.negatives.map((negative) =>
        noneAfter(around, negative, row, { to: [sql`r.at - 1`] }, isSame(around, negative, sql`n`, earlier)),
      ),
    ];
    queries.push(
      sql`SELECT DISTINCT r.customer, r.at, r.record FROM ${completedBy(index, earlier)} CROSS JOIN records AS r WHERE ${allOfSql(conditions)}`,
    );
  }
  const last = links.at(-1)!;
  const settled = settledAt(sequence);
  const ended = [
    ...(settled === undefined ? [] : [sql`p.at <= ${settled}`]),
    ...last.negatives.map((negative) =>
      noneAfter(around, negative, row, {}, isSame(around, negative, sql`n`, last)),
    ),
  ];
  const layers = queries.map((query, index) => sql`${named(`layer_${index}`)} AS (${query})`);
  return sql`WITH ${joined(layers, ", ")} SELECT p.customer FROM ${completedBy(queries.length - 1, last)} WHERE ${allOfSql(ended)}`;
}

/** The condition that a record passes a step by itself, without `same`. */
function passes(around: RecordSurroundings, typed: TypedStep, alias: Sql): Sql {
  const { from, to } = spanOf(typed.step);
  return allOfSql([
    sql`${alias}.type = ${constant(typed.type)}`,
    ...(from === undefined ? [] : [sql`${alias}.at >= ${from}`]),
    sql`${alias}.at <= ${to}`,
    ...otherConditions(around, typed, alias),
  ]);
}

/** The records that completed a step, as the rows `p`. */
function completedBy(layer: number, { type }: TypedLink): Sql {
  return sql`${named(`layer_${layer}`)} AS c CROSS JOIN records AS p ON p.type = ${constant(type)} AND p.customer = c.customer AND p.at = c.at AND p.record = c.record`;
}

function isSame(
  around: RecordSurroundings,
  { step, type }: TypedStep,
  alias: Sql,
  earlier: TypedLink,
): readonly Sql[] {
  if (step.same === undefined) return [];
  const record: RecordRow = { alias, type };
  const before: RecordRow = { alias: sql`p`, type: earlier.type };
  return [recordCondition({ ...around, key: sql`${alias}.customer`, record, previous: before }, step.same)];
}

/**
 * The first step's record is the earliest or the latest: among orders of the same instant, the one with the least or the greatest
 * id.
 */
function isEdge(around: RecordSurroundings, { which }: Sequence, first: TypedLink): readonly Sql[] {
  if (which === undefined) return [];
  const rows = sql`FROM records AS x WHERE x.customer = r.customer AND ${passes(around, first, sql`x`)}`;
  const direction = which === "first" ? sql`ASC` : sql`DESC`;
  if (first.step.records === "orders") {
    const id = recordValue(around.layout, first.type, "source_id", sql`x`);
    return [sql`r.record = (SELECT x.record ${rows} ORDER BY x.at ${direction}, ${id} ${direction} LIMIT 1)`];
  }
  return [sql`r.at = (SELECT ${which === "first" ? sql`min` : sql`max`}(x.at) ${rows})`];
}
