// `contains any of (…)`, of a set.
import type { Operator } from "../operator.js";
import { spanOf } from "../spans.js";

export const containsAnyOf: Operator = {
  name: "contains_any_of",
  spellings: ["contains any of"],
  negatedSpellings: ["does not contain any of"],
  misworded: ["in"],
  counterparts: ["is_any_of"],
  operand: "list",
  tests: {
    product: (operands) => ({ kind: "hasAny", values: operands.map(spanOf) }),
    set: (operands) => ({ kind: "hasAny", values: operands.map(spanOf) }),
  },
};
