// `is on or before`, of dates.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { upTo } from "../spans.js";

export const onOrBefore: Operator = {
  name: "on_or_before",
  ...worded("on or before"),
  spoken: ["until", "till", "til", "up to", "no later than"],
  misworded: ["by"],
  counterparts: ["at_most"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => upTo(operandAt(operands, 0))),
};
