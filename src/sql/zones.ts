// The calendar of a zone in SQL, over instants in milliseconds since the epoch and days as `YYYY-MM-DD`: the arithmetic of
// src/plan/calendar.ts, by the zone's offsets.
import { dayMs } from "../clock.js";
import { chained, constant, type Sql, type SqlStep, sql } from "../operators/encodings/sql.js";
import { type Offset, offsetsOf } from "../plan/offsets.js";
import type { CalendarUnits, Distance } from "../plan/plan.js";
import { fixedLengths, reachOf } from "../plan/reach.js";

const lengths = { ...fixedLengths, day: dayMs, week: 7 * dayMs } as const;
const months = { month: 1, quarter: 3, year: 12 } as const;

/** How many offsets are searched linearly. */
const chunk = 16;

/** The offset of the last of `offsets` that begins at or before the value. */
function offsetAt(value: Sql, offsets: readonly Offset[]): Sql {
  const among = (some: readonly Offset[]): Sql => {
    const [first, ...rest] = some;
    if (rest.length === 0) return constant(first!.offset);
    const whens = rest.toReversed().map(({ from, offset }) => `WHEN ${value.text} >= ${from} THEN ${offset}`);
    return { text: `CASE ${whens.join(" ")} ELSE ${first!.offset} END`, parameters: [] };
  };
  const chunks: (readonly Offset[])[] = [];
  for (let from = 0; from < offsets.length; from += chunk) chunks.push(offsets.slice(from, from + chunk));
  const [first, ...rest] = chunks;
  if (rest.length === 0) return among(first!);
  const whens = rest
    .toReversed()
    .map((each) => `WHEN ${value.text} >= ${each[0]!.from} THEN ${among(each).text}`);
  return { text: `CASE ${whens.join(" ")} ELSE ${among(first!).text} END`, parameters: [] };
}

/** From an instant to the zone's wall time, as the milliseconds of the same wall time in UTC. */
function toWall(zone: string): SqlStep {
  return (at) => sql`${at} + (${offsetAt(at, offsetsOf(zone))})`;
}

/** From a wall time to its instant: after the gap if clocks skip it, the first if they repeat it. */
function toInstant(zone: string): SqlStep {
  const offsets = offsetsOf(zone);
  const walls = offsets.map(({ from, offset }, index) => ({
    from: index === 0 ? from : from + Math.max(offset, offsets[index - 1]!.offset),
    offset,
  }));
  return (wall) => sql`${wall} - (${offsetAt(wall, walls)})`;
}

const timeOfDay = (wall: Sql): Sql =>
  sql`((${wall} % ${constant(dayMs)} + ${constant(dayMs)}) % ${constant(dayMs)})`;

/** An instant moved by a length of time. */
export function shiftSql(instant: Sql, { amount, unit, zone }: Distance): Sql {
  if (unit === "minute" || unit === "hour") return sql`(${instant} + ${constant(amount * lengths[unit])})`;
  const move: SqlStep =
    unit === "day" || unit === "week"
      ? (wall) => sql`${wall} + ${constant(amount * lengths[unit])}`
      : (wall) => {
          const day = sql`date((${wall} - ${timeOfDay(wall)}) / 1000, ${"unixepoch"})`;
          return sql`unixepoch(${movedByMonths(day, amount * months[unit])}) * 1000 + ${timeOfDay(wall)}`;
        };
  return chained(instant, [toWall(zone), move, toInstant(zone)]);
}

/** The condition that an instant is at most a length of time after an earlier one. The calendar is asked only where it matters. */
export function isWithinSql(later: Sql, earlier: Sql, distance: Distance): Sql {
  const { least, most } = reachOf(distance);
  const exactly = sql`${later} <= ${shiftSql(earlier, distance)}`;
  return least === most ? exactly : sql`(${later} <= ${earlier} + ${constant(least)} OR ${exactly})`;
}

/** A day moved by a length of time. */
export function shiftDaySql(day: Sql, { amount, unit }: Distance): Sql {
  if (unit === "minute" || unit === "hour") throw new RangeError("A day can't be moved by less than a day.");
  if (unit === "day" || unit === "week")
    return sql`date(${day}, ${`${amount * (unit === "week" ? 7 : 1)} days`})`;
  return chained(day, [(value) => movedByMonths(value, amount * months[unit])]);
}

/** The same day of another month or, if that has no such day, its last. */
function movedByMonths(day: Sql, amount: number): Sql {
  const first = sql`date(${day}, ${"start of month"}, ${`${amount} months`})`;
  const last = sql`date(${first}, ${"1 month"}, ${"-1 day"})`;
  return sql`min(${last}, date(${first}, (strftime(${"%d"}, ${day}) - 1) || ${" days"}))`;
}

/** The steps from an instant to the day of the zone that it falls on. */
function toDay(zone: string): readonly SqlStep[] {
  return [toWall(zone), (wall) => sql`date(${wall} / 1000.0, ${"unixepoch"})`];
}

/** The day of the zone that an instant falls on. */
export function dayOfSql(instant: Sql, zone: string): Sql {
  return chained(instant, toDay(zone));
}

/** A key that is equal for instants in the same unit of the calendar. */
export function calendarKeySql(instant: Sql, { unit, zone }: CalendarUnits): Sql {
  const keyed = (key: SqlStep): Sql => chained(instant, [...toDay(zone), key]);
  switch (unit) {
    case "day":
      return dayOfSql(instant, zone);
    case "week":
      return keyed((day) => sql`date(${day}, ${"weekday 0"}, ${"-6 days"})`);
    case "month":
      return keyed((day) => sql`substr(${day}, 1, 7)`);
    case "quarter":
      return keyed((day) => sql`substr(${day}, 1, 4) || ${"-"} || ((substr(${day}, 6, 2) + 2) / 3)`);
    case "year":
      return keyed((day) => sql`substr(${day}, 1, 4)`);
  }
}
