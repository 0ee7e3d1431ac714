// `city is equal to Paris`, `name is containing ann`: an operator in everyday words after `is`, which was read as part of the text.
import { diagnostic } from "../../failure.js";
import { meantBy } from "../guess.js";
import type { Suspicion } from "../mistake.js";
import { isBare, wordedTypes } from "../value.js";

// Others may well begin a name: `city is in Paris`, `name is by Anna`.
const words =
  /^(?:equals?(?: to)?|(?:like|containing|including|starting with|beginning with|ending with|matching|contains?|starts? with|begins? with|ends? with)) /i;

export const operatorInText: Suspicion = {
  of: wordedTypes,
  suspect: ({ operation: { operator, operands }, wanted }, scope) => {
    const [value] = operands;
    if (operator.name !== "is" || value === undefined || !isBare(value) || !words.test(value.raw)) return [];
    const meant = meantBy(scope, wanted, value.raw, value.span, operator.negated);
    if (meant === undefined || meant.rest === "" || !words.test(`${meant.written} `)) return [];
    const replacement = `${meant.form} ${meant.rest}`;
    const fix = { replacement, span: scope.source.span(operator.span.start, value.span.end) };
    return [
      diagnostic("OPERATOR_IN_TEXT", [meant.written, wanted.canonicalName, replacement], value.span, { fix }),
    ];
  },
};
