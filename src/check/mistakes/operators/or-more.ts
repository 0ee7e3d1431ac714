// `age is 18 or more`, `number of orders 3 or less`, `age is 18+`: a bound written after the number.
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";
import { phrase } from "../phrase.js";

const more = "more|older|higher|greater|above|over|up|later|larger|bigger|longer";
const less = "less|fewer|younger|lower|smaller|below|under|earlier|shorter";
const words = new RegExp(`^(?:${more}|${less})$`, "i");
const isLess = new RegExp(`^(?:${less})$`, "i");

function bounded(before: string, number: string, word: string): string {
  return `${before} is ${isLess.test(word) ? "at most" : "at least"} ${number}`;
}

/** `more` after `or`, which the parser reads as a separate condition. */
export const orMore: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, { around, source }) => {
    const previous = around.before.at(-1);
    const [next] = around.behind;
    if (condition?.kind === "Flag" && next?.kind === "Flag" && words.test(next.attribute.text))
      return "consequence";
    if (condition?.kind !== "Flag" || !words.test(condition.attribute.text) || previous === undefined)
      return undefined;
    const written = source.raw(previous.span.start, previous.span.end);
    const match = /^(.*?)(?:\s+is|\s*=)?\s+(\S*\d\S*(?:\s+[A-Za-z]{3})?)$/s.exec(written);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    const span = source.span(previous.span.start, condition.span.end);
    const replacement = bounded(match[1], match[2], condition.attribute.text);
    const whole = source.raw(span.start, span.end);
    return diagnostic("WORDED_OTHERWISE", [whole, replacement], span, { fix: { replacement, span } });
  },
};

const equal = /^(?:is )?equals?(?: to)? (?<number>.+)$/i;

/** `age is greater than or equal to 30`. */
export const orEqual: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY", "NOT_A_NUMBER", "NOT_AN_AMOUNT", "NOT_A_DATE"],
  recognise: ({ about: { condition } }, { around, source }) => {
    const [next] = around.behind;
    if (next?.kind === "Flag" && equal.test(next.attribute.text)) return "consequence";
    const previous = around.before.at(-1);
    if (condition?.kind !== "Flag" || previous === undefined) return undefined;
    const number = equal.exec(condition.attribute.text)?.groups?.number;
    const written = source.raw(previous.span.start, previous.span.end);
    const match = /^(.*?)(?:\s+is|\s+are)?\s+(\w+)(?:\s+than)?$/s.exec(written);
    if (number === undefined || match?.[1] === undefined || match[2] === undefined) return undefined;
    const span = source.span(previous.span.start, condition.span.end);
    const isUp = /^(?:more|greater|higher|bigger|larger|older|over|above)$/i.test(match[2]);
    if (!isUp && !isLess.test(match[2]) && !/^smaller$/i.test(match[2])) return undefined;
    const replacement = bounded(match[1], number, isUp ? "more" : "less");
    const whole = source.raw(span.start, span.end);
    return diagnostic("WORDED_OTHERWISE", [whole, replacement], span, { fix: { replacement, span } });
  },
};

/** `18+` and `18 and up` without an `or`. */
export const plusBehindNumber = phrase(
  /^(?<before>.*?)(?: is|=)? (?<number>[$€£]?\d[\d.,_]*)\s?(?:\+|plus)$/i,
  ({ before, number }) => [bounded(before!, number!, "more")],
);
