// `>=`, of numbers, money and dates.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { startingWith } from "../spans.js";

export const greaterOrEqualSign: Operator = {
  name: ">=",
  spellings: [">=", "≥"],
  negatedSpellings: [],
  operand: "value",
  tests: forTypes(["number", "money", "date", "datetime"], (operands) =>
    startingWith(operandAt(operands, 0)),
  ),
};
