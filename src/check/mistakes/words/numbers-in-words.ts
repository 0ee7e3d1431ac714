// `in the last two weeks`, `ordered three times`: numbers in words before what they count.
import { phrase } from "../phrase.js";

export const numbersFromZero = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const counted = "times?|hours?|days?|weeks?|months?|quarters?|years?|orders?|purchases?";
const number = `\\b(?:(${numbersFromZero.join("|")})|a dozen)`;
const inWords = new RegExp(`${number}(?= (?:${counted})\\b)`, "gi");
/** Quoted texts are values; so may be any words behind `where`, except for a length of time and how often. */
const kept = /("[^"]*"|“[^”]*”|\bwhere\b)/i;
const lengthOfTime = `(?<=\\b(?:last|next|past|within) \\w+(?: dozen)?)(?= (?:${counted})\\b)`;
const howOften = "(?= times?(?: (?:in|within|since|before|after|on|today|yesterday|this|last)\\b|$))";
const behindWhere = new RegExp(`${number}(?:${lengthOfTime}|${howOften})`, "gi");
const bound = /\b(?:at least|at most|exactly|(?:more|less|fewer) than|over|under|[<>=]) $/i;

export const numbersInWords = phrase(
  /^(?<words>.+)$/i,
  ({ words }) => {
    let pattern = inWords;
    const written = words!
      .split(kept)
      .map((part, index) => {
        if (index % 2 === 0) return inFigures(part, pattern);
        if (/^where$/i.test(part)) pattern = behindWhere;
        return part;
      })
      .join("");
    return written === words ? [] : [written];
  },
  { leavesMore: true },
);

function inFigures(words: string, pattern: RegExp): string {
  return words.replace(pattern, (_, word: string | undefined, at: number) => {
    const count = word === undefined ? 12 : numbersFromZero.indexOf(word.toLowerCase());
    const isTimes = /^\S+ times?\b/i.test(words.slice(at));
    // `0 times` alone is at least 0.
    return count === 0 && isTimes && !bound.test(words.slice(0, at)) ? "exactly 0" : String(count);
  });
}
