// Calendar arithmetic in a project's time zone, by Temporal. Days and longer units are calendar units there (a day may
// have 23 or 25 hours), minutes and hours are exact.
import { Temporal } from "@js-temporal/polyfill";

export const units = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
export type Unit = (typeof units)[number];

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

/**
 * The instant that lies `amount` units after this one (before it, where negative). A month back from 31 March is the last
 * day of February; a wall time that the clock skips is taken after the gap (Temporal's `compatible`).
 * @throws RangeError past the calendar's end.
 */
export function move(instant: number, zone: string, amount: number, unit: Unit): number {
  return zoned(instant, zone).add(durationOf(amount, unit)).epochMilliseconds;
}

/** The day that an instant falls on. */
export function dayOf(instant: number, zone: string): Day {
  return zoned(instant, zone).toPlainDate().toString();
}

/** The whole day, from its first millisecond to its last. */
export function wholeDay(day: Day, zone: string): InstantSpan {
  const date = Temporal.PlainDate.from(day);
  return {
    from: date.toZonedDateTime(zone).epochMilliseconds,
    to: date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds - 1,
  };
}

/** The day so many days after (before, where negative). */
export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The clock minute, clock hour or day that an instant falls in; for weeks and longer, the day. */
export function wholeUnit(instant: number, zone: string, unit: Unit): InstantSpan {
  if (unit !== "minute" && unit !== "hour") return wholeDay(dayOf(instant, zone), zone);
  const start = zoned(instant, zone).round({ smallestUnit: unit, roundingMode: "floor" });
  return { from: start.epochMilliseconds, to: start.add({ [`${unit}s`]: 1 }).epochMilliseconds - 1 };
}

/** The instant at which the week (its Monday), month, quarter or year of this instant began. */
export function startOf(
  instant: number,
  zone: string,
  unit: Exclude<Unit, "minute" | "hour" | "day">,
): number {
  const date = zoned(instant, zone).toPlainDate();
  const starts = {
    week: () => date.subtract({ days: date.dayOfWeek - 1 }),
    month: () => date.with({ day: 1 }),
    quarter: () => date.with({ month: date.month - ((date.month - 1) % 3), day: 1 }),
    year: () => date.with({ month: 1, day: 1 }),
  };
  return starts[unit]().toZonedDateTime(zone).epochMilliseconds;
}

/** The day of these numbers; undefined where the calendar has none. */
export function dayFrom(year: number, month: number, day: number): Day | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" }).toString();
  } catch {
    return undefined;
  }
}

/** The latest such day of a year that is not after `today`; undefined where no year has it. */
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
 * The span that a written date and time stands for: its minute, second or millisecond, as precisely as it is written.
 * `offset` is `Z` or `+02:00`; without one the wall time is the zone's. Undefined where there is no such time.
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
  return Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
}

/**
 * Every `MM-DD` whose anniversary falls on a day from `from` to `to`, both in. In a year without a 29 February its
 * anniversary is the 28th.
 */
export function anniversaries(from: Day, to: Day): readonly string[] {
  const days = new Set<string>();
  // A whole year holds every anniversary.
  const end = addDays(from, 366) < to ? addDays(from, 366) : to;
  for (let day = from; day <= end; day = addDays(day, 1)) {
    days.add(day.slice(5));
    if (day.endsWith("-02-28") && !isLeapYear(Number(day.slice(0, 4)))) days.add("02-29");
  }
  return [...days].sort();
}
