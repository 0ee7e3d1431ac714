// The calendar counts by itself with days of 24 hours; it must agree with Temporal, for every zone and day.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayOf, isLeapYear, move, startOf, units } from "../../src/plan/calendar.js";
import { Temporal } from "../../src/temporal.js";
import { draws } from "../draws.js";

const zones = [
  "UTC",
  "Europe/Warsaw",
  "America/New_York",
  "America/Sao_Paulo", // changed at midnight
  "America/Havana", // repeats the hour before midnight
  "Pacific/Apia", // left out 30 December 2011
  "Pacific/Kiritimati",
  "Asia/Kathmandu",
  "Asia/Beirut",
  "Australia/Lord_Howe", // changes by half an hour
  "Africa/Casablanca",
];
const zone = fc.constantFrom(...zones);
const hour = 3_600_000;
// Anywhere, and close to the days on which clocks change.
const changes = [
  "2026-03-29",
  "2026-10-25",
  "2018-11-04",
  "2011-12-30",
  "2026-11-01",
  "2026-04-05",
  "2000-02-29",
];
const instant = fc.oneof(
  fc.integer({ min: Date.parse("1975-01-01"), max: Date.parse("2060-01-01") }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * hour, max: 36 * hour }))
    .map(([day, off]) => Date.parse(`${day}T00:00:00Z`) + off),
);
const zoned = (at: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

describe("the calendar agrees with Temporal", () => {
  it("on the day of an instant", () => {
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        expect(dayOf(at, timeZone)).toBe(zoned(at, timeZone).toPlainDate().toString());
      }),
      { numRuns: draws(22), seed: 1 },
    );
  });

  it("on moving an instant", () => {
    fc.assert(
      fc.property(
        instant,
        zone,
        fc.integer({ min: -50, max: 50 }),
        fc.constantFrom(...units),
        (at, timeZone, amount, unit) => {
          const duration = unit === "quarter" ? { months: 3 * amount } : { [`${unit}s`]: amount };
          expect(move(at, timeZone, amount, unit)).toBe(zoned(at, timeZone).add(duration).epochMilliseconds);
        },
      ),
      { numRuns: draws(22), seed: 2 },
    );
  });

  it("on where a week, month, quarter and year begin", () => {
    const date = (at: number, timeZone: string) => zoned(at, timeZone).toPlainDate();
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        const day = date(at, timeZone);
        const expected = [
          day.subtract({ days: day.dayOfWeek - 1 }),
          day.with({ day: 1 }),
          day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }),
          day.with({ month: 1, day: 1 }),
        ].map((first) => first.toZonedDateTime(timeZone).epochMilliseconds);
        const starts = (["week", "month", "quarter", "year"] as const).map((unit) =>
          startOf(at, timeZone, unit),
        );
        expect(starts).toEqual(expected);
      }),
      { numRuns: draws(8), seed: 3 },
    );
  });

  it("on days added, and leap years", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -800_000, max: 2_900_000 }),
        fc.integer({ min: -4_000, max: 4_000 }),
        (at, days) => {
          const date = Temporal.PlainDate.from("1970-01-01").add({ days: at });
          expect(addDays(date.toString(), days)).toBe(date.add({ days }).toString());
          expect(isLeapYear(date.year)).toBe(date.inLeapYear);
        },
      ),
      { numRuns: draws(15), seed: 4 },
    );
  });

  it("past the end of time", () => {
    expect(() => move(0, "UTC", 1e9, "year")).toThrow(RangeError);
    expect(() => move(0, "UTC", -1e9, "day")).toThrow(RangeError);
    expect(() => move(0, "UTC", 1e13, "minute")).toThrow(RangeError);
  });
});
