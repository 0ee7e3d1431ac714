// Sequences of a customer's records in SQL. src/operators/encodings/sequence.ts explains why only the latest completion of each
// step has to be kept if no two records have to have something in common.
import { allOfSql, constant, joined, named, neverTrue, type Sql, sql } from "../operators/encodings/sql.js";
import { isBetterByCustomer, type SqlCondition } from "./figures.js";
import { pairedCustomers } from "./paired-sequences.js";
import type { RecordSurroundings } from "./records.js";
import {
  least,
  linksOf,
  noneAfter,
  otherConditions,
  reachedBack,
  reachedFrom,
  rowOf,
  type Sequence,
  type StepSpan,
  settledAt,
  spanOf,
  type TimeLimits,
  type TypedLink,
  type TypedStep,
  withinStep,
} from "./sequence-rows.js";

/** The condition that a customer's records contain the sequence. */
export function sequenceCondition(around: RecordSurroundings, sequence: Sequence): SqlCondition {
  const links = linksOf(around, sequence);
  if (links === undefined) return { where: neverTrue };
  const isPaired = sequence.steps.some(({ same }) => same !== undefined);
  const customers = (own: Sql | undefined): Sql =>
    isPaired ? pairedCustomers(around, sequence, links, own) : passedCustomers(around, sequence, links, own);
  if (around.strategy === "customers_first") return { where: sql`EXISTS (${customers(around.key)})` };
  const keys = customers(undefined);
  // The first or last record of each customer is one.
  const distinct = !isPaired && sequence.which !== undefined && links.length === 1;
  return { where: sql`${around.key} IN (${keys})`, keys, distinct };
}

/** The rows `r` that complete a step. */
interface CompletedRows {
  readonly from: Sql;
  readonly where: readonly Sql[];
}

const [r, p, n] = [sql`r`, sql`p`, sql`n`] as const;
const plainRows = sql`records AS r`;

/**
 * The customers of a sequence without `same`. Each positive step is found from the rows that complete the one before it, either
 * backwards, by looking for the preceding record of each of its records, or forwards from a list of all of them.
 */
function passedCustomers(
  around: RecordSurroundings,
  sequence: Sequence,
  links: readonly TypedLink[],
  own: Sql | undefined,
): Sql {
  const layers: Sql[] = [];
  const layerOf = (query: Sql): Sql => {
    const name = named(`layer_${layers.length}`);
    layers.push(sql`${name} AS (${query})`);
    return name;
  };
  const settled = settledAt(sequence);
  const isEdge = (index: number): boolean => index === 0 && sequence.which !== undefined;
  /** A record of a later step is after the windows of earlier ones begin; the last has to be settled. */
  const spans = links.map((link, index): StepSpan => {
    const begin = links.slice(0, index + 1).flatMap(({ step }) => spanOf(step).from ?? []);
    const { to } = spanOf(link.step);
    const isSettled = index === links.length - 1 && settled !== undefined && !isEdge(index);
    return {
      ...(begin.length === 0 ? {} : { from: Math.max(...begin) }),
      to: isSettled ? Math.min(to, settled) : to,
    };
  });
  const rowsOf = (index: number): readonly Sql[] => allRows(around, links[index]!, spans[index]!, own);
  let completed = beginnings(sequence, rowsOf(0));
  for (const [index, link] of links.entries()) {
    const earlier = links[index - 1];
    if (earlier === undefined) continue;
    if (index === 1 && isLookedUp(around, sequence, earlier, link, spans)) {
      completed = { from: plainRows, where: [...rowsOf(index), precededBy(around, link, earlier)] };
      continue;
    }
    const all = layerOf(selected(sql`SELECT DISTINCT r.customer, r.at`, completed));
    const ranges = layerOf(followedUntil(around, earlier, all, isEdge(index - 1)));
    const limits: TimeLimits = {
      from: [sql`s.at + 1`],
      to: [sql`${spans[index]!.to}`, sql`s.until`, ...reachedFrom(link, sql`s.at`)],
    };
    completed = {
      from: sql`${ranges} AS s CROSS JOIN records AS r`,
      where: [...rowOf(around, link, r, sql`s.customer`, limits), ...withinStep(link, sql`r.at`, sql`s.at`)],
    };
  }
  const row = { customer: sql`r.customer`, at: sql`r.at` };
  const ended = [
    ...(isEdge(links.length - 1) && settled !== undefined ? [sql`r.at <= ${settled}`] : []),
    ...links.at(-1)!.negatives.map((negative) => noneAfter(around, negative, row, {})),
  ];
  const query = selected(sql`SELECT r.customer`, { ...completed, where: [...completed.where, ...ended] });
  return layers.length === 0 ? query : sql`WITH ${joined(layers, ", ")} ${query}`;
}

function selected(select: Sql, { from, where }: CompletedRows): Sql {
  return sql`${select} FROM ${from} WHERE ${allOfSql(where)}`;
}

/** The conditions on all rows that pass a step by itself, or one customer's. */
function allRows(
  around: RecordSurroundings,
  link: TypedStep,
  { from, to }: StepSpan,
  own: Sql | undefined,
): readonly Sql[] {
  const others = otherConditions(around, link, r);
  const isByCustomer =
    own === undefined && isBetterByCustomer(around.layout, link.type, { from, to }, others.length > 0);
  // The unary plus keeps the planner from using the index by time.
  const at = isByCustomer ? sql`+r.at` : sql`r.at`;
  return [
    sql`r.type = ${constant(link.type)}`,
    ...(own === undefined ? [] : [sql`r.customer = ${own}`]),
    ...(from === undefined ? [] : [sql`${at} >= ${from}`]),
    sql`${at} <= ${to}`,
    ...others,
  ];
}

/** The records of the first step. */
function beginnings({ which }: Sequence, where: readonly Sql[]): CompletedRows {
  if (which === undefined) return { from: plainRows, where };
  // Of records of the same instant any will do: only their time counts.
  const edge = which === "first" ? sql`min` : sql`max`;
  const rows = selected(sql`SELECT r.customer, ${edge}(r.at) AS at`, { from: plainRows, where });
  return { from: sql`(${rows} GROUP BY r.customer) AS r`, where: [] };
}

/** How many times as long it takes to list a step's record and to look from there as to look for one record. */
const listingCost = 3;

/**
 * Whether the second step's preceding records are looked for one by one. With a `where` on what is looked for, that might read
 * many records of which none passes, again for each record of the second step.
 */
function isLookedUp(
  { layout }: RecordSurroundings,
  { which }: Sequence,
  first: TypedLink,
  second: TypedStep,
  [earlier, later]: readonly StepSpan[],
): boolean {
  const isTimed = ({ step }: TypedStep): boolean => step.where === undefined;
  if (which !== undefined || ![first, ...first.negatives].every(isTimed)) return false;
  if (second.type === first.type) return true;
  const countOf = ({ type }: TypedStep, { from, to }: StepSpan): number | undefined =>
    layout.recordCount?.(type, from ?? Number.MIN_SAFE_INTEGER, to);
  const [few, many] = [countOf(first, earlier!), countOf(second, later!)];
  return few === undefined || many === undefined || many <= few * listingCost;
}

/**
 * The condition that a record of the first step precedes the row `r`, with no record of a negative step between them: one after
 * the latest of those, that is.
 */
function precededBy(around: RecordSurroundings, link: TypedStep, earlier: TypedLink): Sql {
  const customer = sql`r.customer`;
  const until = { to: [sql`r.at - 1`] };
  const latest = earlier.negatives.map(
    (negative) =>
      sql`coalesce((SELECT max(n.at) FROM records AS n WHERE ${allOfSql(rowOf(around, negative, n, customer, until))}), ${constant(Number.MIN_SAFE_INTEGER)})`,
  );
  const conditions = [
    ...rowOf(around, earlier, p, customer, { ...until, from: [...latest, ...reachedBack(link, sql`r.at`)] }),
    ...withinStep(link, sql`r.at`, sql`p.at`),
  ];
  return sql`EXISTS (SELECT 1 FROM records AS p WHERE ${allOfSql(conditions)})`;
}

/**
 * The rows of a list that complete a step, with the time until which a record that follows has this one as the latest before it,
 * and no record of a negative step in between. So each later record is read once.
 */
function followedUntil(around: RecordSurroundings, link: TypedLink, list: Sql, isOnlyOne: boolean): Sql {
  const next = isOnlyOne
    ? constant(Number.MAX_SAFE_INTEGER)
    : sql`lead(l.at, 1, ${constant(Number.MAX_SAFE_INTEGER)}) OVER (PARTITION BY l.customer ORDER BY l.at)`;
  const rows = sql`SELECT l.customer, l.at, ${next} AS next FROM ${list} AS l`;
  const between = { from: [sql`s.at + 1`], to: [sql`s.next - 1`] };
  const earliest = link.negatives.map(
    (negative) =>
      sql`coalesce((SELECT min(n.at) FROM records AS n WHERE ${allOfSql(rowOf(around, negative, n, sql`s.customer`, between))}), s.next)`,
  );
  return sql`SELECT s.customer, s.at, ${least([sql`s.next`, ...earliest])} AS until FROM (${rows}) AS s`;
}
