// `city Paris`: a name followed directly by a value.
import type { Diagnostic } from "../../../../grammar/diagnostic.js";
import { diagnostic, type Failure } from "../../failure.js";
import type { Scope } from "../../scope.js";
import { begunComparison, canReadBy } from "../guess.js";
import type { Mistake } from "../mistake.js";
import { negationBehind } from "../spoken.js";
import { sorting } from "../words/sql.js";

export const missingOperator: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: recogniseMissing,
};

/** The same for types that not just any words are a value of: then it is surely this mistake. */
export const missingOperatorOfType: Mistake = {
  of: missingOperator.of,
  recognise: (failure, scope) => {
    const { condition } = failure.about;
    const begun = condition?.kind === "Flag" ? begunComparison(scope, condition.attribute) : undefined;
    if (begun === undefined || ["text", "exact", "country"].includes(begun.named.type)) return undefined;
    const found = recogniseMissing(failure, scope);
    return found?.fix === undefined ? undefined : found;
  },
};

function recogniseMissing({ about: { condition } }: Failure, scope: Scope): Diagnostic | undefined {
  if (condition?.kind !== "Flag") return undefined;
  const { text, span } = condition.attribute;
  const begun = begunComparison(scope, condition.attribute);
  if (begun === undefined) return undefined;
  const { named, rest } = begun;
  if (sorting.test(text)) return diagnostic("NO_SORTING", [text], span);
  const operator = named.type === "set" ? "contains" : "is";
  // `tags are vip`, `tags aren't vip`: the operator is there, of several.
  const verb = /^(?<word>are|were|include|includes)(?<contraction>n['’]?t)? /i.exec(rest);
  const behind = rest.slice(verb?.[0].length ?? 0);
  const negation = negationBehind(verb?.groups?.word ?? "", behind, named.type);
  const value = behind.slice(negation.length);
  const negated = (negation !== "") !== (verb?.groups?.contraction !== undefined);
  const form = negated ? (named.type === "set" ? "does not contain" : "is not") : operator;
  // `no vip`, `no longer active`: whether that is a value, or the opposite of one, can't be told.
  const isUnclear = /^(?:no longer|never)\s/i.test(value) || (named.type === "set" && /^no\s/i.test(value));
  const replacement =
    !isUnclear && canReadBy(scope, named, operator, value, span)
      ? `${named.canonicalName} ${form} ${value}`
      : undefined;
  const fix = replacement === undefined ? undefined : { replacement, span };
  // The phrase of consents is a verb: nothing else follows it.
  if (fix !== undefined && /^opted in to /i.test(text)) scope.synonyms?.add(fix);
  return diagnostic("MISSING_OPERATOR", [text, named.canonicalName, replacement], span, {
    expected: ["an operator"],
    fix,
  });
}
