// `is before`: strictly before the start of a day or instant.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { before } from "../spans.js";

export const isBefore: Operator = {
  name: "before",
  ...worded("before"),
  spoken: ["lower than", "smaller than", "fewer than", "earlier than", "below", "prior to"],
  misworded: ["under"],
  counterparts: ["less_than"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => before(operandAt(operands, 0))),
};
