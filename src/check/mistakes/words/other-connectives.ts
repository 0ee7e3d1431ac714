// `vip && age is 30`, `city is Paris but vip`: other languages' words, and colloquial ones, for `and`, `or` and `not`.

import { quoted } from "../../../../grammar/format.js";
import type { Value } from "../../../../grammar/tree.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import type { Phrase } from "../phrase.js";
import { isBare, wordedTypes } from "../value.js";

/** What is used as a connective between words, and what it means. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/(?<=^|\s)&&?(?=\s|$)/g, "and"],
  [/(?<=^|\s)\|\|?(?=\s|$)/g, "or"],
  [
    /(?<=\b(?:everyone|everybody|anyone|all|all customers)),?\s+(?:but|except)(?:\s+(?:for|those))?(?=\s)/gi,
    " and not",
  ],
  [/\s*,\s*(?=(?:but|plus|as well as|except|excluding|unless)\s)/gi, " "],
  [/(?<=^|\s)(?:but|plus|\+|as well as)(?=\s|$)/gi, "and"],
  [
    /(?<=^|\s)(?:except|excluding|unless|but not|and not)(?: for| those(?: who are| who)?)?(?=\s|$)/gi,
    "and not",
  ],
  [/(?<=^|[\s(])!\s*(?=[\p{L}(])/gu, "not "],
  [/^either\s+/i, ""],
];

// A stretch between quotes or backticks is left as it is.
const quotedStretch = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/;

function replaced(text: string): string {
  return text
    .split(new RegExp(`(${quotedStretch.source})`))
    .map((part, index) =>
      index % 2 === 1
        ? part
        : meanings.reduce((words, [pattern, meaning]) => words.replace(pattern, meaning), part),
    )
    .join("")
    .replace(/\b(and|or)\s+\1\b/gi, "$1");
}

export const otherConnectives: Phrase = {
  leavesMore: true,
  rewrite: ({ text }) => {
    const meant = replaced(text);
    return meant === text ? [] : [meant];
  },
};

// Those that hardly any text contains, so that a text with them must have quotes.
const signs = /(?<=^|\s)(?:&&|\|\||!|but)(?=\s|$)/i;

/** Such a word in a bare value. A value of one word is no such word if it is longer than the longest of them. */
function connectiveOf(value: Value): string | undefined {
  const { raw } = value;
  if ((raw.length > 3 && !/\s/.test(raw)) || !isBare(value)) return undefined;
  return signs.exec(raw)?.[0];
}

/** True of a bare value with such a word in it. */
export function holdsConnective(value: Value): boolean {
  return connectiveOf(value) !== undefined;
}

/** The same in a text value: the rest is another condition, or the text needs quotes. */
export const connectiveInText: Suspicion = {
  of: wordedTypes,
  suspect: ({ operation }, { source, mending }) =>
    operation.operands.flatMap((value) => {
      const sign = connectiveOf(value);
      if (sign === undefined) return [];
      const { span } = value;
      const word = sign === "||" ? "or" : sign === "!" ? "not" : "and";
      const asCondition = { replacement: replaced(source.raw(span.start, span.end)), span };
      const asText = { replacement: quoted(value.text), span };
      const fix = mending?.keeps(asCondition) === true ? asCondition : asText;
      return [diagnostic("NOT_A_WORD", [sign, word], span, { expected: [word], fix })];
    }),
};
