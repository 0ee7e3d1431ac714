// `last order > 30 days ago`: later than that instant, although longer ago is meant.
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";

const meanings: Readonly<Record<string, string>> = {
  ">": "more than",
  "<": "less than",
  ">=": "more than",
  "<=": "less than",
};

export const laterThanAgo: Suspicion = {
  of: ["date", "datetime", "yearly"],
  suspect: ({ operation: { operator, operands }, wanted, literals }, { source }) => {
    const words = meanings[operator.raw];
    const [value] = operands;
    if (words === undefined || value === undefined || literals[0]?.relative === undefined) return [];
    if (wanted.use === undefined) return [];
    const span = source.span(operator.span.start, operator.span.end);
    const read = operator.raw.startsWith(">") ? "later than" : "earlier than";
    return [
      diagnostic("SIGN_BEFORE_AGO", [operator.raw, read, value.raw, words], operator.span, {
        fix: { replacement: words, span },
      }),
    ];
  },
};
