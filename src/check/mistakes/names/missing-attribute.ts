// `contains x is y`: an operator with no attribute before it.
import { operators } from "../../../operators/index.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const missingAttribute: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE"],
  recognise: ({ about: { condition } }, { source }) => {
    if (condition?.kind !== "Comparison" && condition?.kind !== "Flag") return undefined;
    const { text, span } = condition.attribute;
    const operator = operatorThatBegins(text);
    if (operator === undefined) return undefined;
    return diagnostic(
      "MISSING_ATTRIBUTE",
      [operator],
      source.span(span.start, span.start + operator.length),
      { expected: ["an attribute"] },
    );
  },
};

/** The longest operator that the words begin with, as written there, if something follows it. */
function operatorThatBegins(words: string): string | undefined {
  const lower = words.toLowerCase();
  const forms = operators.flatMap((operator) => [...operator.spellings, ...operator.negatedSpellings]);
  const longest = forms
    .filter((form) => lower.startsWith(`${form} `))
    .toSorted((one, other) => other.length - one.length)[0];
  return longest === undefined ? undefined : words.slice(0, longest.length);
}
