// Words for true and false, as people and spreadsheets write them in the languages of the exports that are read.
import { normaliseText } from "../../../plan/text.js";

export const englishTrueWords: readonly string[] = ["true", "yes", "y", "1"];
export const englishFalseWords: readonly string[] = ["false", "no", "n", "0"];

/** By language: words for true, and words for false. */
const languages: readonly (readonly [truths: readonly string[], falsehoods: readonly string[]])[] = [
  [
    ["true", "yes"],
    ["false", "no"],
  ],
  [
    ["wahr", "ja"],
    ["falsch", "nein"],
  ],
  [
    ["vrai", "oui"],
    ["faux", "non"],
  ],
  [
    ["verdadero", "sí", "si"],
    ["falso", "no"],
  ],
  [
    ["verdadeiro", "sim"],
    ["falso", "não", "nao"],
  ],
  [
    ["vero", "sì", "si"],
    ["falso", "no"],
  ],
  [
    ["waar", "ja"],
    ["onwaar", "nee"],
  ],
  [
    ["prawda", "tak"],
    ["fałsz", "nie"],
  ],
  [
    ["sant", "ja"],
    ["falskt", "nej"],
  ],
  [
    ["pravda", "ano"],
    ["nepravda", "ne"],
  ],
];

export const defaultTrueWords: readonly string[] = [
  ...new Set([...englishTrueWords, ...languages.flatMap(([truths]) => truths.map(normaliseText))]),
];
export const defaultFalseWords: readonly string[] = [
  ...new Set([...englishFalseWords, ...languages.flatMap(([, falsehoods]) => falsehoods.map(normaliseText))]),
];

/** Words that are long enough to mean nothing else. */
const minSureLength = 4;

/** A column's words for true and false so far. */
export interface BooleanWords {
  /** False if the word is none of a language that has all words before it. */
  observe(text: string): boolean;
  /**
   * True if the words are surely true and false: both are among them, or they are English, or long. `ja` alone, or `NE` in a column of
   * states, may be anything.
   */
  areSure(): boolean;
}

export function booleanWords(): BooleanWords {
  const seen = new Set<string>();
  let left = languages.map(([truths, falsehoods]) => ({
    truths: truths.map(normaliseText),
    falsehoods: falsehoods.map(normaliseText),
  }));
  return {
    observe(text) {
      if (left.length === 0) return false;
      const word = normaliseText(text);
      left = left.filter(({ truths, falsehoods }) => truths.includes(word) || falsehoods.includes(word));
      if (left.length > 0) seen.add(word);
      return left.length > 0;
    },
    areSure() {
      const words = [...seen];
      const isEnglish = words.every((word) => defaultEnglish.has(word));
      return left.some(
        ({ truths, falsehoods }) =>
          isEnglish ||
          words.every((word) => word.length >= minSureLength) ||
          (words.some((word) => truths.includes(word)) && words.some((word) => falsehoods.includes(word))),
      );
    },
  };
}

const defaultEnglish: ReadonlySet<string> = new Set([...englishTrueWords, ...englishFalseWords]);
