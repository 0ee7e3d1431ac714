// `is less than`, of numbers and money; `less than N units ago`, of dates: after that and not after as-of.
import type { Literal } from "../../plan/literals.js";
import type { Test } from "../../plan/plan.js";
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { before } from "../spans.js";

export const lessThan: Operator = {
  name: "less_than",
  ...worded("less than"),
  spoken: ["lower than", "smaller than", "fewer than", "below", "younger than", "newer than"],
  misworded: ["under"],
  operand: "value",
  tests: {
    ...forTypes(["number", "money"], (operands) => before(operandAt(operands, 0))),
    ...forTypes(["date", "datetime"], (operands) => since(operandAt(operands, 0))),
  },
  relativeOnly: ["date", "datetime"],
};

function since(literal: Literal): Test {
  const asOf = literal.relative?.asOf ?? literal.to;
  return {
    kind: "range",
    from: { value: literal.to, inclusive: false },
    to: { value: asOf, inclusive: true },
  };
}
