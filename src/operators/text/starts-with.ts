// `starts with`, of text.
import { forTypes, type Operator, operandAt } from "../operator.js";

export const startsWith: Operator = {
  name: "starts_with",
  spellings: ["starts with"],
  negatedSpellings: ["does not start with"],
  spoken: ["start with", "starts with", "starting with", "begin with", "begins with", "beginning with"],
  counterparts: ["starts_at"],
  operand: "value",
  tests: forTypes(["text", "exact"], (operands) => ({
    kind: "startsWith",
    text: String(operandAt(operands, 0).from),
  })),
};
