// `is between A and B`: both ends inclusive, with whole days.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { between } from "../spans.js";

export const isBetween: Operator = {
  name: "between",
  ...worded("between"),
  operand: "pair",
  tests: forTypes(["number", "money", "date", "datetime"], (operands) =>
    between(operandAt(operands, 0), operandAt(operands, 1)),
  ),
};
