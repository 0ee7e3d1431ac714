// What begins at a token, and where it ends: conditions by their first words, clauses of events, values and names. Attribute
// names, event names and bare values are runs of words that may hold keywords, so the parser asks this scanner before it reads
// one.
import type { IToken } from "chevrotain";
import { aggregates } from "../tree.js";
import {
  type Context,
  endsCondition,
  groupsThousands,
  isDigit,
  isPlainWord,
  type Lookahead,
  noiseWords,
  numberLength,
} from "./lookahead.js";
import { calendarWindowBeginnings, calendarWindowLength, isDayWindow, periodLength } from "./periods.js";
import { Comma, isQuoteOf, LeftBracket, LeftParenthesis, Not, Quoted, Sign, Unclosed } from "./tokens.js";

/** What begins a clause of an event condition. */
export type ClauseKind = "count" | "days" | "window" | "where" | "then" | "same";

export type Start =
  | "paren"
  | "group"
  | "event"
  | "occurrence"
  | "measure"
  | "segment"
  | "sample"
  | "everyone"
  | "item"
  | "comparison"
  | "missing";

const verbs = new Set(["performed", "perform", "placed"]);
const aggregateWords: ReadonlySet<string> = new Set(aggregates);
const countWords = new Set(["at", "exactly", "more", "less"]);
const windowWords = new Set(["within", "since", "before", "after", "between", "on", "today", "yesterday"]);
// Every word that a clause of an event can begin with. Most words are not among them and need no closer look.
const clauseBeginnings = new Set([
  ...["where", "then", "with", "on", "in", "during", "once", "twice"],
  ...[...calendarWindowBeginnings, ...windowWords, ...countWords],
]);

/** What kind of condition begins at `k`, after its noise words. */
export function startAt(peek: Lookahead, k: number, context: Context = "plain"): Start {
  const first = peek(k);
  const type = first.tokenType;
  if (type === LeftParenthesis) return "paren";
  if (!isPlainWord(first)) return "missing";
  const second = peek(k + 1);
  if (peek.version > 1) {
    if (everyoneLength(peek, k) > 0) return "everyone";
    if (context !== "plain" && first.image === "item" && second.tokenType === LeftParenthesis) return "item";
  }
  switch (first.image) {
    case "all":
    case "any":
    case "none":
      return second.image === "of" ? "group" : "comparison";
    case "performed":
    case "perform":
    case "placed":
      return startsEventName(second) ? "event" : "comparison";
    case "has":
    case "did":
      if (second.tokenType === Not) return verbs.has(peek(k + 2).image) ? "event" : "comparison";
      return verbs.has(second.image) ? "event" : "comparison";
    case "never":
      return verbs.has(second.image) ? "event" : "comparison";
    case "first":
    case "last":
      return verbs.has(second.image) || beginsWithStep(peek, k + 1) ? "occurrence" : "comparison";
    case "in":
      if (second.image === "segment") return "segment";
      return second.image === "sample" ? "sample" : "comparison";
    // Any other word begins the name of an attribute.
    default:
      return aggregateWords.has(first.image) && second.image === "of" ? "measure" : "comparison";
  }
}

/** True if a step begins at `k` and `then` follows it: `has performed login then …` after `first`. */
function beginsWithStep(peek: Lookahead, k: number): boolean {
  if (peek.version === 1 || stepLength(peek, k) === 0) return false;
  for (let at = k; !endsCondition(peek(at)); at += 1)
    if (peek(at).image === "then" && stepLength(peek, at + 1) > 0) return true;
  return false;
}

/** How many tokens `everyone` has if it is the whole condition at `k`; otherwise 0. */
export function everyoneLength(peek: Lookahead, k: number): number {
  const { image } = peek(k);
  const words = image === "everyone" || image === "anyone" ? 1 : image === "all" ? 2 : 0;
  if (words === 0 || (words === 2 && peek(k + 1).image !== "customers")) return 0;
  return endsCondition(peek(k + words)) ? words : 0;
}

/** Not so in `placed is true`, where `placed` is an attribute. */
function startsEventName(token: IToken): boolean {
  return token.image !== "is" && token.tokenType !== Sign;
}

/** True of a word that a clause of an event can begin with. */
export function beginsClause(word: string): boolean {
  return clauseBeginnings.has(word) || isDigit(word.charCodeAt(0));
}

/** The clause of an event condition that begins at `k`. */
export function clauseAt(peek: Lookahead, k: number, context: Context = "event"): ClauseKind | undefined {
  const token = peek(k);
  if (!isPlainWord(token)) return undefined;
  const word = token.image;
  if (!beginsClause(word)) return undefined;
  if (word === "where") return "where";
  const later = peek.version > 1 ? laterClauseAt(peek, k, context) : undefined;
  if (later !== undefined) return later;
  if (word === "once" || word === "twice") return "count";
  if (windowWords.has(word)) return "window";
  const following = peek(k + 1).image;
  if (word === "in" && (following === "the" || following === "last")) {
    return following === "last" || peek(k + 2).image === "last" ? "window" : undefined;
  }
  if (countWords.has(word)) {
    if (word === "at") return following === "least" || following === "most" ? "count" : undefined;
    return word === "exactly" || following === "than" ? "count" : undefined;
  }
  if (!isDigit(word.charCodeAt(0))) return undefined;
  const unit = peek(k + numberLength(peek, k)).image;
  return unit === "times" || unit === "time" ? "count" : undefined;
}

/** A clause that the language has had since its second version. */
function laterClauseAt(peek: Lookahead, k: number, context: Context): ClauseKind | undefined {
  const word = peek(k).image;
  if (word === "then") return stepLength(peek, k + 1) > 0 || endsCondition(peek(k + 1)) ? "then" : undefined;
  if (word === "with" && context === "step") return sameLength(peek, k) > 0 ? "same" : undefined;
  if ((word === "on" || word === "in") && daysLength(peek, k) > 0) return "days";
  return calendarWindowLength(peek, k) > 0 ? "window" : undefined;
}

/** How many words precede the event's name in the step of a sequence that begins at `k`: `has not performed` has three. */
export function stepLength(peek: Lookahead, k: number): number {
  const noise = noiseWords(peek, k);
  const first = peek(k + noise).image;
  if (verbs.has(first)) return noise + 1;
  if (peek(k + noise).tokenType === Not || first === "never")
    return verbs.has(peek(k + noise + 1).image) ? noise + 2 : 0;
  if (first !== "has" && first !== "did") return 0;
  const not = peek(k + noise + 1).tokenType === Not ? 1 : 0;
  return verbs.has(peek(k + noise + 1 + not).image) ? noise + 2 + not : 0;
}

// In words: no property's name is longer.
const longestName = 20;

/** How many words `with the same` or `with P the same as` has at `k`; 0 if it is neither. */
export function sameLength(peek: Lookahead, k: number): number {
  const isThe = (at: number): boolean => peek(at).image === "the" && peek(at + 1).image === "same";
  if (isThe(k + 1)) return 3;
  for (let length = 1; length <= longestName; length += 1) {
    const token = peek(k + length);
    if (endsCondition(token) || token.image === "where") return 0;
    if (isThe(k + length + 1) && peek(k + length + 3).image === "as") return length + 4;
  }
  return 0;
}

/** How many words `on at least 3 different` has at `k`; 0 if it is none. */
export function daysLength(peek: Lookahead, k: number): number {
  const comparison = comparisonLength(peek, k + 1);
  const number = numberLength(peek, k + 1 + comparison);
  return peek(k + 1 + comparison + number).image === "different" ? 2 + comparison + number : 0;
}

/** How many words of `at least`, `exactly` and their like there are at `k`. */
export function comparisonLength(peek: Lookahead, k: number): number {
  const { image } = peek(k);
  if (image === "exactly") return 1;
  const second = peek(k + 1).image;
  if (image === "at") return second === "least" || second === "most" ? 2 : 0;
  return (image === "more" || image === "less") && second === "than" ? 2 : 0;
}

/** True if, in this context, something other than the value goes on at `k`. */
export function endsValue(peek: Lookahead, k: number, context: Context): boolean {
  const token = peek(k);
  if (endsCondition(token)) return true;
  if (context === "plain") return false;
  if (clauseAt(peek, k, context) !== undefined) return true;
  return context === "measure" && (token.image === "is" || token.tokenType === Sign);
}

/** How many tokens the value has that begins at `k`: a quoted one has one; inside a list every comma ends it. */
export function valueLength(peek: Lookahead, k: number, context: Context, inList: boolean): number {
  const first = peek(k).tokenType;
  if (first === Quoted || first === Unclosed) return 1;
  // The words of a span of the calendar don't end a value that begins with them: `<= the next year`.
  let length = peek.version > 1 ? Math.max(1, periodLength(peek, k)) : 1;
  for (;;) {
    const token = peek(k + length);
    const type = token.tokenType;
    if (type === Comma && !inList && groupsThousands(peek(k + length - 1), token, peek(k + length + 1))) {
      length += 2;
    } else if (
      type === LeftParenthesis ||
      type === LeftBracket ||
      type === Quoted ||
      type === Unclosed ||
      endsValue(peek, k + length, context)
    ) {
      return length;
    } else {
      length += 1;
    }
  }
}

/** How many tokens the name of an event or a property has that begins at `k`: bare, a span of the calendar ends it, too. */
export function nameLength(peek: Lookahead, k: number, context: Context): number {
  let length = valueLength(peek, k, context, false);
  if (peek.version === 1 || context === "plain" || isQuoteOf(peek(k))) return length;
  // The checker knows whether `in` belongs to the name.
  if (peek(k + length).image === "in" && isDayWindow(peek(k + length + 1).image)) length += 1;
  for (let words = 1; words < length; words += 1) if (periodLength(peek, k + words) > 0) return words;
  return length;
}

/** How many tokens there are at `k` before the first `of`, or before what ends a value if there is none. */
export function lengthUpToOf(peek: Lookahead, k: number, context: Context): number {
  const longest = valueLength(peek, k, context, false);
  let length = 1;
  while (length < longest && peek(k + length).image !== "of") length += 1;
  return length;
}
