// Reading the clauses of an event condition that say when it happened: its window, and on how many different days.
import type { CountComparison, EventDays, EventWindow, Value } from "../tree.js";
import { comparisonLength, endsValue } from "./clause-scanner.js";
import { endsCondition, numberLength, startsValue } from "./lookahead.js";
import { distanceAt } from "./operator-scanner.js";
import { calendarWindowLength, isDayWindow, periodLength } from "./periods.js";
import type { Reader } from "./reader.js";
import { And } from "./tokens.js";
import { readDistance, readPeriod, readRun, readValue, reportMissingValue } from "./values.js";

export const countComparisons: Readonly<Record<string, CountComparison>> = {
  "at least": "at_least",
  "at most": "at_most",
  exactly: "exactly",
  "more than": "more_than",
  "less than": "less_than",
};

const windowForms: Readonly<Record<string, EventWindow["form"]>> = {
  in: "in_the_last",
  within: "in_the_last",
  since: "since",
  before: "before",
  after: "after",
  between: "between",
  on: "on",
};

/** The window that is known to begin here. */
export function readWindow(reader: Reader): EventWindow {
  const start = reader.position;
  const { peek } = reader;
  const windowOf = (form: EventWindow["form"], operands: readonly Value[]): EventWindow => ({
    kind: "EventWindow",
    form,
    operands,
    span: reader.span(start),
    raw: reader.raw(start),
  });
  const word = peek(1).image;
  if (isDayWindow(word)) return windowOf("on", [readRun(reader, 1)]);
  if (peek.version > 1 && (calendarWindowLength(peek, 1) > 0 || periodLength(peek, 1) > 0)) {
    if (word === "in" || word === "during") reader.take();
    // `during yesterday` is the window `yesterday`.
    if (isDayWindow(peek(1).image)) return windowOf("on", [readRun(reader, 1)]);
    return windowOf("during", [readPeriod(reader)]);
  }
  if (peek.version > 1 && word === "within" && distanceAt(peek, 2) > 0) {
    reader.take();
    const read = (): readonly Value[] => readDistance(reader);
    // After a figure's name, the attribute ends where the comparison of the figure begins.
    return windowOf("within", reader.context === "plain" ? reader.within("measure", read) : read());
  }
  const form = windowForms[word] ?? "on";
  reader.takeMany(word === "in" ? (peek(2).image === "the" ? 3 : 2) : 1);
  const written = reader.raw(start);
  const operands: Value[] = [];
  const first = readWindowValue(reader, written, form);
  if (first !== undefined) operands.push(first);
  if (first !== undefined && form === "between") {
    if (peek(1).tokenType === And) {
      reader.take();
      const second = readWindowValue(reader, written, form);
      if (second !== undefined) operands.push(second);
    } else {
      reader.report("MISSING_AND", [written], { expected: ["and"] });
    }
  }
  return windowOf(form, operands);
}

function readWindowValue(reader: Reader, written: string, form: EventWindow["form"]): Value | undefined {
  const { peek } = reader;
  const aDay = isDayWindow(peek(1).image);
  // `in the last 1440 minutes` names no year.
  if (peek.version > 1 && form !== "in_the_last" && periodLength(peek, 1) > 0) return readPeriod(reader);
  if (startsValue(peek(1)) && (aDay || !endsValue(peek, 1, reader.context)))
    return reader.context === "plain" ? readFigureValue(reader) : readValue(reader);
  reportMissingValue(reader, written);
  return undefined;
}

/** A date after a figure's name; it ends where the comparison of the figure begins. */
function readFigureValue(reader: Reader): Value {
  return reader.within("measure", () => readValue(reader));
}

/** `on at least 3 different days`, which is known to begin here. */
export function readDays(reader: Reader): EventDays | undefined {
  const start = reader.position;
  const { peek } = reader;
  reader.take();
  const words = comparisonLength(peek, 1);
  const written =
    words === 0 ? "at least" : words === 1 ? peek(1).image : `${peek(1).image} ${peek(2).image}`;
  reader.takeMany(words);
  const number = readRun(reader, numberLength(peek, 1));
  reader.take();
  if (endsCondition(peek(1)) || !startsValue(peek(1))) {
    reader.report("MISSING_UNIT", [], { expected: ["days", "weeks", "months", "quarters", "years"] });
    return undefined;
  }
  const unit = readRun(reader, 1);
  return {
    kind: "EventDays",
    comparison: countComparisons[written] ?? "at_least",
    number,
    unit,
    span: reader.span(start),
    raw: reader.raw(start),
  };
}
