// `is empty`, of a set.
import type { Operator } from "../operator.js";

export const isEmpty: Operator = {
  name: "is_empty",
  spellings: ["is empty", "empty"],
  negatedSpellings: ["is not empty", "not empty"],
  operand: "none",
  tests: { set: () => ({ kind: "hasAtMost", size: 0 }) },
};
