// Reads a text whose only errors are synonyms of the language's words, such as `opened email in the last 7 days`, as the query that
// they surely mean. Valid texts never come here.
import type { Diagnostic, Fix, Span } from "../../../grammar/diagnostic.js";
import { Source } from "../../../grammar/source.js";
import type { CheckedQuery, ReadQuery } from "../checked-query.js";
import type { Checked } from "../expression.js";
import { diagnostic } from "../failure.js";
import { errorsAmong, firstSeparate } from "../mends.js";

/**
 * The text as it is read, with a hint for each synonym; undefined if it has another error.
 * @param refused the text's check.
 * @param synonyms the fixes that put the language's words for their synonyms.
 * @param check checks a text.
 */
export function readSynonyms(
  text: string,
  refused: CheckedQuery,
  synonyms: ReadonlySet<Fix>,
  check: (text: string) => CheckedQuery,
): Omit<ReadQuery, "canonical"> | undefined {
  if (synonyms.size === 0) return undefined;
  const errors = errorsAmong(refused.diagnostics);
  const fixes = firstSeparate(
    errors.flatMap(({ fix }) => (fix !== undefined && synonyms.has(fix) ? fix : [])),
  );
  if (fixes.length < errors.length) return undefined;
  const meant = check(
    fixes.reduceRight((words, { span, replacement }) => {
      return words.slice(0, span.start) + replacement + words.slice(span.end);
    }, text),
  );
  if (meant.plan === undefined) return undefined;
  const source = new Source(text);
  const placed = placing(source, fixes);
  const others = placed(meant.diagnostics).flatMap(({ fix: own, ...one }): readonly Diagnostic[] => {
    if (!fixes.some((fix) => touches(one.span, fix.span)))
      return [own === undefined ? one : { ...one, fix: own }];
    return one.severity !== "HINT" || one.code === "PERIOD_YEAR" ? [one] : [];
  });
  // What is suspicious about the words that are meant is a reason to show them first.
  const isSuspicious = ({ severity, span }: Diagnostic) =>
    severity !== "HINT" && fixes.some((fix) => touches(span, fix.span));
  if (others.some(isSuspicious)) return undefined;
  const hints = fixes.map((fix): Diagnostic => {
    const written = source.raw(fix.span.start, fix.span.end);
    return diagnostic("READ_AS", [written, fix.replacement], fix.span, { fix });
  });
  const placedPart = (part: Checked): Checked => ({
    ...part,
    canonical: placed(part.canonical),
    ...(part.parts && { parts: part.parts.map(placedPart) }),
    joined: placed(part.joined),
  });
  return {
    tree: refused.tree,
    meant: placed(meant.tree),
    diagnostics: [...hints, ...others].toSorted((one, other) => one.span.start - other.span.start),
    asked: meant.asked.map(({ written, ...asked }) => ({ ...asked, written: placed(written) })),
    plan: meant.plan,
    checked: placedPart(meant.checked),
  };
}

function touches(one: Span, other: Span): boolean {
  return one.start < other.end && one.end > other.start;
}

/** Moves the spans in plain data from the text with the fixes to the text without them; a span in a fix becomes the fixed words. */
function placing(source: Source, fixes: readonly Fix[]): <Node>(node: Node) => Node {
  const offset = (at: number, isEnd: boolean): number => {
    let moved = 0;
    for (const { span, replacement } of fixes) {
      const start = span.start + moved;
      const end = start + replacement.length;
      if (isEnd ? at <= start : at < start) break;
      if (isEnd ? at <= end : at < end) return isEnd ? span.end : span.start;
      moved += replacement.length - (span.end - span.start);
    }
    return at - moved;
  };
  const placed = <Node>(node: Node): Node => {
    if (Array.isArray(node)) return node.map(placed) as Node;
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (key !== "span") return [key, placed(value)];
        return [key, source.span(offset(value.start, false), offset(value.end, true))];
      }),
    ) as Node;
  };
  return placed;
}
