// `starts at`, of dates: on or after.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { startingWith } from "../spans.js";

export const startsAt: Operator = {
  name: "starts_at",
  forms: ["starts at"],
  negatedForms: ["does not start at"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => startingWith(operandAt(operands, 0))),
};
