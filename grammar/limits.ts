// The limits of one query.

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
  /** Diagnostics reported for one text: no one reads more. */
  diagnostics: 100,
} as const;
