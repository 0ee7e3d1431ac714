// `ends with`, of text.
import { forTypes, type Operator, operandAt } from "../operator.js";

export const endsWith: Operator = {
  name: "ends_with",
  spellings: ["ends with"],
  negatedSpellings: ["does not end with"],
  spoken: ["end with", "ends with", "ending with"],
  operand: "value",
  tests: forTypes(["text", "exact"], (operands) => ({
    kind: "endsWith",
    text: String(operandAt(operands, 0).from),
  })),
};
