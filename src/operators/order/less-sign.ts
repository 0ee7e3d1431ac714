// `<`, of numbers, money and dates.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { before } from "../spans.js";

export const lessSign: Operator = {
  name: "<",
  spellings: ["<"],
  negatedSpellings: [],
  counterparts: ["less_than"],
  operand: "value",
  tests: forTypes(["number", "money", "date", "datetime"], (operands) => before(operandAt(operands, 0))),
};
