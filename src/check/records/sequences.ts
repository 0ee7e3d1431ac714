// Sequences of events: each step's records, its maximum distance from the preceding step, and what both have in common.
import { limits } from "../../../grammar/limits.js";
import type { Sequence, SequenceStep, StepSame, Value } from "../../../grammar/tree.js";
import { oneOfType } from "../../catalog/catalog.js";
import type { Attribute, ElementType, EventType } from "../../catalog/model.js";
import { latestBefore } from "../../plan/calendar.js";
import type { Distance, Field, PlanNode, Side, PlannedStep as StepPlan } from "../../plan/plan.js";
import { type CheckWhere, checkRecords, eventOf, plainly, propertyOf } from "../events.js";
import { aboutMore, allFailed, Failed, fail } from "../failure.js";
import type { CheckedCondition, Reading, Scope } from "../scope.js";
import { conversions, lineNamed } from "./attribute-values.js";
import { readLengthOfTime } from "./distance.js";

interface CheckedStep {
  readonly plan: StepPlan;
  readonly canonical: SequenceStep;
  readonly readings: readonly Reading[];
}

/** `performed "signed up" then performed checkout within 3 days`. */
export function checkSequence(
  scope: Scope,
  node: Sequence,
  checkWhere: CheckWhere,
): CheckedCondition<Sequence> | Failed {
  const { steps, which } = node;
  const [first] = steps;
  const more = steps[limits.steps];
  if (more !== undefined) return fail("TOO_MANY_STEPS", [], more.span, { condition: node });
  if (first?.negated === true) return beginsNegative(scope, node);
  const last = steps.findLastIndex(({ negated }) => !negated);
  let previous: SequenceStep | undefined;
  const checked = steps.map((step, index): CheckedStep | Failed => {
    const before = previous;
    if (!step.negated) previous = step;
    return checkStep(scope, step, before, index > last, checkWhere);
  });
  const failed = allFailed(checked);
  if (failed !== undefined || steps.length < 2)
    return aboutMore(failed ?? new Failed([]), { condition: node });
  const done = checked as readonly CheckedStep[];
  return {
    plan: {
      kind: "sequence",
      ...(which === undefined ? {} : { which }),
      steps: done.map(({ plan }) => plan),
    },
    canonical: { ...node, steps: done.map(({ canonical }) => canonical) },
    readings: done.flatMap(({ readings }) => readings),
  };
}

/** `not performed a then performed b`, which may mean either of two things. */
export function beginsNegative(
  scope: Scope,
  { steps, span, which }: Sequence,
  start: number = span.start,
): Failed {
  const [first, second] = steps;
  const rest = second === undefined ? "" : scope.source.raw(second.span.start, span.end);
  const words = first === undefined ? "" : scope.source.raw(first.name.span.start, first.span.end);
  return fail(
    "SEQUENCE_BEGINS_NEGATIVE",
    [
      `not (${which === undefined ? "" : `${which} `}performed ${words} then ${rest})`,
      `not performed ${words} and ${rest}`,
    ],
    scope.source.span(start, first?.span.end ?? span.end),
  );
}

function checkStep(
  scope: Scope,
  step: SequenceStep,
  before: SequenceStep | undefined,
  trailing: boolean,
  checkWhere: CheckWhere,
): CheckedStep | Failed {
  const records = checkRecords(scope, step, checkWhere);
  const within = step.within === undefined ? undefined : readLengthOfTime(scope, step.within, "within");
  const unsettled =
    step.negated && trailing && step.within === undefined
      ? fail("STEP_NEEDS_WITHIN", [plainly(step.name.text)], step.span)
      : undefined;
  const bounded =
    step.negated && !trailing && step.within !== undefined
      ? fail("STEP_TAKES_NO_WITHIN", [], step.within.span)
      : undefined;
  const same =
    step.same === undefined || records instanceof Failed
      ? undefined
      : checkSame(scope, step.same, records.type, before);
  if (records instanceof Failed || within instanceof Failed || same instanceof Failed || unsettled || bounded)
    return allFailed([records, within, same, unsettled, bounded])!;
  const { figure } = records;
  const plan: StepPlan = {
    ...(figure as Omit<StepPlan, "negated">),
    ...(same === undefined ? {} : { same: same.plan }),
    ...(within === undefined ? {} : { within }),
    negated: step.negated,
    ...(step.negated && trailing && within !== undefined ? { settled: settledAt(scope, within) } : {}),
  };
  const canonical = {
    ...step,
    ...records.canonical,
    ...(same === undefined ? {} : { same: same.canonical }),
  };
  return { plan, canonical, readings: records.readings };
}

/** The latest time of a record after which a length of time has passed at as-of. */
function settledAt({ asOf }: Scope, { amount, unit, zone }: Distance): NonNullable<StepPlan["settled"]> {
  return { value: { instant: latestBefore(asOf, zone, amount, unit) }, inclusive: true };
}

interface CheckedSame {
  readonly plan: PlanNode;
  readonly canonical: StepSame;
}

/** `with the same product`, `with amount the same as value`. */
function checkSame(
  scope: Scope,
  same: StepSame,
  type: EventType,
  before: SequenceStep | undefined,
): CheckedSame | Failed {
  const earlier = before === undefined ? undefined : eventOf(scope, before)?.type;
  // The mistake was reported for the earlier step itself.
  if (earlier === undefined) return new Failed([]);
  const own = propertyOf(type, same.property);
  const other = propertyOf(earlier, same.previous ?? same.property);
  if (own instanceof Failed || other instanceof Failed) return allFailed([own, other])!;
  const plan = planSame(scope, own, other);
  if (plan === undefined) {
    return fail(
      "SAME_KINDS_DIFFER",
      [plainly(own.name), spokenType(own), plainly(other.name), spokenType(other)],
      same.span,
    );
  }
  const written = (value: Value, { name }: Attribute): Value => ({ ...value, text: plainly(name) });
  return {
    plan,
    canonical: {
      ...same,
      property: written(same.property, own),
      ...(same.previous === undefined ? {} : { previous: written(same.previous, other) }),
    },
  };
}

function spokenType({ type, element }: Attribute): string {
  if (element === "product") return "a product";
  return oneOfType(type);
}

const productKeys: Field = { attribute: "product", scope: "record", path: "product_keys", set: true };

/** What both records have in common; undefined if their kinds don't agree. */
function planSame(scope: Scope, own: Attribute, other: Attribute): PlanNode | undefined {
  const [ownProduct, otherProduct] = [own.element === "product", other.element === "product"];
  const previous = (field: Field): Field => ({ ...field, scope: "previous" });
  if (ownProduct && otherProduct)
    return {
      kind: "compare",
      left: { field: productKeys },
      relation: "shares",
      right: { field: previous(productKeys) },
    };
  if (ownProduct)
    return other.type === "text"
      ? { kind: "line", path: "facts.lines", where: lineNamed({ field: previous(other.field) }) }
      : undefined;
  if (otherProduct) {
    const where = lineNamed({ field: own.field }, "previousLine");
    return own.type === "text" ? { kind: "line", path: "facts.lines", previous: true, where } : undefined;
  }
  const kindOf = ({ type, element }: Attribute): ElementType => (type === "set" ? (element ?? "text") : type);
  const made = conversions(scope, kindOf(own), kindOf(other));
  if (made === undefined) return undefined;
  const [one, two] = made;
  const left: Side = { field: own.field, ...one };
  const right: Side = { field: previous(other.field), ...two };
  const [ownSet, otherSet] = [own.type === "set", other.type === "set"];
  if (ownSet && otherSet) return { kind: "compare", left, relation: "shares", right };
  if (ownSet) return { kind: "compare", left, relation: "has", right };
  if (otherSet) return { kind: "compare", left: right, relation: "has", right: left };
  return { kind: "compare", left, relation: "same", right };
}
