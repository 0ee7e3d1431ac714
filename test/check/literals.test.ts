// What values come to: exact amounts, spans of time in the project's zone.
import { describe, expect, it } from "vitest";
import type { PlanNode } from "../../src/plan/plan.js";
import { check } from "./world.js";

/** The test of a query of one condition, with instants as ISO texts. */
function testOf(text: string, at?: number): unknown {
  const { plan, diagnostics } = check(text, {}, at);
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
  expect(errors).toEqual([]);
  const where: PlanNode | undefined = plan?.where;
  const predicate = where?.kind === "not" ? where.operand : where;
  if (predicate?.kind !== "predicate") throw new Error(`${text} is no single condition`);
  return JSON.parse(
    JSON.stringify(predicate.test, (_, value) =>
      typeof value === "object" && value !== null && "instant" in value
        ? new Date(value.instant).toISOString()
        : value,
    ),
  );
}

const from = (value: unknown, inclusive = true) => ({ kind: "range", from: { value, inclusive } });
const to = (value: unknown, inclusive = true) => ({ kind: "range", to: { value, inclusive } });
const within = (low: unknown, high: unknown) => ({
  kind: "range",
  from: { value: low, inclusive: true },
  to: { value: high, inclusive: true },
});
const one = (...values: unknown[]) => ({ kind: "oneOf", values });

const numbers: readonly (readonly [string, unknown])[] = [
  ["age is 1_000", one(1000)],
  ["age is 1,000", one(1000)],
  ["age is 1,000.50", one(1000.5)],
  ["age is -3.5", one(-3.5)],
  ["age is +3", one(3)],
  ["age is -0", one(0)],
  ["age is 01.02", one(1.02)],
  ["age in (1, 2,3)", one(1, 2, 3)],
  ["age is not none of (1, 2)", one(1, 2)],
  ["total spent is $1,000.50", one(100050)],
  ["total spent is 1000.5 USD", one(100050)],
  ["total spent is usd 1000", one(100000)],
  ["total spent > $5.005", from(500, false)],
  ["total spent >= $5.005", from(501)],
  ["total spent < $5.005", to(501, false)],
  ["total spent <= $5.005", to(500)],
  ["total spent is $5.005", one()],
  ["total spent in (5, 5.005)", one(500)],
  ["total spent > -$5.005", from(-501, false)],
  ["total spent < -5.005", to(-500, false)],
  ["total spent > $5.000", from(500, false)],
  ["average order amount is at most 33.333", to(3333.3)],
  ["age < 9007199254740991.0001", to(9007199254740992, false)],
  ["age > 9007199254740991.0001", from(9007199254740991, false)],
  ["age is 0.10000000000000000", one(0.1)],
  ["age is 0.10000000000000000555", one()],
  ["age <= 0.10000000000000000555", to(0.1)],
  ["age is 1_000_000_000_000_000_000_000_000", one(1e24)],
  ["tags has at least 2", { kind: "hasAtLeast", size: 2 }],
];

const texts: readonly (readonly [string, unknown])[] = [
  ["city is  New   York ", one("new york")],
  ["city is <none>", one("<none>")],
  ["city is a = b", one("a = b")],
  ["city contains >", { kind: "contains", text: ">" }],
  ['city is "  ŁÓDŹ "', one("łódź")],
  ['city is "İZMİR"', one("izmir")],
  ['city is "ΟΔΟΣ"', one("οδοσ")],
  ['city is "e\u0301"', one("\u00e9")],
  ["source_id is ABC", one("ABC")],
  ["country is Poland", one("PL")],
  ["country in (POL, de, 'united states')", one("PL", "DE", "US")],
  ["country is Narnia", one("narnia")],
  ["source is Web Widget", one("web_widget")],
  ["source is any of (WebWidget, API)", one("web_widget", "api")],
  ["consents contains sms", { kind: "hasAny", values: [{ from: "sms", to: "sms" }] }],
  ["vip is yes", one(true)],
  ["order contains Mug", { kind: "bought", texts: ["mug"], every: false }],
  ["order contains all of (Mug, Tee)", { kind: "bought", texts: ["mug", "tee"], every: true }],
];

// As of Monday 2026-11-23T12:00Z, 13:00 in Warsaw (UTC+1; UTC+2 until 2026-10-25).
const instants: readonly (readonly [string, unknown])[] = [
  ["created is 2026-02-01", within("2026-01-31T23:00:00.000Z", "2026-02-01T22:59:59.999Z")],
  ["created is 2026-02-01T10:00", within("2026-02-01T09:00:00.000Z", "2026-02-01T09:00:59.999Z")],
  ["created is 2026-02-01T10:00:05", within("2026-02-01T09:00:05.000Z", "2026-02-01T09:00:05.999Z")],
  ["created is 2026-02-01T10:00:00.250Z", one("2026-02-01T10:00:00.250Z")],
  ["created is 2026-02-01T10:00Z", within("2026-02-01T10:00:00.000Z", "2026-02-01T10:00:59.999Z")],
  ["created is 2026-02-01T10:00:00+05:30", within("2026-02-01T04:30:00.000Z", "2026-02-01T04:30:00.999Z")],
  // The clock skips 02:00–03:00 on 29 March and repeats it on 25 October.
  ["created is 2026-03-29T02:30", within("2026-03-29T01:30:00.000Z", "2026-03-29T01:30:59.999Z")],
  ["created is 2026-10-25T02:30", within("2026-10-25T00:30:00.000Z", "2026-10-25T00:30:59.999Z")],
  ["created is 2026-03-29", within("2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.999Z")],
  ["created starts at 01.02", from("2026-01-31T23:00:00.000Z")],
  ["created on 24.11", within("2025-11-23T23:00:00.000Z", "2025-11-24T22:59:59.999Z")],
  ["created on 23.11", within("2026-11-22T23:00:00.000Z", "2026-11-23T22:59:59.999Z")],
  ["created on 29.02", within("2024-02-28T23:00:00.000Z", "2024-02-29T22:59:59.999Z")],
  ["created before 1.2.2026", to("2026-01-31T23:00:00.000Z", false)],
  ["created after 01.02.2026", from("2026-02-01T22:59:59.999Z", false)],
  ["created on or before today", to("2026-11-23T22:59:59.999Z")],
  ["created on or after yesterday", from("2026-11-21T23:00:00.000Z")],
  ["created before tomorrow", to("2026-11-23T23:00:00.000Z", false)],
  ["created <= now", to("2026-11-23T12:00:00.000Z")],
  ["created > 30 days ago", from("2026-10-24T11:00:00.000Z", false)],
  ["created more than 30 days ago", to("2026-10-24T11:00:00.000Z", false)],
  [
    "created less than 30 days ago",
    {
      kind: "range",
      from: { value: "2026-10-24T11:00:00.000Z", inclusive: false },
      to: { value: "2026-11-23T12:00:00.000Z", inclusive: true },
    },
  ],
  ["created exactly 30 days ago", within("2026-10-23T22:00:00.000Z", "2026-10-24T21:59:59.999Z")],
  ["created exactly 2 weeks ago", within("2026-11-08T23:00:00.000Z", "2026-11-09T22:59:59.999Z")],
  ["created exactly 90 minutes ago", within("2026-11-23T10:30:00.000Z", "2026-11-23T10:30:59.999Z")],
  ["created exactly 1 hour ago", within("2026-11-23T11:00:00.000Z", "2026-11-23T11:59:59.999Z")],
  ["created before a week ago", to("2026-11-16T12:00:00.000Z", false)],
  ["created before in 2 weeks", to("2026-12-07T12:00:00.000Z", false)],
  ["created before quarter ago", to("2026-08-23T11:00:00.000Z", false)],
  ["created in the last week", within("2026-11-16T12:00:00.000Z", "2026-11-23T12:00:00.000Z")],
  ["created in the next 36 hours", within("2026-11-23T12:00:00.000Z", "2026-11-25T00:00:00.000Z")],
  ["created after start of week", from("2026-11-22T23:00:00.000Z", false)],
  ["created after start of month", from("2026-10-31T23:00:00.000Z", false)],
  ["created after start of quarter", from("2026-09-30T22:00:00.000Z", false)],
  ["created after start of year", from("2025-12-31T23:00:00.000Z", false)],
  [
    "created between 01.01.2026 and 31.01.2026",
    within("2025-12-31T23:00:00.000Z", "2026-01-31T22:59:59.999Z"),
  ],
  [
    "visits contains any of (30 days ago)",
    { kind: "hasAny", values: [{ from: "2026-10-24T11:00:00.000Z", to: "2026-10-24T11:00:00.000Z" }] },
  ],
  [
    "visits contains 2026-02-01",
    { kind: "hasAny", values: [{ from: "2026-01-31T23:00:00.000Z", to: "2026-02-01T22:59:59.999Z" }] },
  ],
];

const days: readonly (readonly [string, unknown])[] = [
  ["birthday is 01.02.1990", one("1990-02-01")],
  ["birthday before 30 days ago", to("2026-10-24", false)],
  ["birthday more than 30 days ago", to("2026-10-24", false)],
  [
    "birthday less than 30 days ago",
    {
      kind: "range",
      from: { value: "2026-10-24", inclusive: false },
      to: { value: "2026-11-23", inclusive: true },
    },
  ],
  ["birthday exactly 30 days ago", one("2026-10-24")],
  // 23:30Z is already the next day in Warsaw.
  ["birthday after 2026-02-01T23:30Z", from("2026-02-02", false)],
  ["birthday in the last 1 day", within("2026-11-22", "2026-11-23")],
  ["birthday anniversary is today", { kind: "yearly", days: ["11-23"] }],
  ["birthday anniversary is 28.02", { kind: "yearly", days: ["02-28", "02-29"] }],
  ["birthday anniversary is 29.02", { kind: "yearly", days: ["02-29"] }],
  ["birthday month is unknown", { kind: "known" }],
  ["birthday anniversary is in the next 2 days", { kind: "yearly", days: ["11-23", "11-24", "11-25"] }],
];

describe("literals", () => {
  it.each(numbers)("%s", (text, expected) => expect(testOf(text)).toEqual(expected));
  it.each(texts)("%s", (text, expected) => expect(testOf(text)).toEqual(expected));
  it.each(instants)("%s", (text, expected) => expect(testOf(text)).toEqual(expected));
  it.each(days)("%s", (text, expected) => expect(testOf(text)).toEqual(expected));

  it("a month back from 31 March is the last day of February", () => {
    const at = Date.parse("2026-03-31T10:00:00Z");
    expect(testOf("created before 1 month ago", at)).toEqual(to("2026-02-28T11:00:00.000Z", false));
  });

  it("a day may have 23 hours", () => {
    const at = Date.parse("2026-03-30T10:00:00Z");
    expect(testOf("created in the last 2 days", at)).toEqual(
      within("2026-03-28T11:00:00.000Z", "2026-03-30T10:00:00.000Z"),
    );
    expect(testOf("created in the last 48 hours", at)).toEqual(
      within("2026-03-28T10:00:00.000Z", "2026-03-30T10:00:00.000Z"),
    );
  });

  it("an anniversary on a day and month alone is taken in as-of's year", () => {
    const leap = Date.parse("2028-01-15T12:00:00Z");
    expect(testOf("birthday anniversary is 29.02", leap)).toEqual({ kind: "yearly", days: ["02-29"] });
    expect(testOf("birthday anniversary is 28.02", leap)).toEqual({ kind: "yearly", days: ["02-28"] });
    expect(check("birthday anniversary is 31.02").diagnostics.map(({ code }) => code)).toEqual([
      "NO_SUCH_DATE",
    ]);
  });

  it("a year of anniversaries is every day", () => {
    const all = testOf("birthday anniversary is in the last 3 years") as { days: string[] };
    expect(all.days).toHaveLength(366);
    const may = testOf("birthday month is May") as { days: string[] };
    expect([may.days[0], may.days.at(-1), may.days.length]).toEqual(["05-01", "05-31", 31]);
    expect((testOf("birthday month is any of (February, May)") as { days: string[] }).days).toHaveLength(60);
  });
});
