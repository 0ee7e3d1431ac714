// The calendar in SQL says what the calendar of this process says: at clock changes, month ends, and on days that never were.
import Database from "libsql";
import { afterAll, describe, expect, it } from "vitest";
import type { Sql } from "../../src/operators/encodings/sql.js";
import { sql } from "../../src/operators/encodings/sql.js";
import { calendarKey, dayOf, move, moveDate, type Unit } from "../../src/plan/calendar.js";
import { reachOf } from "../../src/plan/reach.js";
import { calendarKeySql, dayOfSql, isWithinSql, shiftDaySql, shiftSql } from "../../src/sql/zones.js";

const database = new Database(":memory:");
afterAll(() => {
  database.close();
});

function ask(value: Sql): unknown {
  const { text, parameters } = sql`SELECT ${value} AS value`;
  return (database.prepare(text).get([...parameters]) as { value: unknown }).value;
}

const instants = [
  "2026-03-29T00:59:59.999Z",
  "2026-03-29T01:00:00.000Z",
  "2026-03-28T01:30:00.250Z",
  "2026-10-25T00:30:00.000Z",
  "2026-10-25T01:30:00.000Z",
  "2026-10-24T00:30:00.000Z",
  "2026-01-31T22:59:59.999Z",
  "2028-02-29T12:00:00.000Z",
  "2026-12-31T23:30:00.000Z",
  "2018-11-03T03:30:00.000Z",
  "2011-12-29T10:30:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "1970-01-01T00:00:00.000Z",
].map((text) => Date.parse(text));
const zones = [
  "Europe/Warsaw",
  "America/New_York",
  "America/Sao_Paulo",
  "Pacific/Apia",
  "Asia/Kolkata",
  "UTC",
];
const units = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;

describe.each(zones)("in %s", (zone) => {
  it.each([1, -1, 13])("instants are moved by %i of each unit", (amount) => {
    for (const instant of instants)
      for (const unit of units) {
        const expected = move(instant, zone, amount, unit);
        expect(
          ask(shiftSql(sql`CAST(${instant} AS INTEGER)`, { amount, unit, zone })),
          `${new Date(instant).toISOString()} by ${amount} ${unit}`,
        ).toBe(expected);
      }
  });

  it.each([1, 13])("an instant is within %i of each unit until the calendar says otherwise", (amount) => {
    for (const earlier of instants)
      for (const unit of units) {
        const distance = { amount, unit, zone };
        const end = move(earlier, zone, amount, unit);
        const { least, most } = reachOf(distance);
        expect(end - earlier).toBeGreaterThanOrEqual(least);
        expect(end - earlier).toBeLessThanOrEqual(most);
        for (const later of [earlier + least, end, end + 1])
          expect(
            ask(isWithinSql(sql`CAST(${later} AS INTEGER)`, sql`CAST(${earlier} AS INTEGER)`, distance)),
            `${later - earlier} ms within ${amount} ${unit} of ${new Date(earlier).toISOString()}`,
          ).toBe(later <= end ? 1 : 0);
      }
  });

  it("days and units of the calendar agree with this process's calendar", () => {
    for (const instant of instants) {
      expect(ask(dayOfSql(sql`CAST(${instant} AS INTEGER)`, zone))).toBe(dayOf(instant, zone));
      for (const unit of ["day", "week", "month", "quarter", "year"] as const) {
        const key = ask(calendarKeySql(sql`CAST(${instant} AS INTEGER)`, { unit, zone }));
        expect(key).toBe(calendarKey(instant, zone, unit));
      }
    }
  });
});

it.each([
  ["2026-01-31", 1, "month"],
  ["2028-01-31", 1, "month"],
  ["2026-03-31", -1, "month"],
  ["2028-02-29", 1, "year"],
  ["2026-11-30", 1, "quarter"],
  ["2026-12-31", 1, "day"],
  ["2026-02-27", 2, "week"],
] as const)("%s is moved by %i %s", (day, amount, unit: Exclude<Unit, "minute" | "hour">) => {
  const moved = ask(shiftDaySql(sql`${day}`, { amount, unit, zone: "UTC" }));
  expect(moved).toBe(moveDate(day, amount, unit));
});
