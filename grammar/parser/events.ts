// Reading conditions on events and measures of them: a name, then clauses in any order.

import type { Aggregate, CountComparison, EventCount, EventWindow, Expression, Value } from "../tree.js";
import type { Reader } from "./reader.js";
import type { Context } from "./scanner.js";
import {
  clauseAt,
  endsCondition,
  endsValue,
  lengthUpToOf,
  noiseWords,
  numberLength,
  operatorAt,
  startsValue,
} from "./scanner.js";
import { And, Not, Quoted, Sign, Unclosed } from "./tokens.js";
import { readOperation, readRun, readValue, reportMissingValue } from "./values.js";

interface Clauses {
  readonly count?: EventCount;
  readonly window?: EventWindow;
  readonly where?: Expression;
}

/** Who takes no count, and what to write instead. */
type CountRefusal = readonly [who: string, instead: string];
const notPerformedTakesNone: CountRefusal = [
  "`has not performed`",
  "`performed … exactly 0 times` or `performed … at most 3 times`",
];
const measureTakesNone: CountRefusal = ["A measure", "`count of … is at least 3`"];

/** Reads with bare values ending where an event's, or a measure's, do. */
function within<Result>(reader: Reader, context: Context, read: () => Result): Result {
  const outer = reader.context;
  reader.context = context;
  const result = read();
  reader.context = outer;
  return result;
}

/** `performed "page viewed" at least 3 times in the last 7 days where …`, `never performed checkout`. */
export function readEvent(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(true);
  reader.takeMany(noiseWords(reader.look, 1));
  const first = reader.take();
  let negated = first.image === "never";
  if (reader.look(1).tokenType === Not) {
    reader.take();
    negated = true;
  }
  if (first.image === "has" || first.image === "did" || first.image === "never") reader.take();
  return within(reader, "event", (): Expression => {
    const name = readEventName(reader);
    if (name === undefined) return reader.invalid(start);
    const clauses = readClauses(reader, negated ? notPerformedTakesNone : undefined);
    return { kind: "Event", negated, name, ...clauses, span: reader.span(start), raw: reader.raw(start) };
  });
}

/** `last performed login more than 90 days ago`. */
export function readOccurrence(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(true);
  reader.takeMany(noiseWords(reader.look, 1));
  const which = reader.take().image === "first" ? "first" : "last";
  reader.take();
  let words = 0;
  if (reader.look(1).tokenType === Quoted || reader.look(1).tokenType === Unclosed) words = 1;
  else {
    while (
      !endsCondition(reader.look(1 + words)) &&
      startsValue(reader.look(1 + words)) &&
      (words === 0 || operatorAt(reader.look, 1 + words, reader.operators, "plain") === undefined)
    ) {
      words += 1;
    }
  }
  if (words === 0) {
    reader.report("MISSING_EVENT", [reader.written(reader.look(0))], { expected: ["an event"] });
    return reader.invalid(start);
  }
  const match = operatorAt(reader.look, 1 + words, reader.operators, "plain");
  if (match === undefined && operatorAt(reader.look, 1, reader.operators, "plain") !== undefined) {
    reader.report("MISSING_EVENT", [reader.written(reader.look(0))], { expected: ["an event"] });
    return reader.invalid(start);
  }
  const name = readRun(reader, words);
  if (match === undefined) {
    reader.report("MISSING_COMPARISON", [], {
      expected: ["is before", "is after", "more than", "in the last"],
    });
    return reader.invalid(start);
  }
  return {
    kind: "Occurrence",
    which,
    name,
    ...readOperation(reader, match),
    span: reader.span(start),
    raw: reader.raw(start),
  };
}

/** `sum of amount of order in the last 365 days where … is at least 1000`. */
export function readMeasure(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(true);
  reader.takeMany(noiseWords(reader.look, 1));
  const aggregate = reader.take().image as Aggregate;
  reader.take();
  return within(reader, "measure", (): Expression => {
    const names = readMeasured(reader);
    if (names === undefined) return reader.invalid(start);
    const { window, where } = readClauses(reader, measureTakesNone);
    const clauses = {
      ...(window === undefined ? {} : { window }),
      ...(where === undefined ? {} : { where }),
    };
    const next = reader.look(1);
    const match = operatorAt(reader.look, 1, reader.operators, "plain");
    if (match === undefined) {
      reader.report("MISSING_COMPARISON", [], { expected: ["is", "is at least", "is more than"] });
      return reader.invalid(start);
    }
    if (next.image !== "is" && next.tokenType !== Sign) {
      reader.report("MISSING_COMPARISON", [], {
        expected: ["is"],
        fix: reader.source.fix("is ", next.startOffset, next.startOffset),
      });
    }
    return within(reader, "plain", (): Expression => {
      const operation = readOperation(reader, match);
      return {
        kind: "Measure",
        aggregate,
        ...names,
        ...clauses,
        ...operation,
        span: reader.span(start),
        raw: reader.raw(start),
      };
    });
  });
}

/** `amount of order` or `login`: what stands before the first `of` is a property. */
function readMeasured(reader: Reader): { readonly property?: Value; readonly name: Value } | undefined {
  const words = startsName(reader) ? lengthUpToOf(reader.look, 1, reader.context) : 0;
  if (words === 0 || reader.look(1 + words).image !== "of") {
    const name = readEventName(reader);
    return name && { name };
  }
  const property = readRun(reader, words);
  reader.take();
  const name = readEventName(reader);
  return name && { property, name };
}

function readEventName(reader: Reader): Value | undefined {
  if (startsName(reader)) return readValue(reader);
  reader.report("MISSING_EVENT", [reader.written(reader.look(0))], { expected: ["an event"] });
  return undefined;
}

function startsName(reader: Reader): boolean {
  return startsValue(reader.look(1)) && !endsValue(reader.look, 1, reader.context);
}

function readClauses(reader: Reader, withoutCount: CountRefusal | undefined): Clauses {
  const clauses: { count?: EventCount; window?: EventWindow; where?: Expression } = {};
  for (;;) {
    const kind = clauseAt(reader.look, 1);
    if (kind === undefined) return clauses;
    const before = reader.position;
    const repeated = clauses[kind] !== undefined;
    if (kind === "count") {
      const count = readCount(reader);
      if (count !== undefined && withoutCount !== undefined) {
        reader.report("COUNT_NOT_TAKEN", withoutCount, { span: count.span });
      } else if (!repeated) clauses.count = count;
    } else if (kind === "window") {
      const window = readWindow(reader);
      if (!repeated) clauses.window = window;
    } else {
      const where = readWhere(reader);
      if (!repeated) clauses.where = where;
    }
    if (repeated) reader.report("DUPLICATE_CLAUSE", [kind], { span: reader.span(before) });
    if (reader.position === before) return clauses;
  }
}

const countComparisons: Readonly<Record<string, CountComparison>> = {
  "at least": "at_least",
  "at most": "at_most",
  exactly: "exactly",
  "more than": "more_than",
  "less than": "less_than",
};

/**
 * `at least 3 times`, `twice`. Undefined where the number is missing, and where the clause turns out to be a measure's
 * comparison: then nothing is taken.
 */
function readCount(reader: Reader): EventCount | undefined {
  const start = reader.position;
  const first = reader.look(1).image;
  const words = first === "exactly" ? 1 : ["at", "more", "less"].includes(first) ? 2 : 0;
  const written = words === 0 ? "at least" : words === 1 ? first : `${first} ${reader.look(2).image}`;
  const amount = reader.look(1 + words);
  const alone = amount.image === "once" || amount.image === "twice";
  const length = numberLength(reader.look, 1 + words);
  const unit = reader.look(1 + words + length).image;
  const counted = unit === "times" || unit === "time";
  if (!alone && !counted && reader.context === "measure") return undefined;
  reader.takeMany(words);
  const comparison = countComparisons[written] ?? "at_least";
  if (alone) {
    reader.take();
    const text = amount.image === "once" ? "1" : "2";
    const times: Value = {
      kind: "Value",
      text,
      span: reader.span(amount.startOffset),
      raw: reader.raw(amount.startOffset),
    };
    return { kind: "EventCount", comparison, times, span: reader.span(start), raw: reader.raw(start) };
  }
  if (!startsValue(amount) || (!counted && clauseAt(reader.look, 1) !== undefined)) {
    reportMissingValue(reader, written);
    return undefined;
  }
  if (!counted && (amount.image === "times" || amount.image === "time")) {
    reportMissingValue(reader, written);
    reader.take();
    return undefined;
  }
  const times = readRun(reader, length);
  if (counted) reader.take();
  else {
    const end = reader.behind();
    reader.report("MISSING_TIMES", [], { expected: ["times"], fix: reader.source.fix(" times", end, end) });
  }
  return { kind: "EventCount", comparison, times, span: reader.span(start), raw: reader.raw(start) };
}

const windowForms: Readonly<Record<string, EventWindow["form"]>> = {
  in: "in_the_last",
  within: "in_the_last",
  since: "since",
  before: "before",
  after: "after",
  between: "between",
  on: "on",
};

function readWindow(reader: Reader): EventWindow {
  const start = reader.position;
  const word = reader.look(1).image;
  if (word === "today" || word === "yesterday") {
    const day = readRun(reader, 1);
    return {
      kind: "EventWindow",
      form: "on",
      operands: [day],
      span: reader.span(start),
      raw: reader.raw(start),
    };
  }
  const form = windowForms[word] ?? "on";
  reader.takeMany(word === "in" ? (reader.look(2).image === "the" ? 3 : 2) : 1);
  const written = reader.raw(start);
  const operands: Value[] = [];
  const first = readWindowValue(reader, written);
  if (first !== undefined) operands.push(first);
  if (first !== undefined && form === "between") {
    if (reader.look(1).tokenType === And) {
      reader.take();
      const second = readWindowValue(reader, written);
      if (second !== undefined) operands.push(second);
    } else {
      reader.report("MISSING_AND", [written], { expected: ["and"] });
    }
  }
  return { kind: "EventWindow", form, operands, span: reader.span(start), raw: reader.raw(start) };
}

function readWindowValue(reader: Reader, written: string): Value | undefined {
  const word = reader.look(1).image;
  const aDay = word === "today" || word === "yesterday";
  if (startsValue(reader.look(1)) && (aDay || !endsValue(reader.look, 1, reader.context)))
    return readValue(reader);
  reportMissingValue(reader, written);
  return undefined;
}

function readWhere(reader: Reader): Expression {
  reader.take();
  return reader.nested(reader.inGroup);
}
