// `is at most`, of numbers and money.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { upTo } from "../spans.js";

export const atMost: Operator = {
  name: "at_most",
  ...worded("at most"),
  spoken: ["no more than", "not more than", "maximum", "maximum of", "up to"],
  misworded: ["until", "till", "til", "by"],
  counterparts: ["on_or_before"],
  operand: "value",
  tests: forTypes(["number", "money"], (operands) => upTo(operandAt(operands, 0))),
};
