// Forms of the language's second version, each with its members in a small world, by all that evaluates a query.
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { World } from "../oracle/folder.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { evaluatorsAtPresent, writeWorld } from "./evaluators.js";

/** A Monday, at noon in UTC. */
const asOf = "2026-11-23T12:00:00.000Z";

let events = 0;

function event(
  customer: string,
  type: string,
  at: string,
  properties: Readonly<Record<string, unknown>> = {},
) {
  events += 1;
  return { id: String(events), customer, type, at: `${at}.000Z`, properties };
}

function order(id: string, customer: string, at: string, status: string, items: readonly object[]) {
  return { source_id: id, customer, created_at: `${at}.000Z`, status, amount: 1000, items };
}

const world = {
  project: {
    timezone: "UTC",
    currency: "USD",
    asOf,
    metadataSchema: { Nickname: "string", tags: "string[]", motto: "string" },
    orderMetadataSchema: {},
    eventSchemas: { view: { who: "string", whose: "string[]" }, buy: { who: "string" } },
    consents: [],
    campaigns: { gift_cards: [], loyalty: [], referrals: [], discounts: [] },
  },
  customers: [
    {
      source_id: "Anna",
      name: "\u2003Anna ",
      address: { city: "anna", country: "Poland" },
      source: "web_widget",
      metadata: { nickname: "Anna", tags: ["anna", "ANNA"], motto: "poland first" },
    },
    {
      source_id: "bob",
      name: "Bob the web_widget",
      address: { city: "bob", country: "bob" },
      source: "web_widget",
      metadata: { Nickname: "BOB", nickname: "bob", tags: [" bob"], motto: "Bob says BOB" },
    },
    {
      source_id: "Cy",
      name: "",
      address: { city: "Cyprus", country: "CÔTE D'IVOIRE" },
      source: "api",
      metadata: { tags: [], motto: "Co\u0302te d'Ivoire for all" },
    },
    { source_id: "dot", name: "dot", address: { country: "PL" }, metadata: { motto: "a pl" } },
  ],
  orders: [
    order("o1", "Anna", "2026-11-20T10:00:00", "Anna", [{ name: "poland mug", quantity: 1 }]),
    order("o2", "bob", "2026-11-22T10:00:00", "BOB", [{ name: "Web_Widget", quantity: 1 }]),
  ],
  events: [
    event("Anna", "view", "2026-11-22T10:00:00", { who: " Anna ", whose: ["anna"] }),
    event("Anna", "buy", "2026-11-22T11:00:00", { who: "ANNA" }),
    event("bob", "view", "2026-10-10T10:00:00", { who: "Bob", whose: ["x", "bob"] }),
    event("Cy", "view", "2026-11-23T09:00:00", { who: "cy" }),
    event("Cy", "buy", "2026-11-23T10:00:00", { who: "Cy" }),
  ],
  redemptions: [],
  gift_cards: [],
  loyalty: [],
  referrals: [],
} as unknown as World;

const cases: readonly (readonly [query: string, members: string])[] = [
  // The case matters where either is source_id; white space at the ends does not.
  ["name is customer's source_id", "Anna dot"],
  ["source_id is customer's name", "Anna dot"],
  ["name is not customer's source_id", "Cy bob"],
  ["city is customer's source_id", "bob"],
  ["city is any of (Cyprus, customer's source_id)", "Cy bob"],
  ["city is none of (Cyprus, customer's source_id)", "Anna dot"],
  ["city starts with customer's source_id", "Cy bob"],
  ["name contains customer's source_id", "Anna dot"],
  ["motto ends with customer's source_id", ""],
  ["source_id starts with customer's city", "bob"],
  ["source_id is customer's source_id", "Anna Cy bob dot"],
  ["source_id is customer's country", "bob"],
  ["country is customer's source_id", "bob"],
  ["country is not customer's source_id", "Anna Cy dot"],
  ["source is customer's source_id", ""],
  // A key may be spelt in another case than the schema's; one spelt as the schema's wins.
  ["nickname is customer's source_id", "Anna"],
  ["source_id is customer's nickname", "Anna"],
  ["tags contains customer's source_id", "bob"],
  ["tags contains any of (ANNA, customer's source_id)", "Anna bob"],
  ["tags does not contain customer's source_id", "Anna Cy dot"],
  // Parts are parts of what was stored: of a country, its name as it was given.
  ["motto contains customer's country", "Anna Cy bob dot"],
  ["motto starts with customer's country", "Anna Cy bob"],
  ["motto ends with customer's country", "bob dot"],
  ["motto does not start with customer's country", "dot"],
  ["name ends with customer's source", "bob"],
  ["name contains customer's source", "bob"],
  ["motto is customer's country", ""],
  ["country is customer's country", "Anna Cy bob dot"],
  ["source is customer's source", "Anna Cy bob"],
  ["order contains customer's country", "Anna"],
  ["order contains customer's source", "bob"],
  ["placed order where item (product contains customer's country)", "Anna"],
  // Texts of records.
  ["performed view where who is customer's source_id", "Anna"],
  ["performed view where who is not customer's source_id", "Cy bob"],
  ["performed view where who starts with customer's source_id", "Anna"],
  ["performed view where whose contains customer's source_id", "bob"],
  ["performed view where who is customer's source_id and who is customer's name", "Anna"],
  ["placed order where status is customer's source_id", "Anna"],
  ["performed view then performed buy where who is customer's source_id", "Cy"],
  ["performed view where who is customer's source_id then performed buy", "Anna"],
  ["performed view then not performed buy where who is customer's source_id within 1 hour", "Anna bob"],
  ["name is customer's source_id and performed view", "Anna"],
  // Spans of the calendar, with any word before them or none.
  ["performed view in yesterday", "Anna"],
  ['performed "view" in yesterday', "Anna"],
  ["performed view in today", "Cy"],
  ["performed view at least once in today", "Cy"],
  ["performed view November 2026", "Anna Cy"],
  ["performed view Oct", "bob"],
  ["performed view Q4", "Anna Cy bob"],
  ["performed view 2026 where who is cy", "Cy"],
  ["performed view tomorrow", ""],
  ["performed view this week", "Cy"],
  ["performed view in last week", "Anna"],
  ["has not performed view in yesterday", "Cy bob dot"],
  ["count of view 2026 is 1", "Anna Cy bob"],
  ["number of orders in yesterday is 1", "bob"],
  ["number of orders November is 1", "Anna bob"],
  ["total spent 2026 is more than 5", "Anna bob"],
  ["average order amount Q4 2026 is 10", "Anna bob"],
  // A step has the words that a condition has.
  ["first has performed view then did perform buy", "Anna Cy"],
  ["last did perform view then has performed buy within 1 hour", "Anna Cy"],
  ["performed view Oct then not performed buy within 1 day", "bob"],
];

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("every form has its members in every evaluator", async () => {
    const now = Date.parse(asOf);
    const evaluators = evaluatorsAtPresent(await writeWorld({ store, clock: fixedClock(now) }, world));
    const wrong: string[] = [];
    for (const [query, expected] of cases) {
      for (const { name, members } of evaluators) {
        const given = await members(query, now);
        if (given === undefined) continue;
        const found = given.toSorted().join(" ");
        if (found !== expected) wrong.push(`${query} by ${name}: ${found}, not ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
