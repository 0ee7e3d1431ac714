// Spans of the calendar: the dates of `this month`, `last calendar week`, `November 2026`, `Q4` and `2026` at one instant in the
// project's zone.
import { monthNames } from "../../grammar/parser/periods.js";
import {
  addDays,
  type Day,
  dayFrom,
  dayOf,
  type InstantSpan,
  moveDate,
  startOf,
  wholeDay,
} from "../plan/calendar.js";

/** The instant, and the zone that days are in. */
export interface Now {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  readonly zone: string;
}

export interface Period {
  /** From its first millisecond to its last. */
  readonly span: InstantSpan;
  /** For a month or quarter without a year: its name, and the year that is assumed. */
  readonly assumed?: { readonly name: string; readonly year: number };
  /** True if it names its year, or is one. */
  readonly hasYear: boolean;
}

type Unit = "week" | "month" | "quarter" | "year";

const relativePattern = /^(?:the\s+)?(this|last|previous|next)\s+(?:calendar\s+)?(week|month|quarter|year)$/i;
const namedPattern = new RegExp(
  `^(?:(${monthNames.flatMap((name) => [name, name.slice(0, 3)]).join("|")})|q([1-4]))(?:\\s+(\\d{4}))?$`,
  "i",
);
const yearPattern = /^\d{4}$/;
const steps = { this: 0, last: -1, previous: -1, next: 1 } as const;

/** True of a month or a quarter without its year. */
export function lacksYear(text: string): boolean {
  const named = namedPattern.exec(text.trim());
  return named !== null && named[3] === undefined;
}

/** Undefined if the text is no span of the calendar; days like `today` are read as dates. */
export function readPeriod(text: string, now: Now): Period | undefined {
  const relative = relativePattern.exec(text);
  if (relative !== null) {
    const unit = relative[2]!.toLowerCase() as Unit;
    const start = dayOf(startOf(now.asOf, now.zone, unit), now.zone);
    const step = steps[relative[1]!.toLowerCase() as keyof typeof steps];
    return { span: spanFrom(moveDate(start, step, unit), unit, now), hasYear: false };
  }
  if (yearPattern.test(text)) {
    const start = dayFrom(Number(text), 1, 1);
    return start === undefined ? undefined : { span: spanFrom(start, "year", now), hasYear: true };
  }
  const named = namedPattern.exec(text);
  if (named === null) return undefined;
  const [, word, quarter, written] = named;
  const month = word === undefined ? 3 * Number(quarter) - 2 : monthOf(word);
  const today = dayOf(now.asOf, now.zone);
  const [year, current] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const latest = month <= current ? year : year - 1;
  const start = dayFrom(written === undefined ? latest : Number(written), month, 1);
  if (start === undefined) return undefined;
  const name = word === undefined ? `Q${quarter}` : capital(monthNames[month - 1]!);
  return {
    span: spanFrom(start, word === undefined ? "quarter" : "month", now),
    ...(written === undefined ? { assumed: { name, year: latest } } : {}),
    hasYear: written !== undefined,
  };
}

/** A date's canonical words: `the previous month` is `last calendar month`. Any other text is unchanged. */
export function canonicalPeriod<Written extends { readonly text: string }>(value: Written): Written {
  const found = relativePattern.exec(value.text);
  if (found === null) return value;
  const [word, unit] = [found[1]!.toLowerCase(), found[2]!.toLowerCase()];
  return {
    ...value,
    text: steps[word as keyof typeof steps] < 0 ? `last calendar ${unit}` : `${word} ${unit}`,
  };
}

/** The number of a month by its English name, whole or by three letters, from 1. */
function monthOf(word: string): number {
  return monthNames.findIndex((name) => name.startsWith(word.slice(0, 3).toLowerCase())) + 1;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function spanFrom(start: Day, unit: Unit, { zone }: Now): InstantSpan {
  const last = addDays(moveDate(start, 1, unit), -1);
  return { from: wholeDay(start, zone).from, to: wholeDay(last, zone).to };
}
