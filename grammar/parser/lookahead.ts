// Looking ahead: the tokens from the next one on, and what one of them can be. Every question of the scanners is about the
// tokens from the `k`-th on (1 is the next one).
import type { IToken } from "chevrotain";
import { type LanguageVersion, treeVersion } from "../tree.js";
import { EOF } from "./chevrotain.js";
import {
  And,
  Comma,
  Not,
  Or,
  Quoted,
  RightBracket,
  RightParenthesis,
  Sign,
  Unclosed,
  Word,
} from "./tokens.js";

/** The surroundings that decide where a bare value ends; a `step` is one after `then`. */
export type Context = "plain" | "event" | "measure" | "step";

/** The tokens from the next one (1) on, and the version of the language that they are read in. */
export interface Lookahead {
  (k: number): IToken;
  readonly version: LanguageVersion;
}

/** Tokens as the latest version of the language reads them. */
export function lookaheadOf(tokenAt: (k: number) => IToken): Lookahead {
  return Object.assign(tokenAt, { version: treeVersion } as const);
}

const noise = new Set(["the", "a", "an", "customer", "customers", "customer's"]);

/** A word that can be part of a name or bare value. */
export function isPlainWord(token: IToken): boolean {
  const type = token.tokenType;
  return type === Word || type === Not;
}

/** True if every kind of condition ends there. */
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

/** True if a value can begin. */
export function startsValue(token: IToken): boolean {
  return isPlainWord(token) || token.tokenType === Quoted || token.tokenType === Unclosed;
}

/** True if a value can begin after an operator: there a sign belongs to it, as in `name is <none>`. */
export function startsOperand(token: IToken, context: Context): boolean {
  return startsValue(token) || (token.tokenType === Sign && context !== "measure");
}

export function isAdjacent(left: IToken, right: IToken): boolean {
  return left.startOffset + left.image.length === right.startOffset;
}

/** True of the code of an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True of the comma in `1,000`: one that groups thousands and does not separate values. */
export function groupsThousands(before: IToken, comma: IToken, after: IToken): boolean {
  return (
    isAdjacent(before, comma) &&
    isAdjacent(comma, after) &&
    isDigit(before.image.charCodeAt(before.image.length - 1)) &&
    isDigit(after.image.charCodeAt(0))
  );
}

/** How many tokens the number has that begins at `k`: five in `1,000,000`. */
export function numberLength(peek: Lookahead, k: number): number {
  let length = 1;
  while (
    peek(k + length).tokenType === Comma &&
    groupsThousands(peek(k + length - 1), peek(k + length), peek(k + length + 1))
  ) {
    length += 2;
  }
  return length;
}

/** How many noise words there are at `k`. */
export function noiseWords(peek: Lookahead, k: number): number {
  let count = 0;
  while (noise.has(peek(k + count).image)) count += 1;
  return count;
}
