// What dates of a query mean: spans of time, days, and the anniversaries of days.
import {
  dayAt,
  dayNumber,
  dayParts,
  instantAt,
  isLeapYear,
  minuteLength,
  monthLength,
  move,
  type Stretch,
  startOf,
  wholeDay,
} from "./calendar.js";
import type { DateValue } from "./tree.js";

/** The span that a date of the query covers; an instant covers the one millisecond. */
export function spanOf(date: DateValue, asOf: number, zone: string): Stretch {
  const instant = (at: number): Stretch => ({ start: at, end: at + 1 });
  switch (date.kind) {
    case "day":
      return wholeDay(dayNumber(date.year, date.month, date.day), zone);
    case "day and month":
      return wholeDay(latestSuchDay(date.day, date.month, dayAt(asOf, zone)), zone);
    case "relative day":
      return wholeDay(dayAt(asOf, zone) + date.days, zone);
    case "time": {
      const wall = { ...date, second: date.second ?? 0, millisecond: 0 };
      const start =
        date.offsetMinutes === undefined
          ? instantAt(wall, zone)
          : instantAt(wall, "UTC") - date.offsetMinutes * minuteLength;
      return { start, end: start + (date.second === undefined ? minuteLength : 1000) };
    }
    case "now":
      return instant(asOf);
    case "ago":
      return instant(move(asOf, -date.span.amount, date.span.unit, zone));
    case "ahead":
      return instant(move(asOf, date.span.amount, date.span.unit, zone));
    case "start":
      return instant(startOf(asOf, date.of, zone));
  }
}

/** The latest day of that day and month which is not after today. */
function latestSuchDay(day: number, month: number, today: number): number {
  for (let year = dayParts(today).year; ; year -= 1) {
    if (day <= monthLength(year, month) && dayNumber(year, month, day) <= today)
      return dayNumber(year, month, day);
  }
}

/** The month and day of the birthday in a year of a customer born on `day`. */
export function anniversaryIn(year: number, day: number): { month: number; day: number } {
  const born = dayParts(day);
  if (born.month === 2 && born.day === 29 && !isLeapYear(year)) return { month: 2, day: 28 };
  return born;
}

/** Whether `day` is the birthday, in its year, of a customer born on `born`. */
export function isAnniversary(born: number, day: number): boolean {
  const { year, month, day: dayOfMonth } = dayParts(day);
  const anniversary = anniversaryIn(year, born);
  return anniversary.month === month && anniversary.day === dayOfMonth;
}

/** The day that a date of the query means where a day is asked: its own, even one that the zone skipped. */
export function dayMeant(date: DateValue, asOf: number, zone: string): number {
  const today = dayAt(asOf, zone);
  if (date.kind === "day") return dayNumber(date.year, date.month, date.day);
  if (date.kind === "day and month") return latestSuchDay(date.day, date.month, today);
  if (date.kind === "relative day") return today + date.days;
  return dayAt(spanOf(date, asOf, zone).start, zone);
}
