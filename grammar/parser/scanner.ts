// Looking ahead. Attribute names, event names and bare values are runs of words that may hold keywords, so before it reads
// one the parser asks here where it ends. Every question is about the tokens from the `k`-th on (1 is the next one).
import { EOF, type IToken } from "chevrotain";
import type { OperatorStep, OperatorSyntax } from "../operator-syntax.js";
import { aggregates } from "../tree.js";
import {
  And,
  Comma,
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

/** The surroundings that decide where a bare value ends. */
export type Context = "plain" | "event" | "measure";

export type Lookahead = (k: number) => IToken;

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
  | "comparison"
  | "missing";

const noise = new Set(["the", "a", "an", "customer", "customers", "customer's"]);
const verbs = new Set(["performed", "perform", "placed"]);
const aggregateWords: ReadonlySet<string> = new Set(aggregates);
const countWords = new Set(["at", "exactly", "more", "less"]);
const windowWords = new Set(["within", "since", "before", "after", "between", "on", "today", "yesterday"]);
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
export function groupsThousands(before: IToken, comma: IToken, after: IToken): boolean {
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
export function startAt(look: Lookahead, k: number): Start {
  const first = look(k);
  const type = first.tokenType;
  if (type === LeftParenthesis) return "paren";
  if (!isPlainWord(first)) return "missing";
  const second = look(k + 1);
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

/** Not so in `placed is true`, where `placed` is an attribute. */
function startsEventName(token: IToken): boolean {
  return token.image !== "is" && token.tokenType !== Sign;
}

/** The clause of an event condition that begins at `k`. */
export function clauseAt(look: Lookahead, k: number): "count" | "window" | "where" | undefined {
  const token = look(k);
  if (!isPlainWord(token)) return undefined;
  const word = token.image;
  if (word === "where") return "where";
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

/** True where, in this context, something other than the value goes on at `k`. */
export function endsValue(look: Lookahead, k: number, context: Context): boolean {
  const token = look(k);
  if (endsCondition(token)) return true;
  if (context === "plain") return false;
  if (clauseAt(look, k) !== undefined) return true;
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
  let step = root.next.get(look(k).image);
  let found: OperatorMatch | undefined;
  for (let length = 1; step !== undefined; length += 1) {
    if (step.end !== undefined && takesOperand(look, k, length, step.end.syntax, context)) {
      found = { length, syntax: step.end.syntax, negated: step.end.negated };
    }
    step = step.next.get(look(k + length).image);
  }
  return found;
}

function takesOperand(
  look: Lookahead,
  k: number,
  length: number,
  syntax: OperatorSyntax,
  context: Context,
): boolean {
  const first = look(k);
  const next = look(k + length);
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
export interface UnfinishedOperator {
  readonly length: number;
  readonly next: readonly string[];
  /** The operator, where only its operand is missing. */
  readonly end: OperatorStep["end"];
}

export function unfinishedOperatorAt(
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
      const operator = operatorAt(look, k + index, root, context);
      if (operator !== undefined) {
        return {
          name: name ?? index,
          campaign: inCampaign ? index - campaignStart : undefined,
          operator,
          unfinished: undefined,
        };
      }
      if (context !== "plain" && !inCampaign && clauseAt(look, k + index) !== undefined) break;
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
        operator: undefined,
        unfinished,
      };
    }
  }
  return {
    name: name ?? Math.max(1, index),
    campaign: name === undefined ? undefined : Math.max(0, index - campaignStart),
    operator: undefined,
    unfinished: undefined,
  };
}
