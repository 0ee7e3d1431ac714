// `is at least`, of numbers and money.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { startingWith } from "../spans.js";

export const atLeast: Operator = {
  name: "at_least",
  ...worded("at least"),
  spoken: ["no less than", "not less than", "minimum", "minimum of"],
  misworded: ["from", "since"],
  counterparts: ["on_or_after", "has_at_least"],
  operand: "value",
  tests: forTypes(["number", "money"], (operands) => startingWith(operandAt(operands, 0))),
};
