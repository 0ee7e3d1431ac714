// `total spent > 1k`, `more than 500 dollars`, `age is thirty`: numbers in other words.

import { trimText } from "../../../plan/text.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

const names: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  eighteen: 18,
  twenty: 20,
  "twenty one": 21,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
  "a hundred": 100,
  "one hundred": 100,
  thousand: 1_000,
  "a thousand": 1_000,
  "one thousand": 1_000,
};
const scales: Readonly<Record<string, number>> = {
  k: 1_000,
  thousand: 1_000,
  m: 1_000_000,
  million: 1_000_000,
};
const dollars = /\s*(?:us )?(?:dollars?|bucks)$/i;
const counted = /\s+(?:times?|points?|years?|years? old|orders?|items?|customers?)$/i;

function inDigits(written: string, currency: string): string | undefined {
  const text = trimText(written);
  const known = names[text.toLowerCase().replace("-", " ")];
  if (known !== undefined) return String(known);
  const scaled = /^([$€£]?)(\d+(?:\.\d+)?)\s*(k|thousand|m|million)$/i.exec(text);
  if (scaled !== null) {
    const [, sign, digits, scale] = scaled;
    return `${sign}${Math.round(Number(digits) * scales[scale!.toLowerCase()]! * 100) / 100}`;
  }
  if (currency === "USD" && dollars.test(text)) return text.replace(dollars, "");
  return counted.test(text) ? text.replace(counted, "") : undefined;
}

export const amountInWords: Mistake = {
  of: ["NOT_A_NUMBER", "NOT_AN_AMOUNT", "NOT_A_COUNT"],
  recognise: ({ code, about: { value, wanted }, span, expected }, { catalog: { currency } }) => {
    const meant = value === undefined ? undefined : inDigits(value.text, currency);
    if (value === undefined || wanted === undefined || meant === undefined) return undefined;
    const more = { expected, fix: { replacement: meant, span } };
    if (code === "NOT_A_COUNT") return diagnostic(code, [value.text], span, more);
    return code === "NOT_AN_AMOUNT"
      ? diagnostic(code, [value.text, wanted.attribute.name, currency, undefined], span, more)
      : diagnostic("NOT_A_NUMBER", [value.text, wanted.attribute.name, undefined], span, more);
  },
};
