// Walking through the clauses of an event condition that say when it happened, as windows.ts reads them.

import { daysLength } from "../parser/clause-scanner.js";
import { distanceAt } from "../parser/operator-scanner.js";
import { calendarWindowLength } from "../parser/periods.js";
import type { CursorPlace, Walk } from "./walk.js";
import { walkDistance, walkPair, walkValue } from "./walk-values.js";

const windowOperators: Readonly<Record<string, string>> = {
  in: "in_the_last",
  within: "in_the_last",
  since: "on_or_after",
  before: "before",
  after: "after",
  between: "between",
  on: "on",
};

/** The window that begins here, of events or of a figure. */
export function walkWindow(walk: Walk, place: CursorPlace): void {
  const { peek } = walk;
  const word = peek(1).image;
  const calendar = calendarWindowLength(peek, 1);
  if (calendar > 0 && calendar < walk.ahead) {
    walk.take(calendar);
    return;
  }
  if (word === "within" && distanceAt(peek, 2) > 0) {
    walk.take();
    walkDistance(walk, place);
    return;
  }
  if (word === "within" && walk.context !== "step") {
    walk.expectBehindLength(2);
    walk.reached = false;
  }
  const operator = windowOperators[word];
  walk.take(word === "in" ? (peek(2).image === "the" ? 3 : 2) : 1);
  if (operator === undefined) return;
  const shape = operator === "between" ? "pair" : operator === "in_the_last" ? "duration" : "value";
  const value = { subject: { kind: "window" }, operator, shape, listed: [] } as const;
  if (shape === "pair") walkPair(walk, place, value);
  else walkValue(walk, value, (behind) => walk.expectAfter(place, behind), place);
}

/** `on at least 3 different days`. */
export function walkDays(walk: Walk): void {
  walk.take(daysLength(walk.peek, 1));
  if (walk.ahead === 1)
    walk.expect(1, { kind: "keyword", words: ["days", "weeks", "months", "quarters", "years"] });
  else walk.take();
}
