// What stands for Temporal in bundles of the language computes what Temporal does, for every call that the calendar makes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Temporal as few } from "../../src/console/language/bundled/few-temporal.js";
import { Temporal } from "../../src/temporal.js";
import { draws } from "../draws.js";

const zone = fc.constantFrom(
  "UTC",
  "Europe/Warsaw",
  "America/New_York",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Asia/Kathmandu",
);
const year = 365.25 * 86_400_000;
const instant = fc.integer({ min: -70 * year, max: 230 * year });
const length = fc.record({
  unit: fc.constantFrom("minutes", "hours", "days", "weeks", "months", "years"),
  amount: fc.integer({ min: -400, max: 400 }),
});
const day = instant.map((at) => new Date(at).toISOString().slice(0, 10));

type Either = typeof Temporal | typeof few;
// The calendar calls either; one signature stands for both.
const of = (either: Either): typeof few => either as typeof few;

function same(compute: (temporal: typeof few) => unknown): void {
  const outcome = (either: Either): unknown => {
    try {
      return compute(of(either));
    } catch (error) {
      return error instanceof RangeError ? "RangeError" : error;
    }
  };
  expect(outcome(few)).toEqual(outcome(Temporal));
}

const runs = { numRuns: draws(100), seed: 1 };

describe("the same as Temporal", () => {
  it("instants in a zone", () => {
    fc.assert(
      fc.property(instant, zone, length, (at, name, { unit, amount }) => {
        same((temporal) => {
          const zoned = temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
          return [
            zoned.epochMilliseconds,
            zoned.add({ [unit]: amount }).epochMilliseconds,
            zoned.toPlainDate().toString(),
            ...(["minute", "hour"] as const).map(
              (smallestUnit) => zoned.round({ smallestUnit, roundingMode: "floor" }).epochMilliseconds,
            ),
          ];
        });
      }),
      runs,
    );
  });

  it("days", () => {
    fc.assert(
      fc.property(day, zone, length, (written, name, { unit, amount }) => {
        same((temporal) => {
          const date = temporal.PlainDate.from(written);
          const long = unit === "minutes" || unit === "hours" ? "days" : unit;
          return [
            date.add({ [long]: amount }).toString(),
            date.subtract({ [long]: amount }).toString(),
            date.with({ day: 1 }).toString(),
            date.with({ month: 1, day: 1 }).toString(),
            [date.month, date.dayOfWeek],
            date.toZonedDateTime(name).epochMilliseconds,
          ];
        });
      }),
      runs,
    );
  });

  it.each([
    { year: 12_026, month: 2, day: 29 },
    { year: 12_024, month: 2, day: 29 },
    { year: -1, month: 13, day: 1 },
    { year: 300_000, month: 1, day: 1 },
  ])("the day of %j", (fields) => {
    same((temporal) => temporal.PlainDate.from(fields, { overflow: "reject" }).toString());
  });

  it.each([
    ["2026-03-29T02:30", "Europe/Warsaw"],
    ["2026-10-25T02:30:15", "Europe/Warsaw"],
    ["2026-02-30T10:00", "UTC"],
    ["2026-02-28T24:00", "UTC"],
    ["2026-02-28T10:00:00.123", "Asia/Kathmandu"],
    ["2011-12-30T10:00", "Pacific/Apia"],
    ["-300000-01-01T10:00", "UTC"],
  ])("the wall time %s in %s", (wall, name) => {
    same((temporal) => {
      const local = temporal.PlainDateTime.from(wall, { overflow: "reject" });
      return [
        local.toString(),
        local.toZonedDateTime(name, { disambiguation: "compatible" }).epochMilliseconds,
        temporal.Instant.from(`${local.toString()}+02:00`).epochMilliseconds,
      ];
    });
  });
});
