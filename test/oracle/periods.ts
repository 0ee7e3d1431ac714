// Random spans of the calendar and distances from a customer's dates: after attributes, and as windows of events.
import { attributes, typeOf } from "./attributes.js";
import { dayAt, wallAt } from "./calendar.js";
import type { Choices } from "./choices.js";
import { drawSpan } from "./drawing.js";
import { dayOf, instantOf, type Sight, stored } from "./facts.js";
import type { World } from "./folder.js";
import { writeAnother, writeSubject } from "./naming.js";
import { isDayDuring, isDayWithin, isDuring, isWithin, reading, stretchOf } from "./readings.js";
import type { Clause, Reading, Subject } from "./tree.js";
import { anyCase, writeSpan } from "./wording.js";

const units = ["week", "month", "quarter", "year"] as const;

/** A span of the calendar, in plain words: near as-of, where the world's dates are. */
function drawPeriod(world: World, choices: Choices): string {
  const { asOf, timezone } = world.project;
  const { year, month } = wallAt(Date.parse(asOf), timezone);
  const near = year + choices.pick([0, -1, 0, 1]);
  const unit = choices.pick(units);
  const calendar = choices.chance(25) ? "calendar " : "";
  const name = new Date(Date.UTC(2000, month - 1 + choices.below(12), 1)).toLocaleString("en-US", {
    month: choices.pick(["long", "short"] as const),
    timeZone: "UTC",
  });
  const quarter = `Q${1 + choices.below(4)}`;
  return choices.pick([
    `this ${calendar}${unit}`,
    `last ${calendar}${unit}`,
    `this ${calendar}${unit}`,
    `last ${calendar}${unit}`,
    `previous ${calendar}${unit}`,
    `next ${calendar}${unit}`,
    ...["today", "yesterday", "tomorrow"],
    ...[name, `${name} ${near}`, quarter, `${quarter} ${near}`, String(near)],
  ]);
}

/** `in the next month` is the first version's window, so no article follows `in`. */
function written(period: string, form: string, choices: Choices): string {
  const takes = /^(previous|next|last calendar) /.test(period) && !/\bin /.test(form);
  return anyCase(takes && choices.chance(25) ? `the ${period}` : period, choices);
}

/** `sign in today` is an event's name with a day. */
const isDayAlone = (period: string): boolean => /^(today|yesterday)$/.test(period);

/** The dates of a customer that a distance may be from. */
function datesOf(world: World): Subject[] {
  const { metadataSchema } = world.project;
  const own = attributes.filter(({ type }) => type === "date" || type === "datetime");
  const keys = Object.entries(metadataSchema).filter(([, type]) => type === "date" || type === "datetime");
  return [
    ...own.map(({ name }) => ({ attribute: name })),
    ...keys.map(([key]) => ({ attribute: "metadata", key })),
  ];
}

/** An instant, or the number of a day; undefined if it is unknown. */
function dateOf(subject: Subject, sight: Sight): number | undefined {
  if (typeOf(subject, sight.world.project) === "datetime") return instantOf(subject, sight);
  const value = stored(subject, sight);
  return typeof value === "string" ? dayOf(value) : undefined;
}

type How = "during" | "before" | "after" | "on or before" | "on or after" | "between";

/** Whether a date lies as it has to towards one or two spans of the calendar. */
function liesSo(how: How, periods: readonly string[], date: number, isDay: boolean, sight: Sight): boolean {
  const [first, second = first] = periods.map((period) => {
    const { start, end } = stretchOf(period, sight);
    return isDay ? { start: dayAt(start, sight.zone), end: dayAt(end - 1, sight.zone) + 1 } : { start, end };
  });
  switch (how) {
    case "during":
      return isDay ? isDayDuring(date, periods[0]!, sight) : isDuring(date, periods[0]!, sight);
    case "before":
      return date < first!.start;
    case "after":
      return date >= first!.end;
    case "on or before":
      return date < first!.end;
    case "on or after":
      return date >= first!.start;
    case "between":
      return date >= first!.start && date < second!.end;
  }
}

/** Two spans of which the first does not begin after the second. */
function drawTwo(world: World, choices: Choices): readonly [string, string] {
  const moment = { asOf: Date.parse(world.project.asOf), zone: world.project.timezone };
  const start = (period: string): number => stretchOf(period, moment).start;
  const [one, other] = [drawPeriod(world, choices), drawPeriod(world, choices)];
  return start(one) <= start(other) ? [one, other] : [other, one];
}

const forms: Readonly<Record<How, readonly [plain: readonly string[], opposite: readonly string[]]>> = {
  during: [
    ["{}", "is {}", "in {}", "during {}", "is in {}", "is during {}", "on {}"],
    ["is not {}", "not in {}", "is not in {}", "is not during {}", "not during {}"],
  ],
  before: [["before {}", "is before {}", "< {}"], ["is not before {}"]],
  after: [["after {}", "is after {}", "> {}"], ["is not after {}"]],
  "on or before": [["on or before {}", "is on or before {}", "<= {}"], ["is not on or before {}"]],
  "on or after": [["since {}", "on or after {}", "is on or after {}", ">= {}"], ["is not on or after {}"]],
  between: [["between {} and {}", "is between {} and {}"], ["is not between {} and {}"]],
};

const hows: readonly How[] = [
  "during",
  "during",
  "during",
  "before",
  "after",
  "on or before",
  "on or after",
  "between",
];

/** Fills the gaps `{}`. */
export function filled(form: string, operands: readonly string[], choices: Choices): string {
  const parts = form.split("{}");
  return parts.map((part, index) => `${anyCase(part, choices)}${operands[index] ?? ""}`).join("");
}

/** `created this month`. */
export function drawPeriodComparison(world: World, choices: Choices): Reading {
  return periodOf(choices.pick(datesOf(world)), world, choices);
}

/** A date, of a customer or an event, and a span of the calendar. */
export function periodOf(subject: Subject, world: World, choices: Choices): Reading {
  const isDay = typeOf(subject, world.project) === "date";
  const how = choices.pick(hows);
  const periods = how === "between" ? drawTwo(world, choices) : [drawPeriod(world, choices)];
  const [plain, opposite] = forms[how];
  const negated = choices.chance(30);
  const form = choices.pick(negated ? opposite : plain);
  const operands = periods.map((period) => written(period, form, choices));
  const words = filled(form, operands, choices);
  return reading(`${nameOf(subject, world, choices)} ${words}`, (sight) => {
    const date = dateOf(subject, sight);
    return (date !== undefined && liesSo(how, periods, date, isDay, sight)) !== negated;
  });
}

/** The subject, never by a phrase that ends in a word of a window. */
function nameOf(subject: Subject, world: World, choices: Choices): string {
  const name = writeSubject(subject, world.project, choices);
  return /since$/i.test(name) ? "created" : name;
}

/** A distance, in no hours or minutes unless both dates have them. */
function drawDistance(isDay: boolean, choices: Choices) {
  const span = drawSpan(choices);
  const isClock = span.unit === "minute" || span.unit === "hour";
  return isDay && isClock ? ({ amount: 3, unit: "day" } as const) : span;
}

const directions = ["after", "before", "of"] as const;

/** `first order within 7 days after created`. */
export function drawDistanceComparison(world: World, choices: Choices): Reading {
  return distanceOf(choices.pick(datesOf(world)), world, choices);
}

/** A date, of a customer or an event, and its distance from another of the customer's. */
export function distanceOf(subject: Subject, world: World, choices: Choices): Reading {
  const anchor = choices.pick(datesOf(world));
  const isDay = [subject, anchor].some((one) => typeOf(one, world.project) === "date");
  const span = drawDistance(isDay, choices);
  const direction = choices.pick(directions);
  const negated = choices.chance(30);
  const form = choices.pick(negated ? ["is not within "] : ["within ", "within ", "is within "]);
  const words = `${anyCase(form, choices)}${writeSpan(span, choices)} ${direction} ${writeAnother(anchor, world.project, choices)}`;
  return reading(`${nameOf(subject, world, choices)} ${words}`, (sight) => {
    const [own, from] = [subject, anchor].map((one) => comparableDate(one, isDay, sight));
    if (own === undefined || from === undefined) return negated;
    const holds = isDay
      ? isDayWithin(own, span, direction, from)
      : isWithin(own, span, direction, from, sight.zone);
    return holds !== negated;
  });
}

/** A date as it compares with another: by their days where either has no time. */
export function comparableDate(subject: Subject, byDay: boolean, sight: Sight): number | undefined {
  const date = dateOf(subject, sight);
  const isInstant = typeOf(subject, sight.world.project) === "datetime";
  return date !== undefined && byDay && isInstant ? dayAt(date, sight.zone) : date;
}

/** A window of events that only the second version has. `step`: in a later step of a sequence, where `within 3 days` is none. */
export function drawTime(world: World, choices: Choices): Extract<Clause, { kind: "time" }> {
  return choices.pick([periodTime, periodTime, distanceTime, sinceTime])(world, choices);
}

function periodTime(world: World, choices: Choices): Extract<Clause, { kind: "time" }> {
  const how = choices.pick(hows.filter((each) => each !== "on or before"));
  const periods = how === "between" ? drawTwo(world, choices) : [drawPeriod(world, choices)];
  const begins = /^(this|last|previous|next|today|yesterday)/.test(periods[0]!);
  const bare = isDayAlone(periods[0]!) ? ["{}", "during {}", "on {}"] : ["{}", "{}", "in {}", "during {}"];
  const form = {
    during: choices.pick(begins ? bare : ["in {}", "during {}", "on {}"]),
    before: "before {}",
    after: "after {}",
    "on or before": "",
    "on or after": "since {}",
    between: "between {} and {}",
  }[how];
  const words = periods.map((period) => written(period, form, choices));
  return {
    kind: "time",
    passes: (at, sight) => liesSo(how, periods, at, false, sight),
    written: filled(form, words, choices),
  };
}

function distanceTime(world: World, choices: Choices): Extract<Clause, { kind: "time" }> {
  const anchor = choices.pick(datesOf(world));
  const isDay = typeOf(anchor, world.project) === "date";
  const span = drawDistance(isDay, choices);
  const direction = choices.pick(directions);
  return {
    kind: "time",
    passes: (at, sight) => {
      const from = dateOf(anchor, sight);
      if (from === undefined) return false;
      return isDay
        ? isDayWithin(dayAt(at, sight.zone), span, direction, from)
        : isWithin(at, span, direction, from, sight.zone);
    },
    written: `${anyCase("within", choices)} ${writeSpan(span, choices)} ${direction} ${writeAnother(anchor, world.project, choices)}`,
  };
}

function sinceTime(world: World, choices: Choices): Extract<Clause, { kind: "time" }> {
  const anchor = choices.pick(datesOf(world));
  const isDay = typeOf(anchor, world.project) === "date";
  const how = choices.pick(["since", "before", "after", "on"] as const);
  return {
    kind: "time",
    passes: (at, sight) => {
      const from = dateOf(anchor, sight);
      if (from === undefined) return false;
      const own = isDay ? dayAt(at, sight.zone) : at;
      return { since: own >= from, before: own < from, after: own > from, on: own === from }[how];
    },
    written: `${anyCase(how, choices)} ${anyCase("customer's ", choices)}${writeAnother(anchor, world.project, choices)}`,
  };
}
