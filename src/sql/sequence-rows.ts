// The rows of the table `records` that the steps of a sequence read. Each step is found by one range of the index by type, customer
// and time, so that a record outside of it is not looked at.
import { allOfSql, constant, joined, type Sql, sql } from "../operators/encodings/sql.js";
import { boundValue } from "../operators/encodings/sql-tests.js";
import type { PlanNode, PlannedStep } from "../plan/plan.js";
import { reachOf } from "../plan/reach.js";
import { type RecordRow, type RecordSurroundings, recordCondition } from "./records.js";
import { isWithinSql } from "./zones.js";

export type Sequence = Extract<PlanNode, { kind: "sequence" }>;

/** A step with the number of its record type. */
export interface TypedStep {
  readonly step: PlannedStep;
  readonly type: number;
}

/** A positive step, and the negative ones after it up to the next; negative steps whose type no record has are dropped. */
export interface TypedLink extends TypedStep {
  readonly negatives: readonly TypedStep[];
}

/** Undefined if a positive step has a type that no record has. */
export function linksOf(
  { layout }: RecordSurroundings,
  { steps }: Sequence,
): readonly TypedLink[] | undefined {
  const links: (TypedStep & { readonly negatives: TypedStep[] })[] = [];
  for (const step of steps) {
    const type = layout.recordType(step.records, step.type);
    if (type === undefined && !step.negated) return undefined;
    if (type === undefined) continue;
    if (step.negated) links.at(-1)?.negatives.push({ step, type });
    else links.push({ step, type, negatives: [] });
  }
  return links;
}

/** The first and the last millisecond of a time. */
export interface StepSpan {
  readonly from?: number;
  readonly to: number;
}

/** The time that a step's own window covers. */
export function spanOf({ from, to }: PlannedStep): StepSpan {
  const end = Number(boundValue(to.value));
  const span = { to: to.inclusive ? end : end - 1 };
  if (from === undefined) return span;
  const begin = Number(boundValue(from.value));
  return { ...span, from: from.inclusive ? begin : begin + 1 };
}

/** TimeLimits on the time of a step's record that depend on another record; each is inclusive. */
export interface TimeLimits {
  readonly from?: readonly Sql[];
  readonly to?: readonly Sql[];
}

/** The conditions that a row is of a customer, passes a step by itself (without `same`), and keeps the limits. */
export function rowOf(
  around: RecordSurroundings,
  typed: TypedStep,
  alias: Sql,
  customer: Sql,
  limits: TimeLimits,
): readonly Sql[] {
  const { from, to } = spanOf(typed.step);
  const lowest = [...(from === undefined ? [] : [sql`${from}`]), ...(limits.from ?? [])];
  // With two conditions for an end of the range, SQLite would begin to read at one of them, which may be far from the other.
  return [
    sql`${alias}.type = ${constant(typed.type)}`,
    sql`${alias}.customer = ${customer}`,
    ...(lowest.length === 0 ? [] : [sql`${alias}.at >= ${greatest(lowest)}`]),
    sql`${alias}.at <= ${least([sql`${to}`, ...(limits.to ?? [])])}`,
    ...otherConditions(around, typed, alias),
  ];
}

function greatest(values: readonly Sql[]): Sql {
  return values.length === 1 ? values[0]! : sql`max(${joined(values, ", ")})`;
}

export function least(values: readonly Sql[]): Sql {
  return values.length === 1 ? values[0]! : sql`min(${joined(values, ", ")})`;
}

/** The conditions of a step on a record, without its time and `same`. */
export function otherConditions(
  around: RecordSurroundings,
  { step, type }: TypedStep,
  alias: Sql,
): readonly Sql[] {
  if (step.where === undefined) return [];
  const record: RecordRow = { alias, type };
  return [recordCondition({ ...around, key: sql`${alias}.customer`, record }, step.where)];
}

/** The latest time that a step's record may have, if it is limited by `within`; a calendar's length may be less than that. */
export function reachedFrom({ step }: TypedStep, at: Sql): readonly Sql[] {
  return step.within === undefined ? [] : [sql`${at} + ${constant(reachOf(step.within).most)}`];
}

/** The earliest time that the record before a step's at `at` may have, in the same way. */
export function reachedBack({ step }: TypedStep, at: Sql): readonly Sql[] {
  return step.within === undefined ? [] : [sql`${at} - ${constant(reachOf(step.within).most)}`];
}

/** The condition that a record is at most `within` after that of the preceding positive step, where `reachedFrom` holds. */
export function withinStep({ step }: TypedStep, at: Sql, preceding: Sql): readonly Sql[] {
  if (step.within === undefined) return [];
  const { least, most } = reachOf(step.within);
  return least === most ? [] : [isWithinSql(at, preceding, step.within)];
}

/** The condition that no record of a negative step follows a row at `at`. @param same further conditions on the row `n`. */
export function noneAfter(
  around: RecordSurroundings,
  negative: TypedStep,
  { customer, at }: { readonly customer: Sql; readonly at: Sql },
  limits: TimeLimits,
  same: readonly Sql[] = [],
): Sql {
  const n = sql`n`;
  const rows = allOfSql([
    ...rowOf(around, negative, n, customer, {
      from: [sql`${at} + 1`, ...(limits.from ?? [])],
      to: [...reachedFrom(negative, at), ...(limits.to ?? [])],
    }),
    ...withinStep(negative, sql`n.at`, at),
    ...same,
  ]);
  return sql`NOT EXISTS (SELECT 1 FROM records AS n WHERE ${rows})`;
}

/** The latest time of the last positive step's record for which the negative steps at the end are settled. */
export function settledAt({ steps }: Sequence): number | undefined {
  const times = steps.flatMap(({ settled }) =>
    settled === undefined ? [] : [Number(boundValue(settled.value))],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}
