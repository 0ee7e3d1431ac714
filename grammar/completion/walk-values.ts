// Walking through operators and values, as values.ts reads them.

import { valueLength } from "../parser/clause-scanner.js";
import { startsOperand } from "../parser/lookahead.js";
import { distanceAt, type OperatorMatch, operatorAt } from "../parser/operator-scanner.js";
import {
  And,
  Comma,
  LeftBracket,
  LeftParenthesis,
  RightBracket,
  RightParenthesis,
} from "../parser/tokens.js";
import type { Behind, ComparedSubject, Expectation } from "./expectation.js";
import type { CursorPlace, Walk } from "./walk.js";

/** The comparison of an event's time or of a measure, which is known to begin here. */
export function walkComparisonOf(walk: Walk, place: CursorPlace, subject: ComparedSubject): void {
  const match = operatorAt(walk.peek, 1, walk.operators, "plain");
  if (match !== undefined && match.length < walk.ahead) walkOperation(walk, place, subject, match);
  else walk.expectOperators(1, place, () => subject);
}

/** An operator that the scanner has found here, and its operands. */
export function walkOperation(
  walk: Walk,
  place: CursorPlace,
  subject: ComparedSubject,
  match: OperatorMatch,
): void {
  walk.beginOperation(subject);
  // `is at` is read as `is` with a value, until `least` is typed.
  walk.expectOperator(1, place, subject);
  walk.take(match.length);
  const { name, operand } = match.syntax;
  if (operand === "list") walkList(walk, subject, name);
  else if (operand === "distance") walkDistance(walk, place, subject);
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
  const named = walk.peek(1).image === "the" ? 2 : 1;
  if (walk.ahead > named && walk.peek(named).image === "customer's")
    walk.expect(1 + named, { kind: "condition", nameOnly: true, comparedWith: subject });
  const wordsTo = (k: number): Behind => ({ kind: "value", subject, operator, words: walk.words(1, k) });
  after(wordsTo(walk.ahead));
  const owner = place?.owner;
  if (owner !== undefined) walk.expectBegunClauses(2, () => owner, wordsTo);
}

/**
 * `7 days after created`, whose first words are whole. Nothing but a date is at a distance itself: a figure within one is still to
 * be compared, and a condition on events is whole.
 */
export function walkDistance(
  walk: Walk,
  place: CursorPlace,
  compared: ComparedSubject = { kind: "window" },
): void {
  walk.take(distanceAt(walk.peek, 1));
  const words = valueLength(walk.peek, 1, walk.context, false);
  if (walk.ahead > words) {
    walk.take(words);
    return;
  }
  const subject: ComparedSubject = { kind: "window" };
  walk.expect(1, { kind: "condition", nameOnly: true, comparedWith: subject });
  if (walk.ahead > 1)
    walk.expectAfter(place, { kind: "attribute", words: walk.words(1, walk.ahead), comparedWith: compared });
}

function walkList(walk: Walk, subject: ComparedSubject, operator: string): void {
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
