// `age greater than 5`, `city contians York`: an operator in other words, or misspelt, after a name.
import { diagnostic } from "../../failure.js";
import { begunComparison } from "../guess.js";
import type { Mistake } from "../mistake.js";

export const wordedOperator: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, scope) => {
    if (condition?.kind !== "Flag") return undefined;
    const begun = begunComparison(scope, condition.attribute);
    if (begun?.meant === undefined) return undefined;
    const { named, meant } = begun;
    // A pattern says which part of the text is meant.
    if (/^(?:like|match(?:es)?)$/i.test(meant.written) && /[%*^$]/.test(meant.rest)) return undefined;
    const { span } = condition.attribute;
    const value = meant.operator.operand === "list" ? `(${meant.rest})` : meant.rest;
    return diagnostic("UNKNOWN_OPERATOR", [meant.written, meant.form], span, {
      expected: [meant.form],
      fix: { replacement: `${named.canonicalName} ${meant.form} ${value}`, span },
    });
  },
};
