// `is after`: strictly after the end of a day or instant.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { after } from "../spans.js";

export const isAfter: Operator = {
  name: "after",
  ...worded("after"),
  spoken: [
    "greater than",
    "bigger than",
    "larger than",
    "higher than",
    "later than",
    "above",
    "exceeds",
    "exceed",
  ],
  misworded: ["over"],
  counterparts: ["more_than"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => after(operandAt(operands, 0))),
};
