// `on`, of dates: within that day or minute, as written.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { within } from "../spans.js";

export const on: Operator = {
  name: "on",
  ...worded("on"),
  counterparts: ["is"],
  operand: "value",
  tests: {
    ...forTypes(["date", "datetime"], (operands) => within(operandAt(operands, 0))),
    yearly: (operands) => ({ kind: "yearly", days: operandAt(operands, 0).days ?? [] }),
  },
};
