// `name is null`, `email IS NOT NULL`, `city is blank`: other languages' words for a missing value.
import type { OperatorUse } from "../../../../grammar/tree.js";
import { diagnostic } from "../../failure.js";
import type { Scope } from "../../scope.js";
import type { Mistake, Suspicion } from "../mistake.js";
import { phrase } from "../phrase.js";
import { isBare, textTypes, valueCodes } from "../value.js";

const nothing =
  /^(?:null|nil|none|blank|missing|undefined|n\/a|nothing|empty|unset|not set|not null|not blank)$/i;
const something = /^(?:set|filled|filled in|given|present|defined|provided|available)$/i;

/** `is unknown` or `has any value`, depending on the operator and the word after it. */
function meant(use: OperatorUse, word: string): string | undefined {
  if (use.name !== "is") return undefined;
  if (!nothing.test(word) && !something.test(word)) return undefined;
  const turned = /^not\s/i.test(word) && !/^not\s+set$/i.test(word);
  const isUnknown = (nothing.test(word) !== use.negated) !== turned;
  return isUnknown ? "is unknown" : "has any value";
}

/** For a text, for which any word is a value. */
export const noValueAsText: Suspicion = {
  of: [...textTypes, "country"],
  suspect: ({ operation: { operator, operands }, wanted }, { source }) => {
    const [value] = operands;
    if (value === undefined || !isBare(value)) return [];
    const form = meant(operator, value.text);
    if (form === undefined) return [];
    const span = source.span(operator.span.start, value.span.end);
    return [
      diagnostic("WORD_AS_TEXT", [value.raw, wanted.canonicalName, form], value.span, {
        expected: [form],
        fix: { replacement: form, span },
      }),
    ];
  },
};

/** For any other type. */
export const noValue: Mistake = {
  of: valueCodes,
  recognise: ({ about: { operation, value } }, { source }: Scope) => {
    if (operation === undefined || value === undefined) return undefined;
    const { operator } = operation;
    const form =
      value.text === "" && operator.name === "is"
        ? operator.negated
          ? "has any value"
          : "is unknown"
        : meant(operator, value.text);
    if (form === undefined) return undefined;
    const span = source.span(operator.span.start, value.span.end);
    if (value.text === "")
      return diagnostic("EMPTY_VALUE", [], value.span, { fix: { replacement: form, span } });
    const written = source.raw(span.start, span.end);
    return diagnostic("UNKNOWN_OPERATOR", [written, form], span, {
      expected: [form],
      fix: { replacement: form, span },
    });
  },
};

/** `email <> ''`: compared with an empty text by another language's sign. */
export const emptyText = phrase(
  /^(?<name>.+?) ?(?<op>isn['’]?t|==|<>|≠) ?(?:""|''|“”|‘’)$/i,
  ({ name, op }) => [`${name} ${op === "==" ? "is unknown" : "has any value"}`],
);
