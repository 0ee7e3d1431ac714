// Operators: the longest that begins at a token and is followed by its operand.
import type { OperatorStep, OperatorSyntax } from "../operator-syntax.js";
import { endsValue } from "./clause-scanner.js";
import {
  type Context,
  isDigit,
  type Lookahead,
  numberLength,
  startsOperand,
  startsValue,
} from "./lookahead.js";
import { periodLength } from "./periods.js";
import { LeftBracket, LeftParenthesis, Not, Or, Sign } from "./tokens.js";

/** An operator found: how many tokens it has, and what it is. */
export interface OperatorMatch {
  readonly length: number;
  readonly syntax: OperatorSyntax;
  readonly negated: boolean;
}

// Last words of operators that are hardly a name's: a sign after them belongs to the value.
const beforeSigns = new Set(["with", "contains", "contain", "than", "least", "most"]);

/** The longest operator at `k` whose operand follows it, or that its first word alone identifies. */
export function operatorAt(
  peek: Lookahead,
  k: number,
  root: OperatorStep,
  context: Context,
): OperatorMatch | undefined {
  let step: OperatorStep | undefined = root.next.get(peek(k).image);
  let found: OperatorMatch | undefined =
    root.period !== undefined && endsInPeriod(peek, k, context) ? { length: 0, ...root.period } : undefined;
  for (let length = 1; step !== undefined; length += 1) {
    if (step.period !== undefined && endsInPeriod(peek, k + length, context))
      found = { length, ...step.period };
    else if (step.distance !== undefined && distanceAt(peek, k + length) > 0)
      found = { length, ...step.distance };
    else if (
      step.end !== undefined &&
      takesOperand(peek, k, length, step.end.syntax, context) &&
      !isOfName(peek, k + length, step.end.syntax, root, context)
    ) {
      found = { length, syntax: step.end.syntax, negated: step.end.negated };
    }
    step = step.next.get(peek(k + length).image);
  }
  return found;
}

/** In `customer since before 2025` the word is the name's last, since a comparison follows. */
function isOfName(
  peek: Lookahead,
  k: number,
  { name }: OperatorSyntax,
  root: OperatorStep,
  context: Context,
): boolean {
  return name === "since" && (operatorAt(peek, k, root, context)?.length ?? 0) > 0;
}

/** True if a span of the calendar begins at `k` and ends the condition. */
function endsInPeriod(peek: Lookahead, k: number, context: Context): boolean {
  const length = periodLength(peek, k);
  return length > 0 && endsValue(peek, k + length, context);
}

/** How many tokens `7 days after` has at `k` if something follows it; otherwise 0. */
export function distanceAt(peek: Lookahead, k: number): number {
  const { image } = peek(k);
  const number = isDigit(image.charCodeAt(0))
    ? numberLength(peek, k)
    : image === "a" || image === "an"
      ? 1
      : 0;
  if (!distanceWords.has(peek(k + number + 1).image) || !isDistanceUnit(peek(k + number).image)) return 0;
  return startsValue(peek(k + number + 2)) ? number + 2 : 0;
}

const distanceWords: ReadonlySet<string> = new Set(["of", "after", "before"]);

/** True of the units that a distance has: `days` of `7 days after created`. */
export function isDistanceUnit(word: string): boolean {
  return /^(?:minute|hour|day|week|month|quarter|year)s?$/.test(word);
}

function takesOperand(
  peek: Lookahead,
  k: number,
  length: number,
  syntax: OperatorSyntax,
  context: Context,
): boolean {
  const first = peek(k);
  const next = peek(k + length);
  if (syntax.operand === "duration" && peek.version > 1) {
    // `in last month` and `in the last calendar month` are spans of the calendar, `in the last month` is a length of time.
    const isArticle = peek(k + length - 2).image === "the";
    if (next.image === "calendar" || (!isArticle && endsInPeriod(peek, k + length - 1, context)))
      return false;
  }
  switch (syntax.operand) {
    case "none":
      return endsValue(peek, k + length, context);
    case "list":
      return (
        next.tokenType === LeftParenthesis ||
        next.tokenType === LeftBracket ||
        peek(k + length - 1).image === "of"
      );
    case "value":
    case "pair":
    case "duration":
    case "period":
    case "distance":
      // `is` and the signs are operators wherever they are; `on` or `before` could be a word of a name.
      if (first.tokenType === Sign) return true;
      if (first.image === "is" && (length !== 2 || peek(k + 1).tokenType === Not)) return true;
      if (next.image === "is") return false;
      // `more than or equal to 5` has a diagnostic of its own.
      if (next.tokenType === Or && peek(k + length + 1).image === "equal") return true;
      if (next.tokenType === Sign)
        return beforeSigns.has(peek(k + length - 1).image) && startsOperand(next, context);
      return startsValue(next) || next.tokenType === LeftParenthesis || next.tokenType === LeftBracket;
    default:
      return syntax.operand satisfies never;
  }
}
