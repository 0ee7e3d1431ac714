// The words that begin the clauses of a condition on events.
import type { OfferedClauseKind } from "../completion/expectation.js";

export interface ClauseWords {
  readonly clause: OfferedClauseKind;
  readonly words: string;
  /** Other ways to write the same. */
  readonly otherwise?: readonly string[];
}

const windows: readonly string[] = [
  ...["since", "before", "after", "between", "on", "within", "today", "yesterday"],
  ...[
    "this month",
    "last month",
    "this week",
    "last week",
    "this quarter",
    "last quarter",
    "this year",
    "last year",
  ],
  ...["last calendar month", "in", "during"],
];

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
  ...windows.map((words): ClauseWords => ({ clause: "window", words })),
  { clause: "days", words: "on at least 3 different days" },
  ...["performed", "placed"].flatMap((verb): ClauseWords[] => {
    const other = verb === "placed" ? "place" : "perform";
    return [
      { clause: "then", words: `then ${verb}`, otherwise: [`then has ${verb}`, `then did ${other}`] },
      {
        clause: "then",
        words: `then not ${verb}`,
        otherwise: [`then has not ${verb}`, `then did not ${other}`, `then never ${verb}`],
      },
    ];
  }),
  { clause: "same", words: "with the same" },
  { clause: "same", words: "with" },
];

/** What may follow `on` or `in` before a number of different days. */
export const daysComparisons: readonly string[] = [
  "at least",
  "exactly",
  "at most",
  "more than",
  "less than",
];

/** True if these whole words, in lower case, are the beginning of a clause and not all of it. */
export function beginsClause(words: string): boolean {
  return (
    /^(?:on|in)(?: at| more| less)?$/.test(words) ||
    clauseWords.some(({ words: whole, otherwise = [] }) =>
      [whole, ...otherwise].some((form) => form.startsWith(`${words} `)),
    )
  );
}
