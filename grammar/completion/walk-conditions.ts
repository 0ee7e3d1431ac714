// Walking through conditions on attributes, segments and samples, as conditions.ts reads them.

import { endsValue, lengthUpToOf, valueLength } from "../parser/clause-scanner.js";
import { type ComparisonShape, comparisonAt } from "../parser/comparison-scanner.js";
import { noiseWords, startsOperand } from "../parser/lookahead.js";
import { type OperatorMatch } from "../parser/operator-scanner.js";
import {
  And,
  Comma,
  LeftBracket,
  LeftParenthesis,
  RightBracket,
  RightParenthesis,
} from "../parser/tokens.js";
import type { Behind, Expectation, Subject } from "./expectation.js";
import { type CursorPlace, isPlain, isQuote, type Walk } from "./walk.js";

/** A condition may begin at the cursor, with the words from here on. */
export function expectCondition(walk: Walk, place: CursorPlace): void {
  const event = place.event === undefined ? {} : { event: place.event };
  const noise = Math.min(noiseWords(walk.peek, 1), walk.ahead - 1);
  walk.expect(1 + noise, { kind: "condition", nameOnly: false, ...event });
  for (let k = noise; k >= Math.max(1, noise - 2); k -= 1)
    walk.expect(k, { kind: "condition", nameOnly: true, ...event });
}

/** `email ends with .uk`, `loyalty points in campaign "Club" is 0`, or a true/false attribute alone. */
export function walkComparison(walk: Walk, place: CursorPlace): void {
  const shape = comparisonAt(walk.peek, 1, walk.operators, walk.context);
  const nameTo = (k: number): Subject => ({
    kind: "attribute",
    words: walk.words(1, k),
    ...(place.event === undefined ? {} : { event: place.event }),
  });
  const campaignAt = shape.campaign === undefined ? undefined : shape.name + 3;
  if (shape.operator !== undefined && walk.peek(1).image !== "is") {
    const subject = nameTo(shape.name + 1);
    expectBehindSince(walk, place, shape, nameTo);
    walk.take(shape.name + (shape.campaign === undefined ? 0 : 2 + shape.campaign));
    walkOperation(walk, place, subject, shape.operator);
    return;
  }
  const run = plainRun(walk, campaignAt);
  if (walk.ahead > run) {
    walk.take(Math.max(run, 1));
    walk.behindCondition(place);
  } else if (campaignAt !== undefined && walk.ahead >= campaignAt) {
    expectInCampaign(walk, campaignAt, nameTo(shape.name + 1));
  } else {
    expectCondition(walk, place);
    walk.expectOperators(2, place, nameTo);
    const words = walk.images(1 + noiseWords(walk.peek, 1), walk.ahead);
    if (/^(?:everyone|anyone|all customers)$/.test(words)) walk.expectAfter(place);
    if (place.owner !== undefined) expectBegunClause(walk, place, 2);
  }
}

/** `customer since`: the word may be the name's last, and a comparison may follow it. */
function expectBehindSince(
  walk: Walk,
  place: CursorPlace,
  { name, operator }: ComparisonShape,
  nameTo: (k: number) => Subject,
): void {
  const behind = name + 2;
  if (operator?.syntax.name !== "since" || walk.ahead < behind) return;
  walk.expectOperator(behind, place, nameTo(behind));
  // The word may be the operator as well.
  walk.reached = false;
}

/** How many tokens from here a name may take, with its campaign. */
function plainRun(walk: Walk, campaignAt: number | undefined): number {
  let length = 0;
  while (isPlain(walk.peek(length + 1)) || (length + 1 === campaignAt && isQuote(walk.peek(length + 1))))
    length += 1;
  return length;
}

function expectInCampaign(walk: Walk, campaignAt: number, subject: Subject): void {
  if (walk.ahead === campaignAt || !isQuote(walk.peek(campaignAt)))
    walk.expect(campaignAt, { kind: "campaign", subject });
  for (let k = walk.ahead; k > campaignAt; k -= 1) {
    if (walk.operatorPath(k) !== undefined) walk.expect(k, { kind: "operator", subject });
  }
}

/** An operator that the scanner has found here, and its operands. */
export function walkOperation(walk: Walk, place: CursorPlace, subject: Subject, match: OperatorMatch): void {
  walk.beginOperation(subject);
  // `is at` is read as `is` with a value, until `least` is typed.
  walk.expectOperator(1, place, subject);
  walk.take(match.length);
  const { name, operand } = match.syntax;
  if (operand === "list") walkList(walk, subject, name);
  else if (operand !== "none") {
    const value: WalkedValue = { subject, operator: name, shape: operand, listed: [] };
    if (operand === "pair") walkPair(walk, place, value);
    else walkValue(walk, value, (behind) => walk.expectAfter(place, behind), place);
  }
  walk.behindCondition(place);
}

type WalkedValue = Omit<Extract<Expectation, { kind: "value" }>, "kind" | "typed">;

/** Two values with `and` between them. */
export function walkPair(walk: Walk, place: CursorPlace, value: WalkedValue): void {
  walkValue(walk, value, () => walk.expect(walk.ahead, { kind: "keyword", words: ["and"] }));
  if (walk.reached) return;
  if (walk.ahead === 1) {
    walk.expect(1, { kind: "keyword", words: ["and"] });
  } else if (walk.peek(1).tokenType === And) {
    walk.take();
    walkValue(walk, value, (behind) => walk.expectAfter(place, behind), place);
  }
}

/**
 * One value. If the cursor is after words of the value, `after` says what may follow them; in a `where` also a clause of the
 * condition on events that the `where` belongs to.
 */
export function walkValue(
  walk: Walk,
  value: WalkedValue,
  after: (behind: Behind) => void,
  place?: CursorPlace,
  inList = false,
): void {
  if (walk.ahead < 1 || !startsOperand(walk.peek(1), walk.context)) return;
  const length = valueLength(walk.peek, 1, walk.context, inList);
  if (walk.ahead > length) {
    walk.take(length);
    return;
  }
  walk.expect(1, { kind: "value", ...value });
  if (walk.ahead === 1) return;
  const { subject, operator } = value;
  const wordsTo = (k: number): Behind => ({ kind: "value", subject, operator, words: walk.words(1, k) });
  after(wordsTo(walk.ahead));
  const owner = place?.owner;
  if (owner !== undefined) walk.expectBegunClauses(2, () => owner, wordsTo);
}

function expectBegunClause(walk: Walk, { owner }: CursorPlace, first: number): void {
  if (owner !== undefined) walk.expectBegunClauses(first, () => owner);
}

function walkList(walk: Walk, subject: Subject, operator: string): void {
  const open = walk.peek(1);
  if (walk.ahead === 1) {
    walk.expect(1, { kind: "keyword", words: ["("] });
    return;
  }
  if (open.tokenType !== LeftParenthesis && open.tokenType !== LeftBracket) return;
  walk.take();
  const [closing, bracket] =
    open.tokenType === LeftBracket ? ([RightBracket, "]"] as const) : ([RightParenthesis, ")"] as const);
  const after = () => walk.expect(walk.ahead, { kind: "keyword", words: [",", bracket] });
  const listed: string[] = [];
  while (!walk.reached && walk.ahead > 0) {
    const type = walk.peek(1).tokenType;
    if (type === closing) {
      walk.take();
      return;
    }
    if (type === Comma) {
      walk.take();
    } else if (startsOperand(walk.peek(1), walk.context)) {
      const length = valueLength(walk.peek, 1, walk.context, true);
      const item = walk.words(1, 1 + length);
      walkValue(walk, { subject, operator, shape: "list", listed }, after, undefined, true);
      if (walk.reached) return;
      listed.push(item);
      if (walk.ahead === 1) after();
    } else {
      walk.skipOne();
    }
  }
}

/** `in segment "VIP"`. */
export function walkMembership(walk: Walk, place: CursorPlace): void {
  walk.take(noiseWords(walk.peek, 1) + 2);
  if (!endsValue(walk.peek, 1, walk.context)) {
    const length = valueLength(walk.peek, 1, walk.context, false);
    if (walk.ahead <= length) {
      walk.expect(1, { kind: "segment" });
      if (walk.ahead > 1) walk.expectAfter(place);
    } else walk.take(length);
  }
  walk.behindCondition(place);
}

/** `in sample 10% of "spring-test"`. */
export function walkSample(walk: Walk, place: CursorPlace): void {
  walk.take(noiseWords(walk.peek, 1) + 2);
  const share = lengthUpToOf(walk.peek, 1, "plain");
  if (walk.ahead <= share) {
    walk.expect(1, { kind: "share" });
    if (walk.ahead > 1) {
      walk.expect(walk.ahead, { kind: "keyword", words: ["of"] });
      walk.expectAfter(place);
    }
    return;
  }
  walk.take(share);
  if (walk.peek(1).image === "of") {
    walk.take();
    // A sample's name may be any text.
    if (walk.ahead === 1) {
      walk.reached = true;
      return;
    }
    walk.take(Math.min(valueLength(walk.peek, 1, walk.context, false), walk.ahead - 1));
  }
  walk.behindCondition(place);
}
