// The text of a query: the line and column of a stretch of it, and the mistakes found in it.
import type { Diagnostic, Fix, Span } from "./diagnostic.js";
import { limits } from "./limits.js";

/** Converts offsets in one text to lines and columns (from 1). Lines end at \n, \r\n or \r. */
export class Source {
  readonly #lineStarts: readonly number[];
  readonly diagnostics: Diagnostic[] = [];

  constructor(readonly text: string) {
    this.#lineStarts = lineStarts(text);
  }

  span(start: number, end: number): Span {
    if (this.#lineStarts.length === 1) return { start, end, line: 1, column: start + 1 };
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= start) low = middle;
      else high = middle - 1;
    }
    return { start, end, line: low + 1, column: start - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** The text between two offsets. */
  raw(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  /** The empty span after the last character. */
  end(): Span {
    return this.span(this.text.length, this.text.length);
  }

  fix(replacement: string, start: number, end: number): Fix {
    return { replacement, span: this.span(start, end) };
  }

  /** Adds a diagnostic, unless the maximum number is reached. */
  report(
    code: string,
    message: string,
    span: Span,
    more: { readonly expected?: readonly string[]; readonly fix?: Fix | undefined } = {},
  ): void {
    if (this.diagnostics.length >= limits.diagnostics) return;
    const { expected = [], fix } = more;
    this.diagnostics.push({
      code,
      severity: "ERROR",
      message,
      span,
      expected,
      ...(fix === undefined ? {} : { fix }),
    });
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  // Most texts are one line, and this check is faster than looking at every character.
  if (!text.includes("\n") && !text.includes("\r")) return starts;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}
