// The oracle's own calendar: walls and instants of a time zone, worked out from Intl.DateTimeFormat and plain integers,
// so that it shares nothing with the library that the product uses. Instants are milliseconds since the epoch; a day is
// its number since 1970-01-01.

export const units = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
export type Unit = (typeof units)[number];

/** What a clock and a calendar on the wall show. Months count from 1. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** A stretch of time, `end` excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export const minuteLength = 60_000;
const hourLength = 60 * minuteLength;
const dayLength = 24 * hourLength;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

/** What the wall shows in `zone` at an instant. */
export function wallAt(instant: number, zone: string): Wall {
  const shown = new Map<string, number>();
  for (const part of formatOf(zone).formatToParts(instant)) shown.set(part.type, Number(part.value));
  const read = (type: string): number => shown.get(type) ?? Number.NaN;
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
    millisecond: ((instant % 1000) + 1000) % 1000,
  };
}

/** The wall's figures read as if they were UTC. */
function asUtc(wall: Wall): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second, wall.millisecond);
}

function offsetAt(instant: number, zone: string): number {
  return asUtc(wallAt(instant, zone)) - instant;
}

/** The instant at which the wall shows `wall`: the first of two if the clock repeats it, after the gap if it is skipped. */
export function instantAt(wall: Wall, zone: string): number {
  const local = asUtc(wall);
  const before = offsetAt(local - dayLength, zone);
  const after = offsetAt(local + dayLength, zone);
  const candidates = [local - before, local - after].filter(
    (instant) => offsetAt(instant, zone) === local - instant,
  );
  // None shows it: the clock was put forward over it. Read with the offset before the change, it falls after the gap.
  return candidates.length > 0 ? Math.min(...candidates) : local - before;
}

/** True for a year with a 29 February. */
export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The number of days that a month (from 1) has. */
export function monthLength(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The number of a day since 1970-01-01. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / dayLength;
}

/** Year, month (from 1) and day of a day's number. */
export function dayParts(number: number): { year: number; month: number; day: number } {
  const date = new Date(number * dayLength);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day that an instant falls on in `zone`. */
export function dayAt(instant: number, zone: string): number {
  const { year, month, day } = wallAt(instant, zone);
  return dayNumber(year, month, day);
}

/** The instant at which a day begins in `zone`. */
export function dayStart(number: number, zone: string): number {
  return instantAt({ ...dayParts(number), hour: 0, minute: 0, second: 0, millisecond: 0 }, zone);
}

/** The whole of a day in `zone`: 23, 24 or 25 hours, or none if the zone skipped it. */
export function wholeDay(number: number, zone: string): Stretch {
  return { start: dayStart(number, zone), end: dayStart(number + 1, zone) };
}

/**
 * The instant moved by `amount` units, back if negative. Minutes and hours are lengths of time; days and longer keep
 * the wall's time of day, and months the day of the month as far as the month has it.
 */
export function move(instant: number, amount: number, unit: Unit, zone: string): number {
  if (unit === "minute") return instant + amount * minuteLength;
  if (unit === "hour") return instant + amount * hourLength;
  const wall = wallAt(instant, zone);
  if (unit === "day" || unit === "week") {
    const days = unit === "week" ? amount * 7 : amount;
    return instantAt({ ...wall, ...dayParts(dayNumber(wall.year, wall.month, wall.day) + days) }, zone);
  }
  const months = amount * (unit === "month" ? 1 : unit === "quarter" ? 3 : 12);
  const counted = wall.year * 12 + (wall.month - 1) + months;
  const year = Math.floor(counted / 12);
  const month = counted - year * 12 + 1;
  return instantAt({ ...wall, year, month, day: Math.min(wall.day, monthLength(year, month)) }, zone);
}

/** The instant at which the week (from Monday), month, quarter or year of an instant begins. */
export function startOf(instant: number, unit: "week" | "month" | "quarter" | "year", zone: string): number {
  const { year, month } = wallAt(instant, zone);
  if (unit === "week") {
    const today = dayAt(instant, zone);
    // 1970-01-01 was a Thursday, three days after a Monday.
    const sinceMonday = (((today + 3) % 7) + 7) % 7;
    return dayStart(today - sinceMonday, zone);
  }
  if (unit === "month") return dayStart(dayNumber(year, month, 1), zone);
  if (unit === "quarter") return dayStart(dayNumber(year, month - ((month - 1) % 3), 1), zone);
  return dayStart(dayNumber(year, 1, 1), zone);
}

/** What `exactly N units ago` covers: the clock minute, the clock hour or, for longer units, the day of an instant. */
export function stretchAround(instant: number, unit: Unit, zone: string): Stretch {
  const wall = wallAt(instant, zone);
  const intoMinute = wall.second * 1000 + wall.millisecond;
  if (unit === "minute") return { start: instant - intoMinute, end: instant - intoMinute + minuteLength };
  if (unit === "hour") {
    const start = instant - intoMinute - wall.minute * minuteLength;
    return { start, end: start + hourLength };
  }
  return wholeDay(dayAt(instant, zone), zone);
}
