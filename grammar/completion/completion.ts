// What may be written at a place in a text, however broken the text is. Only what precedes the cursor is read, with the
// parser's scanner; of what follows only the rest of the word under the cursor is read, which is replaced with it.
import type { IToken } from "chevrotain";
import { type OperatorStep, type OperatorSyntax, operatorSteps } from "../operator-syntax.js";
import { everyoneLength, type Start, startAt } from "../parser/clause-scanner.js";
import { comparisonAt } from "../parser/comparison-scanner.js";
import { lookaheadOf, noiseWords } from "../parser/lookahead.js";
import {
  And,
  Comma,
  LeftParenthesis,
  Not,
  Or,
  Quoted,
  RightParenthesis,
  tokenize,
  Unclosed,
  Word,
} from "../parser/tokens.js";
import type { Expectation, Typed } from "./expectation.js";
import { type CursorPlace, Walk } from "./walk.js";
import { expectCondition, walkComparison, walkMembership, walkSample } from "./walk-conditions.js";
import { walkEvent, walkMeasure, walkOccurrence } from "./walk-events.js";

/** Where parts that begin at an offset end; undefined if none begins there, or if it ends at the cursor or before. */
export interface Completion {
  readonly expectations: readonly Expectation[];
  /** The end of the operator that is written there and that the cursor is in. */
  readonly operatorEnd: (from: number) => number | undefined;
  /** The end of the comparison's name that is written there. */
  readonly nameEnd: (from: number) => number | undefined;
}

/** Completes a text at a cursor, an offset in UTF-16 units from 0 to its length. */
export type Complete = (text: string, cursor: number) => Completion;

/** Makes the completion of the language with these operators. */
export function createCompletion(operators: readonly OperatorSyntax[]): Complete {
  const steps = operatorSteps(operators);
  return (text, cursor) => ({
    expectations: expectationsAt(text, cursor, steps),
    operatorEnd: (from) => operatorEnd(text, from, cursor, steps),
    nameEnd: (from) => nameEnd(text, from, cursor, steps),
  });
}

// A character that no word of the language has.
const anyWord = "\uffff";

function expectationsAt(text: string, cursor: number, steps: OperatorStep): readonly Expectation[] {
  const { tokens, remarks } = tokenize(text.slice(0, cursor));
  const remark = remarks.at(-1);
  if (remark !== undefined && endOf(remark) === cursor) return [];
  const word = wordAt(text, cursor, tokens);
  const before = word.from < cursor ? tokens.filter(({ startOffset }) => startOffset < word.from) : tokens;
  const placeholder: IToken = {
    // What is typed may turn out to be any word; a digit continues a number.
    image: /^\d/.test(word.text) ? `0${anyWord}` : anyWord,
    startOffset: word.from,
    tokenType: word.quote === undefined ? Word : Unclosed,
    tokenTypeIdx: (word.quote === undefined ? Word : Unclosed).tokenTypeIdx ?? 0,
  };
  const walk = new Walk(text, cursor, [...before, placeholder], word, steps, walkExpression);
  walkQuery(walk);
  return walk.expectations;
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

/** The word that the cursor is in or at the end of; if there is none, the empty word, with what begins right after it. */
function wordAt(text: string, cursor: number, tokens: readonly IToken[]): Typed {
  const last = tokens.at(-1);
  if (last === undefined || endOf(last) !== cursor)
    return { from: cursor, to: wordEnd(text, cursor), text: "" };
  const from = last.startOffset;
  const type = last.tokenType;
  if (type === Unclosed) {
    const quote = last.image.charAt(0);
    const to = quoteEnd(text, cursor, quote) ?? wordEnd(text, cursor);
    return { from, to, text: text.slice(from + 1, cursor), quote };
  }
  if (type !== Word && type !== And && type !== Or && type !== Not)
    return { from: cursor, to: type === Quoted ? cursor : wordEnd(text, cursor), text: "" };
  const raw = text.slice(from, cursor);
  const open = raw.split("`").length % 2 === 0;
  const to = (open ? quoteEnd(text, cursor, "`") : undefined) ?? wordEnd(text, cursor);
  return { from, to, text: raw.replaceAll("`", "") };
}

const wordRest = /[^\s\u0085()[\],=<>!`"']*/y;

function wordEnd(text: string, cursor: number): number {
  wordRest.lastIndex = cursor;
  return cursor + (wordRest.exec(text)?.[0].length ?? 0);
}

/** The place after the quote that closes the one open at the cursor: the next quote, if an odd number follows on the line. */
function quoteEnd(text: string, cursor: number, quote: string): number | undefined {
  const rest = /[^\r\n]*/.exec(text.slice(cursor))?.[0] ?? "";
  // An apostrophe in a word is no quote.
  const quotes = [...rest.matchAll(/["'`]/g)].filter(
    ({ 0: mark, index }) =>
      mark === quote && (quote !== "'" || !/\w'\w/.test(rest.slice(index - 1, index + 2))),
  );
  const [next] = quotes;
  return quotes.length % 2 === 1 && next !== undefined ? cursor + next.index + 1 : undefined;
}

// No operator is longer, and no readable name.
const maxRunLength = 300;

function operatorEnd(text: string, from: number, cursor: number, steps: OperatorStep): number | undefined {
  if (/^(?:\s|$)/.test(text.slice(cursor, cursor + 1)) && from === cursor) return undefined;
  let step: OperatorStep | undefined = steps;
  let end: number | undefined;
  for (const token of tokenize(text.slice(from, from + maxRunLength)).tokens) {
    step = step?.next.get(token.image);
    if (step === undefined) break;
    if (step.end !== undefined) end = from + endOf(token);
  }
  return end !== undefined && end > cursor ? end : undefined;
}

function nameEnd(text: string, from: number, cursor: number, steps: OperatorStep): number | undefined {
  const { tokens } = tokenize(text.slice(from, from + maxRunLength));
  const end: IToken = { image: "", startOffset: 0, tokenType: Comma, tokenTypeIdx: 0 };
  const peek = lookaheadOf((k) => tokens[k - 1] ?? end);
  const { name, operator } = comparisonAt(peek, 1, steps, "plain");
  const last = operator === undefined ? undefined : tokens[name - 1];
  return last !== undefined && from + endOf(last) > cursor ? from + endOf(last) : undefined;
}

function walkQuery(walk: Walk): void {
  for (;;) {
    walkExpression(walk, { closing: [] });
    if (walk.reached || walk.ahead < 1) return;
    // A bracket or comma without a counterpart.
    walk.take();
    const type = walk.peek(1).tokenType;
    if (type === And || type === Or) walk.take();
  }
}

function walkExpression(walk: Walk, place: CursorPlace): void {
  for (;;) {
    walkCondition(walk, place);
    if (walk.reached || walk.ahead < 1) return;
    const type = walk.peek(1).tokenType;
    if (type !== And && type !== Or) return;
    walk.take();
    if (walk.ahead === 1) walk.expectJoinedOperator();
  }
}

function walkCondition(walk: Walk, place: CursorPlace): void {
  while (walk.peek(1).tokenType === Not) walk.take();
  const noise = noiseWords(walk.peek, 1);
  if (walk.ahead <= 1 + noise) {
    if (walk.ahead > 0) expectCondition(walk, place);
    return;
  }
  const start = startAt(walk.peek, 1 + noise, walk.context);
  const kind = noise > 0 && (start === "paren" || start === "missing") ? "comparison" : start;
  walks[kind](walk, place);
}

function walkParenthesis(walk: Walk, { event }: CursorPlace): void {
  walk.take();
  walk.nested({ closing: [")"], event });
  if (walk.peek(1).tokenType === RightParenthesis) walk.take();
}

/** `any of (a, b)`. */
function walkGroup(walk: Walk, { event }: CursorPlace): void {
  walk.take(noiseWords(walk.peek, 1) + 2);
  if (walk.ahead === 1) walk.expect(1, { kind: "keyword", words: ["("] });
  if (walk.reached || walk.peek(1).tokenType !== LeftParenthesis) return;
  do {
    walk.take();
    walk.nested({ closing: [",", ")"], event });
  } while (!walk.reached && walk.peek(1).tokenType === Comma);
  if (!walk.reached && walk.peek(1).tokenType === RightParenthesis) walk.take();
}

/** `item (product contains MacBook)`. */
function walkItem(walk: Walk, { event }: CursorPlace): void {
  walk.take(noiseWords(walk.peek, 1) + 2);
  walk.nested({ closing: [")"], event, line: true });
  if (walk.peek(1).tokenType === RightParenthesis) walk.take();
}

function walkEveryone(walk: Walk, place: CursorPlace): void {
  const noise = noiseWords(walk.peek, 1);
  walk.take(noise + everyoneLength(walk.peek, 1 + noise));
  walk.behindCondition(place);
}

/** Something that can't begin a condition. */
function walkNothing(walk: Walk, place: CursorPlace): void {
  if (walk.peek(1).tokenType === Quoted) walk.take();
  walk.behindCondition(place);
}

const walks: Readonly<Record<Start, (walk: Walk, place: CursorPlace) => void>> = {
  comparison: walkComparison,
  event: walkEvent,
  occurrence: walkOccurrence,
  measure: walkMeasure,
  segment: walkMembership,
  sample: walkSample,
  everyone: walkEveryone,
  item: thenBehind(walkItem),
  group: thenBehind(walkGroup),
  paren: thenBehind(walkParenthesis),
  missing: walkNothing,
};

function thenBehind(
  walkIt: (walk: Walk, place: CursorPlace) => void,
): (walk: Walk, place: CursorPlace) => void {
  return (walk, place) => {
    walkIt(walk, place);
    walk.behindCondition(place);
  };
}
