// `city is = Paris`: a sign after an operator, which was read as part of the text.
import { quoteValue } from "../../../../grammar/format.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import { isBare, textTypes } from "../value.js";

export const signInText: Suspicion = {
  of: textTypes,
  suspect: ({ operation }, { source }) => {
    return operation.operands.flatMap((value) => {
      const [sign] = isBare(value) ? (/^[<>=!]+\s/.exec(value.text) ?? []) : [];
      if (sign === undefined) return [];
      const quoted = quoteValue(value.text);
      // A quote directly after a word belongs to the word, as in `is"== unknown"`.
      const isJoined = /\w/.test(source.raw(value.span.start - 1, value.span.start));
      const fix = { replacement: isJoined ? ` ${quoted}` : quoted, span: value.span };
      return [diagnostic("SIGN_IN_TEXT", [sign.trim(), quoted], value.span, { fix })];
    });
  },
};
