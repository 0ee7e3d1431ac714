// Looking ahead. Attribute names, event names and bare values are runs of words that may hold keywords, so before it reads
// one the parser asks here where it ends. Every question is about the tokens from the `k`-th on (1 is the next one).
import { EOF, type IToken } from "chevrotain";
import type { OperatorStep, OperatorSyntax } from "../operator-syntax.js";
import { aggregates, type LanguageVersion, treeVersion } from "../tree.js";
import { calendarWindowBeginnings, calendarWindowLength, periodLength } from "./periods.js";
import {
  And,
  Comma,
  isQuoteOf,
  LeftBracket,
  LeftParenthesis,
  Not,
  Or,
  Quoted,
  RightBracket,
  RightParenthesis,
  Sign,
  Unclosed,
  Word,
} from "./tokens.js";

/** The surroundings that decide where a bare value ends; a `step` is one behind `then`. */
export type Context = "plain" | "event" | "measure" | "step";

/** The tokens from the next one (1) on, and the version of the language that they are read by. */
export interface Lookahead {
  (k: number): IToken;
  readonly version: LanguageVersion;
}

/** Tokens as the latest version of the language reads them. */
export function lookOver(tokenAt: (k: number) => IToken): Lookahead {
  return Object.assign(tokenAt, { version: treeVersion } as const);
}

/** What begins a clause of an event condition. */
export type ClauseKind = "count" | "days" | "window" | "where" | "then" | "same";

/** An operator found: how many tokens it has, and what it is. */
export interface OperatorMatch {
  readonly length: number;
  readonly syntax: OperatorSyntax;
  readonly negated: boolean;
}

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

const noise = new Set(["the", "a", "an", "customer", "customers", "customer's"]);
const verbs = new Set(["performed", "perform", "placed"]);
const aggregateWords: ReadonlySet<string> = new Set(aggregates);
const countWords = new Set(["at", "exactly", "more", "less"]);
const windowWords = new Set(["within", "since", "before", "after", "between", "on", "today", "yesterday"]);
// Every word that a clause of an event can begin with. Most words are none, and need no closer look.
const clauseBeginnings = new Set([
  ...["where", "then", "with", "on", "in", "during", "once", "twice"],
  ...[...calendarWindowBeginnings, ...windowWords, ...countWords],
]);
// Last words of operators that are hardly a name's: a sign behind them belongs to the value.
const beforeSigns = new Set(["with", "contains", "contain", "than", "least", "most"]);

/** A word that can be part of a name or bare value. */
export function isPlainWord(token: IToken): boolean {
  const type = token.tokenType;
  return type === Word || type === Not;
}

/** True where a condition ends whatever it is. */
export function endsCondition(token: IToken): boolean {
  const type = token.tokenType;
  return (
    type === EOF ||
    type === And ||
    type === Or ||
    type === RightParenthesis ||
    type === Comma ||
    type === RightBracket
  );
}

/** True where a value can begin. */
export function startsValue(token: IToken): boolean {
  return isPlainWord(token) || token.tokenType === Quoted || token.tokenType === Unclosed;
}

/** True where a value can begin behind an operator: there a sign belongs to it, as in `name is <none>`. */
export function startsOperand(token: IToken, context: Context): boolean {
  return startsValue(token) || (token.tokenType === Sign && context !== "measure");
}

export function isAdjacent(left: IToken, right: IToken): boolean {
  return left.startOffset + left.image.length === right.startOffset;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True of the comma in `1,000`: one that parts no values but groups thousands. */
function groupsThousands(before: IToken, comma: IToken, after: IToken): boolean {
  return (
    isAdjacent(before, comma) &&
    isAdjacent(comma, after) &&
    isDigit(before.image.charCodeAt(before.image.length - 1)) &&
    isDigit(after.image.charCodeAt(0))
  );
}

/** How many tokens the number has that begins at `k`: five in `1,000,000`. */
export function numberLength(look: Lookahead, k: number): number {
  let length = 1;
  while (
    look(k + length).tokenType === Comma &&
    groupsThousands(look(k + length - 1), look(k + length), look(k + length + 1))
  ) {
    length += 2;
  }
  return length;
}

/** How many noise words stand at `k`. */
export function noiseWords(look: Lookahead, k: number): number {
  let count = 0;
  while (noise.has(look(k + count).image)) count += 1;
  return count;
}

/** What kind of condition begins at `k`, noise words being passed over already. */
export function startAt(look: Lookahead, k: number, context: Context = "plain"): Start {
  const first = look(k);
  const type = first.tokenType;
  if (type === LeftParenthesis) return "paren";
  if (!isPlainWord(first)) return "missing";
  const second = look(k + 1);
  if (look.version > 1) {
    if (everyoneLength(look, k) > 0) return "everyone";
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
      if (second.tokenType === Not) return verbs.has(look(k + 2).image) ? "event" : "comparison";
      return verbs.has(second.image) ? "event" : "comparison";
    case "never":
      return verbs.has(second.image) ? "event" : "comparison";
    case "first":
    case "last":
      return verbs.has(second.image) ? "occurrence" : "comparison";
    case "in":
      if (second.image === "segment") return "segment";
      return second.image === "sample" ? "sample" : "comparison";
    default:
      return aggregateWords.has(first.image) && second.image === "of" ? "measure" : "comparison";
  }
}

/** How many tokens `everyone` has where it stands at `k` by itself; 0 where it does not. */
export function everyoneLength(look: Lookahead, k: number): number {
  const { image } = look(k);
  const words = image === "everyone" || image === "anyone" ? 1 : image === "all" ? 2 : 0;
  if (words === 0 || (words === 2 && look(k + 1).image !== "customers")) return 0;
  return endsCondition(look(k + words)) ? words : 0;
}

/** Not so in `placed is true`, where `placed` is an attribute. */
function startsEventName(token: IToken): boolean {
  return token.image !== "is" && token.tokenType !== Sign;
}

/** The clause of an event condition that begins at `k`. */
export function clauseAt(look: Lookahead, k: number, context: Context = "event"): ClauseKind | undefined {
  const token = look(k);
  if (!isPlainWord(token)) return undefined;
  const word = token.image;
  if (!clauseBeginnings.has(word) && !isDigit(word.charCodeAt(0))) return undefined;
  if (word === "where") return "where";
  const later = look.version > 1 ? laterClauseAt(look, k, context) : undefined;
  if (later !== undefined) return later;
  if (word === "once" || word === "twice") return "count";
  if (windowWords.has(word)) return "window";
  const following = look(k + 1).image;
  if (word === "in" && (following === "the" || following === "last")) {
    return following === "last" || look(k + 2).image === "last" ? "window" : undefined;
  }
  if (countWords.has(word)) {
    if (word === "at") return following === "least" || following === "most" ? "count" : undefined;
    return word === "exactly" || following === "than" ? "count" : undefined;
  }
  if (!isDigit(word.charCodeAt(0))) return undefined;
  const unit = look(k + numberLength(look, k)).image;
  return unit === "times" || unit === "time" ? "count" : undefined;
}

/** A clause that the language has since its second version. */
function laterClauseAt(look: Lookahead, k: number, context: Context): ClauseKind | undefined {
  const word = look(k).image;
  if (word === "then") return stepLength(look, k + 1) > 0 ? "then" : undefined;
  if (word === "with" && context === "step") return sameLength(look, k) > 0 ? "same" : undefined;
  if ((word === "on" || word === "in") && daysLength(look, k) > 0) return "days";
  return calendarWindowLength(look, k) > 0 ? "window" : undefined;
}

/** How many words stand before the event's name where a step of a sequence begins at `k`: `has not performed` has three. */
export function stepLength(look: Lookahead, k: number): number {
  const noise = noiseWords(look, k);
  const first = look(k + noise).image;
  if (verbs.has(first)) return noise + 1;
  if (look(k + noise).tokenType === Not || first === "never")
    return verbs.has(look(k + noise + 1).image) ? noise + 2 : 0;
  if (first !== "has" && first !== "did") return 0;
  const not = look(k + noise + 1).tokenType === Not ? 1 : 0;
  return verbs.has(look(k + noise + 1 + not).image) ? noise + 2 + not : 0;
}

// No property's name is longer.
const longestName = 20;

/** How many words `with the same` or `with P the same as` has at `k`; 0 where it is neither. */
export function sameLength(look: Lookahead, k: number): number {
  const isThe = (at: number): boolean => look(at).image === "the" && look(at + 1).image === "same";
  if (isThe(k + 1)) return 3;
  for (let length = 1; length <= longestName; length += 1) {
    const token = look(k + length);
    if (endsCondition(token) || token.image === "where") return 0;
    if (isThe(k + length + 1) && look(k + length + 3).image === "as") return length + 4;
  }
  return 0;
}

/** How many words `on at least 3 different` has at `k`; 0 where it is none. */
function daysLength(look: Lookahead, k: number): number {
  const comparison = comparisonLength(look, k + 1);
  const number = numberLength(look, k + 1 + comparison);
  return look(k + 1 + comparison + number).image === "different" ? 2 + comparison + number : 0;
}

/** How many words of `at least`, `exactly` and their like stand at `k`. */
export function comparisonLength(look: Lookahead, k: number): number {
  const { image } = look(k);
  if (image === "exactly") return 1;
  const second = look(k + 1).image;
  if (image === "at") return second === "least" || second === "most" ? 2 : 0;
  return (image === "more" || image === "less") && second === "than" ? 2 : 0;
}

/** True where, in this context, something other than the value goes on at `k`. */
export function endsValue(look: Lookahead, k: number, context: Context): boolean {
  const token = look(k);
  if (endsCondition(token)) return true;
  if (context === "plain") return false;
  if (clauseAt(look, k, context) !== undefined) return true;
  return context === "measure" && (token.image === "is" || token.tokenType === Sign);
}

/** How many tokens the value has that begins at `k`: a quoted one has one; inside a list every comma ends it. */
export function valueLength(look: Lookahead, k: number, context: Context, inList: boolean): number {
  const first = look(k).tokenType;
  if (first === Quoted || first === Unclosed) return 1;
  let length = 1;
  for (;;) {
    const token = look(k + length);
    const type = token.tokenType;
    if (type === Comma && !inList && groupsThousands(look(k + length - 1), token, look(k + length + 1))) {
      length += 2;
    } else if (
      type === LeftParenthesis ||
      type === LeftBracket ||
      type === Quoted ||
      type === Unclosed ||
      endsValue(look, k + length, context)
    ) {
      return length;
    } else {
      length += 1;
    }
  }
}

/** How many tokens the name of an event or a property has that begins at `k`: bare, a span of the calendar ends it, too. */
export function nameLength(look: Lookahead, k: number, context: Context): number {
  const length = valueLength(look, k, context, false);
  if (look.version === 1 || context === "plain" || isQuoteOf(look(k))) return length;
  for (let words = 1; words < length; words += 1) if (periodLength(look, k + words) > 0) return words;
  return length;
}

/** How many tokens stand at `k` before the first `of`, or before what ends a value where there is none. */
export function lengthUpToOf(look: Lookahead, k: number, context: Context): number {
  const longest = valueLength(look, k, context, false);
  let length = 1;
  while (length < longest && look(k + length).image !== "of") length += 1;
  return length;
}

/** The longest operator at `k` whose operand follows it, or that is plain from its first word. */
export function operatorAt(
  look: Lookahead,
  k: number,
  root: OperatorStep,
  context: Context,
): OperatorMatch | undefined {
  let step: OperatorStep | undefined = root.next.get(look(k).image);
  let found: OperatorMatch | undefined =
    root.period !== undefined && endsInPeriod(look, k, context) ? { length: 0, ...root.period } : undefined;
  for (let length = 1; step !== undefined; length += 1) {
    if (step.period !== undefined && endsInPeriod(look, k + length, context))
      found = { length, ...step.period };
    else if (step.distance !== undefined && distanceAt(look, k + length) > 0)
      found = { length, ...step.distance };
    else if (
      step.end !== undefined &&
      takesOperand(look, k, length, step.end.syntax, context) &&
      !isOfName(look, k + length, step.end.syntax, root, context)
    ) {
      found = { length, syntax: step.end.syntax, negated: step.end.negated };
    }
    step = step.next.get(look(k + length).image);
  }
  return found;
}

/** In `customer since before 2025` the word is the name's last, for a comparison follows. */
function isOfName(
  look: Lookahead,
  k: number,
  { name }: OperatorSyntax,
  root: OperatorStep,
  context: Context,
): boolean {
  return name === "since" && (operatorAt(look, k, root, context)?.length ?? 0) > 0;
}

/** True where a span of the calendar begins at `k` and ends the condition. */
function endsInPeriod(look: Lookahead, k: number, context: Context): boolean {
  const length = periodLength(look, k);
  return length > 0 && endsValue(look, k + length, context);
}

/** How many tokens `7 days after` has at `k`, where something follows; 0 where it is none. */
export function distanceAt(look: Lookahead, k: number): number {
  const number = isDigit(look(k).image.charCodeAt(0))
    ? numberLength(look, k)
    : ["a", "an"].includes(look(k).image)
      ? 1
      : 0;
  if (!distanceUnits.test(look(k + number).image)) return 0;
  if (!["of", "after", "before"].includes(look(k + number + 1).image)) return 0;
  return startsValue(look(k + number + 2)) ? number + 2 : 0;
}

const distanceUnits = /^(?:minute|hour|day|week|month|quarter|year)s?$/;

function takesOperand(
  look: Lookahead,
  k: number,
  length: number,
  syntax: OperatorSyntax,
  context: Context,
): boolean {
  const first = look(k);
  const next = look(k + length);
  // `in last calendar month` is a span of the calendar.
  if (syntax.operand === "duration" && next.image === "calendar" && look.version > 1) return false;
  switch (syntax.operand) {
    case "none":
      return endsValue(look, k + length, context);
    case "list":
      return (
        next.tokenType === LeftParenthesis ||
        next.tokenType === LeftBracket ||
        look(k + length - 1).image === "of"
      );
    default:
      // `is` and the signs are operators wherever they stand; `on` or `before` could be a word of a name.
      if (first.tokenType === Sign) return true;
      if (first.image === "is" && (length !== 2 || look(k + 1).tokenType === Not)) return true;
      if (next.image === "is") return false;
      // `more than or equal to 5` is told as such.
      if (next.tokenType === Or && look(k + length + 1).image === "equal") return true;
      if (next.tokenType === Sign)
        return beforeSigns.has(look(k + length - 1).image) && startsOperand(next, context);
      return startsValue(next) || next.tokenType === LeftParenthesis || next.tokenType === LeftBracket;
  }
}

// Words that begin an operator and hardly a name, so that one of them without its rest is a mistake to be told.
const operatorBeginnings = new Set([
  "starts",
  "ends",
  "does",
  "contains",
  "between",
  "before",
  "after",
  "has",
  "exactly",
]);

/** An operator that was begun at `k` and not finished: how many words of it there are, and what could follow. */
interface UnfinishedOperator {
  readonly length: number;
  readonly next: readonly string[];
  /** The operator, where only its operand is missing. */
  readonly end: OperatorStep["end"];
}

function unfinishedOperatorAt(
  look: Lookahead,
  k: number,
  root: OperatorStep,
): UnfinishedOperator | undefined {
  let step = root;
  let length = 0;
  for (;;) {
    const following = step.next.get(look(k + length).image);
    if (following === undefined) break;
    step = following;
    length += 1;
  }
  if (length === 0 || (length === 1 && !operatorBeginnings.has(look(k).image))) return undefined;
  return { length, next: [...step.next.keys()], end: step.end };
}

/** Where the parts of a comparison that begins at `k` stand, in tokens from `k`. */
export interface ComparisonShape {
  /** Words of the attribute, noise included. */
  readonly name: number;
  /** Tokens of the campaign's name after `in campaign`; undefined where the query narrows to none. */
  readonly campaign: number | undefined;
  /** True where a window stands between them and the operator. */
  readonly window: boolean;
  readonly operator: OperatorMatch | undefined;
  readonly unfinished: UnfinishedOperator | undefined;
}

/** Finds the operator of a comparison, and so where the attribute before it ends. */
export function comparisonAt(
  look: Lookahead,
  k: number,
  root: OperatorStep,
  context: Context,
): ComparisonShape {
  let name: number | undefined;
  let campaignStart = 0;
  let index = 0;
  for (; ; index += 1) {
    const token = look(k + index);
    const inCampaign = name !== undefined;
    if (
      !isPlainWord(token) &&
      !(inCampaign && index === campaignStart && startsValue(token)) &&
      token.tokenType !== Sign
    ) {
      break;
    }
    // `in campaign is 5` lacks the campaign.
    if (index > (inCampaign ? campaignStart : 0) || (inCampaign && token.image === "is")) {
      if (context === "plain" && windowBefore(look, k + index, root)) {
        return {
          name: name ?? index,
          campaign: inCampaign ? index - campaignStart : undefined,
          window: true,
          operator: undefined,
          unfinished: undefined,
        };
      }
      const operator = operatorAt(look, k + index, root, context);
      if (operator !== undefined) {
        return {
          name: name ?? index,
          campaign: inCampaign ? index - campaignStart : undefined,
          window: false,
          operator,
          unfinished: undefined,
        };
      }
      if (context !== "plain" && !inCampaign && clauseAt(look, k + index, context) !== undefined) break;
      if (!inCampaign && token.image === "in" && look(k + index + 1).image === "campaign") {
        name = index;
        index += 1;
        campaignStart = index + 1;
        continue;
      }
    }
    if (token.tokenType === Sign) break;
  }
  for (let from = 1; from < index; from += 1) {
    const unfinished = unfinishedOperatorAt(look, k + from, root);
    if (unfinished !== undefined && (name === undefined || from > campaignStart)) {
      return {
        name: name ?? from,
        campaign: name === undefined ? undefined : Math.max(0, from - campaignStart),
        window: false,
        operator: undefined,
        unfinished,
      };
    }
  }
  return {
    name: name ?? Math.max(1, index),
    campaign: name === undefined ? undefined : Math.max(0, index - campaignStart),
    window: false,
    operator: undefined,
    unfinished: undefined,
  };
}

/** True where a window of a figure begins at `k`, with the comparison of the figure behind it. */
function windowBefore(look: Lookahead, k: number, root: OperatorStep): boolean {
  if (look.version === 1 || clauseAt(look, k) !== "window" || look(k).image === "between") return false;
  const calendar = calendarWindowLength(look, k);
  if (calendar > 0) return comparesAt(look, k + calendar, root);
  // `seen before is 5` compares an attribute of that name.
  for (let length = 2; ; length += 1) {
    const token = look(k + length);
    if (endsCondition(token) && !(token.tokenType === Comma && isNumber(look, k + length))) return false;
    if (comparesAt(look, k + length, root)) return !beginsComparison(look(k + 1));
  }
}

function isNumber(look: Lookahead, comma: number): boolean {
  return groupsThousands(look(comma - 1), look(comma), look(comma + 1));
}

function beginsComparison(token: IToken): boolean {
  return token.image === "is" || token.tokenType === Sign;
}

/** True where the comparison of a figure begins at `k`: with `is`, a sign, or `at least` and its like. */
function comparesAt(look: Lookahead, k: number, root: OperatorStep): boolean {
  if (!beginsComparison(look(k)) && comparisonLength(look, k) !== 2) return false;
  return operatorAt(look, k, root, "plain") !== undefined;
}
