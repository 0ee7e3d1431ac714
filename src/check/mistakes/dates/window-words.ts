// `performed login within the last 30 days`: the words of another way to say a window before its length.
import { readDuration } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const windowWords: Mistake = {
  of: ["NOT_A_DURATION"],
  recognise: ({ about: { value, wanted }, span, expected }) => {
    if (value === undefined || wanted === undefined) return undefined;
    const rest = value.text.replace(/^(?:the\s+)?(?:last|past|previous)\s+/i, "");
    if (rest === value.text || readDuration(rest) === undefined) return undefined;
    return diagnostic("NOT_A_DURATION", [value.text, wanted.written], span, {
      expected,
      fix: { replacement: rest, span },
    });
  },
};
