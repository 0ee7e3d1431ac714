// `contains all of (…)`, of a set.
import type { Operator } from "../operator.js";
import { spanOf } from "../spans.js";

export const containsAllOf: Operator = {
  name: "contains_all_of",
  spellings: ["contains all of"],
  negatedSpellings: ["does not contain all of"],
  operand: "list",
  tests: { set: (operands) => ({ kind: "hasAll", values: operands.map(spanOf) }) },
};
