// `age is 1,5`, `total spent is $1.000,50`: a comma for the decimal point, as half of Europe writes it.
import { trimText } from "../../../plan/text.js";
import { diagnostic } from "../../failure.js";
import { readAmount } from "../../numbers.js";
import type { Mistake } from "../mistake.js";
import { phrase } from "../phrase.js";

export const decimalComma: Mistake = {
  of: ["NOT_A_NUMBER", "NOT_AN_AMOUNT"],
  recognise: ({ code, about: { value, wanted }, span, expected }, { catalog: { currency } }) => {
    const pointed = value === undefined ? undefined : withDecimalPoint(trimText(value.text));
    if (value === undefined || wanted === undefined || pointed === undefined) return undefined;
    const more = { expected, fix: { replacement: pointed, span } };
    const { name } = wanted.attribute;
    if (code === "NOT_A_NUMBER") return diagnostic(code, [value.text, name, pointed], span, more);
    if (readAmount(pointed, currency).kind !== "amount") return undefined;
    return diagnostic("NOT_AN_AMOUNT", [value.text, name, currency, pointed], span, more);
  },
};

/** `10,50` and `1.000,50` with a point; undefined if the text is not so written. */
function withDecimalPoint(text: string): string | undefined {
  const match = /^([^\d.,]*)(\d+|\d{1,3}(?:\.\d{3})+),(\d{1,2})([^\d.,]*)$/.exec(text);
  if (match === null) return undefined;
  const [, before = "", whole = "", fraction = "", after = ""] = match;
  return `${before}${whole.replaceAll(".", "")}.${fraction}${after}`;
}

/** `total spent more than 1 000`: spaces that group thousands. */
export const spacedThousands = phrase(
  /^(?<before>.*[^\d\s] ?)(?<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?<after>(?: [A-Z]{3})?)$/,
  ({ before, number, after }) => [`${before}${number!.replace(/\s/g, "")}${after}`],
  { leavesMore: true },
);
