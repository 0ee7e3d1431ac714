// `email is @gmail.com`, `email is gmail.com`: the end of an address, which no whole address is.
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";

export const partOfEmail: Suspicion = {
  of: ["text"],
  suspect: ({ operation: { operator, operands }, wanted }, { source }) => {
    const [value] = operands;
    if (wanted.attribute.name !== "email" || operator.name !== "is" || value === undefined) return [];
    if (
      !/^(?:@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|(?:[\p{L}\p{N}-]+\.)+(?:com|net|org|info|edu|gov|biz|[a-z]{2}))$/iu.test(
        value.text,
      )
    )
      return [];
    const form = operator.negated ? "does not end with" : "ends with";
    const replacement = `${form} @${value.text.replace(/^@/, "")}`;
    const span = source.span(operator.span.start, value.span.end);
    return [
      diagnostic("PART_OF_EMAIL", [value.raw, replacement], value.span, { fix: { replacement, span } }),
    ];
  },
};
