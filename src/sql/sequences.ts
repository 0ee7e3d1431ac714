// Sequences of a customer's records in SQL. src/operators/encodings/sequence.ts explains why only the latest completion of each
// step has to be kept if no two records have to have something in common.
import { allOfSql, constant, joined, named, neverTrue, type Sql, sql } from "../operators/encodings/sql.js";
import { boundValue } from "../operators/encodings/sql-tests.js";
import type { PlanNode, PlannedStep } from "../plan/plan.js";
import { recordConditions, type SqlCondition } from "./figures.js";
import { recordValue } from "./places.js";
import { type RecordRow, type RecordSurroundings, recordCondition } from "./records.js";
import { shiftSql } from "./zones.js";

type Sequence = Extract<PlanNode, { kind: "sequence" }>;

/** A step with the number of its record type, and its place among the steps. */
interface Typed {
  readonly step: PlannedStep;
  readonly type: number;
  readonly place: number;
}

/** A positive step, and the negative ones after it up to the next; negative steps whose type no record has are dropped. */
interface Link extends Typed {
  readonly negatives: readonly Typed[];
}

/** The condition that a customer's records contain the sequence. */
export function sequenceCondition(around: RecordSurroundings, sequence: Sequence): SqlCondition {
  const links = linksOf(around, sequence);
  if (links === undefined) return { where: neverTrue };
  const isPaired = sequence.steps.some(({ same }) => same !== undefined);
  const customers = (own: Sql | undefined): Sql =>
    isPaired ? pairedCustomers(around, sequence, links, own) : passedCustomers(around, sequence, links, own);
  if (around.strategy === "customers_first") return { where: sql`EXISTS (${customers(around.key)})` };
  const keys = customers(undefined);
  return { where: sql`${around.key} IN (${keys})`, keys };
}

/** Undefined if a positive step has a type that no record has. */
function linksOf({ layout }: RecordSurroundings, { steps }: Sequence): readonly Link[] | undefined {
  const links: (Typed & { readonly negatives: Typed[] })[] = [];
  for (const [place, step] of steps.entries()) {
    const type = layout.recordType(step.records, step.type);
    if (type === undefined && !step.negated) return undefined;
    if (type === undefined) continue;
    if (step.negated) links.at(-1)?.negatives.push({ step, type, place });
    else links.push({ step, type, place, negatives: [] });
  }
  return links;
}

/** The condition that a record passes a step by itself, without `same`. */
function passes(around: RecordSurroundings, { step, type }: Typed, alias: Sql): Sql {
  const record: RecordRow = { alias, type };
  return allOfSql([
    sql`${alias}.type = ${constant(type)}`,
    ...recordConditions(around.layout, step, alias, type),
    ...(step.where === undefined
      ? []
      : [recordCondition({ ...around, key: sql`${alias}.customer`, record }, step.where)]),
  ]);
}

/** The condition that the negative steps at the end are settled for a preceding record at `at`. */
function settledSql({ steps }: Sequence, at: Sql): readonly Sql[] {
  return steps.flatMap(({ settled }) =>
    settled === undefined ? [] : [sql`${at} <= ${boundValue(settled.value)}`],
  );
}

// One pass over each customer's records in the order of time, by window functions.

/** `f_N`: the record passes step N. `d_N`: it completes step N. */
const flag = (place: number): Sql => named(`f_${place}`);
const done = (place: number): Sql => named(`d_${place}`);

const before = sql`OVER (PARTITION BY s.customer ORDER BY s.at RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`;
const behind = sql`OVER (PARTITION BY s.customer ORDER BY s.at RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)`;

function passedCustomers(
  around: RecordSurroundings,
  sequence: Sequence,
  links: readonly Link[],
  own: Sql | undefined,
): Sql {
  const typed = links.flatMap((link) => [link, ...link.negatives]);
  const [first] = links;
  const last = links.at(-1)!;
  const types = joined([...new Set(typed.map(({ type }) => type))].map(constant), ", ");
  const flags = typed.map((each) => sql`(${passes(around, each, sql`r`)}) IS TRUE AS ${flag(each.place)}`);
  const ofOne = own === undefined ? sql`` : sql` AND r.customer = ${own}`;
  // No record before the first step's window can pass it, or follow one that does.
  const { from } = first!.step;
  const since = from === undefined ? sql`` : sql` AND r.at >= ${boundValue(from.value)}`;
  const queries = [
    sql`SELECT r.customer, r.at, ${joined(flags, ", ")} FROM records AS r WHERE r.type IN (${types})${ofOne}${since}`,
    sql`SELECT s.*, ${isFirst(sequence, first!)} AS ${done(first!.place)}`,
  ];
  for (const [index, link] of links.entries()) {
    const earlier = links[index - 1];
    if (earlier !== undefined) queries.push(...completing(link, earlier, typed));
  }
  if (last.negatives.length > 0) {
    const next = last.negatives.map(
      ({ place }) =>
        sql`min(CASE WHEN s.${flag(place)} THEN s.at END) ${behind} AS ${named(`next_${place}`)}`,
    );
    queries.push(sql`SELECT s.*, ${joined(next, ", ")}`);
  }
  const ended = last.negatives.map(({ step, place }) => {
    const next = sql`s.${named(`next_${place}`)}`;
    return step.within === undefined
      ? sql`${next} IS NULL`
      : sql`(${next} IS NULL OR ${next} > ${shiftSql(sql`s.at`, step.within)})`;
  });
  const holds = allOfSql([sql`s.${done(last.place)}`, ...settledSql(sequence, sql`s.at`), ...ended]);
  return inTurn(queries, sql`SELECT s.customer`, sql` WHERE ${holds}`);
}

/**
 * Queries each of which reads the rows `s` of the preceding one. They are not nested: SQLite's parser has a stack of a hundred.
 */
function inTurn(queries: readonly Sql[], select: Sql, rest: Sql): Sql {
  const from = (index: number): Sql => (index === 0 ? sql`` : sql` FROM ${named(`layer_${index - 1}`)} AS s`);
  const layers = queries.map((query, index) => sql`${named(`layer_${index}`)} AS (${query}${from(index)})`);
  return sql`WITH ${joined(layers, ", ")} ${select}${from(queries.length)}${rest}`;
}

/** Whether a row is the first step's record. */
function isFirst({ which }: Sequence, { place }: Link): Sql {
  if (which === undefined) return sql`s.${flag(place)}`;
  const edge = which === "first" ? sql`min` : sql`max`;
  return sql`(s.${flag(place)} AND s.at = ${edge}(CASE WHEN s.${flag(place)} THEN s.at END) OVER (PARTITION BY s.customer)) IS TRUE`;
}

/**
 * The latest times before each row at which the preceding step was completed and its negative ones happened; then, whether it
 * completes.
 */
function completing(link: Link, earlier: Link, typed: readonly Typed[]): readonly Sql[] {
  const latest = (column: Sql, name: string): Sql =>
    sql`max(CASE WHEN s.${column} THEN s.at END) ${before} AS ${named(name)}`;
  const seen = [
    latest(done(earlier.place), "since"),
    ...earlier.negatives.map(({ place }) => latest(flag(place), `no_${place}`)),
  ];
  const { within } = link.step;
  const completes = allOfSql([
    sql`s.${flag(link.place)}`,
    within === undefined ? sql`s.since IS NOT NULL` : sql`s.at <= ${shiftSql(sql`s.since`, within)}`,
    ...earlier.negatives.map(({ place }) => {
      const no = sql`s.${named(`no_${place}`)}`;
      return sql`(${no} IS NULL OR ${no} <= s.since)`;
    }),
  ]);
  const flags = typed.map(({ place }) => sql`s.${flag(place)}`);
  return [
    sql`SELECT s.*, ${joined(seen, ", ")}`,
    sql`SELECT s.customer, s.at, ${joined(flags, ", ")}, (${completes}) IS TRUE AS ${done(link.place)}`,
  ];
}

// With `same`, each record is compared with those that completed the preceding step.

function pairedCustomers(
  around: RecordSurroundings,
  sequence: Sequence,
  links: readonly Link[],
  own: Sql | undefined,
): Sql {
  const [first, ...others] = links;
  const ofOne = own === undefined ? [] : [sql`r.customer = ${own}`];
  const start = allOfSql([...ofOne, passes(around, first!, sql`r`), ...isEdge(around, sequence, first!)]);
  const queries = [sql`SELECT r.customer, r.at, r.record FROM records AS r WHERE ${start}`];
  for (const [index, link] of others.entries()) {
    const earlier = links[index]!;
    const conditions = [
      sql`r.customer = p.customer`,
      passes(around, link, sql`r`),
      sql`r.at > p.at`,
      ...(link.step.within === undefined ? [] : [sql`r.at <= ${shiftSql(sql`p.at`, link.step.within)}`]),
      ...isSame(around, link, sql`r`, earlier),
      ...earlier.negatives.map((negative) => noneBetween(around, negative, earlier, [sql`n.at < r.at`])),
    ];
    queries.push(
      sql`SELECT DISTINCT r.customer, r.at, r.record FROM ${completedBy(index, earlier)} CROSS JOIN records AS r WHERE ${allOfSql(conditions)}`,
    );
  }
  const last = links.at(-1)!;
  const ended = [
    ...settledSql(sequence, sql`p.at`),
    ...last.negatives.map((negative) =>
      noneBetween(
        around,
        negative,
        last,
        negative.step.within === undefined ? [] : [sql`n.at <= ${shiftSql(sql`p.at`, negative.step.within)}`],
      ),
    ),
  ];
  const layers = queries.map((query, index) => sql`${named(`layer_${index}`)} AS (${query})`);
  return sql`WITH ${joined(layers, ", ")} SELECT p.customer FROM ${completedBy(queries.length - 1, last)} WHERE ${allOfSql(ended)}`;
}

/** The records that completed a step, as the rows `p`. */
function completedBy(layer: number, { type }: Link): Sql {
  return sql`${named(`layer_${layer}`)} AS c CROSS JOIN records AS p ON p.type = ${constant(type)} AND p.at = c.at AND p.record = c.record`;
}

function isSame(
  around: RecordSurroundings,
  { step, type }: Typed,
  alias: Sql,
  earlier: Link,
): readonly Sql[] {
  if (step.same === undefined) return [];
  const record: RecordRow = { alias, type };
  const before: RecordRow = { alias: sql`p`, type: earlier.type };
  return [recordCondition({ ...around, key: sql`${alias}.customer`, record, previous: before }, step.same)];
}

/** That no record of a negative step that passes the given conditions on its time follows the row `p`. */
function noneBetween(around: RecordSurroundings, negative: Typed, earlier: Link, time: readonly Sql[]): Sql {
  const conditions = [
    sql`n.customer = p.customer`,
    passes(around, negative, sql`n`),
    sql`n.at > p.at`,
    ...time,
    ...isSame(around, negative, sql`n`, earlier),
  ];
  return sql`NOT EXISTS (SELECT 1 FROM records AS n WHERE ${allOfSql(conditions)})`;
}

/**
 * The first step's record is the earliest or the latest: among orders of the same instant, the one with the least or the greatest
 * id.
 */
function isEdge(around: RecordSurroundings, { which }: Sequence, first: Link): readonly Sql[] {
  if (which === undefined) return [];
  const rows = sql`FROM records AS x WHERE x.customer = r.customer AND ${passes(around, first, sql`x`)}`;
  const direction = which === "first" ? sql`ASC` : sql`DESC`;
  if (first.step.records === "orders") {
    const id = recordValue(around.layout, first.type, "source_id", sql`x`);
    return [sql`r.record = (SELECT x.record ${rows} ORDER BY x.at ${direction}, ${id} ${direction} LIMIT 1)`];
  }
  return [sql`r.at = (SELECT ${which === "first" ? sql`min` : sql`max`}(x.at) ${rows})`];
}
