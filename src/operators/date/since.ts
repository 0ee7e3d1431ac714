// `since`, of dates: on or after.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { startingWith } from "../spans.js";

export const since: Operator = {
  name: "since",
  spellings: ["since", "is since"],
  negatedSpellings: ["not since", "is not since"],
  operand: "value",
  version: 2,
  tests: forTypes(["date", "datetime"], (operands) => startingWith(operandAt(operands, 0))),
};
