// `created before 1 Feb 2026`, `created more than 30 days`: a date written in another way, or a length of time without `ago`.
import { readDuration, writtenOtherwise } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const dateOtherwise: Mistake = {
  of: ["NOT_A_DATE"],
  recognise: ({ about: { value, wanted }, span, expected }) => {
    if (value === undefined || wanted === undefined) return undefined;
    const meant = readDuration(value.text) === undefined ? writtenOtherwise(value.text) : `${value.text} ago`;
    if (meant === undefined) return undefined;
    return diagnostic("NOT_A_DATE", [value.text, wanted.attribute.name, meant], span, {
      expected,
      fix: { replacement: meant, span },
    });
  },
};
