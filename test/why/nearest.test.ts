// The nearest change, for queries written by hand: what it says, and that applied it lets the customer in.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Engine } from "../../src/engine.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { why } from "../../src/why/why.js";
import { folderOfSuite } from "../support/folders.js";
import { now, openShop, project } from "./world.js";

let engine: Engine;
const folder = folderOfSuite();

beforeAll(async () => {
  engine = await openShop(await openEmbeddedStore(folder));
});

afterAll(async () => {
  await engine.store.close();
});

async function nearest(query: string, sourceId: string): Promise<readonly string[] | string> {
  const { answer, diagnostics } = await why(engine, project, { query, customer: { sourceId } });
  if (answer?.nearest === undefined) throw new Error(`${query} holds, or ${JSON.stringify(diagnostics)}`);
  const found = await answer.nearest();
  return "reason" in found ? found.reason : found.sentences;
}

const cases: readonly (readonly [query: string, sourceId: string, change: readonly string[] | string])[] = [
  ["city is Paris", "anna", ['set city to "Paris"']],
  ["city is not Berlin", "anna", ['set city to "other"']],
  ["number of orders is at least 3", "anna", ["one more order of $75.25 dated 2026-11-23"]],
  [
    "placed order at least twice in the last 30 days where amount is at least $100",
    "anna",
    ["2 more orders of $100.00 each dated 2026-11-23"],
  ],
  [
    'performed "page viewed" at least 3 times in the last 7 days where url is /pricing',
    "anna",
    ['2 more page viewed events with url "/pricing" dated 2026-11-23'],
  ],
  ["last order more than 60 days ago", "anna", ["wait until 2026-12-01 11:00"]],
  ["consents contains sms", "anna", ["consent SMS granted"]],
  ["consents is empty", "anna", ["consent newsletter withdrawn"]],
  [
    "created before 2020-01-01",
    "anna",
    "The creation date is a date of the past, which can't be changed, and waiting doesn't help.",
  ],
  ["created more than 3 years ago", "anna", ["wait until 2028-03-01 11:00"]],
  ["source_id is x", "anna", "The source id can't be changed."],
  ["source_id is x or city is Paris", "anna", ['set city to "Paris"']],
  ["age is more than 40 and age is less than 42", "anna", ["set age to 41"]],
  ["age is more than 40 and age is less than 40", "anna", "The conditions on age contradict one another."],
  ["has not performed login in the last 60 days", "anna", ["wait until 2026-12-30 09:00"]],
  [
    "never performed login",
    "anna",
    "Neither another login event nor waiting makes the number of login what is asked for, and what happened can't be undone.",
  ],
  [
    "country is France and (vip or total spent is at least $1000 and phone exists)",
    "anna",
    ['set country to "France"', "set vip to true"],
  ],
  ["not (city is Berlin or age is 34)", "anna", ['set city to "other"', "set age to 33"]],
  ["order contains macbook", "bare", ["one more order of $10.00 with MacBookAir 13 dated 2026-11-23"]],
  ["total spent is unknown", "anna", "Nobody can be in: the query asks for what is never so."],
  ["order contains unheard-of", "bare", "The shop has sold no product that is called so."],
  [
    "last order more than 60 days ago",
    "bare",
    ["one more order of $10.00 dated 2026-11-23", "wait until 2027-01-22 13:00"],
  ],
  ["loyalty points in campaign Club is at least 500", "anna", ['380 more loyalty points in campaign "Club"']],
  ["birthday anniversary is in the last 7 days", "anna", ["wait until 2026-11-25 00:00"]],
  ["total spent is less than $100", "anna", ["cancel the order o-1"]],
  [
    "in sample 1%",
    "anna",
    "A sample is a fixed slice of the customers: nothing moves anybody into it or out of it.",
  ],
  ["tags is empty", "anna", ["make tags empty"]],
  ["email ends with .uk and email contains anna", "anna", ['set email to "anna@example.com.uk"']],
  ["average order amount is at least $100", "anna", ["one more order of $149.50 dated 2026-11-23"]],
  [
    'sum of seconds of "page viewed" where mobile is true is at least 100',
    "anna",
    ["one more page viewed event with mobile true and seconds 100 dated 2026-11-23"],
  ],
  ["renewal in the next 7 days", "anna", ["wait until 2026-12-17 00:00"]],
  ["gift card balance is at least 20", "bare", ['a gift card of $20.00 in campaign "Xmas"']],
  ["referred customers is at least 2", "bare", ['2 more referred customers in campaign "Summer"']],
  ["redemptions > 0", "bare", ["one more successful redemption"]],
  ["city is unknown", "anna", ["city becomes unknown"]],
];

it.each(cases)("%s of %s", async (query, sourceId, change) => {
  expect(await nearest(query, sourceId)).toEqual(change);
});

it("the change is data, with the records as they are imported", async () => {
  const query = 'performed "page viewed" where url is /checkout and mobile is true';
  const { answer } = await why(engine, project, { query, customer: { sourceId: "anna" } });
  expect(await answer?.nearest?.()).toEqual({
    asOf: now,
    changes: [
      {
        kind: "add_records",
        collection: "events",
        records: [
          {
            id: expect.any(String),
            customer: "anna",
            type: "page viewed",
            at: "2026-11-23T12:00:00.000Z",
            properties: { url: "/checkout", mobile: true },
          },
        ],
      },
    ],
    sentences: ['one more page viewed event with url "/checkout" and mobile true dated 2026-11-23'],
  });
});

it("a member needs no change", async () => {
  const { answer } = await why(engine, project, { query: "city is Berlin", customer: { sourceId: "anna" } });
  expect(answer).toMatchObject({ clause: { holds: true } });
  expect(answer).not.toHaveProperty("nearest");
});
