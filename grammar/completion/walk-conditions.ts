// Walking through conditions on attributes, segments and samples, as conditions.ts reads them.

import { endsValue, lengthUpToOf, valueLength } from "../parser/clause-scanner.js";
import { type ComparisonShape, comparisonAt } from "../parser/comparison-scanner.js";
import { noiseWords } from "../parser/lookahead.js";
import { distanceAt } from "../parser/operator-scanner.js";
import type { ComparedSubject, EventFrame, OfferedClauseKind } from "./expectation.js";
import { type CursorPlace, isPlain, isQuote, type Walk } from "./walk.js";
import { walkComparisonOf, walkOperation } from "./walk-values.js";
import { walkWindow } from "./walk-windows.js";

/** A condition may begin at the cursor, with the words from here on. */
export function expectCondition(walk: Walk, place: CursorPlace): void {
  const event = {
    ...(place.event === undefined ? {} : { event: place.event }),
    ...(place.line === undefined ? {} : { line: place.line }),
  };
  const noise = Math.min(noiseWords(walk.peek, 1), walk.ahead - 1);
  const behindNoise = noise > 0 ? ({ behindNoise: true } as const) : {};
  walk.expect(1 + noise, { kind: "condition", nameOnly: false, ...event, ...behindNoise });
  for (let k = noise; k >= Math.max(1, noise - 2); k -= 1)
    walk.expect(k, { kind: "condition", nameOnly: true, ...event });
}

/** `email ends with .uk`, `loyalty points in campaign "Club" is 0`, or a true/false attribute alone. */
export function walkComparison(walk: Walk, place: CursorPlace): void {
  const { event, line } = place;
  const shape = comparisonAt(walk.peek, 1, walk.operators, walk.context);
  const nameTo = (k: number): ComparedSubject => ({
    kind: "attribute",
    words: walk.words(1, k),
    ...(event === undefined ? {} : { event }),
    ...(line === undefined ? {} : { line }),
  });
  const campaignAt = shape.campaign === undefined ? undefined : shape.name + 3;
  const named = shape.name + (shape.campaign === undefined ? 0 : 2 + shape.campaign);
  const figure: ComparedSubject = { kind: "figure", words: walk.words(1, 1 + shape.name) };
  expectBehindTime(walk, place, nameTo);
  if (shape.window) {
    walk.take(named);
    walk.inContext("measure", () => walkWindow(walk, place));
    walkComparisonOf(walk, place, figure);
    walk.behindCondition(place);
    return;
  }
  if (shape.operator !== undefined && walk.peek(1).image !== "is") {
    const subject = nameTo(shape.name + 1);
    expectBehindSince(walk, place, shape, nameTo);
    walk.take(named);
    walkOperation(walk, place, subject, shape.operator);
    return;
  }
  const run = plainRun(walk, campaignAt);
  if (walk.ahead > run) {
    walk.take(Math.max(run, 1));
    walk.behindCondition(place);
  } else if (campaignAt !== undefined && walk.ahead >= campaignAt) {
    expectInCampaign(walk, campaignAt, nameTo(shape.name + 1));
    for (let k = walk.ahead; k > campaignAt; k -= 1) expectFigureWindow(walk, k, figure);
  } else {
    expectCondition(walk, place);
    walk.expectOperators(2, place, nameTo);
    const words = walk.images(1 + noiseWords(walk.peek, 1), walk.ahead);
    if (/^(?:everyone|anyone|all customers)$/.test(words)) walk.expectAfter(place);
    if (place.owner !== undefined) {
      const { owner } = place;
      walk.expectBegunClauses(2, () => owner);
    } else {
      for (let k = walk.ahead; k > 1; k -= 1)
        expectFigureWindow(walk, k, { kind: "figure", words: walk.words(1, k) });
    }
  }
}

// A figure's window is the only clause that it takes.
const allButWindow: ReadonlySet<OfferedClauseKind> = new Set([
  "count",
  "days",
  "where",
  "then",
  "same",
  "within",
]);

/** `number of orders in the last 30 days`: a window of a figure may begin with the `k`-th token. */
function expectFigureWindow(walk: Walk, k: number, figure: ComparedSubject): void {
  if (k < walk.ahead && walk.peek(k).image === "within") expectWithin(walk, k + 1, figure);
  const frame: EventFrame = { event: "", taken: allButWindow, figure };
  if (k === walk.ahead) walk.expectClause(k, frame);
  else if (k >= walk.ahead - 2) walk.expectBegunClause(k, frame);
}

/** `number of orders within 30 days`: the length that begins with the `k`-th token, and the figure's comparison behind it. */
function expectWithin(walk: Walk, k: number, figure: ComparedSubject): void {
  const window = { subject: { kind: "window", figure }, operator: "in_the_last" } as const;
  if (walk.ahead <= k + 1) walk.expect(k, { kind: "value", ...window, shape: "duration", listed: [] });
  for (let at = walk.ahead; at > k; at -= 1) {
    if (walk.operatorPath(at) === undefined) continue;
    const behind = { kind: "value", ...window, words: walk.words(k, at) } as const;
    walk.expect(at, { kind: "operator", subject: figure, behind });
  }
}

// Operators that are windows, too, if a figure precedes them.
const windowOperators: ReadonlySet<string> = new Set([
  "in_the_last",
  "within",
  "in_period",
  "since",
  "before",
  "after",
  "on",
]);
const longestComparison = 4;

/** Behind a span of the calendar, which ends a condition on a date, and behind the window of a figure. */
function expectBehindTime(walk: Walk, place: CursorPlace, nameTo: (k: number) => ComparedSubject): void {
  for (let k = walk.ahead; k > Math.max(2, walk.ahead - longestComparison); k -= 1) {
    if (walk.operatorPath(k) === undefined) continue;
    const { name, campaign, operator } = comparisonAt(walk.endedAt(k), 1, walk.operators, walk.context);
    const from = name + (campaign === undefined ? 0 : 2 + campaign) + 1;
    const value = from + (operator?.length ?? k);
    if (operator === undefined || value >= k) continue;
    const { name: operation, operand } = operator.syntax;
    if (operand === "period" && k === walk.ahead)
      walk.expectAfter(place, { kind: "operator", subject: nameTo(1 + name), operator: operation });
    if (place.event !== undefined || !windowOperators.has(operation) || walk.peek(from).image === "is")
      continue;
    const subject: ComparedSubject = { kind: "window" };
    const isDistance = operand === "distance";
    const words = walk.words(isDistance ? value + distanceAt(walk.peek, value) : value, k);
    walk.expect(k, {
      kind: "operator",
      subject: { kind: "figure", words: walk.words(1, 1 + name) },
      behind: isDistance
        ? { kind: "attribute", words, comparedWith: subject }
        : { kind: "value", subject, operator: operation, words },
    });
  }
  walk.reached = false;
}

/** `customer since`: the word may be the name's last, and a comparison may follow it. */
function expectBehindSince(
  walk: Walk,
  place: CursorPlace,
  { name, operator }: ComparisonShape,
  nameTo: (k: number) => ComparedSubject,
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

function expectInCampaign(walk: Walk, campaignAt: number, subject: ComparedSubject): void {
  if (walk.ahead === campaignAt || !isQuote(walk.peek(campaignAt)))
    walk.expect(campaignAt, { kind: "campaign", subject });
  for (let k = walk.ahead; k > campaignAt; k -= 1) {
    if (walk.operatorPath(k) !== undefined) walk.expect(k, { kind: "operator", subject });
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
