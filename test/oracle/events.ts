// Random conditions on events: their meaning, and the many ways in which the page lets them be written.
import { propertiesOf, typeOf } from "./attributes.js";
import type { Choices } from "./choices.js";
import { writeComparison } from "./comparing.js";
import { spanOf } from "./dates.js";
import { drawDate, drawSpan, type Hand, type Seen, seenOf, seenOfMeasure, seenTimes } from "./drawing.js";
import { measuredType } from "./evaluate.js";
import type { World } from "./folder.js";
import { writeEvent, writeMeasured, writeNoise, writeSubject } from "./naming.js";
import * as pools from "./pools.js";
import type {
  Aggregate,
  Clause,
  Comparison,
  EventCondition,
  Measure,
  Occurrence,
  Query,
  Sample,
  Subject,
} from "./tree.js";
import { anyCase, writeDate, writeJoiner, writeNumber, writeSpan, writeText } from "./wording.js";

/** Something that the world's customers may have done; orders come up as often as two events. */
export function drawEvent(world: World, choices: Choices): string {
  return choices.pick(["order", "order", ...Object.keys(world.project.eventSchemas)]);
}

const verbs = ["performed", "performed", "placed", "perform"];

/** A random event condition. */
export function drawEventCondition(world: World, choices: Choices): EventCondition {
  const event = drawEvent(world, choices);
  const negated = choices.chance(25);
  const clauses = drawClauses(event, { counted: !negated, often: 55 }, world, choices);
  return { kind: "event", event, negated, head: writeHead(event, negated, world, choices), clauses };
}

export function writeHead(event: string, negated: boolean, world: World, choices: Choices): string {
  const before = negated
    ? choices.pick(["has not ", "did not ", "never "])
    : choices.pick(["", "", "has ", "did "]);
  const verb = anyCase(`${before}${choices.pick(verbs)}`, choices);
  return `${writeNoise(choices)}${verb} ${writeEvent(event, world.project, choices)}`;
}

/** A random condition on when an event was first or last performed. */
export function drawOccurrence(world: World, choices: Choices): Occurrence {
  const event = drawEvent(world, choices);
  const which = choices.pick(["last", "first"] as const);
  return occurrenceOf({ which, event }, world, choices);
}

function occurrenceOf(
  { which, event }: Pick<Occurrence, "which" | "event">,
  world: World,
  choices: Choices,
): Occurrence {
  const hand = handOf(seenTimes(event, world), "datetime", world, choices);
  const { comparison, negated, words } = writeComparison(hand);
  const verb = anyCase(`${which} ${choices.pick(["performed", "placed"])}`, choices);
  const written = `${writeNoise(choices)}${verb} ${writeEvent(event, world.project, choices)} ${words}`;
  return { kind: "occurrence", which, event, comparison, negated, written };
}

/** A random measure. */
export function drawMeasure(world: World, choices: Choices): Measure {
  const event = drawEvent(world, choices);
  const property = drawMeasured(event, world, choices);
  const aggregate = choices.pick(aggregatesOf(property, world));
  // With fewer clauses there is more to add up.
  const clauses = drawClauses(event, { counted: false, often: 35 }, world, choices);
  const of = property === undefined ? "" : `${writeMeasured(property, world.project, choices)} of `;
  const head = `${writeNoise(choices)}${anyCase(aggregate, choices)} of ${of}${writeEvent(event, world.project, choices)}`;
  const measure = { aggregate, event, clauses, head, ...(property === undefined ? {} : { property }) };
  return measureOf(measure, world, choices);
}

function measureOf(
  measure: Pick<Measure, "aggregate" | "property" | "event" | "clauses" | "head">,
  world: World,
  choices: Choices,
): Measure {
  const type = measuredType(measure, world.project);
  const hand = handOf(seenOfMeasure(measure, world), type, world, choices);
  const { comparison, negated, words } = writeComparison({ ...hand, isMeasure: true });
  return { kind: "measure", ...measure, comparison, negated, words };
}

/** Another condition on the same events: with another count, another window, or another comparison. */
export function drawAnother(
  drawn: EventCondition | Occurrence | Measure,
  world: World,
  choices: Choices,
): EventCondition | Occurrence | Measure {
  if (drawn.kind === "occurrence") return occurrenceOf(drawn, world, choices);
  if (drawn.kind === "measure") {
    const { aggregate, property, event, clauses, head } = drawn;
    return measureOf(
      { aggregate, event, clauses, head, ...(property === undefined ? {} : { property }) },
      world,
      choices,
    );
  }
  const { event } = drawn;
  const same = drawn.clauses.filter(
    ({ kind }) => kind === "where" || (kind === "window" && choices.chance(75)),
  );
  const negated = choices.chance(20);
  const clauses = negated ? same : [drawCount(event, same, world, choices), ...same];
  return { kind: "event", event, negated, head: writeHead(event, negated, world, choices), clauses };
}

/** A property that can be measured, most often a number; undefined if all events are counted. */
function drawMeasured(event: string, world: World, choices: Choices): Subject | undefined {
  const properties = propertiesOf(event, world.project);
  if (properties.length === 0 || choices.chance(15)) return undefined;
  const numbers = properties.filter((property) => /^(number|money)$/.test(typeOf(property, world.project)));
  return choices.pick(numbers.length > 0 && choices.chance(70) ? numbers : properties);
}

function aggregatesOf(property: Subject | undefined, world: World): readonly Aggregate[] {
  const type = property === undefined ? undefined : typeOf(property, world.project);
  if (type === "number" || type === "money")
    return ["sum", "average", "min", "max", "count", "sum", "average"];
  return type === "date" || type === "datetime" ? ["min", "max", "count"] : ["count"];
}

/** A random sample. */
export function drawSample(choices: Choices): Sample {
  const percent = choices.pick(["50", "25", "10", "33.3", "12.345", "75.5", "0", "100", "0.1", "99.99"]);
  const name = choices.pick(["", "", ...pools.sampleNames]);
  const of = name === "" ? "" : ` ${anyCase("of", choices)} ${writeText(name, choices)}`;
  return { kind: "sample", percent, name, written: `${anyCase("in sample", choices)} ${percent}%${of}` };
}

function handOf(seen: Seen, type: Hand["type"], world: World, choices: Choices): Hand {
  return { type, seen, world, choices, inside: false, isMeasure: false };
}

// Clauses.

/** `often` is how many in a hundred have a window, and how many a `where`. */
function drawClauses(
  event: string,
  { counted, often }: { readonly counted: boolean; readonly often: number },
  world: World,
  choices: Choices,
): Clause[] {
  const clauses: Clause[] = [];
  if (choices.chance(often)) clauses.push(drawWindow(event, world, choices));
  if (propertiesOf(event, world.project).length > 0 && choices.chance(often)) {
    const written = anyCase("where", choices);
    clauses.push({ kind: "where", query: drawWhere(event, world, choices, 2), written });
  }
  if (counted && choices.chance(50)) clauses.push(drawCount(event, clauses, world, choices));
  // Any order of three: the rest turned round, and the first put anywhere in it.
  const [first, ...rest] = clauses;
  if (first === undefined) return [];
  if (choices.chance(50)) rest.reverse();
  rest.splice(choices.below(rest.length + 1), 0, first);
  return rest;
}

const countWords = {
  "at least": "at least",
  "at most": "at most",
  exactly: "exactly",
  more: "more than",
  less: "less than",
};

/** A count that some customer has, or one next to it. */
export function drawCount(event: string, clauses: readonly Clause[], world: World, choices: Choices): Clause {
  const how = choices.pick(["at least", "at least", "at most", "exactly", "more", "less"] as const);
  const { numbers } = seenOfMeasure({ aggregate: "count", event, clauses }, world);
  const counts = numbers.map(({ top, over }) => Number(top / over)).filter((each) => each > 0);
  const near = counts.length === 0 ? [] : [choices.pick(counts), choices.pick(counts) + choices.pick([0, 1])];
  const times = choices.pick([...near, ...near, 1, 2, 3, 0, 1000]);
  const number = writeNumber(String(times), false, choices).replace(/^"|"$/g, "").replace(/\.0$/, "");
  const forms = [`${number} times`, `${number} time`];
  if (times === 1) forms.push("once", "once");
  if (times === 2) forms.push("twice", "twice");
  const amount = anyCase(choices.pick(forms), choices);
  const leftOut = how === "at least" && choices.chance(50);
  const written = leftOut ? amount : `${anyCase(countWords[how], choices)} ${amount}`;
  return { kind: "count", how, times, written };
}

export function drawWindow(
  event: string,
  world: World,
  choices: Choices,
): Extract<Clause, { kind: "window" }> {
  const hand = handOf(seenTimes(event, world), "datetime", world, choices);
  const how = choices.pick([
    "last",
    "last",
    "within",
    "since",
    "before",
    "after",
    "between",
    "on",
    "day",
  ] as const);
  const word = (words: string): string => anyCase(words, choices);
  const windowOf = (comparison: Comparison, written: string): Extract<Clause, { kind: "window" }> => ({
    kind: "window",
    comparison,
    written,
  });
  switch (how) {
    case "last":
    case "within": {
      const span = drawSpan(choices);
      const words = `${word(how === "last" ? "in the last" : "within")} ${writeSpan(span, choices)}`;
      return windowOf({ kind: "window", toward: "last", span }, words);
    }
    case "day": {
      const day = { kind: "relative day", days: choices.pick([0, -1]) } as const;
      return windowOf({ kind: "date", how: "is", dates: [day] }, writeDate(day, choices));
    }
    case "on": {
      const day = drawDate(hand, false, true);
      return windowOf({ kind: "date", how: "is", dates: [day] }, `${word("on")} ${writeDate(day, choices)}`);
    }
    case "between": {
      const start = (date: Parameters<typeof spanOf>[0]): number =>
        spanOf(date, Date.parse(world.project.asOf), world.project.timezone).start;
      const dates = [drawDate(hand, true), drawDate(hand, true)].sort(
        (left, right) => start(left) - start(right),
      );
      const [from = "", to = ""] = dates.map((date) => writeDate(date, choices));
      return windowOf(
        { kind: "date", how: "between", dates },
        `${word("between")} ${from} ${word("and")} ${to}`,
      );
    }
    default: {
      const date = drawDate(hand, true);
      const meaning = { since: "on or after", before: "before", after: "after" } as const;
      const comparison = { kind: "date", how: meaning[how], dates: [date] } as const;
      return windowOf(comparison, `${word(how)} ${writeDate(date, choices)}`);
    }
  }
}

/** Conditions on an event's own properties, `levels` deep at most. */
export function drawWhere(event: string, world: World, choices: Choices, levels: number): Query {
  const kind =
    levels === 0 ? "one" : choices.pick(["one", "one", "one", "and", "or", "not", "group", "parenthesis"]);
  const inner = (): Query => drawWhere(event, world, choices, levels - 1);
  const word = (words: string): string => anyCase(words, choices);
  switch (kind) {
    case "and":
    case "or":
      return { kind, operands: [inner(), inner()], word: writeJoiner(kind, choices) };
    case "not":
      return { kind, operand: inner(), word: word(kind) };
    case "group": {
      const of = choices.pick(["all", "any", "none"] as const);
      return { kind, of, operands: [inner(), inner()], word: word(`${of} of`) };
    }
    case "parenthesis":
      return { kind, operand: inner() };
    default:
      return drawProperty(event, world, choices);
  }
}

function drawProperty(event: string, world: World, choices: Choices): Query {
  const subject = choices.pick(propertiesOf(event, world.project));
  const hand = handOf(seenOf(subject, world), typeOf(subject, world.project), world, choices);
  const { comparison, negated, words } = writeComparison({ ...hand, inside: true });
  const name = writeSubject(subject, world.project, choices);
  const alone = words === "";
  return {
    kind: "condition",
    subject,
    comparison,
    negated,
    written: alone ? name : `${name} ${words}`,
    alone,
  };
}
