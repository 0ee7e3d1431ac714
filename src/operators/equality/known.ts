// `has any value`, `exists`, `is known`; its complement is `is unknown`.
import { valueTypes } from "../../plan/literals.js";
import type { Test } from "../../plan/plan.js";
import { forTypes, type Operator } from "../operator.js";

const known = (): Test => ({ kind: "known" });

export const hasAnyValue: Operator = {
  name: "has_any_value",
  spellings: [
    "has any value",
    "exists",
    "is known",
    "known",
    "is any value",
    "is not unknown",
    "not unknown",
  ],
  negatedSpellings: [
    "is unknown",
    "unknown",
    "does not exist",
    "is not known",
    "not known",
    "does not have any value",
    "is not any value",
  ],
  operand: "none",
  tests: {
    ...forTypes(valueTypes, known),
    // A set is never unknown, only empty.
    set: () => ({ kind: "hasAtLeast", size: 1 }),
  },
};
