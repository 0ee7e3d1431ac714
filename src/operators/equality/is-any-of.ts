// `is any of (…)`, `in (…)`: one of a list.

import { isAfter } from "../../plan/scalars.js";
import { forTypes, type Operator } from "../operator.js";

export const isAnyOf: Operator = {
  name: "is_any_of",
  spellings: ["is any of", "any of", "is in", "in", "is not none of", "not none of"],
  negatedSpellings: ["is none of", "none of", "is not any of", "not any of", "is not in", "not in"],
  misworded: ["in"],
  counterparts: ["contains_any_of"],
  operand: "list",
  tests: {
    ...forTypes(["text", "exact", "country", "enumeration", "number", "money", "product"], (operands) => ({
      kind: "oneOf",
      // No customer has an amount between two whole minor units.
      values: operands.filter((operand) => !isAfter(operand.from, operand.to)).map((operand) => operand.from),
    })),
    month: (operands) => ({ kind: "yearly", days: operands.flatMap((operand) => operand.days ?? []) }),
  },
};
