// `has at least N`: that many different elements of a set.
import { type Operator, operandAt } from "../operator.js";

export const hasAtLeast: Operator = {
  name: "has_at_least",
  spellings: ["has at least"],
  negatedSpellings: ["does not have at least"],
  operand: "value",
  operandType: "number",
  tests: { set: (operands) => ({ kind: "hasAtLeast", size: Number(operandAt(operands, 0).from) }) },
};
