// Asks the usual mistakes what explains a failure, the words of a condition, and a condition that checks.
import type { Diagnostic, Fix } from "../../../grammar/diagnostic.js";
import type { Expression } from "../../../grammar/tree.js";
import { diagnostic, type Failed, type Failure, plainDiagnostic } from "../failure.js";
import type { Code } from "../messages.js";
import type { Reading, Scope } from "../scope.js";
import { likelyMistakes, phrases, sureMistakes, suspicions } from "./index.js";
import type { Mistake } from "./mistake.js";
import type { Phrase, Rewritten } from "./phrase.js";
import { type Stretch, stretchOf } from "./stretch.js";

/** What is reported of a rule's failures: each by the first mistake that explains it, else as it is. */
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

/** What the first of the mistakes says that recognises the failure, and whose mend leads on if it has one. */
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

/** What is reported of the values of a condition that checks. */
export function suspect(readings: readonly Reading[], scope: Scope): readonly Diagnostic[] {
  return readings.flatMap((reading) => suspicions.flatMap((suspicion) => suspicion.suspect(reading, scope)));
}

/** What a condition is reported as that is worded otherwise, and the syntax errors in it that this explains. */
export interface FoundPhrase {
  readonly diagnostic: Diagnostic;
  readonly instead: readonly Diagnostic[];
}

// In UTF-16 units: what is longer is no phrase, and takes the patterns long.
const maxPhraseLength = 400;

/** The phrase that a condition is which the parser or its rule refused; undefined if it is none. */
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
  // Where the parser refused something, the condition is not what its rule took it for.
  if (instead.length === 0 && (failed === undefined || isExplained(failed, scope))) return undefined;
  // The parser's own mend is nearer to the text.
  if (instead.some(({ fix }) => fix !== undefined && mending.mends(fix))) return undefined;
  // What the phrase explains, its mend takes away.
  const explainedErrors = Math.max(1, instead.length + (failed?.failures.length ?? 0));
  for (const phrase of phrases) {
    for (const rewritten of phrase.rewrite(stretch, scope)) {
      const fix = leadingFix(scope, stretch, phrase, rewritten, explainedErrors);
      if (fix === undefined) continue;
      const written = source.raw(fix.span.start, fix.span.end);
      return {
        diagnostic: diagnostic("WORDED_OTHERWISE", [written, fix.replacement], fix.span, { fix }),
        instead,
      };
    }
  }
  return undefined;
}

/** The mend of a phrase if it leads on, by itself or with what is offered for what it leaves. */
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

/** True of failures that the condition's words may explain: what is wrong with a segment, they don't. */
function isOfWords({ failures, diagnosed }: Failed): boolean {
  return diagnosed.length === 0 && !failures.some(({ code }) => segmentCodes.has(code));
}

/** True of failures that are reported already, or surely are usual mistakes by themselves. */
function isExplained({ failures }: Failed, scope: Scope): boolean {
  return failures.every((failure) => explained(failure, scope, sureMistakes) !== undefined);
}
