// Disagreements that random worlds once found, minimised: each query's members, by all that evaluates one.
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { World } from "../oracle/folder.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { evaluatorsAtPresent, writeWorld } from "./evaluators.js";

const asOf = "2026-11-23T12:00:00.000Z";

/** a has three logins worth 0.1 each, b has one that is not worth anything known, c has none. */
const world: World = {
  project: {
    timezone: "Europe/Warsaw",
    currency: "USD",
    asOf,
    metadataSchema: {},
    orderMetadataSchema: {},
    eventSchemas: { login: { value: "number", mobile: "boolean", seen: "datetime" } },
    consents: [],
    campaigns: { gift_cards: [], loyalty: [], referrals: [], discounts: [] },
  },
  customers: [{ source_id: "a" }, { source_id: "b" }, { source_id: "c" }],
  orders: [],
  redemptions: [],
  gift_cards: [],
  loyalty: [],
  referrals: [],
  events: [
    ...["1", "2", "3"].map((id) => ({
      id,
      customer: "a",
      type: "login",
      at: "2026-11-01T10:00:00.000Z",
      properties: { value: 0.1, mobile: true },
    })),
    {
      id: "4",
      customer: "b",
      type: "login",
      at: "2026-11-01T10:00:00.000Z",
      properties: { value: null, seen: "2027-02-01T00:00:00.000Z" },
    },
  ],
};

const cases: readonly (readonly [query: string, members: readonly string[]])[] = [
  // 0.3 shared among three is less than 0.1 in binary fractions.
  ["average of value of login is 0.1", ["a"]],
  ["average of value of login is less than 0.1", []],
  ["sum of value of login is 0.3", ["a"]],
  // Their canonical forms did not parse, or meant something else.
  ["average of value of login is known", ["a"]],
  ["average of value of login is unknown", ["b", "c"]],
  ["count of login where (mobile) is 3", ["a"]],
  // The words of a span of the calendar were read as a window.
  ["performed login where seen <= the next year", ["b"]],
  ["performed login where seen is after the next year", []],
];

const at = (id: string, customer: string, type: string, time: string) => ({
  id,
  customer,
  type,
  at: time,
  properties: {},
});

/** A login of each, and a checkout near the instant that is a day or a month later by the clock of New York. */
const clockChanges: World = {
  ...world,
  project: {
    ...world.project,
    timezone: "America/New_York",
    asOf: "2027-01-01T04:30:00.000Z",
    eventSchemas: { login: {}, checkout: {} },
  },
  customers: ["month", "after month", "fall", "after fall", "twice", "after twice", "gap", "after gap"].map(
    (source_id) => ({ source_id }),
  ),
  events: [
    // 30 November, 23:30 by the wall: a month later is 30 December.
    at("1", "month", "login", "2026-12-01T04:30:00.000Z"),
    at("2", "month", "checkout", "2026-12-31T04:30:00.000Z"),
    at("3", "after month", "login", "2026-12-01T04:30:00.000Z"),
    at("4", "after month", "checkout", "2026-12-31T05:00:00.000Z"),
    // 00:30, a day before the night in which the clock goes back.
    at("5", "fall", "login", "2026-10-31T04:30:00.000Z"),
    at("6", "fall", "checkout", "2026-11-01T04:30:00.000Z"),
    at("7", "after fall", "login", "2026-10-31T04:30:00.000Z"),
    at("8", "after fall", "checkout", "2026-11-01T05:00:00.000Z"),
    // 01:30 comes twice in that night: the first counts.
    at("9", "twice", "login", "2026-10-31T05:30:00.000Z"),
    at("10", "twice", "checkout", "2026-11-01T05:30:00.000Z"),
    at("11", "after twice", "login", "2026-10-31T05:30:00.000Z"),
    at("12", "after twice", "checkout", "2026-11-01T06:00:00.000Z"),
    // 02:30 is skipped on 8 March and is taken as 03:30.
    at("13", "gap", "login", "2026-03-07T07:30:00.000Z"),
    at("14", "gap", "checkout", "2026-03-08T07:30:00.000Z"),
    at("15", "after gap", "login", "2026-03-07T07:30:00.000Z"),
    at("16", "after gap", "checkout", "2026-03-08T07:31:00.000Z"),
  ],
};

const clockChangeCases: readonly (readonly [query: string, members: readonly string[]])[] = [
  [
    "performed login then performed checkout within 1 month",
    ["after fall", "after gap", "after twice", "fall", "gap", "month", "twice"],
  ],
  ["performed login then performed checkout within 1 day", ["fall", "gap", "twice"]],
];

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it.each([
    ["the smallest worlds", world, cases],
    ["clocks that change", clockChanges, clockChangeCases],
  ] as const)("in %s every query has its members in every evaluator", async (_, drawn, expectations) => {
    const now = Date.parse(drawn.project.asOf);
    const evaluators = evaluatorsAtPresent(await writeWorld({ store, clock: fixedClock(now) }, drawn));
    for (const [query, expected] of expectations) {
      for (const { name, members } of evaluators) {
        const given = await members(query, now);
        if (given !== undefined) expect(given.toSorted(), `${query} by ${name}`).toEqual(expected);
      }
    }
  });
});
