// A common mistake that is recognised by the words of a whole condition, whatever the parser made of them.

import type { Scope } from "../scope.js";
import type { Stretch } from "./stretch.js";

/**
 * What a condition is rewritten as: a query for its words, and the end of the words if it takes more than the condition's own.
 */
export type Rewritten = string | { readonly text: string; readonly end: number };

export interface Phrase {
  /** What may be meant by the words, as queries, the likeliest first; none if they are another mistake. */
  readonly rewrite: (stretch: Stretch, scope: Scope) => readonly Rewritten[];
  /** What is reported of it, with the words and what is to be written: by default that they are worded otherwise. */
  readonly code?: "WORDED_OTHERWISE" | "SEGMENT_OVER_TIME";
  /** True if the rest may contain another mistake, which is then fixed, too. */
  readonly leavesMore?: boolean;
  /** True of words that surely mean the query: they are read as it, and not only get it as a mend. */
  readonly isSynonym?: (written: string, meant: string) => boolean;
}

/** A phrase that one pattern recognises; `write` receives its groups, missing ones as empty texts. */
export function phrase(
  pattern: RegExp,
  write: (groups: Readonly<Record<string, string>>, scope: Scope, stretch: Stretch) => readonly string[],
  more: Pick<Phrase, "leavesMore" | "isSynonym"> = {},
): Phrase {
  return {
    ...more,
    rewrite: (stretch, scope) => {
      const match = pattern.exec(stretch.text.replace(/\s+/g, " "));
      if (match === null) return [];
      const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name, value ?? ""]);
      return write(Object.fromEntries(groups) as Readonly<Record<string, string>>, scope, stretch);
    },
  };
}

/** Two conditions in place of one: in parentheses behind `not`. */
export function pair(conditions: string, { source }: Scope, { span }: Stretch): string {
  return /\bnot\s+$/i.test(source.raw(0, span.start)) ? `(${conditions})` : conditions;
}
