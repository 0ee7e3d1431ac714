// Figures computed from a customer's records: their fields, the test of a count, and figures within a window.
import type { Comparison, CountComparison, EventCount, EventDays, Value } from "../../../grammar/tree.js";
import type { Attribute } from "../../catalog/model.js";
import { operatorsByName } from "../../operators/index.js";
import type { Bound, CalendarUnits, Field, Figure, PlanNode, Test } from "../../plan/plan.js";
import { isAfter, sameScalar } from "../../plan/scalars.js";
import { summaryFigures } from "../../plan/summary-figures.js";
import { Failed, fail } from "../failure.js";
import { readLiteral } from "../literals.js";
import type { Reading, Scope } from "../scope.js";
import { checkWindow, eventTime } from "./windows.js";

/** The field of a figure. */
export function figureField(attribute: string, figure: Figure): Field {
  const counted = figure.aggregate === "count" || figure.aggregate === "different";
  return {
    attribute,
    scope: "figure",
    path: "value",
    figure,
    ...(counted || figure.aggregate === "sum" ? { zeroWithout: true } : {}),
    ...(counted ? { counted } : {}),
  };
}

/** Records later than as-of are not seen yet. */
export function seenUntil(scope: Scope): Bound {
  return { value: { instant: scope.asOf }, inclusive: true };
}

/** The stricter of two upper bounds. */
export function sooner(one: Bound, other: Bound): Bound {
  if (sameScalar(one.value, other.value)) return one.inclusive ? other : one;
  return isAfter(one.value, other.value) ? other : one;
}

/** Two conditions on each record as one. */
export function bothWheres(one: PlanNode | undefined, other: PlanNode | undefined): PlanNode | undefined {
  return one === undefined || other === undefined ? (one ?? other) : { kind: "and", operands: [one, other] };
}

export function atLeast(times: number): Test {
  return { kind: "range", from: { value: times, inclusive: true } };
}

const countTests: Readonly<Record<CountComparison, (times: number) => Test>> = {
  at_least: atLeast,
  at_most: (times) => ({ kind: "range", to: { value: times, inclusive: true } }),
  exactly: (times) => ({ kind: "oneOf", values: [times] }),
  more_than: (times) => ({ kind: "range", from: { value: times, inclusive: false } }),
  less_than: (times) => ({ kind: "range", to: { value: times, inclusive: false } }),
};

/** The test of `at least 3 times`, or of `on at least 3 different days`. */
export function checkCount(scope: Scope, count: EventCount | EventDays): Test | Failed {
  // `once` and `twice` come with their number as text.
  const hasAtLeast = operatorsByName.get("has_at_least")!;
  const written: Value = count.kind === "EventCount" ? count.times : count.number;
  const literal = readLiteral(scope, written, {
    attribute: eventTime,
    type: "number",
    operator: hasAtLeast,
    written: written.raw,
  });
  return literal instanceof Failed ? literal : countTests[count.comparison](Number(literal.from));
}

/** What `different days` counts. */
export function calendarUnits(scope: Scope, days: EventDays): CalendarUnits | Failed {
  const unit = /^(day|week|month|quarter|year)s?$/i.exec(days.unit.text)?.[1]?.toLowerCase();
  if (unit !== undefined) return { unit: unit as CalendarUnits["unit"], zone: scope.catalog.timezone };
  return fail("NO_SUCH_UNIT", [days.unit.raw], days.span, {
    expected: ["days", "weeks", "months", "quarters", "years"],
  });
}

/** The figures of the summary that may have a window: dates have windows of their own. */
const windowed: ReadonlySet<Figure["aggregate"]> = new Set(["count", "sum", "average"]);

/** True of an attribute that a window may follow: `number of orders in the last 30 days`. */
export function takesWindow({ name }: Pick<Attribute, "name">): boolean {
  const summary = summaryFigures[name];
  return summary !== undefined && windowed.has(summary.aggregate);
}

/** `number of orders in the last 30 days`: the field of the figure within the window. */
export function checkWindowedFigure(
  scope: Scope,
  node: Pick<Comparison, "window"> & { readonly window: NonNullable<Comparison["window"]> },
  attribute: Attribute,
  narrowed: Field,
):
  | {
      readonly field: Field;
      readonly window: NonNullable<Comparison["window"]>;
      readonly readings: readonly Reading[];
    }
  | Failed {
  const summary = summaryFigures[attribute.name];
  if (summary === undefined || !takesWindow(attribute))
    return fail("WINDOW_NOT_TAKEN", [attribute.name], node.window.span);
  const window = checkWindow(scope, node.window);
  if (window instanceof Failed) return window;
  const seen = seenUntil(scope);
  const { records, aggregate, of } = summary;
  const field = figureField(attribute.name, {
    records,
    aggregate,
    ...(of === undefined ? {} : { of: { attribute: of, scope: "record", path: of } }),
    ...(narrowed.campaign === undefined ? {} : { campaign: narrowed.campaign.name }),
    ...(window.from === undefined ? {} : { from: window.from }),
    to: window.to === undefined ? seen : sooner(window.to, seen),
    ...(window.where === undefined ? {} : { where: window.where }),
  });
  return { field, window: window.canonical, readings: window.readings };
}
