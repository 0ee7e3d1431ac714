// Whether a mend leads on: the text with it put in parses, checks with fewer errors than before, and is not turned into its opposite.
import type { Fix } from "../../grammar/diagnostic.js";

/** Asks of a mend whether it leads on. */
export interface Mending {
  /** True of a mend that takes away at least one error. */
  readonly mends: (fix: Fix) => boolean;
  /** True of a mend that adds no error. */
  readonly keeps: (fix: Fix) => boolean;
  /** The mend with what is offered for the text that it makes; undefined if that leads nowhere. */
  readonly further: (fix: Fix) => Fix | undefined;
}

// A text with very many mistakes is checked again for the first of them only. In UTF-16 units, over all tries.
const maxTriedText = 256 * 1024;

/**
 * `errorsIn` counts the errors of a text, each rule's failures by themselves; `fixesOf` are the mends that are offered for it, which
 * is not asked again of what those make.
 */
export function mendingOf(
  text: string,
  errorsIn: (text: string) => number,
  fixesOf?: (text: string) => readonly Fix[],
): Mending {
  let before: number | undefined;
  let tried = 0;
  const known = new Map<string, number>();
  const errorsAfter = (fix: Fix): number => {
    const key = `${fix.span.start} ${fix.span.end} ${fix.replacement}`;
    const errors = known.get(key) ?? countAfter(fix);
    known.set(key, errors);
    return errors;
  };
  const countAfter = (fix: Fix): number => {
    tried += text.length + 100;
    if (tried > maxTriedText || turnsAround(text.slice(fix.span.start, fix.span.end), fix.replacement))
      return Number.POSITIVE_INFINITY;
    return errorsIn(textWith(text, fix));
  };
  const errorsBefore = (): number => {
    before ??= errorsIn(text);
    return before;
  };
  return {
    mends: (fix) => errorsAfter(fix) < errorsBefore(),
    keeps: (fix) => errorsAfter(fix) <= errorsBefore(),
    further: (fix) => {
      tried += 4 * (text.length + 100);
      if (fixesOf === undefined || tried > maxTriedText) return undefined;
      const { start, end } = fix.span;
      const inside = start + fix.replacement.length;
      const isInside = ({ span }: Fix) => span.start >= start && span.end <= inside;
      const [more] = fixesOf(textWith(text, fix)).filter(isInside);
      if (more === undefined) return undefined;
      const from = more.span.start - start;
      const replacement = `${fix.replacement.slice(0, from)}${more.replacement}${fix.replacement.slice(more.span.end - start)}`;
      const whole = { replacement, span: fix.span };
      return turnsAround(text.slice(start, end), fix.replacement) || errorsAfter(whole) >= errorsBefore()
        ? undefined
        : whole;
    },
  };
}

function textWith(text: string, { replacement, span }: Fix): string {
  return text.slice(0, span.start) + replacement + text.slice(span.end);
}

// `no more than` and `not less than` bound from one side as the word alone does from the other.
const boundsTurned: readonly (readonly [RegExp, string])[] = [
  [/\b(?:no|not) (?:more|greater|higher|larger|bigger|later|older) than\b/g, "at most"],
  [/\b(?:no|not) (?:less|fewer|lower|smaller|earlier|younger) than\b/g, "at least"],
];
const negations =
  /\b(?:is|=) 0$|\b(?:not|no|never|none|without|neither|nor|cannot|excluding|except|unsubscribed|missing|blank|empty|null|unset|unknown)\b|n['’]t\b|\b(?:doesnt|dont|didnt|isnt|hasnt|havent)\b|\bout of\b|\bdoes not exist\b|!(?==|\w)|<>|≠/g;
const upwards = /\b(?:more|over|above|greater|after|later|since|exceeds?|older|minimum|at least)\b|>|≥/g;
const downwards = /\b(?:less|under|below|fewer|before|earlier|until|younger|maximum|at most|up to)\b|<|≤/g;

/** True if one text denies what the other affirms, or bounds from the other side, as far as their words show it. */
export function turnsAround(written: string, meant: string): boolean {
  const [one, other] = [plainWords(written), plainWords(meant)];
  if (count(one, negations) % 2 !== count(other, negations) % 2) return true;
  const isUp = (text: string) => count(text, upwards) > 0 && count(text, downwards) === 0;
  const isDown = (text: string) => count(text, downwards) > 0 && count(text, upwards) === 0;
  return (isUp(one) && isDown(other)) || (isDown(one) && isUp(other));
}

function plainWords(text: string): string {
  return boundsTurned.reduce(
    (words, [pattern, bound]) => words.replace(pattern, bound),
    // `does not exist` is one negation, and so is `is not null`'s pair none.
    text
      .toLowerCase()
      .replace(/\s+/g, " ")
      .replace(/does not exist/g, "unknown"),
  );
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
