// `is at least`, of numbers and money.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { startingWith } from "../spans.js";

export const atLeast: Operator = {
  name: "at_least",
  ...worded("at least"),
  operand: "value",
  tests: forTypes(["number", "money"], (operands) => startingWith(operandAt(operands, 0))),
};
