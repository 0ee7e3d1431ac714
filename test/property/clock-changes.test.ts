// The hours that a clock change skips or repeats, in zones that change by an hour, by half of one, at midnight, and by a quarter of
// one: written times, days, lengths of time and sequences, by everything that evaluates a query.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { draws } from "../draws.js";
import type { World } from "../oracle/folder.js";
import * as pools from "../oracle/pools.js";
import { timedArbitrary } from "../oracle/second-version.js";
import { worldArbitrary } from "../oracle/world.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { expectAgreement } from "./agreement.js";
import { evaluatorsAtPresent, writeWorld } from "./evaluators.js";

const queriesPerWorld = 12;

/** A world at its own instant near a change of the clock, and queries for it. */
const drawnArbitrary = worldArbitrary({ moments: pools.momentsAroundChanges }).chain((world) =>
  fc.record({
    world: fc.constant(world),
    asOf: fc.constant(Date.parse(world.project.asOf)),
    queries: fc.array(timedArbitrary(world), { minLength: queriesPerWorld, maxLength: queriesPerWorld }),
  }),
);

/** Customers who are called by an instant, were created and seen then, and logged in a day later by the clock. */
function worldOf(timezone: string, asOf: string, logins: Readonly<Record<string, string>>): World {
  return {
    project: {
      timezone,
      currency: "USD",
      asOf,
      metadataSchema: { seen: "datetime" },
      orderMetadataSchema: {},
      eventSchemas: { login: {} },
      consents: [],
      campaigns: { gift_cards: [], loyalty: [], referrals: [], discounts: [] },
    },
    customers: Object.keys(logins).map((at) => ({
      source_id: at,
      created_at: `${at}.000Z`,
      metadata: { seen: `${at}.000Z` },
    })),
    events: Object.entries(logins).map(([customer, at]) => ({
      id: customer,
      customer,
      type: "login",
      at,
      properties: {},
    })),
    orders: [],
    redemptions: [],
    gift_cards: [],
    loyalty: [],
    referrals: [],
  } as unknown as World;
}

type Case = readonly [query: string, members: readonly string[]];

const worlds: readonly (readonly [World, readonly Case[]])[] = [
  [
    // 02:00 to 03:00 on 8 March is skipped, 01:00 to 02:00 on 1 November is repeated.
    worldOf("America/New_York", "2026-12-01T12:00:00.000Z", {
      "2026-03-07T07:30:00": "2026-03-08T07:30:00.000Z",
      "2026-03-08T07:30:00": "2026-03-09T07:30:00.001Z",
      "2026-10-31T05:30:00": "2026-11-01T05:30:00.001Z",
      "2026-11-01T05:30:00": "2026-11-02T06:30:00.000Z",
      "2026-11-01T06:30:00": "2026-11-02T06:30:00.001Z",
    }),
    [
      ["seen is 2026-03-08T02:30", ["2026-03-08T07:30:00"]],
      ["seen is 2026-03-08T03:30", ["2026-03-08T07:30:00"]],
      ["seen is 2026-11-01T01:30", ["2026-11-01T05:30:00"]],
      ["seen is after 2026-11-01T01:30", ["2026-11-01T06:30:00"]],
      ["seen on 2026-11-01", ["2026-11-01T05:30:00", "2026-11-01T06:30:00"]],
      ["performed login on 2026-03-08T02:30", ["2026-03-07T07:30:00"]],
      ["performed login within 1 day after created", ["2026-03-07T07:30:00", "2026-11-01T05:30:00"]],
      ["performed login within 24 hours after created", ["2026-03-07T07:30:00"]],
    ],
  ],
  [
    // 02:00 to 02:30 on 4 October is skipped, 01:30 to 02:00 on 5 April is repeated.
    worldOf("Australia/Lord_Howe", "2026-12-01T12:00:00.000Z", {
      "2026-04-04T14:45:00": "2026-04-05T15:15:00.000Z",
      "2026-04-04T15:15:00": "2026-04-05T15:15:00.001Z",
      "2026-10-02T15:45:00": "2026-10-03T15:45:00.000Z",
      "2026-10-03T15:45:00": "2026-10-04T15:45:00.001Z",
    }),
    [
      ["seen is 2026-10-04T02:15", ["2026-10-03T15:45:00"]],
      ["seen is 2026-04-05T01:45", ["2026-04-04T14:45:00"]],
      ["seen is 2026-04-05T01:45:00+10:30", ["2026-04-04T15:15:00"]],
      ["performed login within 1 day after created", ["2026-04-04T14:45:00", "2026-10-02T15:45:00"]],
    ],
  ],
  [
    // 4 November begins at 01:00, 17 February has 25 hours.
    worldOf("America/Sao_Paulo", "2018-12-01T12:00:00.000Z", {
      "2018-02-18T01:30:00": "2018-02-19T02:30:00.000Z",
      "2018-02-18T02:30:00": "2018-02-19T02:30:00.001Z",
      "2018-11-04T02:59:59": "2018-11-05T02:00:00.000Z",
      "2018-11-04T03:30:00": "2018-11-05T03:30:00.000Z",
    }),
    [
      ["seen on 2018-11-04", ["2018-11-04T03:30:00"]],
      ["seen is 2018-11-04T00:30", ["2018-11-04T03:30:00"]],
      ["seen on 2018-02-17", ["2018-02-18T01:30:00", "2018-02-18T02:30:00"]],
      ["seen is 2018-02-17T23:30", ["2018-02-18T01:30:00"]],
      ["performed login within 1 day after created", ["2018-02-18T01:30:00", "2018-11-04T03:30:00"]],
    ],
  ],
  [
    // 1 January 1986 begins at 00:15.
    worldOf("Asia/Kathmandu", "1986-06-01T12:00:00.000Z", {
      "1985-12-31T18:29:59": "1986-01-01T18:14:59.000Z",
      "1985-12-31T18:35:00": "1986-01-01T18:35:00.001Z",
    }),
    [
      ["seen is 1986-01-01T00:05", ["1985-12-31T18:35:00"]],
      ["seen on 1986-01-01", ["1985-12-31T18:35:00"]],
      ["performed login within 1 day after created", ["1985-12-31T18:29:59"]],
    ],
  ],
];

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it.each(worlds)(
    "skipped and repeated times have their members in $project.timezone",
    async (world, cases) => {
      const now = Date.parse(world.project.asOf);
      const evaluators = evaluatorsAtPresent(await writeWorld({ store, clock: fixedClock(now) }, world));
      const wrong: string[] = [];
      for (const [query, expected] of cases) {
        for (const { name, members } of evaluators) {
          const found = (await members(query, now))?.toSorted() ?? expected;
          if (found.join(" ") !== expected.join(" ")) wrong.push(`${query} by ${name}: ${found.join(" ")}`);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  it("drawn worlds at those hours are answered as the oracle answers", { timeout: 1_200_000 }, async () => {
    const numRuns = draws(tested.name === "mongodb" ? 1 / 3 : 1 / 2);
    const answers = await expectAgreement({
      drawn: drawnArbitrary,
      numRuns,
      evaluatorsOf: async (world, asOf) =>
        evaluatorsAtPresent(await writeWorld({ store, clock: fixedClock(asOf) }, world)),
    });
    expect(answers.get("the preview")).toBe(numRuns * queriesPerWorld);
  });
});
