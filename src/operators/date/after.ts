// `is after`: strictly after the end of a day or instant.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { after } from "../spans.js";

export const isAfter: Operator = {
  name: "after",
  ...worded("after"),
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => after(operandAt(operands, 0))),
};
