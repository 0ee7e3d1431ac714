// `<=`, of numbers, money and dates.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { upTo } from "../spans.js";

export const lessOrEqualSign: Operator = {
  name: "<=",
  spellings: ["<=", "≤"],
  negatedSpellings: [],
  operand: "value",
  tests: forTypes(["number", "money", "date", "datetime"], (operands) => upTo(operandAt(operands, 0))),
};
