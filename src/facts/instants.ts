// Parses dates and times into instants. Those with an offset are computed here; those without one are placed in a time zone by
// Temporal, which is exact but slow, so up to `remembered` of its results are cached.

import { daysInMonth } from "../plan/calendar.js";
import { Temporal } from "../temporal.js";

const written =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z|z)|([+-])(\d\d):?(\d\d))?)?$/;

const remembered = 50_000;
const instants = new Map<string, number>();

/** The parts of a wall time: the local date and time in a zone. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * The instant, in milliseconds since the epoch, of an ISO 8601 date or date with time; undefined if it is invalid (as 30 February
 * is). Without an offset it is a wall time in `zone`; a date alone is the start of that day there.
 */
export function readInstant(text: string, zone: string): number | undefined {
  const found = written.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, utc, sign, offsetHour, offsetMinute] = found;
  const wall: WallTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? "").slice(0, 3).padEnd(3, "0")),
  };
  if (!isWallTime(wall)) return undefined;
  if (utc !== undefined) return utcMilliseconds(wall);
  if (sign === undefined) return hour === undefined ? startOfDay(wall, zone) : wallInstant(wall, zone);
  const [hours, minutes] = [Number(offsetHour), Number(offsetMinute)];
  if (hours > 23 || minutes > 59) return undefined;
  return utcMilliseconds(wall) - (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** True if the text is an existing day, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return found !== null && isDayOf(Number(found[1]), Number(found[2]), Number(found[3]));
}

/** True if the day and the time of day exist. */
export function isWallTime(wall: WallTime): boolean {
  return isDayOf(wall.year, wall.month, wall.day) && wall.hour < 24 && wall.minute < 60 && wall.second < 60;
}

/**
 * The instant of a wall time in a zone, in milliseconds since the epoch. A time that the clock skips is moved past the gap; of a
 * repeated time, the first is taken (Temporal's `compatible`).
 */
export function wallInstant(wall: WallTime, zone: string): number {
  const key = `${zone} ${utcMilliseconds(wall)}`;
  return remember(
    key,
    () => Temporal.PlainDateTime.from({ ...wall }).toZonedDateTime(zone).epochMilliseconds,
  );
}

function startOfDay(wall: WallTime, zone: string): number {
  const { year, month, day } = wall;
  // A zone may skip midnight, so that a day's start is not always its 00:00.
  const key = `${zone} day ${utcMilliseconds(wall)}`;
  return remember(
    key,
    () => Temporal.PlainDate.from({ year, month, day }).toZonedDateTime(zone).epochMilliseconds,
  );
}

function remember(key: string, work: () => number): number {
  const known = instants.get(key);
  if (known !== undefined) return known;
  if (instants.size >= remembered) instants.clear();
  const instant = work();
  instants.set(key, instant);
  return instant;
}

function isDayOf(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function utcMilliseconds(wall: WallTime): number {
  const milliseconds = Date.UTC(
    wall.year,
    wall.month - 1,
    wall.day,
    wall.hour,
    wall.minute,
    wall.second,
    wall.millisecond,
  );
  // Date.UTC interprets the years 0 to 99 as 1900 to 1999.
  return wall.year > 99 ? milliseconds : new Date(milliseconds).setUTCFullYear(wall.year);
}
