// Whether a fix is worth offering: with it, the text parses, has fewer errors than before, and is not turned into its opposite.
import type { Diagnostic, Fix, Span } from "../../grammar/diagnostic.js";

/** Tries fixes. */
export interface Mending {
  /** True if a fix removes at least `errors` errors (by default one) and leaves none in its own words. */
  readonly mends: (fix: Fix, errors?: number) => boolean;
  /** True if a fix leaves fewer errors to report than `reported`. */
  readonly leavesFewer: (fix: Fix, reported: number) => boolean;
  /** True if a fix adds no error; with `reported`, also none to the number of errors that are reported. */
  readonly keeps: (fix: Fix, reported?: number) => boolean;
  /** True if accepting all offered fixes, and then those of the resulting text, leads to a text without errors. */
  readonly together: (offered: readonly Diagnostic[]) => boolean;
  /** True if another diagnostic, in the words that a fix replaces, is not reported any more once the fix is accepted. */
  readonly makesNeedless: (fix: Fix, other: Diagnostic) => boolean;
  /** The fix together with those offered for the text that it makes; undefined if these lead to no valid text. */
  readonly further: (fix: Fix, errors?: number) => Fix | undefined;
}

// A text with very many mistakes is checked again only for the first of them. In UTF-16 units, over all trials.
const maxTriedText = 256 * 1024;

/** The errors of a text after a fix: how many, and whether any is in the fix's own words. */
interface Outcome {
  readonly errors: number;
  readonly isClean: boolean;
}

const refused: Outcome = { errors: Number.POSITIVE_INFINITY, isClean: false };

/**
 * `errorsIn` finds the errors of a text, each rule's failures by themselves; `reportedIn` finds what is reported for it, with
 * fixes that are not tried in turn; `offeredIn` with fixes that are.
 */
export function mendingOf(
  text: string,
  errorsIn: (text: string) => readonly Span[],
  reportedIn?: (text: string) => readonly Diagnostic[],
  offeredIn = reportedIn,
): Mending {
  let before: number | undefined;
  let tried = 0;
  const known = new Map<string, Outcome>();
  const after = (fix: Fix): Outcome => {
    const key = `${fix.span.start} ${fix.span.end} ${fix.replacement}`;
    const outcome = known.get(key) ?? tryFix(fix);
    known.set(key, outcome);
    return outcome;
  };
  const tryFix = (fix: Fix): Outcome => {
    tried += text.length + 100;
    const { start, end } = fix.span;
    if (tried > maxTriedText || turnsAround(text.slice(start, end), fix.replacement)) return refused;
    const errors = errorsIn(textWith(text, fix));
    const inside = start + fix.replacement.length;
    return {
      errors: errors.length,
      isClean: !errors.some((span) => span.start < inside && span.end > start),
    };
  };
  const errorsBefore = (): number => {
    before ??= errorsIn(text).length;
    return before;
  };
  const mends = (fix: Fix, atLeast = 1): boolean => {
    const { errors, isClean } = after(fix);
    return isClean && errors + atLeast <= errorsBefore();
  };
  const reportsAtMost = (fix: Fix, errors: number): boolean =>
    reportedIn === undefined || errorsAmong(reportedIn(textWith(text, fix))).length <= errors;
  return {
    mends,
    leavesFewer: (fix, reported) => mends(fix) && reportsAtMost(fix, reported - 1),
    keeps: (fix, reported) =>
      after(fix).errors <= errorsBefore() && (reported === undefined || reportsAtMost(fix, reported)),
    together: (offered) => {
      // Then the caller tries them together.
      if (offeredIn === undefined) return true;
      let [mended, diagnostics] = [text, offered];
      for (let rounds = 0; rounds < maxRounds; rounds += 1) {
        const fixes = firstSeparate(diagnostics.flatMap(({ fix }) => fix ?? []));
        if (fixes.length === 0) break;
        tried += 4 * (mended.length + 100);
        if (tried > maxTriedText) return false;
        mended = fixes.reduceRight(textWith, mended);
        diagnostics = offeredIn(mended);
      }
      return errorsAmong(diagnostics).length === 0;
    },
    makesNeedless: (fix, { code, severity, span }) => {
      const { start, end } = fix.span;
      if (start === end || span.start < start || span.end > end) return false;
      if (severity === "ERROR") return after(fix).isClean;
      tried += 2 * (text.length + 100);
      if (reportedIn === undefined || tried > maxTriedText) return false;
      const inside = start + fix.replacement.length;
      return !reportedIn(textWith(text, fix)).some(
        (left) => left.code === code && left.span.start < inside && left.span.end > start,
      );
    },
    further: (fix, atLeast) => {
      tried += 4 * (text.length + 100);
      const { start, end } = fix.span;
      if (reportedIn === undefined || tried > maxTriedText) return undefined;
      if (turnsAround(text.slice(start, end), fix.replacement)) return undefined;
      const inside = start + fix.replacement.length;
      const more = separate(
        errorsAmong(reportedIn(textWith(text, fix)))
          .flatMap((error) => error.fix ?? [])
          .filter(({ span }) => span.start >= start && span.end <= inside),
      );
      if (more.length === 0) return undefined;
      const replacement = more.reduce(
        (words, each) =>
          words.slice(0, each.span.start - start) + each.replacement + words.slice(each.span.end - start),
        fix.replacement,
      );
      const whole = { replacement, span: fix.span };
      return mends(whole, atLeast) ? whole : undefined;
    },
  };
}

export function errorsAmong(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "ERROR");
}

/** How often all fixes of a text are accepted, each time for the text that results. */
const maxRounds = 3;

/** The fixes without those that overlap an earlier one in the list, in the order of the text. */
export function firstSeparate(fixes: readonly Fix[]): readonly Fix[] {
  const kept: Fix[] = [];
  for (const fix of fixes) {
    const { start, end } = fix.span;
    const overlaps = kept.some(
      ({ span }) => (start < span.end && span.start < end) || (start === span.start && end === span.end),
    );
    if (!overlaps) kept.push(fix);
  }
  return kept.toSorted((one, other) => one.span.start - other.span.start);
}

/** The fixes that do not overlap, the last first. */
function separate(fixes: readonly Fix[]): readonly Fix[] {
  const kept: Fix[] = [];
  for (const fix of fixes.toSorted((one, other) => other.span.start - one.span.start)) {
    const following = kept.at(-1);
    if (following === undefined || fix.span.end <= following.span.start) kept.push(fix);
  }
  return kept;
}

function textWith(text: string, { replacement, span }: Fix): string {
  return text.slice(0, span.start) + replacement + text.slice(span.end);
}

// `no more than` and `not less than` bound from one side, as the opposite word alone does.
const boundsTurned: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:no|not) (?:more|greater|higher|larger|bigger|later|older) than\b|\bnot (?:after\b|>(?!=))/g,
    "at most",
  ],
  [
    /\b(?:no|not) (?:less|fewer|lower|smaller|earlier|younger) than\b|\bnot (?:before\b|<(?![=>]))/g,
    "at least",
  ],
];
const negations =
  /\b(?:is|=) 0$|\b(?:not|no|never|none|without|neither|cannot|excluding|except|unsubscribed|missing|blank|empty|(?:is|not)?null|unset|unknown)\b|n['’]t\b|\b(?:doesnt|dont|didnt|isnt|hasnt|havent)\b|\bopted[ -]out\b|(?<!\bdropped )\bout of\b|\bunless\b|\bexclude\b|\bfalse\b|\b(?:0|zero) (?:orders?|purchases?)\b|\b(?:everyone|everybody|anyone|all customers|all),? but\b|\bdoes not exist\b|!(?==|\s*[\w(`])|<>|≠/g;
const upwards = /\b(?:more|over|above|greater|after|later|since|exceeds?|older|minimum|at least)\b|>|≥/g;
const downwards = /\b(?:less|under|below|fewer|before|earlier|until|younger|maximum|at most|up to)\b|<|≤/g;

/** True if, judging by their words, one text denies what the other affirms, or bounds from the other side. */
export function turnsAround(written: string, meant: string): boolean {
  const [one, other] = [plainWords(written), plainWords(meant)];
  if (count(one, negations) % 2 !== count(other, negations) % 2) return true;
  const isUp = (text: string) => count(text, upwards) > 0 && count(text, downwards) === 0;
  const isDown = (text: string) => count(text, downwards) > 0 && count(text, upwards) === 0;
  return (isUp(one) && isDown(other)) || (isDown(one) && isUp(other));
}

const numberFirst = /^(?:[$€£]?[\d.,]+|datediff\(.*\)) ?([<>])/;

function plainWords(text: string): string {
  return boundsTurned.reduce(
    (words, [pattern, bound]) => words.replace(pattern, bound),
    // `does not exist` is one negation, `is not null` none.
    text
      .toLowerCase()
      .replace(/\s+/g, " ")
      // `30 < age` is `age > 30`; fewer days since are a later day.
      .replace(numberFirst, (_, sign: string) => (sign === "<" ? ">" : "<"))
      .replace(/does not exist/g, "unknown")
      .replace(/(?<=[=>≠\s])(?:''|"")$/, "empty"),
  );
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
