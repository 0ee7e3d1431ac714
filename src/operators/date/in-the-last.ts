// `in the last N units`, of dates: from that long before as-of to as-of, both inclusive.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { within } from "../spans.js";

export const inTheLast: Operator = {
  name: "in_the_last",
  spellings: ["is in the last", "in the last", "is in last", "in last"],
  negatedSpellings: ["is not in the last", "not in the last", "is not in last", "not in last"],
  spoken: [
    "within last",
    "within the last",
    "within past",
    "within the past",
    "within previous",
    "within the previous",
    "during last",
    "during the last",
    "during past",
    "during the past",
    "during previous",
    "during the previous",
    "in past",
    "in the past",
    "in previous",
    "in the previous",
  ],
  misworded: ["within", "within the", "during", "during the"],
  operand: "duration",
  direction: "past",
  tests: {
    ...forTypes(["date", "datetime"], (operands) => within(operandAt(operands, 0))),
    yearly: (operands) => ({ kind: "yearly", days: operandAt(operands, 0).days ?? [] }),
  },
};
