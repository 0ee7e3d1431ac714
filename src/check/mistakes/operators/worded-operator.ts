// `age greater than 5`, `city contians York`: an operator in other words, or misspelt, after a name.
import type { Diagnostic, Span } from "../../../../grammar/diagnostic.js";
import type { Expression, Name } from "../../../../grammar/tree.js";
import { diagnostic } from "../../failure.js";
import type { Named } from "../../scope.js";
import { directionOf } from "../dates/direction.js";
import { begunComparison } from "../guess.js";
import type { Mistake } from "../mistake.js";
import type { MeantOperation } from "../spoken.js";

export const wordedOperator: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, scope) => {
    const name = condition === undefined ? undefined : wordsOf(condition);
    const begun = name === undefined ? undefined : begunComparison(scope, name);
    if (name === undefined || begun?.meant === undefined) return undefined;
    const { named, meant } = begun;
    // A pattern says which part of the text is meant.
    if (/^(?:like|match(?:es)?)$/i.test(meant.written) && /[%*^$]/.test(meant.rest)) return undefined;
    const { span } = name;
    if (/^within(?: the)?$/i.test(meant.written)) return withoutDirection(named, meant, span);
    const value = meant.operator.operand === "list" ? `(${meant.rest})` : meant.rest;
    const fix = { replacement: `${named.canonicalName} ${meant.form} ${value}`, span };
    if (meant.isSynonym) scope.synonyms?.add(fix);
    return diagnostic("UNKNOWN_OPERATOR", [meant.written, meant.form], span, {
      expected: [meant.form],
      fix,
    });
  },
};

/** The words of a condition in which no operator was found; `over 1000` ends in what may be a year. */
function wordsOf(condition: Expression): Name | undefined {
  if (condition.kind === "Flag") return condition.attribute;
  if (condition.kind !== "Comparison" || condition.operator.raw !== "") return undefined;
  const { raw, span } = condition;
  return { kind: "Name", text: raw.replace(/\s+/g, " "), span, raw };
}

/** `within 30 days`, of a date. */
function withoutDirection(named: Named, { written, rest }: MeantOperation, span: Span): Diagnostic {
  const form = directionOf(named);
  return diagnostic("UNKNOWN_OPERATOR", [written, form], span, {
    expected: form === undefined ? ["is in the last", "is in the next"] : [form],
    fix: form === undefined ? undefined : { replacement: `${named.canonicalName} ${form} ${rest}`, span },
  });
}
