// Wrong queries with their mistakes marked in the text: `[[age]] contains 3`. An empty mark, `[[]]`, is a place.
import type { Diagnostic } from "../../grammar/diagnostic.js";

/** The text without its marks. */
export function unmarked(text: string): string {
  return text.replace(/\[\[|\]\]/g, "");
}

/** The text with marks around every diagnostic's span. */
export function marked(text: string, diagnostics: readonly Pick<Diagnostic, "span">[]): string {
  const marks = diagnostics.flatMap(({ span }) => [
    { at: span.start, mark: "[[" },
    { at: span.end, mark: "]]" },
  ]);
  return marks
    .toSorted((one, other) => other.at - one.at || (one.mark < other.mark ? 1 : -1))
    .reduce((result, { at, mark }) => result.slice(0, at) + mark + result.slice(at), text);
}

/** The text after every fix was put in, the last first. */
export function mended(text: string, diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .flatMap(({ fix }) => (fix === undefined ? [] : [fix]))
    .toSorted((one, other) => other.span.start - one.span.start)
    .reduce(
      (result, { replacement, span }) => result.slice(0, span.start) + replacement + result.slice(span.end),
      text,
    );
}
