// `exactly N units ago`, of dates: any time on that day, or in that clock hour or minute.
import { forTypes, type Operator, operandAt, worded } from "../operator.js";
import { between } from "../spans.js";

export const exactly: Operator = {
  name: "exactly",
  ...worded("exactly"),
  counterparts: ["is"],
  operand: "value",
  tests: forTypes(["date", "datetime"], (operands) => {
    const literal = operandAt(operands, 0);
    const whole = literal.relative?.whole ?? literal;
    return between(whole, whole);
  }),
  relativeOnly: ["date", "datetime"],
};
