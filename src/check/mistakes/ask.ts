// Asks the common mistakes to explain a failure, the words of a condition, and a condition that checks.
import type { Diagnostic, Fix } from "../../../grammar/diagnostic.js";
import type { Expression } from "../../../grammar/tree.js";
import { type ValueType, valueTypes } from "../../plan/literals.js";
import { diagnostic, type Failed, type Failure, plainDiagnostic } from "../failure.js";
import type { Code } from "../messages.js";
import type { Reading, Scope } from "../scope.js";
import { likelyMistakes, phrases, sureMistakes, suspicions } from "./index.js";
import type { Mistake, Suspicion } from "./mistake.js";
import type { Phrase, Rewritten } from "./phrase.js";
import { type Stretch, stretchOf } from "./stretch.js";
import { comparedType } from "./value.js";

/** What is reported for a rule's failures: each explained by the first mistake that matches, or as it is. */
export function diagnose(failed: Failed, scope: Scope): readonly Diagnostic[] {
  return [...failed.failures.flatMap((failure) => diagnoseOne(failure, scope)), ...failed.diagnosed];
}

function diagnoseOne(failure: Failure, scope: Scope): readonly Diagnostic[] {
  if (scope.mending === undefined) return [plainDiagnostic(failure)];
  return (
    explained(failure, scope, sureMistakes) ??
    explained(failure, scope, likelyMistakes) ?? [plainDiagnostic(failure)]
  );
}

/** The report of the first mistake that recognises the failure and whose fix, if it has one, passes its trial. */
function explained(
  failure: Failure,
  scope: Scope,
  mistakes: readonly Mistake[],
): readonly Diagnostic[] | undefined {
  for (const mistake of mistakes) {
    const found = mistake.of.includes(failure.code) ? mistake.recognise(failure, scope) : undefined;
    if (found === "consequence") return [];
    if (found !== undefined && (found.fix === undefined || scope.mending?.mends(found.fix) === true))
      return [found];
  }
  return undefined;
}

// Every valid condition is asked, at every key press: only the suspicions that its type of values may raise.
const suspicionsOf: ReadonlyMap<ValueType, readonly Suspicion[]> = new Map(
  valueTypes.map((type) => [type, suspicions.filter(({ of }) => of.includes(type))]),
);

/** What is reported for the values of a condition that checks. */
export function suspect(readings: readonly Reading[], scope: Scope): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const reading of readings)
    for (const suspicion of suspicionsOf.get(comparedType(reading.wanted)) ?? [])
      found.push(...suspicion.suspect(reading, scope));
  return found;
}

/** The diagnostic of a condition in other words than the language's, and the syntax errors in it that this explains. */
export interface FoundPhrase {
  readonly diagnostic: Diagnostic;
  readonly instead: readonly Diagnostic[];
}

// Words that the language refuses although they are clear, or that several things may be meant by: their mend is only offered.
const refusedWords =
  /&&|\|\||!|\b(?:but|over|under|no|without|ordered|bought|purchased|buys?|spent|paid|signed|joined|registered|members?|or (?:more|less|older|younger))\b/i;

// In UTF-16 units: a longer text is no phrase, and is slow to match.
const maxPhraseLength = 400;

/** The phrase that a refused condition is; undefined if it is none. */
export function asPhrase(
  scope: Scope,
  node: Expression,
  failed: Failed | undefined,
): FoundPhrase | undefined {
  const { mending, source, syntax = [], around } = scope;
  if (mending === undefined) return undefined;
  if (failed !== undefined ? !isOfWords(failed) : syntax.length === 0) return undefined;
  const stretch = stretchOf(source, node, around.inGroup);
  const { span } = stretch;
  if (stretch.text.length > maxPhraseLength) return undefined;
  const instead = syntax.filter((one) => one.span.start >= span.start && one.span.start <= span.end);
  // If the parser refused something, the condition is not what its rule took it for.
  if (instead.length === 0 && (failed === undefined || isExplained(failed, scope))) return undefined;
  // The parser's own fix is closer to the text.
  if (instead.some(({ fix }) => fix !== undefined && mending.mends(fix))) return undefined;
  // The phrase's fix has to remove all errors that the phrase explains.
  const explainedErrors = Math.max(1, instead.length + (failed?.failures.length ?? 0));
  for (const phrase of phrases) {
    for (const rewritten of phrase.rewrite(stretch, scope)) {
      const fix = leadingFix(scope, stretch, phrase, rewritten, explainedErrors);
      if (fix === undefined) continue;
      const written = source.raw(fix.span.start, fix.span.end);
      const isWhole = fix.replacement === (typeof rewritten === "string" ? rewritten : rewritten.text);
      if (isWhole && !refusedWords.test(written) && phrase.isSynonym?.(written, fix.replacement) === true)
        scope.synonyms?.add(fix);
      const { code = "WORDED_OTHERWISE" } = phrase;
      // A mend without the time that was asked for means something else.
      const offered = code === "SEGMENT_OVER_TIME" ? {} : { fix };
      return { diagnostic: diagnostic(code, [written, fix.replacement], fix.span, offered), instead };
    }
  }
  return undefined;
}

/** The fix of a phrase if it passes its trial, alone or with the fixes offered for the rest. */
function leadingFix(
  { mending, source }: Scope,
  { text, span }: Stretch,
  { leavesMore = false }: Phrase,
  rewritten: Rewritten,
  errors: number,
): Fix | undefined {
  const whole = typeof rewritten === "string" ? { text: rewritten, end: span.end } : rewritten;
  if (whole.text === text) return undefined;
  const fix = { replacement: whole.text, span: source.span(span.start, whole.end) };
  if (mending?.mends(fix, errors) === true) return fix;
  return leavesMore ? mending?.further(fix, errors) : undefined;
}

const segmentCodes: ReadonlySet<Code> = new Set([
  "UNKNOWN_SEGMENT",
  "ARCHIVED_SEGMENT",
  "SEGMENT_CYCLE",
  "SEGMENT_HAS_MISTAKES",
  "SEGMENTS_TOO_DEEP",
  "SEGMENTS_TOO_LARGE",
]);

/** True of failures that the condition's words may explain: they don't explain a mistake in a segment. */
function isOfWords({ failures, diagnosed }: Failed): boolean {
  return diagnosed.length === 0 && !failures.some(({ code }) => segmentCodes.has(code));
}

/** True of failures that are reported already, or that are surely common mistakes by themselves. */
function isExplained({ failures }: Failed, scope: Scope): boolean {
  return failures.every((failure) => explained(failure, scope, sureMistakes) !== undefined);
}
