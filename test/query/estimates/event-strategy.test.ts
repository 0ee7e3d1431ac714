// Which way conditions on events are asked, by what the sample says that each would read.
import { describe, expect, it } from "vitest";
import type { EventStrategy } from "../../../src/pipeline/compile.js";
import { simplifyPlan } from "../../../src/plan/simplify.js";
import { chooseStrategy, estimateEvents } from "../../../src/query/estimates/event-strategy.js";
import type { StatisticsWithRecords } from "../../../src/query/estimates/statistics.js";
import { slicesOf } from "../../../src/store/slices.js";
import { asOf, check } from "../../check/world.js";

const day = 24 * 60 * 60 * 1000;

/** A sample of 100 of 100,000 customers: one of them is in Paris, and each did so many logins, one a day back from today. */
function statistics(logins: number): StatisticsWithRecords {
  const sample = Array.from({ length: 100 }, (_, index) => ({
    _id: `shop/${index}`,
    source_id: String(index),
    facts: { city: index === 0 ? "paris" : "london", consents: [], metadata: {} },
    records: {
      events: Array.from({ length: logins }, (_, back) => ({
        type: "login",
        at: new Date(asOf - back * day),
        facts: {},
      })),
      orders: [],
    },
  }));
  return { customers: 100_000, sample } as unknown as StatisticsWithRecords;
}

function simplePlanOf(text: string) {
  const { plan } = check(text, { eventSchemas: { login: {} } });
  if (plan === undefined) throw new Error(`${text} is wrong`);
  return simplifyPlan(plan);
}

describe("the event strategy", () => {
  it.each<readonly [text: string, logins: number, strategy: EventStrategy]>([
    // A thousand customers joined with their events, rather than all logins read.
    ["city is Paris and performed login", 50, "join"],
    ["city is Paris and has not performed login", 50, "join"],
    // Few logins are within the window.
    ["performed login in the last 1 hour", 1, "events_first"],
    ["performed login", 50, "events_first"],
    ["performed login then performed login", 50, "events_first"],
    ["city is Paris and (performed login then performed login)", 50, "join"],
    // Everybody may be meant.
    ["not (performed login then performed login)", 50, "both_sides"],
    ["has not performed login", 50, "both_sides"],
    ["city is Paris or performed login", 50, "both_sides"],
  ])("of %s with %s logins each is %s", async (text, logins, strategy) => {
    expect(await chooseStrategy(simplePlanOf(text), statistics(logins), slicesOf())).toBe(strategy);
  });

  it("is none without events", async () => {
    expect(await chooseStrategy(simplePlanOf("city is Paris"), statistics(1), slicesOf())).toBeUndefined();
  });

  it("is based on rows of the whole project", async () => {
    const plan = simplePlanOf("city is Paris and performed login in the last 36 hours");
    expect(await estimateEvents(plan, statistics(5), slicesOf())).toEqual({
      customers: 1_000,
      joined: 5_000,
      records: 200_000,
      groups: 100_000,
      readsCustomers: true,
    });
  });
});
