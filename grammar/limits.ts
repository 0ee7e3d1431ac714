// How much one query may be.

export const limits = {
  /** UTF-8 bytes of text. */
  bytes: 16 * 1024,
  conditions: 100,
  /** Parentheses, groups and `where`s inside one another. */
  levels: 16,
  listItems: 1_000,
  eventConditions: 20,
  /** Steps of one sequence, the negative ones included. */
  steps: 6,
  /** Mistakes told of one text: more than these nobody reads. */
  diagnostics: 100,
} as const;
