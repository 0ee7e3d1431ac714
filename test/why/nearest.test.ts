// The nearest change, for queries written by hand: what it says, and that applied it lets the customer in.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Engine } from "../../src/engine.js";
import { findCustomer } from "../../src/query/customer.js";
import { customerAt, readHistory } from "../../src/query/customer-records.js";
import { askQuestion } from "../../src/query/question.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import type { ProfileChange } from "../../src/why/change.js";
import { changedCustomer } from "../../src/why/changed-customer.js";
import { nearestChange } from "../../src/why/nearest/nearest.js";
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
  // Comparisons with another attribute: either side takes what the other one asks for.
  ["age is more than customer's number of orders", "bare", ["set age to 1"]],
  ["age is less than customer's number of orders", "anna", ["set age to 1"]],
  ["name is customer's email", "anna", ['set name to "anna@example.com"']],
  ["name is customer's source_id", "bare", ['set name to "bare"']],
  ["name starts with customer's city", "bare", ['set name to "other"', 'set city to "other"']],
  ["total spent is more than customer's age", "bare", ["set age to -1"]],
  ["renewal is customer's seen", "anna", ['set renewal to "2026-11-23"']],
  ["renewal within 7 days of seen", "anna", ['set renewal to "2026-11-30"']],
  ["renewal within 7 days after created", "anna", ['set renewal to "2025-03-08"']],
  ["last order within 2 days after seen", "anna", ["one more order of $75.25 dated 2026-11-23"]],
  [
    "created within 7 days of birthdate",
    "anna",
    "No change of creation date or birthdate was found that makes them compare as asked for.",
  ],
  ["tags contains customer's city", "anna", ['set tags to "b2b", "beta" and "berlin"']],
  [
    'performed "page viewed" where url is customer\'s email',
    "anna",
    ['one more page viewed event with url "anna@example.com" dated 2026-11-23'],
  ],
  ["performed login within 30 days after seen", "anna", ["one more login event dated 2026-11-23"]],
  [
    "placed order where item (product contains mug and quantity is at least 5)",
    "bare",
    ["one more order of $10.00 with 5 of mug dated 2026-11-23"],
  ],
  [
    "placed order where item (price is more than $20 and amount is at least $100)",
    "bare",
    ["one more order of $100.00 with another product at $100.00 each dated 2026-11-23"],
  ],
  // One thing, then another: the steps that are missing happen, and time passes.
  [
    'performed login then performed "page viewed" within 1 hour',
    "anna",
    [
      "one more login event dated 2026-11-23",
      "wait until 2026-11-23 13:01",
      "one more page viewed event dated 2026-11-23",
    ],
  ],
  ["performed login then placed order", "anna", ["one more order of $10.00 dated 2026-11-23"]],
  [
    "performed login then placed order",
    "bare",
    [
      "one more login event dated 2026-11-23",
      "wait until 2026-11-23 13:01",
      "one more order of $10.00 dated 2026-11-23",
    ],
  ],
  ["last performed login then not placed order within 60 days", "anna", ["wait until 2026-12-30 09:00"]],
  [
    "performed login then not placed order within 1 hour",
    "bare",
    ["one more login event dated 2026-11-23", "wait until 2026-11-23 14:00"],
  ],
  [
    "placed order then placed order with the same product within 1 day",
    "anna",
    [
      "one more order of $10.00 with another product 1 dated 2026-11-23",
      "wait until 2026-11-23 13:01",
      "one more order of $10.00 with another product 1 dated 2026-11-23",
    ],
  ],
  [
    "placed order where product contains mug then not placed order with the same product within 1 hour",
    "bare",
    ["one more order of $10.00 with Mug dated 2026-11-23", "wait until 2026-11-23 14:00"],
  ],
  [
    'performed "page viewed" where url is /pricing then performed "page viewed" with the same url within 1 hour',
    "bare",
    [
      'one more page viewed event with url "/pricing" dated 2026-11-23',
      "wait until 2026-11-23 13:01",
      'one more page viewed event with url "/pricing" dated 2026-11-23',
    ],
  ],
  [
    'placed order then performed "page viewed" with url the same as product',
    "bare",
    [
      "one more order of $10.00 with another product 1 dated 2026-11-23",
      "wait until 2026-11-23 13:01",
      'one more page viewed event with url "another product 1" dated 2026-11-23',
    ],
  ],
  ['not (performed "page viewed" then placed order)', "anna", ["cancel the order o-2"]],
  [
    "not (performed login then not placed order within 1 hour)",
    "anna",
    "Neither waiting nor anything that may still happen makes the steps follow each other as asked for, and what happened can't be undone.",
  ],
  ["not (placed order then placed order)", "anna", ["cancel the order o-2"]],
  [
    'first performed login then performed "page viewed" within 1 day',
    "anna",
    "Neither waiting nor anything that may still happen makes the steps follow each other as asked for, and what happened can't be undone.",
  ],
  [
    'performed login in the last 7 days then not performed "page viewed" then placed order',
    "anna",
    [
      "one more login event dated 2026-11-23",
      "wait until 2026-11-23 13:01",
      "one more order of $10.00 dated 2026-11-23",
    ],
  ],
];

it.each(cases)("%s of %s", async (query, sourceId, change) => {
  expect(await nearest(query, sourceId)).toEqual(change);
});

it("the steps of a sequence are tried at the cost of the search, each in a turn of its own", async () => {
  const step = 'performed "page viewed" where url is any of (/a, /b) or mobile is true';
  const steps = Array.from({ length: 5 }, (_, index) => `${step.replace("/a", `/${index}`)} within 1 day`);
  const query = `performed login then ${steps.join(" then ")}`;
  const { question, diagnostics } = await askQuestion(engine, project, query, now);
  const bare = await findCustomer(engine, project, { sourceId: "bare" });
  const anna = await findCustomer(engine, project, { sourceId: "anna" });
  if (question === undefined || bare === undefined || anna === undefined)
    throw new Error(JSON.stringify(diagnostics));
  const history = await readHistory(engine, bare, question.eventTypes);
  const { records } = await readHistory(engine, anna, question.eventTypes);
  const many = Array.from({ length: 250_000 }, () => records.events[0]!);
  let trials = 0;
  let inTurn = 0;
  let mostInTurn = 0;
  const context = {
    catalog: question.catalog,
    asOf: now,
    partAt: question.partAt,
    product: () => undefined,
    spelled: (text: string) => text,
    after: (changes: readonly ProfileChange[], asOf: number) => {
      trials += 1;
      inTurn += 1;
      mostInTurn = Math.max(mostInTurn, inTurn);
      const customer = customerAt(changedCustomer(history, changes, question.definition), asOf);
      return { ...customer, records: { ...customer.records, events: [...many, ...customer.records.events] } };
    },
  };
  const nextTurn = async () => {
    inTurn = 0;
  };
  await nearestChange(context, { isOver: () => true, next: nextTurn, wait: (shared) => shared });
  // A trial with so many records costs 501 of 2,500.
  expect({ trials, mostInTurn }).toEqual({ trials: 5, mostInTurn: 1 });
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
