// `is more than`, of numbers and money; `more than N units ago`, of dates: strictly before that.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { after, before } from "../spans.js";

export const moreThan: Operator = {
  name: "more_than",
  ...worded("more than"),
  spoken: [
    "greater than",
    "bigger than",
    "larger than",
    "higher than",
    "above",
    "exceeds",
    "exceed",
    "older than",
  ],
  misworded: ["over"],
  operand: "value",
  tests: {
    ...forTypes(["number", "money"], (operands) => after(operandAt(operands, 0))),
    ...forTypes(["date", "datetime"], (operands) => before(operandAt(operands, 0))),
  },
  relativeOnly: ["date", "datetime"],
};
