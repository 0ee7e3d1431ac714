// The words that begin the clauses of a condition on events.
import type { ClauseKind } from "../completion/expectation.js";

export interface ClauseWords {
  readonly clause: ClauseKind;
  readonly words: string;
}

/** Every way to begin a clause, the common ones first. A count may also begin with its number. */
export const clauseWords: readonly ClauseWords[] = [
  { clause: "window", words: "in the last" },
  { clause: "where", words: "where" },
  { clause: "count", words: "at least" },
  { clause: "count", words: "at most" },
  { clause: "count", words: "exactly" },
  { clause: "count", words: "more than" },
  { clause: "count", words: "less than" },
  { clause: "count", words: "once" },
  { clause: "count", words: "twice" },
  { clause: "window", words: "since" },
  { clause: "window", words: "before" },
  { clause: "window", words: "after" },
  { clause: "window", words: "between" },
  { clause: "window", words: "on" },
  { clause: "window", words: "within" },
  { clause: "window", words: "today" },
  { clause: "window", words: "yesterday" },
  { clause: "then", words: "then performed" },
  { clause: "then", words: "then not performed" },
  { clause: "then", words: "then placed" },
  { clause: "then", words: "then not placed" },
  { clause: "same", words: "with the same" },
];

/** True if these whole words, in lower case, are the beginning of a clause and not all of it. */
export function beginsClause(words: string): boolean {
  return clauseWords.some((clause) => clause.words.startsWith(`${words} `));
}
