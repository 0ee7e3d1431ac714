// `source is mailchump`, `birthday month is Mai`: a value of a closed list with a letter or two wrong.
import { quoteValue } from "../../../../grammar/format.js";
import { closest } from "../../closest.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const misspeltValue: Mistake = {
  of: ["UNKNOWN_VALUE"],
  recognise: ({ about: { value, wanted }, span, expected }) => {
    const meant = value === undefined ? undefined : closest(value.text, expected);
    if (value === undefined || wanted === undefined || meant === undefined) return undefined;
    return diagnostic("UNKNOWN_VALUE", [value.text, wanted.attribute.name, meant, expected], span, {
      expected,
      fix: { replacement: quoteValue(meant), span },
    });
  },
};

export const misspeltMonth: Mistake = {
  of: ["NOT_A_MONTH"],
  recognise: ({ about: { value }, span, expected }) => {
    const meant = value === undefined ? undefined : closest(value.text, expected);
    if (value === undefined || meant === undefined) return undefined;
    return diagnostic("NOT_A_MONTH", [value.text], span, { expected, fix: { replacement: meant, span } });
  },
};
