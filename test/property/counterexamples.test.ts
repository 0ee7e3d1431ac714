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

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("every query has its members in every evaluator", async () => {
    const now = Date.parse(asOf);
    const evaluators = evaluatorsAtPresent(await writeWorld({ store, clock: fixedClock(now) }, world));
    for (const [query, expected] of cases) {
      for (const { name, members } of evaluators) {
        const given = await members(query, now);
        if (given !== undefined) expect(given.toSorted(), `${query} by ${name}`).toEqual(expected);
      }
    }
  });
});
