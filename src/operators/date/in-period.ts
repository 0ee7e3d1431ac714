// `in November 2026`, `is during last quarter`, or no word at all before a span of the calendar: within it.
import { forTypes, type Operator, operandAt } from "../operator.js";
import { within } from "../spans.js";

export const inPeriod: Operator = {
  name: "in_period",
  // The last form is empty: `created this month`.
  spellings: ["is in", "in", "is during", "during", ""],
  negatedSpellings: ["is not in", "not in", "is not during", "not during"],
  operand: "period",
  version: 2,
  tests: {
    ...forTypes(["date", "datetime"], (operands) => within(operandAt(operands, 0))),
    yearly: (operands) => ({ kind: "yearly", days: operandAt(operands, 0).days ?? [] }),
  },
};
