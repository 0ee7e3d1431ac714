// Calendar arithmetic and what time means in a query, against instants computed by hand.
import { describe, expect, it } from "vitest";
import { dayNumber, move, startOf, stretchAround, type Unit, wholeDay } from "./calendar.js";
import { spanOf } from "./dates.js";
import { evaluate } from "./evaluate.js";
import type { World } from "./folder.js";
import type { Comparison, DateValue } from "./tree.js";

const warsaw = "Europe/Warsaw";
const newYork = "America/New_York";
const iso = (instant: number): string => new Date(instant).toISOString().replace(".000Z", "Z");

describe("an instant moved by calendar units", () => {
  it.each<[string, string, number, Unit, string, string]>([
    [
      warsaw,
      "2026-03-31T09:30:15.250Z",
      -1,
      "month",
      "2026-02-28T10:30:15.250Z",
      "the last of February, an hour less of offset",
    ],
    [warsaw, "2028-03-31T10:00:00Z", -1, "month", "2028-02-29T11:00:00Z", "a leap year's February"],
    [warsaw, "2026-05-31T10:00:00Z", -1, "quarter", "2026-02-28T11:00:00Z", "three months"],
    [warsaw, "2028-02-29T11:00:00Z", -1, "year", "2027-02-28T11:00:00Z", "no 29 February then"],
    [warsaw, "2026-01-15T11:00:00Z", -1, "month", "2025-12-15T11:00:00Z", "into the year before"],
    [warsaw, "2026-12-31T11:00:00Z", 2, "month", "2027-02-28T11:00:00Z", "into the year after"],
    [warsaw, "2026-03-29T10:00:00Z", -1, "day", "2026-03-28T11:00:00Z", "a day of 23 hours"],
    [warsaw, "2026-10-25T11:00:00Z", -1, "day", "2026-10-24T10:00:00Z", "a day of 25 hours"],
    [warsaw, "2026-03-29T10:00:00Z", -24, "hour", "2026-03-28T10:00:00Z", "hours are lengths"],
    [warsaw, "2026-03-30T00:30:00Z", -1, "day", "2026-03-29T01:30:00Z", "02:30 was skipped: 03:30"],
    [warsaw, "2026-10-26T01:30:00Z", -1, "day", "2026-10-25T00:30:00Z", "02:30 came twice: the first"],
    [warsaw, "2026-10-24T00:30:00Z", 1, "day", "2026-10-25T00:30:00Z", "and so going forward"],
    [warsaw, "2026-11-08T01:30:00Z", -2, "week", "2026-10-25T00:30:00Z", "weeks are days too"],
    [newYork, "2026-03-09T06:30:00Z", -1, "day", "2026-03-08T07:30:00Z", "02:30 was skipped: 03:30"],
    [newYork, "2026-11-02T06:30:00Z", -1, "day", "2026-11-01T05:30:00Z", "01:30 came twice: the first"],
    ["Asia/Kolkata", "2024-03-31T18:00:00Z", -1, "month", "2024-02-29T18:00:00Z", "half an hour's offset"],
    [
      "Pacific/Apia",
      "2012-01-01T10:30:00Z",
      -3,
      "day",
      "2011-12-30T10:30:00Z",
      "30 December 2011 never was: 31",
    ],
  ])("%s %s %i %s is %s: %s", (zone, from, amount, unit, to) => {
    expect(iso(move(Date.parse(from), amount, unit, zone))).toBe(to);
  });
});

describe("where weeks, months, quarters and years start", () => {
  it.each<[string, string, "week" | "month" | "quarter" | "year", string]>([
    // A Monday, and the minute before it.
    [warsaw, "2026-11-23T12:00:00Z", "week", "2026-11-22T23:00:00Z"],
    [warsaw, "2026-11-22T22:59:00Z", "week", "2026-11-15T23:00:00Z"],
    [warsaw, "1969-12-31T12:00:00Z", "week", "1969-12-28T23:00:00Z"],
    // Already June there.
    [warsaw, "2026-05-31T22:30:00Z", "month", "2026-05-31T22:00:00Z"],
    [warsaw, "2026-05-31T22:30:00Z", "quarter", "2026-03-31T22:00:00Z"],
    [warsaw, "2026-05-31T22:30:00Z", "year", "2025-12-31T23:00:00Z"],
    ["Asia/Kolkata", "2026-02-28T18:30:00Z", "month", "2026-02-28T18:30:00Z"],
    [newYork, "2027-01-01T04:30:00Z", "quarter", "2026-10-01T04:00:00Z"],
  ])("%s %s: the %s started at %s", (zone, at, unit, start) => {
    expect(iso(startOf(Date.parse(at), unit, zone))).toBe(start);
  });
});

it.each([
  [warsaw, [2026, 3, 29], "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"],
  [warsaw, [2026, 10, 25], "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
  // It began at 01:00.
  ["America/Sao_Paulo", [2018, 11, 4], "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
  // It never was.
  ["Pacific/Apia", [2011, 12, 30], "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"],
  ["Pacific/Apia", [2011, 12, 31], "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"],
] as const)("the day %s %j is from %s to %s", (zone, [year, month, day], start, end) => {
  const whole = wholeDay(dayNumber(year, month, day), zone);
  expect([iso(whole.start), iso(whole.end)]).toEqual([start, end]);
});

it.each<[string, string, Unit, string, string]>([
  ["Asia/Kolkata", "2026-03-01T04:15:30Z", "hour", "2026-03-01T03:30:00Z", "2026-03-01T04:30:00Z"],
  ["Asia/Kolkata", "2026-03-01T04:15:30.500Z", "minute", "2026-03-01T04:15:00Z", "2026-03-01T04:16:00Z"],
  // The second of two hours from two to three.
  [warsaw, "2026-10-25T01:30:00Z", "hour", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"],
  [warsaw, "2026-10-25T01:30:00Z", "month", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
])("around %s %s the %s is from %s to %s", (zone, at, unit, start, end) => {
  const around = stretchAround(Date.parse(at), unit, zone);
  expect([iso(around.start), iso(around.end)]).toEqual([start, end]);
});

describe("the span of a written date", () => {
  const time = { kind: "time", year: 2026, month: 3, day: 29, hour: 2, minute: 30 } as const;
  it.each<[string, DateValue, string, string]>([
    [
      "2026-11-23T12:00:00Z",
      { kind: "day and month", day: 23, month: 11 },
      "2026-11-22T23:00:00Z",
      "2026-11-23T23:00:00Z",
    ],
    [
      "2026-11-23T12:00:00Z",
      { kind: "day and month", day: 24, month: 11 },
      "2025-11-23T23:00:00Z",
      "2025-11-24T23:00:00Z",
    ],
    [
      "2026-11-23T12:00:00Z",
      { kind: "day and month", day: 29, month: 2 },
      "2024-02-28T23:00:00Z",
      "2024-02-29T23:00:00Z",
    ],
    // Already 1 January there.
    [
      "2026-12-31T23:30:00Z",
      { kind: "day and month", day: 1, month: 1 },
      "2026-12-31T23:00:00Z",
      "2027-01-01T23:00:00Z",
    ],
    [
      "2026-12-31T23:30:00Z",
      { kind: "relative day", days: -1 },
      "2026-12-30T23:00:00Z",
      "2026-12-31T23:00:00Z",
    ],
    // Skipped, so after the gap; with an offset nothing is skipped.
    ["2026-12-31T23:30:00Z", time, "2026-03-29T01:30:00Z", "2026-03-29T01:31:00Z"],
    [
      "2026-12-31T23:30:00Z",
      { ...time, second: 5, offsetMinutes: 60 },
      "2026-03-29T01:30:05Z",
      "2026-03-29T01:30:06Z",
    ],
    ["2026-12-31T23:30:00Z", { ...time, month: 10, day: 25 }, "2026-10-25T00:30:00Z", "2026-10-25T00:31:00Z"],
    // The last minute before the clock repeats the hour is no longer than others.
    [
      "2026-12-31T23:30:00Z",
      { ...time, month: 10, day: 25, minute: 59 },
      "2026-10-25T00:59:00Z",
      "2026-10-25T01:00:00Z",
    ],
  ])("as of %s %j is from %s to %s", (asOf, date, start, end) => {
    const span = spanOf(date, Date.parse(asOf), warsaw);
    expect([iso(span.start), iso(span.end)]).toEqual([start, end]);
  });
});

/** Whether a customer created, or born, at `value` is a member. */
function belongs(zone: string, asOf: string, value: string, comparison: Comparison): boolean {
  const attribute = value.length === 10 ? "birthdate" : "created_at";
  const world: World = {
    project: {
      timezone: zone,
      currency: "USD",
      asOf,
      metadataSchema: {},
      orderMetadataSchema: {},
      eventSchemas: {},
      consents: [],
      campaigns: { gift_cards: [], loyalty: [], referrals: [], discounts: [] },
    },
    customers: [{ source_id: "one", [attribute]: value }],
    orders: [],
    redemptions: [],
    gift_cards: [],
    loyalty: [],
    referrals: [],
    events: [],
  };
  const subject = { attribute };
  const query = { kind: "condition", subject, comparison, negated: false, written: "" } as const;
  return evaluate(world, query, Date.parse(asOf)).length === 1;
}

const span = (amount: number, unit: Unit) => ({ amount, unit });
const ago = (how: "more" | "less" | "exactly", amount: number, unit: Unit): Comparison => ({
  kind: "ago",
  how,
  span: span(amount, unit),
});
const last = (amount: number, unit: Unit): Comparison => ({
  kind: "window",
  toward: "last",
  span: span(amount, unit),
});
const next = (amount: number, unit: Unit): Comparison => ({
  kind: "window",
  toward: "next",
  span: span(amount, unit),
});
const anniversary = (toward: "last" | "next", amount: number, unit: Unit): Comparison => ({
  kind: "anniversary window",
  toward,
  span: span(amount, unit),
});
const anniversaryOn = (day: number, month: number): Comparison => ({
  kind: "anniversary",
  on: { kind: "day and month", day, month },
});
const anniversaryIn = (days: number): Comparison => ({
  kind: "anniversary",
  on: { kind: "relative day", days },
});
const dated = (how: Extract<Comparison, { kind: "date" }>["how"], ...dates: DateValue[]): Comparison => ({
  kind: "date",
  how,
  dates,
});
const monthAgo: DateValue = { kind: "ago", span: span(1, "month") };
const noon = "2026-11-23T12:00:00Z";

describe("who belongs", () => {
  it.each<[string, string, Comparison, string, boolean]>([
    // On the edges of windows.
    [warsaw, noon, last(30, "day"), "2026-10-24T11:00:00.000Z", true],
    [warsaw, noon, last(30, "day"), "2026-10-24T10:59:59.999Z", false],
    [warsaw, noon, last(30, "day"), noon, true],
    [warsaw, noon, last(30, "day"), "2026-11-23T12:00:00.001Z", false],
    [warsaw, noon, ago("more", 30, "day"), "2026-10-24T11:00:00.000Z", false],
    [warsaw, noon, ago("more", 30, "day"), "2026-10-24T10:59:59.999Z", true],
    [warsaw, noon, ago("less", 30, "day"), "2026-10-24T11:00:00.000Z", false],
    [warsaw, noon, ago("less", 30, "day"), "2026-10-24T11:00:00.001Z", true],
    [warsaw, noon, ago("less", 30, "day"), "2026-11-23T12:00:00.001Z", false],
    [warsaw, noon, ago("exactly", 30, "day"), "2026-10-23T22:00:00.000Z", true],
    [warsaw, noon, ago("exactly", 30, "day"), "2026-10-24T21:59:59.999Z", true],
    [warsaw, noon, ago("exactly", 30, "day"), "2026-10-24T22:00:00.000Z", false],
    [warsaw, "2026-11-23T12:40:00Z", ago("exactly", 1, "hour"), "2026-11-23T11:00:00.000Z", true],
    [warsaw, "2026-11-23T12:40:00Z", ago("exactly", 1, "hour"), "2026-11-23T12:00:00.000Z", false],
    [warsaw, noon, next(1, "day"), noon, true],
    [warsaw, noon, next(1, "day"), "2026-11-24T12:00:00.000Z", true],
    [warsaw, noon, next(1, "day"), "2026-11-24T12:00:00.001Z", false],
    // A day of 23 hours.
    [warsaw, "2026-03-29T10:00:00Z", last(1, "day"), "2026-03-28T11:00:00.000Z", true],
    [warsaw, "2026-03-29T10:00:00Z", last(1, "day"), "2026-03-28T10:30:00.000Z", false],
    [warsaw, "2026-03-29T10:00:00Z", last(24, "hour"), "2026-03-28T10:30:00.000Z", true],
    // Days and instants.
    [
      warsaw,
      noon,
      dated("is", { kind: "day", year: 2026, month: 2, day: 1 }),
      "2026-01-31T23:00:00.000Z",
      true,
    ],
    [
      warsaw,
      noon,
      dated("before", { kind: "day", year: 2026, month: 2, day: 1 }),
      "2026-01-31T22:59:59.999Z",
      true,
    ],
    [
      warsaw,
      noon,
      dated("after", { kind: "day", year: 2026, month: 2, day: 1 }),
      "2026-02-01T22:59:59.999Z",
      false,
    ],
    [
      warsaw,
      noon,
      dated("after", { kind: "day", year: 2026, month: 2, day: 1 }),
      "2026-02-01T23:00:00.000Z",
      true,
    ],
    [warsaw, noon, dated("is", { kind: "now" }), noon, true],
    [warsaw, noon, dated("is", { kind: "now" }), "2026-11-23T12:00:00.001Z", false],
    [warsaw, noon, dated("after", { kind: "now" }), "2026-11-23T12:00:00.001Z", true],
    [warsaw, noon, dated("after", { kind: "start", of: "month" }), "2026-10-31T23:00:00.000Z", false],
    // Dates without a time compare by day, strictly if the comparison is strict.
    [warsaw, noon, ago("more", 30, "day"), "2026-10-24", false],
    [warsaw, noon, ago("more", 30, "day"), "2026-10-23", true],
    [warsaw, noon, ago("less", 30, "day"), "2026-10-24", false],
    [warsaw, noon, ago("less", 30, "day"), "2026-10-25", true],
    [warsaw, noon, ago("less", 30, "day"), "2026-11-23", true],
    [warsaw, noon, ago("less", 30, "day"), "2026-11-24", false],
    [warsaw, noon, ago("exactly", 1, "hour"), "2026-11-23", true],
    [warsaw, noon, last(30, "day"), "2026-10-24", true],
    [warsaw, noon, next(1, "hour"), "2026-11-23", true],
    [warsaw, noon, dated("is", monthAgo), "2026-10-23", true],
    [warsaw, noon, dated("between", monthAgo, { kind: "now" }), "2026-10-23", true],
    [warsaw, noon, dated("between", monthAgo, { kind: "now" }), "2026-11-24", false],
    // Already 1 March in Kolkata.
    ["Asia/Kolkata", "2026-02-28T18:30:00Z", dated("is", { kind: "now" }), "2026-03-01", true],
    // Anniversaries of 29 February.
    [warsaw, "2026-02-28T11:00:00Z", anniversaryIn(0), "2000-02-29", true],
    [warsaw, "2028-02-28T11:00:00Z", anniversaryIn(0), "2000-02-29", false],
    [warsaw, "2028-02-28T11:00:00Z", anniversaryIn(1), "2000-02-29", true],
    [warsaw, "2026-03-01T11:00:00Z", anniversaryIn(-1), "2000-02-29", true],
    [warsaw, "2026-02-21T11:00:00Z", anniversary("next", 7, "day"), "2000-02-29", true],
    [warsaw, "2028-02-21T11:00:00Z", anniversary("next", 7, "day"), "2000-02-29", false],
    [warsaw, noon, anniversaryOn(28, 2), "2000-02-29", true],
    [warsaw, noon, anniversaryOn(29, 2), "2000-02-29", true],
    [warsaw, noon, anniversaryOn(29, 2), "2000-02-28", false],
    [warsaw, "2028-01-10T12:00:00Z", anniversaryOn(28, 2), "2000-02-29", false],
    [warsaw, "2028-01-10T12:00:00Z", anniversaryOn(29, 2), "2000-02-29", true],
    // Across the new year, each day in its own.
    [warsaw, "2026-12-28T12:00:00Z", anniversary("next", 7, "day"), "1985-01-04", true],
    [warsaw, "2026-12-28T12:00:00Z", anniversary("next", 7, "day"), "1985-01-05", false],
    [warsaw, "2027-01-02T12:00:00Z", anniversary("last", 7, "day"), "1985-12-26", true],
    [warsaw, "2026-12-31T12:00:00Z", anniversaryIn(1), "1985-01-01", true],
    [warsaw, noon, { kind: "month", month: 11 }, "1985-11-30", true],
    [warsaw, noon, { kind: "month", month: 12 }, "1985-11-30", false],
  ])("%s as of %s %j: %s %s", (zone, asOf, comparison, value, expected) => {
    expect(belongs(zone, asOf, value, comparison)).toBe(expected);
  });
});
