// `is on or after`, of dates.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { startingWith } from "../spans.js";

export const onOrAfter: Operator = {
  name: "on_or_after",
  ...worded("on or after"),
  spoken: ["since", "from", "no earlier than"],
  counterparts: ["at_least"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => startingWith(operandAt(operands, 0))),
};
