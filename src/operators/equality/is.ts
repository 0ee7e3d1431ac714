// `is`: equality; of a day, within it.
import type { Literal } from "../../plan/literals.js";
import type { Test } from "../../plan/plan.js";
import { forTypes, type Operator, operandAt } from "../operator.js";
import { within } from "../spans.js";

const yearly = (operands: readonly Literal[]): Test => ({
  kind: "yearly",
  days: operandAt(operands, 0).days ?? [],
});

export const is: Operator = {
  name: "is",
  spellings: ["is", "="],
  negatedSpellings: ["is not", "!=", "≠"],
  spoken: ["equals", "equal", "equal to", "equals to", "are", "was", "were"],
  counterparts: ["contains"],
  operand: "value",
  tests: {
    ...forTypes(
      [
        "text",
        "exact",
        "country",
        "enumeration",
        "number",
        "money",
        "boolean",
        "date",
        "datetime",
        "product",
      ],
      (operands) => within(operandAt(operands, 0)),
    ),
    yearly,
    month: yearly,
  },
};
