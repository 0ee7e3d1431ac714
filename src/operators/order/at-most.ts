// `is at most`, of numbers and money.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { upTo } from "../spans.js";

export const atMost: Operator = {
  name: "at_most",
  ...worded("at most"),
  operand: "value",
  tests: forTypes(["number", "money"], (operands) => upTo(operandAt(operands, 0))),
};
