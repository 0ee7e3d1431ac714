// Reading conditions on events and measures of them: a name, then clauses in any order.

import type {
  Aggregate,
  EventCount,
  EventDays,
  EventWindow,
  Expression,
  SequenceStep,
  StepSame,
  Value,
} from "../tree.js";
import { EOF } from "./chevrotain.js";
import { clauseAt, endsValue, lengthUpToOf, nameLength, sameLength, stepLength } from "./clause-scanner.js";
import { readCount } from "./counts.js";
import { endsCondition, groupsThousands, noiseWords, startsValue } from "./lookahead.js";
import { distanceAt, operatorAt } from "./operator-scanner.js";
import { periodLength } from "./periods.js";
import type { Reader } from "./reader.js";
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
} from "./tokens.js";
import { readOperation, readRun, readValue, reportMissingValue } from "./values.js";
import { readDays, readWindow } from "./windows.js";

interface Clauses {
  readonly count?: EventCount;
  readonly days?: EventDays;
  readonly window?: EventWindow;
  readonly where?: Expression;
  readonly same?: StepSame;
  readonly within?: Value;
}

/** What takes no count, and what to write instead. */
type CountRefusal = readonly [who: string, instead: string];
const notPerformedTakesNone: CountRefusal = [
  "`has not performed`",
  "`performed … exactly 0 times` or `performed … at most 3 times`",
];
const measureTakesNone: CountRefusal = ["A measure", "`count of … is at least 3`"];
const stepTakesNone: CountRefusal = ["A step of a sequence", "the condition apart, joined with `and`,"];

/** `performed "page viewed" at least 3 times in the last 7 days where …`, `never performed checkout`. */
export function readEvent(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(true);
  reader.takeMany(noiseWords(reader.peek, 1));
  const first = reader.take();
  let negated = first.image === "never";
  if (reader.peek(1).tokenType === Not) {
    reader.take();
    negated = true;
  }
  if (first.image === "has" || first.image === "did" || first.image === "never") reader.take();
  return reader.within("event", (): Expression => {
    const name = readEventName(reader);
    if (name === undefined) return reader.invalid(start);
    const clauses = readClauses(reader, negated ? notPerformedTakesNone : undefined);
    if (clauseAt(reader.peek, 1) === "then")
      return readSequence(reader, start, { negated, name, ...clauses });
    return { kind: "Event", negated, name, ...clauses, span: reader.span(start), raw: reader.raw(start) };
  });
}

/** What has been read of a sequence's first step. */
interface FirstStep extends Clauses {
  readonly negated: boolean;
  readonly name: Value;
  readonly which?: "first" | "last";
}

/** The steps after the first, at the first `then`. */
function readSequence(reader: Reader, start: number, first: FirstStep): Expression {
  const { negated, name, count, days, window, where, which } = first;
  for (const clause of [count, days])
    if (clause !== undefined) reader.report("COUNT_NOT_TAKEN", stepTakesNone, { span: clause.span });
  const place = { span: reader.span(start), raw: reader.raw(start) };
  const steps: SequenceStep[] = [
    { kind: "Step", negated, name, ...(window && { window }), ...(where && { where }), ...place },
  ];
  reader.within("step", () => {
    while (clauseAt(reader.peek, 1) === "then") {
      reader.take();
      const step = readStep(reader);
      if (step !== undefined) steps.push(step);
    }
  });
  const narrowed = which === undefined ? {} : { which };
  return { kind: "Sequence", ...narrowed, steps, span: reader.span(start), raw: reader.raw(start) };
}

function readStep(reader: Reader): SequenceStep | undefined {
  const start = reader.position;
  reader.countCondition(true);
  const negated = takeStepWords(reader);
  const name = readEventName(reader);
  if (name === undefined) return undefined;
  const { window, where, same, within } = readClauses(reader, stepTakesNone);
  return {
    kind: "Step",
    negated,
    name,
    ...(window && { window }),
    ...(where && { where }),
    ...(same && { same }),
    ...(within && { within }),
    span: reader.span(start),
    raw: reader.raw(start),
  };
}

/** Takes the words before a step's event, as `has not performed`. @returns true if they negate it. */
function takeStepWords(reader: Reader): boolean {
  let negated = false;
  for (let words = stepLength(reader.peek, 1); words > 0; words -= 1) {
    const word = reader.take();
    if (word.tokenType === Not || word.image === "never") negated = true;
  }
  return negated;
}

/** `with the same product`, `with amount the same as value`, which is known to begin here. */
function readSame(reader: Reader): StepSame | undefined {
  const start = reader.position;
  const { peek } = reader;
  const words = sameLength(peek, 1);
  reader.take();
  let previous: Value | undefined;
  let property: Value | undefined;
  if (words === 3) {
    reader.takeMany(2);
    property = readPropertyName(reader);
  } else {
    property = readRun(reader, words - 4);
    reader.takeMany(3);
    previous = readPropertyName(reader);
    if (previous === undefined) return undefined;
  }
  if (property === undefined) return undefined;
  const of = previous === undefined ? {} : { previous };
  return { kind: "StepSame", property, ...of, span: reader.span(start), raw: reader.raw(start) };
}

function readPropertyName(reader: Reader): Value | undefined {
  if (startsName(reader)) return readRun(reader, nameLength(reader.peek, 1, reader.context));
  reportMissingValue(reader, reader.written(reader.peek(0)));
  return undefined;
}

/**
 * True if `first performed …` begins a sequence: a `then` follows before the condition can end, or has a `where` before it, whose
 * conditions may be joined.
 */
function beginsSequence(reader: Reader): boolean {
  const { peek } = reader;
  if (peek.version === 1) return false;
  let where = false;
  let between = false;
  let depth = 0;
  for (let k = 1; ; k += 1) {
    const { tokenType, image } = peek(k);
    if (tokenType === LeftParenthesis || tokenType === LeftBracket) depth += 1;
    if (tokenType === RightParenthesis || tokenType === RightBracket) depth -= 1;
    if (tokenType === EOF || depth < 0) return false;
    if (depth > 0) continue;
    if (image === "where") where = true;
    if (image === "then" && stepLength(peek, k + 1) > 0) return true;
    const joins = (tokenType === And && !between) || tokenType === Or;
    between = image === "between" || (between && tokenType !== And);
    const separates =
      tokenType === Comma && reader.inGroup && !groupsThousands(peek(k - 1), peek(k), peek(k + 1));
    if ((joins && !where) || separates) return false;
  }
}

/** `last performed login more than 90 days ago`. */
export function readOccurrence(reader: Reader): Expression {
  const start = reader.position;
  reader.countCondition(true);
  reader.takeMany(noiseWords(reader.peek, 1));
  const which = reader.take().image === "first" ? "first" : "last";
  const negated = takeStepWords(reader);
  if (beginsSequence(reader)) {
    return reader.within("event", (): Expression => {
      const name = readEventName(reader);
      if (name === undefined) return reader.invalid(start);
      const clauses = readClauses(reader, stepTakesNone);
      if (clauseAt(reader.peek, 1) !== "then") return reader.invalid(start);
      return readSequence(reader, start, { negated, name, which, ...clauses });
    });
  }
  let words = 0;
  if (reader.peek(1).tokenType === Quoted || reader.peek(1).tokenType === Unclosed) words = 1;
  else {
    while (
      !endsCondition(reader.peek(1 + words)) &&
      startsValue(reader.peek(1 + words)) &&
      (words === 0 || operatorAt(reader.peek, 1 + words, reader.operators, "plain") === undefined)
    ) {
      words += 1;
    }
  }
  if (words === 0) {
    reader.report("MISSING_EVENT", [reader.written(reader.peek(0))], { expected: ["an event"] });
    return reader.invalid(start);
  }
  const match = operatorAt(reader.peek, 1 + words, reader.operators, "plain");
  if (match === undefined && operatorAt(reader.peek, 1, reader.operators, "plain") !== undefined) {
    reader.report("MISSING_EVENT", [reader.written(reader.peek(0))], { expected: ["an event"] });
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
  reader.takeMany(noiseWords(reader.peek, 1));
  const aggregate = reader.take().image as Aggregate;
  reader.take();
  const different = aggregate === "count" && isDifferent(reader) ? { different: true as const } : {};
  if (different.different === true) reader.take();
  return reader.within("measure", (): Expression => {
    const names = readMeasured(reader);
    if (names === undefined) return reader.invalid(start);
    const { window, where } = readClauses(reader, measureTakesNone);
    const clauses = {
      ...(window === undefined ? {} : { window }),
      ...(where === undefined ? {} : { where }),
    };
    const next = reader.peek(1);
    const match = operatorAt(reader.peek, 1, reader.operators, "plain");
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
    return reader.within("plain", (): Expression => {
      const operation = readOperation(reader, match);
      return {
        kind: "Measure",
        aggregate,
        ...different,
        ...names,
        ...clauses,
        ...operation,
        span: reader.span(start),
        raw: reader.raw(start),
      };
    });
  });
}

/** `different P of E`; an event or property may be called `different`. */
function isDifferent({ peek }: Reader): boolean {
  if (peek.version === 1 || peek(1).image !== "different" || peek(2).image === "of") return false;
  const words = lengthUpToOf(peek, 2, "measure");
  return peek(2 + words).image === "of";
}

/** `amount of order` or `login`: what precedes the first `of` is a property. */
function readMeasured(reader: Reader): { readonly property?: Value; readonly name: Value } | undefined {
  const words = startsName(reader) ? lengthUpToOf(reader.peek, 1, reader.context) : 0;
  if (words === 0 || reader.peek(1 + words).image !== "of") {
    const name = readEventName(reader);
    return name && { name };
  }
  const property = readRun(reader, words);
  reader.take();
  const name = readEventName(reader);
  return name && { property, name };
}

function readEventName(reader: Reader): Value | undefined {
  if (startsName(reader)) return readRun(reader, nameLength(reader.peek, 1, reader.context));
  reader.report("MISSING_EVENT", [reader.written(reader.peek(0))], { expected: ["an event"] });
  return undefined;
}

function startsName(reader: Reader): boolean {
  return startsValue(reader.peek(1)) && !endsValue(reader.peek, 1, reader.context);
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readClauses(reader: Reader, withoutCount: CountRefusal | undefined): Clauses {
  const clauses: Mutable<Clauses> = {};
  const isStep = reader.context === "step";
  for (;;) {
    const kind = clauseAt(reader.peek, 1, reader.context) ?? periodAt(reader);
    if (kind === undefined || kind === "then") return clauses;
    const before = reader.position;
    const isWithin =
      isStep && kind === "window" && reader.peek(1).image === "within" && distanceAt(reader.peek, 2) === 0;
    const clause = isWithin ? "within" : kind;
    const repeated = clauses[clause] !== undefined;
    if (clause === "within") {
      const within = readWithin(reader);
      if (!repeated && within !== undefined) clauses.within = within;
    } else if (clause === "same") {
      const same = readSame(reader);
      if (!repeated && same !== undefined) clauses.same = same;
    } else if (clause === "days") {
      const days = readDays(reader);
      if (days !== undefined && withoutCount !== undefined) {
        reader.report("COUNT_NOT_TAKEN", withoutCount, { span: days.span });
      } else if (!repeated && days !== undefined) clauses.days = days;
    } else if (clause === "count") {
      const count = readCount(reader);
      if (count !== undefined && withoutCount !== undefined) {
        reader.report("COUNT_NOT_TAKEN", withoutCount, { span: count.span });
      } else if (!repeated) clauses.count = count;
    } else if (clause === "window") {
      const window = readWindow(reader);
      if (!repeated) clauses.window = window;
    } else {
      const where = readWhere(reader);
      if (!repeated) clauses.where = where;
    }
    if (repeated) reader.report("DUPLICATE_CLAUSE", [clause], { span: reader.span(before) });
    if (reader.position === before) return clauses;
  }
}

/** `November`, `Q4`, `2026`: a span of the calendar without a word before it, which ends a name and no value. */
function periodAt({ peek }: Reader): "window" | undefined {
  return peek.version > 1 && periodLength(peek, 1) > 0 ? "window" : undefined;
}

/** `within 3 days`, of the step before. */
function readWithin(reader: Reader): Value | undefined {
  const word = reader.take();
  if (startsName(reader)) return readValue(reader);
  reportMissingValue(reader, reader.written(word));
  return undefined;
}

function readWhere(reader: Reader): Expression {
  reader.take();
  return reader.nested(reader.inGroup);
}
