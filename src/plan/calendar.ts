// Calendar arithmetic in a project's time zone, by Temporal. Days and longer units are calendar units there (a day may
// have 23 or 25 hours), minutes and hours are exact.

import { dayMs } from "../clock.js";
import { Temporal } from "./temporal.js";

export const units = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
export type Unit = (typeof units)[number];

type LongUnit = Exclude<Unit, "minute" | "hour" | "day">;

/** A closed span of instants, in milliseconds since the epoch. */
export interface InstantSpan {
  readonly from: number;
  readonly to: number;
}

/** A day of the calendar, as `2026-02-01`. */
export type Day = string;

function zoned(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}

function durationOf(amount: number, unit: Unit): Temporal.DurationLike {
  return unit === "quarter" ? { months: 3 * amount } : { [`${unit}s`]: amount };
}

// Temporal is exact and slow, and an editor asks at every key press. So days of 24 hours, in which no clock changes, are computed
// here, and everything else is left to Temporal.
const lastInstant = 8.64e15;

/** Milliseconds of the day's midnight in UTC; NaN if it is not a day of the years 0 to 9999. */
function utcOf(day: Day): number {
  return day.length === 10 ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
}

/** The day that begins at a midnight in UTC; undefined outside the years 0 to 9999. */
function dayOfUtc(midnight: number): Day | undefined {
  if (!(Math.abs(midnight) <= lastInstant)) return undefined;
  const written = new Date(midnight).toISOString();
  return written.length === 24 ? written.slice(0, 10) : undefined;
}

/** The day that many months later; the month's last day if it has no such day. */
function addMonths(day: Day, months: number): Day | undefined {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(month / 12);
  if (!(year >= 0 && year <= 9_999)) return undefined;
  const first = `${String(year).padStart(4, "0")}-${String(month - 12 * year + 1).padStart(2, "0")}`;
  const wanted = Number(day.slice(8));
  const most = daysInMonth(year, month - 12 * year + 1);
  return `${first}-${String(Math.min(wanted, most)).padStart(2, "0")}`;
}

function moveDay(day: Day, amount: number, unit: Exclude<Unit, "minute" | "hour">): Day | undefined {
  switch (unit) {
    case "day":
      return dayOfUtc(utcOf(day) + amount * dayMs);
    case "week":
      return dayOfUtc(utcOf(day) + 7 * amount * dayMs);
    case "month":
      return addMonths(day, amount);
    case "quarter":
      return addMonths(day, 3 * amount);
    case "year":
      return addMonths(day, 12 * amount);
    default:
      return unit satisfies never;
  }
}

/** The whole day if it has 24 hours, in which no clock changes. */
function plainDay(day: Day, zone: string): InstantSpan | undefined {
  const span = wholeDay(day, zone);
  return span.to - span.from === dayMs - 1 ? span : undefined;
}

/** A day and its span. */
interface PlainDay {
  readonly day: Day;
  readonly span: InstantSpan;
}

// Room for some years of days, and the instants of some queries, for all zones.
const maxKept = 4_096;

/** The cached entry of a map or, if there is none, a new one, which is cached. */
function kept<Found>(found: Map<string, Found>, name: string, make: () => Found): Found {
  let one = found.get(name);
  if (one === undefined) {
    one = make();
    if (found.size >= maxKept) found.clear();
    found.set(name, one);
  }
  return one;
}

const plainDays = new Map<string, PlainDay | "none">();

/** The day that an instant falls on, and that day's span, if that is a day of 24 hours. */
function plainDayOf(instant: number, zone: string): PlainDay | undefined {
  const found = kept(plainDays, `${instant} ${zone}`, () => findPlainDay(instant, zone) ?? "none");
  return found === "none" ? undefined : found;
}

function findPlainDay(instant: number, zone: string): PlainDay | undefined {
  const guess = Math.floor(instant / dayMs) * dayMs;
  // No zone is further from UTC than a day.
  for (const midnight of [guess, guess + dayMs, guess - dayMs]) {
    const day = dayOfUtc(midnight);
    const span = day === undefined ? undefined : plainDay(day, zone);
    if (day !== undefined && span !== undefined && span.from <= instant && instant <= span.to)
      return { day, span };
  }
  return undefined;
}

/**
 * The instant that lies `amount` units after this one (before it, if negative). A month back from 31 March is the last
 * day of February; a wall time that the clock skips is taken after the gap (Temporal's `compatible`).
 * @throws RangeError past the calendar's end.
 */
export function move(instant: number, zone: string, amount: number, unit: Unit): number {
  return (
    movePlainly(instant, zone, amount, unit) ??
    zoned(instant, zone).add(durationOf(amount, unit)).epochMilliseconds
  );
}

function movePlainly(instant: number, zone: string, amount: number, unit: Unit): number | undefined {
  if (unit === "minute" || unit === "hour") {
    const moved = instant + amount * (unit === "hour" ? 3_600_000 : 60_000);
    return Math.abs(moved) <= lastInstant ? moved : undefined;
  }
  const from = plainDayOf(instant, zone);
  const day = from && moveDay(from.day, amount, unit);
  const span = day === undefined ? undefined : plainDay(day, zone);
  return from && span && span.from + (instant - from.span.from);
}

/** The day that lies `amount` units after this one (before it, if negative). @throws RangeError past the calendar's end. */
export function moveDate(day: Day, amount: number, unit: Exclude<Unit, "minute" | "hour">): Day {
  return moveDay(day, amount, unit) ?? Temporal.PlainDate.from(day).add(durationOf(amount, unit)).toString();
}

/** A key that is equal for instants in the same day, week (from Monday), month, quarter or year of the zone. */
export function calendarKey(instant: number, zone: string, unit: "day" | LongUnit): string {
  const day = dayOf(instant, zone);
  switch (unit) {
    case "day":
      return day;
    case "week":
      return firstPlainly(day, unit) ?? firstOf(Temporal.PlainDate.from(day), unit);
    case "month":
      return day.slice(0, -3);
    case "quarter":
      return `${day.slice(0, -5)}${Math.ceil(Number(day.slice(-5, -3)) / 3)}`;
    case "year":
      return day.slice(0, -6);
    default:
      return unit satisfies never;
  }
}

/**
 * The latest instant that is at least `distance` before `end`: moved forward by the distance, it is not after `end`, and no later
 * instant is. Several days of a month may move to the same day, so this may be later than `end` moved back.
 */
export function latestBefore(end: number, zone: string, amount: number, unit: Unit): number {
  const fits = (instant: number): boolean => move(instant, zone, amount, unit) <= end;
  let low = move(end, zone, -amount, unit);
  // A clock change moves it by at most a day, the end of a month by three.
  while (!fits(low)) low -= dayMs;
  let high = low + 5 * dayMs;
  if (unit === "minute" || unit === "hour") return low;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The day that an instant falls on. */
export function dayOf(instant: number, zone: string): Day {
  return plainDayOf(instant, zone)?.day ?? zoned(instant, zone).toPlainDate().toString();
}

const wholeDays = new Map<string, InstantSpan>();

/** The whole day, from its first millisecond to its last. */
export function wholeDay(day: Day, zone: string): InstantSpan {
  return kept(wholeDays, `${day} ${zone}`, () => {
    const date = Temporal.PlainDate.from(day);
    return {
      from: date.toZonedDateTime(zone).epochMilliseconds,
      to: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1,
    };
  });
}

/** The day that many days later (earlier, if negative). */
export function addDays(day: Day, days: number): Day {
  return moveDay(day, days, "day") ?? Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The clock minute, clock hour or day that an instant falls in; for weeks and longer, the day. */
export function wholeUnit(instant: number, zone: string, unit: Unit): InstantSpan {
  if (unit !== "minute" && unit !== "hour") return wholeDay(dayOf(instant, zone), zone);
  const start = zoned(instant, zone).round({ smallestUnit: unit, roundingMode: "floor" });
  return { from: start.epochMilliseconds, to: start.add({ [`${unit}s`]: 1 }).epochMilliseconds - 1 };
}

/** The instant at which the week (its Monday), month, quarter or year of this instant began. */
export function startOf(instant: number, zone: string, unit: LongUnit): number {
  const day = dayOf(instant, zone);
  return wholeDay(firstPlainly(day, unit) ?? firstOf(Temporal.PlainDate.from(day), unit), zone).from;
}

function firstPlainly(day: Day, unit: LongUnit): Day | undefined {
  if (Number.isNaN(utcOf(day))) return undefined;
  switch (unit) {
    case "week":
      return moveDay(day, -((new Date(utcOf(day)).getUTCDay() + 6) % 7), "day");
    case "month":
      return `${day.slice(0, 8)}01`;
    case "quarter":
      return `${day.slice(0, 5)}${["01", "04", "07", "10"][Math.floor((Number(day.slice(5, 7)) - 1) / 3)]}-01`;
    case "year":
      return `${day.slice(0, 5)}01-01`;
    default:
      return unit satisfies never;
  }
}

function firstOf(date: Temporal.PlainDate, unit: LongUnit): Day {
  const starts = {
    week: () => date.subtract({ days: date.dayOfWeek - 1 }),
    month: () => date.with({ day: 1 }),
    quarter: () => date.with({ month: date.month - ((date.month - 1) % 3), day: 1 }),
    year: () => date.with({ month: 1, day: 1 }),
  };
  return starts[unit]().toString();
}

/** The day of these numbers; undefined if the calendar has none. */
export function dayFrom(year: number, month: number, day: number): Day | undefined {
  if (year >= 0 && year <= 9_999) {
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  }
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}

/** The latest date with this month and day that is not after `today`; undefined if no year has it. */
export function latestDay(month: number, day: number, today: Day): Day | undefined {
  const year = Number(today.slice(0, 4));
  // 29 February may be eight years back, across a century without a leap day.
  for (let back = 0; back <= 8; back += 1) {
    const found = dayFrom(year - back, month, day);
    if (found !== undefined && found <= today) return found;
  }
  return undefined;
}

/**
 * The span of a written date and time: its minute, second or millisecond, as precisely as it is written.
 * `offset` is `Z` or `+02:00`; without one the wall time is the zone's. Undefined if there is no such time.
 */
export function writtenTime(wall: string, offset: string | undefined, zone: string): InstantSpan | undefined {
  // Temporal reads a leap second as the second before it, which is not what was written.
  if (/:60/.test(wall)) return undefined;
  const precision = /\.\d/.test(wall) ? 1 : /:\d\d:/.test(wall) ? 1_000 : 60_000;
  try {
    const local = Temporal.PlainDateTime.from(wall, { overflow: "reject" });
    const from =
      offset === undefined
        ? local.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds
        : Temporal.Instant.from(`${local.toString()}${offset}`).epochMilliseconds;
    return { from, to: from + precision - 1 };
  } catch {
    return undefined;
  }
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** How many days a month has. @param month from 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Every `MM-DD` whose anniversary falls on a day from `from` to `to`, both inclusive. In a year without a 29 February its
 * anniversary is the 28th.
 */
export function anniversaries(from: Day, to: Day): readonly string[] {
  const days = new Set<string>();
  // A whole year contains every anniversary.
  const last = addDays(from, 366);
  const end = last < to ? last : to;
  for (let day = from; day <= end; day = addDays(day, 1)) {
    days.add(day.slice(5));
    if (day.endsWith("-02-28") && !isLeapYear(Number(day.slice(0, 4)))) days.add("02-29");
  }
  return [...days].sort();
}
