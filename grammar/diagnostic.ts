// What a mistake in a query is reported as, whichever module finds it.

/** A stretch of the query's text. Offsets count UTF-16 units from 0, `end` is exclusive; line and column count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A mechanical fix: replace `span` by `replacement` (an empty span inserts). */
export interface Fix {
  readonly replacement: string;
  readonly span: Span;
}

/** A hint reports how something was read; nothing is wrong with it. */
export type Severity = "ERROR" | "WARNING" | "HINT";

export interface Diagnostic {
  /** Stable, in capitals, as `UNKNOWN_ATTRIBUTE`. */
  readonly code: string;
  readonly severity: Severity;
  /** For people who do not program; names the mistake and its fix. */
  readonly message: string;
  readonly span: Span;
  /** What could have been written there, if that is known. */
  readonly expected: readonly string[];
  readonly fix?: Fix;
  /** Its place in the query's tree, as a JSON Pointer (RFC 6901), if a tree was requested or given. */
  readonly path?: string;
}
