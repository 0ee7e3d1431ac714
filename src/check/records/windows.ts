// The window of an event condition: the bounds that it puts on the time of an event or, if it names another attribute, a
// condition on each record.
import type { EventWindow, Value } from "../../../grammar/tree.js";
import type { Attribute } from "../../catalog/model.js";
import { operatorsByName } from "../../operators/index.js";
import { operandAt } from "../../operators/operator.js";
import type { Literal } from "../../plan/literals.js";
import type { Bound, Field, PlanNode } from "../../plan/plan.js";
import { aboutMore, allFailed, Failed } from "../failure.js";
import { readLiteral } from "../literals.js";
import { readOperands } from "../operands.js";
import { canonicalPeriod } from "../periods.js";
import type { Reading, Scope, WantedOperands } from "../scope.js";
import {
  type AttributeValue,
  attributeValue,
  canonicalAttributeValue,
  isAttributeValue,
  type Operand,
  planAgainst,
  planWithin,
} from "./attribute-values.js";
import { readDistance } from "./distance.js";

const at: Field = { attribute: "at", scope: "record", path: "at" };

/** What a window's dates are read as: the time of an event. */
export const eventTime: Attribute = {
  name: "the time of an event",
  phrases: [],
  type: "datetime",
  field: at,
};

const windowOperators: Readonly<Record<EventWindow["form"], string>> = {
  in_the_last: "in_the_last",
  since: "on_or_after",
  before: "before",
  after: "after",
  between: "between",
  on: "on",
  during: "in_period",
  within: "within",
};

export interface CheckedWindow {
  readonly from?: Bound | undefined;
  readonly to?: Bound | undefined;
  /** A condition on each record, if the window names another attribute. */
  readonly where?: PlanNode | undefined;
  readonly canonical: EventWindow;
  readonly readings: readonly Reading[];
}

/** The records that a window leaves. */
export function checkWindow(scope: Scope, window: EventWindow): CheckedWindow | Failed {
  const operator = operatorsByName.get(windowOperators[window.form])!;
  const { span, raw } = window;
  const use = { kind: "Operator", name: operator.name, negated: false, span, raw } as const;
  const operation = { operator: use, operands: window.operands };
  // A window's word is not a comparison's operator, so no fix may change it as one: `use` is left out.
  const wanted: WantedOperands = {
    attribute: eventTime,
    type: "datetime",
    canonicalName: eventTime.name,
    operator,
    written: window.form.replaceAll("_", " "),
  };
  if (window.form === "within") return checkWithin(scope, window);
  const named = window.operands.map((value) => attributeValue(scope, value));
  const failed = allFailed(named);
  if (failed !== undefined) return failed;
  if (named.some((each) => each !== undefined))
    return checkAgainst(scope, window, wanted, named as readonly (AttributeValue | undefined)[]);
  const literals = readOperands(scope, operation, wanted);
  if (literals instanceof Failed) return literals;
  const readings = [{ operation, wanted, literals }];
  const canonical = { ...window, operands: window.operands.map((value) => canonicalPeriod(value)) };
  const test = operator.tests.datetime!(literals);
  if (test.kind === "range") return { from: test.from, to: test.to, canonical, readings };
  // One instant, or none.
  const { from, to } = spanOf(literals);
  return {
    from: { value: from.from, inclusive: true },
    to: { value: to.to, inclusive: true },
    canonical,
    readings,
  };
}

function spanOf(literals: readonly Literal[]): { readonly from: Literal; readonly to: Literal } {
  return { from: operandAt(literals, 0), to: operandAt(literals, literals.length - 1) };
}

/** `since customer's last order`. */
function checkAgainst(
  scope: Scope,
  window: EventWindow,
  wanted: WantedOperands,
  named: readonly (AttributeValue | undefined)[],
): CheckedWindow | Failed {
  const operands = window.operands.map(
    (value, index): Operand | Failed => named[index] ?? readLiteral(scope, value, wanted),
  );
  const failed = allFailed(operands);
  if (failed !== undefined) return aboutMore(failed, { wanted });
  const plan = planAgainst(scope, eventTime, wanted.operator.name, operands as readonly Operand[]);
  if (plan instanceof Failed) return plan;
  const canonical = window.operands.map((value, index): Value => {
    const operand = operands[index];
    return operand instanceof Failed || operand === undefined || !isAttributeValue(operand)
      ? canonicalPeriod(value)
      : canonicalAttributeValue(operand);
  });
  return { where: plan(at), canonical: { ...window, operands: canonical }, readings: [] };
}

/** `within 7 days after created`. */
function checkWithin(scope: Scope, window: EventWindow): CheckedWindow | Failed {
  const read = readDistance(scope, window.operands);
  if (read instanceof Failed) return read;
  const plan = planWithin(scope, "datetime", read.distance, read.direction, read.anchor);
  if (plan instanceof Failed) return plan;
  return { where: plan(at), canonical: { ...window, operands: read.canonical }, readings: [] };
}
