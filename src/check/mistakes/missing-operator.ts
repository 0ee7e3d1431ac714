// `city Paris`: a name with a value right behind it.
import { diagnostic } from "../failure.js";
import { begunComparison, canReadBy } from "./guess.js";
import type { Mistake } from "./mistake.js";

export const missingOperator: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, scope) => {
    if (condition?.kind !== "Flag") return undefined;
    const { text, span } = condition.attribute;
    const begun = begunComparison(scope, condition.attribute);
    if (begun === undefined) return undefined;
    const { named, rest } = begun;
    const operator = named.type === "set" ? "contains" : "is";
    const replacement = canReadBy(scope, named, operator, rest, span)
      ? `${named.canonicalName} ${operator} ${rest}`
      : undefined;
    return diagnostic("MISSING_OPERATOR", [text, named.canonicalName, replacement], span, {
      expected: ["an operator"],
      fix: replacement === undefined ? undefined : { replacement, span },
    });
  },
};
