// `in the next N units`, of dates: from as-of to that long after it, both inclusive.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { within } from "../spans.js";

export const inTheNext: Operator = {
  name: "in_the_next",
  spellings: ["is in the next", "in the next", "is in next", "in next"],
  negatedSpellings: ["is not in the next", "not in the next", "is not in next", "not in next"],
  spoken: [
    "within next",
    "within the next",
    "during the next",
    "over the next",
    "in the coming",
    "within the coming",
    "due in",
    "due in the next",
    "due within",
    "due within the next",
  ],
  operand: "duration",
  direction: "future",
  tests: {
    ...forTypes(["date", "datetime"], (operands) => within(operandAt(operands, 0))),
    yearly: (operands) => ({ kind: "yearly", days: operandAt(operands, 0).days ?? [] }),
  },
};
