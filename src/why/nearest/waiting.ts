// When time alone may turn a condition: the instants at which a value that it reads crosses a bound that moves with as-of.
import { dayMs } from "../../clock.js";
import { reader } from "../../operators/encodings/encoding.js";
import type { Figure, PlannedStep, RecordSet, Scalar, Test, ValueSpan } from "../../plan/plan.js";
import type { Goal, SequenceGoal } from "./search-context.js";

const maxInstants = 60;
const maxRecords = 100;
/** The longest wait that is proposed. */
const maxMs = 10 * 366 * dayMs;

/** Later instants at which the condition may have turned, the soonest first. They are only candidates. */
export function instantsToTry(goal: Goal): readonly number[] {
  const { leaf, situation } = goal;
  const { field, test } = leaf;
  const { asOf } = situation;
  const bounds = [...boundsOf(test), ...windowOf(field.figure)];
  const values =
    field.figure === undefined
      ? valuesOf(goal)
      : recordTimes(situation, field.figure.records, field.figure.type);
  const moved = values.flatMap((value) => bounds.map((bound) => asOf + value - bound));
  const comingRecords = values.concat(futureRecords(goal)).filter((value) => value > asOf);
  return soonest([...moved, ...comingRecords, ...anniversaries(goal)], asOf);
}

/** The same for the steps of a sequence: their windows slide, their time passes, and what is dated in the future happens. */
export function instantsOfSteps(
  { situation }: Pick<SequenceGoal, "situation">,
  steps: readonly PlannedStep[],
): readonly number[] {
  const { asOf } = situation;
  const tried = steps.flatMap(({ records, type, from, to, settled }) => {
    const bounds = [from, to, settled].flatMap((each) => instantOf(each?.value) ?? []);
    return recordTimes(situation, records, type).flatMap((at) => [
      at,
      ...bounds.map((bound) => asOf + at - bound),
    ]);
  });
  return soonest(tried, asOf);
}

/** The soonest instants after as-of. Calendar units are not all of one length, so a little later is tried too. */
function soonest(instants: readonly number[], asOf: number): readonly number[] {
  const tried = instants.flatMap((at) => [at, at + 1, at + dayMs / 2, at + dayMs, at + 3 * dayMs]);
  return [...new Set(tried)]
    .filter((at) => at > asOf && at < asOf + maxMs)
    .sort((one, other) => one - other)
    .slice(0, maxInstants);
}

function instantOf(value: Scalar | Date | unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "object" && value !== null && "instant" in value) return Number(value.instant);
  const day =
    typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)
      ? Date.parse(`${value}T00:00:00Z`)
      : Number.NaN;
  return Number.isNaN(day) ? undefined : day;
}

function boundsOf(test: Test): readonly number[] {
  const spans = (values: readonly ValueSpan[]): readonly Scalar[] =>
    values.flatMap(({ from, to }) => [from, to]);
  const scalars = ((): readonly (Scalar | undefined)[] => {
    switch (test.kind) {
      case "range":
        return [test.from?.value, test.to?.value];
      case "oneOf":
        return test.values;
      case "hasAny":
      case "hasAll":
        return spans(test.values);
      case "known":
      case "startsWith":
      case "endsWith":
      case "contains":
      case "hasAtLeast":
      case "hasAtMost":
      case "yearly":
      case "bought":
        return [];
      default:
        return test satisfies never;
    }
  })();
  return scalars.flatMap((each) => instantOf(each) ?? []);
}

function windowOf(figure: Figure | undefined): readonly number[] {
  return [figure?.from, figure?.to].flatMap((bound) =>
    bound === undefined ? [] : (instantOf(bound.value) ?? []),
  );
}

function valuesOf({ leaf: { field }, situation: { customer } }: Goal): readonly number[] {
  const value = reader(field.path)(customer);
  return (Array.isArray(value) ? value : [value]).flatMap((each) => instantOf(each) ?? []);
}

function recordTimes(
  { customer }: Goal["situation"],
  set: RecordSet,
  type: string | undefined,
): readonly number[] {
  const records = customer.records[set] ?? [];
  const fitting =
    type === undefined ? records : records.filter((record) => (record as { type?: unknown }).type === type);
  return fitting
    .map(({ at }) => at.getTime())
    .sort((one, other) => other - one)
    .slice(0, maxRecords);
}

/** The times of future records, which don't count yet. */
function futureRecords({ leaf: { field }, situation: { customer } }: Goal): readonly number[] {
  if (!["orders", "redemptions", "referrals"].includes(field.scope)) return [];
  const next = customer.activity.next_at;
  const coming = customer.records.orders.map(({ at }) => at.getTime()).sort((one, other) => one - other);
  return [...(next === undefined ? [] : [next.getTime()]), ...coming];
}

/** The next two anniversaries of a day of the year, and some days before each. */
function anniversaries({ leaf: { field, test }, situation: { customer, asOf } }: Goal): readonly number[] {
  if (test.kind !== "yearly" || field.yearlyPath === undefined) return [];
  const day = reader(field.yearlyPath)(customer);
  if (typeof day !== "string") return [];
  const year = new Date(asOf).getUTCFullYear();
  const before = [test.days.length, test.days.length - 1, 1, 0].map((days) => Math.min(days, 366) * dayMs);
  return [year, year + 1, year + 2]
    .flatMap((each) => instantOf(`${each}-${day === "02-29" ? "02-28" : day}`) ?? [])
    .flatMap((at) => before.map((each) => at - each));
}
