// `>`, of numbers, money and dates.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { after } from "../spans.js";

export const greaterSign: Operator = {
  name: ">",
  spellings: [">"],
  negatedSpellings: [],
  counterparts: ["more_than"],
  operand: "value",
  tests: forTypes(["number", "money", "date", "datetime"], (operands) => after(operandAt(operands, 0))),
};
