// `in the last two weeks`, `ordered three times`: numbers in words before what they count.
import { phrase } from "../phrase.js";

const numbers = [
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
const inWords = new RegExp(`\\b(?:(${numbers.join("|")})|a dozen)(?= (?:${counted})\\b)`, "gi");

export const numbersInWords = phrase(
  /^(?<words>.+)$/i,
  ({ words }) => {
    const written = words!.replace(inWords, (_, word?: string) =>
      String(word === undefined ? 12 : numbers.indexOf(word.toLowerCase())),
    );
    return written === words ? [] : [written];
  },
  { leavesMore: true },
);
