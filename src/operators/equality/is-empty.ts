// `is empty`, of a set.
import type { Operator } from "../operator.js";

export const isEmpty: Operator = {
  name: "is_empty",
  forms: ["is empty", "empty"],
  negatedForms: ["is not empty", "not empty"],
  operand: "none",
  tests: { set: () => ({ kind: "hasAtMost", size: 0 }) },
};
