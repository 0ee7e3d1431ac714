// Reads dates: the span of a written date, or of a length of time, at one instant in the project's zone.
import { monthNames } from "../../grammar/parser/periods.js";
import {
  addDays,
  anniversaries,
  type Day,
  dayFrom,
  dayOf,
  daysInMonth,
  type InstantSpan,
  latestDay,
  move,
  startOf,
  type Unit,
  wholeDay,
  wholeUnit,
  writtenTime,
} from "../plan/calendar.js";
import { type Now, type Period, readPeriod } from "./periods.js";

export { monthNames, type Now };

export type ReadDate =
  | {
      readonly kind: "date";
      readonly span: InstantSpan;
      /** Set if whole days are meant, so that a date compares with them without a zone. */
      readonly day?: Day;
      /** The unit of `N units ago`. */
      readonly ago?: Unit;
      /** True of `now`, `30 days ago`, `start of month`: one instant. */
      readonly instant: boolean;
      /** Set for a span of the calendar that is no single day. */
      readonly period?: Period;
    }
  /** Looks like a date that the calendar doesn't have. */
  | { readonly kind: "impossible" }
  | { readonly kind: "none" };

const unitWords = "(minute|hour|day|week|month|quarter|year)s?";
const amountWords = "(?:(\\d[\\d,_]{0,9})\\s+|an?\\s+)?";
const agoPattern = new RegExp(`^${amountWords}${unitWords}\\s+ago$`, "i");
const aheadPattern = new RegExp(`^in\\s+${amountWords}${unitWords}$`, "i");
const durationPattern = new RegExp(`^${amountWords}${unitWords}$`, "i");
const startPattern = /^start\s+of\s+(?:the\s+)?(week|month|quarter|year)$/i;
const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;
const isoTime =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[-+]\d{2}(?::?\d{2})?)?$/i;
const dayFirst = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?$/;

/** A length of time, as `30 days` or `week`; undefined for any other text. */
export function readDuration(text: string): { readonly amount: number; readonly unit: Unit } | undefined {
  const match = durationPattern.exec(text.trim());
  return match === null ? undefined : { amount: amountOf(match[1]), unit: unitOf(match[2]) };
}

function amountOf(written: string | undefined): number {
  return written === undefined ? 1 : Number(written.replace(/[,_]/g, ""));
}

function unitOf(written: string | undefined): Unit {
  return (written ?? "day").toLowerCase() as Unit;
}

/** Reads every form of date that the language has. */
export function readDate(written: string, now: Now): ReadDate {
  const text = written.trim();
  try {
    return readDay(text, now) ?? readInstant(text, now) ?? readSpan(text, now) ?? { kind: "none" };
  } catch (error) {
    // Temporal's calendar ends some 270,000 years from now.
    if (error instanceof RangeError) return { kind: "impossible" };
    throw error;
  }
}

function readSpan(text: string, now: Now): ReadDate | undefined {
  const period = readPeriod(text, now);
  return period && { kind: "date", span: period.span, instant: false, period };
}

function wholeDayOf(day: Day | undefined, now: Now): ReadDate {
  if (day === undefined) return { kind: "impossible" };
  return { kind: "date", span: wholeDay(day, now.zone), day, instant: false };
}

function readDay(text: string, now: Now): ReadDate | undefined {
  const iso = isoDay.exec(text);
  if (iso !== null) return wholeDayOf(dayFrom(Number(iso[1]), Number(iso[2]), Number(iso[3])), now);
  const today = () => dayOf(now.asOf, now.zone);
  const written = dayFirst.exec(text);
  if (written !== null) {
    const [day, month] = [Number(written[1]), Number(written[2])];
    return wholeDayOf(
      written[3] === undefined ? latestDay(month, day, today()) : dayFrom(Number(written[3]), month, day),
      now,
    );
  }
  switch (text.toLowerCase()) {
    case "today":
      return wholeDayOf(today(), now);
    case "yesterday":
      return wholeDayOf(addDays(today(), -1), now);
    case "tomorrow":
      return wholeDayOf(addDays(today(), 1), now);
    // Any other text is not a day.
    default:
      return undefined;
  }
}

function readInstant(text: string, now: Now): ReadDate | undefined {
  const time = isoTime.exec(text);
  if (time !== null) {
    const offset = time[3]?.toUpperCase();
    const span = writtenTime(`${time[1]}T${time[2]}`, offset, now.zone);
    return span === undefined ? { kind: "impossible" } : { kind: "date", span, instant: false };
  }
  if (text.toLowerCase() === "now") return instant(now.asOf);
  const start = startPattern.exec(text);
  if (start !== null) {
    return instant(
      startOf(now.asOf, now.zone, start[1]?.toLowerCase() as "week" | "month" | "quarter" | "year"),
    );
  }
  const ago = agoPattern.exec(text);
  if (ago !== null) {
    const unit = unitOf(ago[2]);
    return { ...instant(move(now.asOf, now.zone, -amountOf(ago[1]), unit)), ago: unit };
  }
  const ahead = aheadPattern.exec(text);
  if (ahead !== null) return instant(move(now.asOf, now.zone, amountOf(ahead[1]), unitOf(ahead[2])));
  return undefined;
}

function instant(at: number): Extract<ReadDate, { kind: "date" }> {
  return { kind: "date", span: { from: at, to: at }, instant: true };
}

/** The clock unit that an instant falls in, for `exactly N units ago`. */
export function clockUnit(at: number, unit: Unit, now: Now): InstantSpan {
  return wholeUnit(at, now.zone, unit);
}

/** The span from as-of back, or forward, by a length of time; undefined if the calendar does not reach that far. */
export function readWindow(
  text: string,
  direction: "past" | "future",
  now: Now,
): InstantSpan | "none" | "impossible" {
  const duration = readDuration(text);
  if (duration === undefined) return "none";
  try {
    const sign = direction === "past" ? -1 : 1;
    const end = move(now.asOf, now.zone, sign * duration.amount, duration.unit);
    return direction === "past" ? { from: end, to: now.asOf } : { from: now.asOf, to: end };
  } catch (error) {
    if (error instanceof RangeError) return "impossible";
    throw error;
  }
}

/** True of a written date with its year, which no anniversary has. */
export function namesYear(text: string): boolean {
  const written = text.trim();
  return isoDay.test(written) || isoTime.test(written) || dayFirst.exec(written)?.[3] !== undefined;
}

/**
 * Every `MM-DD` that a day and month written alone means, as `01.02`; undefined if the text is no such day. `29.02` means those
 * born on it, in every year; so does `28.02` in a common year, with those born on that.
 */
export function readDayOfYear(text: string, now: Now): readonly string[] | "impossible" | undefined {
  const written = dayFirst.exec(text.trim());
  if (written === null || written[3] !== undefined) return undefined;
  const [day, month] = [Number(written[1]), Number(written[2])];
  const leapYear = 2000;
  if (dayFrom(leapYear, month, day) === undefined) return "impossible";
  const thisYear = dayFrom(Number(dayOf(now.asOf, now.zone).slice(0, 4)), month, day);
  return thisYear === undefined ? ["02-29"] : anniversaries(thisYear, thisYear);
}

/** Every `MM-DD` of a month by its English name, whole or by three letters; undefined if it is none. */
export function readMonth(text: string): readonly string[] | undefined {
  const written = text.trim().toLowerCase();
  const index = monthNames.findIndex((name) => name === written || name.slice(0, 3) === written);
  if (index < 0) return undefined;
  const month = String(index + 1).padStart(2, "0");
  // 2000 had a 29 February.
  const days = daysInMonth(2000, index + 1);
  return Array.from({ length: days }, (_, day) => `${month}-${String(day + 1).padStart(2, "0")}`);
}

const monthWords = monthNames.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)}|\\.)?`).join("|");
const otherDates: readonly RegExp[] = [
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{2})?$/,
  new RegExp(`^(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?<name>${monthWords}),?(?:\\s+(?<year>\\d{4}))?$`, "i"),
  new RegExp(`^(?<name>${monthWords})\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?(?:\\s+(?<year>\\d{4}))?$`, "i"),
];

/**
 * The language's form of a day that is written in another way which has only one reading, as `2026/2/1` or
 * `Feb 1, 2026`; undefined for any other text. `01/02/2026` is February to some readers and January to others.
 */
export function writtenOtherwise(text: string): string | undefined {
  for (const pattern of otherDates) {
    const parts = pattern.exec(text.trim())?.groups;
    if (parts === undefined) continue;
    const wanted = parts.name?.slice(0, 3).toLowerCase();
    const month =
      wanted === undefined
        ? Number(parts.month)
        : monthNames.findIndex((name) => name.startsWith(wanted)) + 1;
    const year = parts.year?.padStart(4, "20");
    if (dayFrom(Number(year ?? 2000), month, Number(parts.day)) === undefined) return undefined;
    const monthDigits = String(month).padStart(2, "0");
    const dayDigits = (parts.day ?? "").padStart(2, "0");
    return year === undefined ? `${dayDigits}.${monthDigits}` : `${year}-${monthDigits}-${dayDigits}`;
  }
  return undefined;
}
