// `starts at`, of dates: on or after.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { startingWith } from "../spans.js";

export const startsAt: Operator = {
  name: "starts_at",
  spellings: ["starts at"],
  negatedSpellings: ["does not start at"],
  spoken: [
    "start at",
    "starting at",
    "start on",
    "starts on",
    "starting on",
    "start from",
    "starts from",
    "starting from",
    "begin at",
    "begins at",
    "beginning at",
    "begin on",
    "begins on",
    "beginning on",
    "begin from",
    "begins from",
    "beginning from",
  ],
  counterparts: ["at_least", "starts_with"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => startingWith(operandAt(operands, 0))),
};
