// What a mistake in a query is reported as, whichever room finds it.

/** A stretch of the query's text. Offsets count UTF-16 units from 0, `end` is exclusive; line and column count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A mechanical mend: put `replacement` where `span` is (an empty span inserts). */
export interface Fix {
  readonly replacement: string;
  readonly span: Span;
}

/** A hint says how something was read, and that nothing is wrong with it. */
export type Severity = "ERROR" | "WARNING" | "HINT";

export interface Diagnostic {
  /** Stable, in capitals, as `UNKNOWN_ATTRIBUTE`. */
  readonly code: string;
  readonly severity: Severity;
  /** For somebody who does not program; names the mistake and the mend. */
  readonly message: string;
  readonly span: Span;
  /** What could have stood there, where that is known. */
  readonly expected: readonly string[];
  readonly fix?: Fix;
  /** Where it is in the query's tree, as a JSON Pointer (RFC 6901), where a tree was asked for or given. */
  readonly path?: string;
}
