// What each kind of condition says that it saw, and what it asked for. Expected sentences are written out.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { createStatic } from "../../src/segments/static.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import type { Clause } from "../../src/why/clauses.js";
import { why } from "../../src/why/why.js";
import { spokenDistance } from "../../src/why/wording.js";
import { folderOfSuite } from "../support/folders.js";
import { openShop, project } from "./world.js";

let engine: Engine;
const folder = folderOfSuite();

beforeAll(async () => {
  engine = await openShop(await openEmbeddedStore(folder));
});

afterAll(async () => {
  await engine.store.close();
});

async function clauseOf(query: string, sourceId: string, asOf?: string): Promise<Clause> {
  const at = asOf === undefined ? undefined : Date.parse(asOf);
  const { answer, diagnostics } = await why(engine, project, { query, customer: { sourceId }, asOf: at });
  if (answer === undefined) throw new Error(JSON.stringify(diagnostics));
  return answer.clause;
}

const ofAnna: readonly (readonly [query: string, holds: boolean, sentence: string])[] = [
  [
    "last order more than 60 days ago",
    false,
    "last order was 2026-10-02, which is 52 days ago; asked for more than 60",
  ],
  [
    "last order more than 52 days ago",
    true,
    "last order was 2026-10-02, which is 52 days and 2 hours ago; asked for more than 52 days ago",
  ],
  [
    "first order in the last year",
    true,
    "first order was 2026-05-05, which is 202 days ago; asked for in the last year",
  ],
  [
    'performed "page viewed" at least 3 times in the last 7 days',
    false,
    "page viewed happened 2 times in the last 7 days; asked for at least 3",
  ],
  [
    'performed "page viewed" where url contains pricing',
    true,
    "page viewed happened 2 times where url contains pricing; asked for at least 1",
  ],
  ["never performed login", false, "login happened 1 time; asked for none"],
  ["has not performed login in the last week", true, "login did not happen in the last week; asked for none"],
  [
    "placed order where amount > 100 and channel is web",
    true,
    "1 order was placed where amount is more than 100 and metadata.channel is web; asked for at least 1",
  ],
  [
    'performed "page viewed" then placed order',
    true,
    "page viewed on 2026-09-01 10:00, then an order on 2026-10-02 11:00; asked for performed page viewed then performed order",
  ],
  [
    "performed login then placed order within 3 days",
    false,
    "login on 2026-10-31 09:00; no order within 3 days of it; asked for performed login then performed order within 3 days",
  ],
  [
    "placed order then performed login within 3 days",
    false,
    "an order on 2026-10-02 11:00; no login within 3 days of it; the nearest was 28 days later; asked for performed order then performed login within 3 days",
  ],
  [
    "performed login then not placed order within 400 days",
    false,
    "login on 2026-10-31 09:00; 400 days have not passed since; asked for performed login then not performed order within 400 days",
  ],
  ["everyone", true, "every customer is meant"],
  ["placed order less than twice today", true, "no order was placed today; asked for less than 2"],
  [
    "last performed login more than 45 days ago",
    false,
    "last login was 2026-10-31, which is 23 days ago; asked for more than 45",
  ],
  [
    "first performed order before 2026-06-01",
    true,
    "first order was 2026-05-05, which is 202 days ago; asked for before 2026-06-01",
  ],
  [
    'sum of seconds of "page viewed" in the last 90 days where url contains home > 10',
    true,
    "sum of seconds of page viewed in the last 90 days where url contains home is 30.5; asked for more than 10",
  ],
  [
    "max of amount of order is at most $100",
    false,
    "max of amount of order is $120.50; asked for at most $100",
  ],
  ["email is unknown", false, "email is Anna@Example.com; asked for it to be unknown"],
  ["email ends with .uk", false, "email is Anna@Example.com; asked for one that ends with .uk"],
  [
    "email does not contain EXAMPLE",
    false,
    "email is Anna@Example.com; asked for one that does not contain EXAMPLE",
  ],
  ["city is not Berlin", false, "city is Berlin; asked for anything but Berlin"],
  ["city is any of (Paris, Rome, Oslo)", false, "city is Berlin; asked for Paris, Rome or Oslo"],
  ["country is Poland", true, "country is Poland; asked for Poland"],
  ["source is mailchimp", false, "source is web_widget; asked for mailchimp"],
  ["total spent is at least $500", false, "total spent is $150.50; asked for at least $500"],
  ["number of orders is between 3 and 5", false, "number of orders is 2; asked for between 3 and 5"],
  ["average order amount is more than 10", true, "average order amount is $75.25; asked for more than 10"],
  ["order contains mug", true, "bought Mug and MacBookAir 13; asked for mug"],
  ["order has at least 3", false, "2 different products were bought; asked for at least 3"],
  ["consents contains sms", false, "consents granted are newsletter; asked for sms"],
  [
    "consents does not contain newsletter",
    false,
    "consents granted are newsletter; asked for them to be without newsletter",
  ],
  ["tags contains any of (b2b, x)", true, "tags has B2B and Beta; asked for any of b2b or x"],
  ["tags is empty", false, "tags has B2B and Beta; asked for none"],
  ["vip", false, "vip is false; asked for true"],
  ["age is more than 40", false, "age is 34; asked for more than 40"],
  [
    "birthday anniversary is in the next 7 days",
    true,
    "birthdate is 1990-11-25, so the day of the year is 25 November; asked for in the next 7 days",
  ],
  [
    "seen less than 1 hour ago",
    false,
    "seen was 2026-11-23 11:30, which is 1 hour and 30 minutes ago; asked for less than 1 hour ago",
  ],
  [
    'loyalty points in campaign "Club" is at least 500',
    false,
    'number of loyalty points in campaign "Club" is 120; asked for at least 500',
  ],
  ["in sample 10%", false, "the customer stands at 26.98% of the sample; asked for the first 10%"],
  ["in sample 100%", true, "the customer is in the sample"],
];

const ofBare: typeof ofAnna = [
  ["last order more than 60 days ago", false, "there is no order yet; asked for more than 60 days ago"],
  ["city is not Berlin", true, "city is unknown; asked for anything but Berlin"],
  ["total spent less than $500", true, "total spent is $0.00; asked for less than $500"],
  ["order contains mug", false, "no product was bought; asked for mug"],
  ["consents is unknown", true, "no consent is granted; asked for none"],
  ["tags has at least 1", false, "tags has 0 different values; asked for at least 1"],
  [
    "last performed login more than 45 days ago",
    false,
    "login never happened; asked for more than 45 days ago",
  ],
  [
    'average of seconds of "page viewed" is more than 10',
    false,
    "average of seconds of page viewed is unknown; asked for more than 10",
  ],
];

it.each(ofAnna)("%s", async (query, holds, sentence) => {
  expect(await clauseOf(query, "anna")).toMatchObject({ holds, sentence, clauses: [] });
});

it.each(ofBare)("of a customer of whom nothing is known: %s", async (query, holds, sentence) => {
  expect(await clauseOf(query, "bare")).toMatchObject({ holds, sentence, clauses: [] });
});

it("at another instant it reports what there was then", async () => {
  const clause = await clauseOf("last order more than 60 days ago", "anna", "2026-08-01T12:00:00Z");
  expect(clause).toMatchObject({
    holds: true,
    actual: "last order was 2026-05-05, which is 88 days ago",
    expected: "more than 60 days ago",
  });
});

it.each([
  ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "hour", "1 hour ago"],
  ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "day", "1 hour ago"],
  ["2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z", "month", "45 minutes ago"],
  ["2026-10-24T00:30:00Z", "2026-10-25T01:30:00Z", "day", "1 day ago"],
  ["2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "day", "1 day ago"],
  ["2026-01-31T12:00:00Z", "2026-03-05T12:00:00Z", "month", "1 month and 5 days ago"],
  ["2026-01-31T12:00:00Z", "2026-01-31T12:00:10Z", "day", "just now"],
  ["2026-02-03T12:00:00Z", "2026-01-31T12:00:10Z", "day", "in 2 days"],
] as const)("from %s to %s in units of a %s is %s", (instant, asOf, unit, words) => {
  const locale = { zone: "Europe/Warsaw", currency: "USD", asOf: Date.parse(asOf) };
  expect(spokenDistance(Date.parse(instant), locale, unit)).toBe(words);
});

describe("the tree", () => {
  it("follows the query's, with spans in its text", async () => {
    const query =
      "city is Berlin and not (vip or age > 30)\nand any of (tags is empty, performed login once)";
    const root = await clauseOf(query, "anna");
    const drawn = (clause: Clause): unknown => [
      `${clause.holds ? "✓" : "✗"} ${clause.kind} ${query.slice(clause.span.start, clause.span.end)}`,
      ...clause.clauses.map(drawn),
    ];
    expect(drawn(root)).toEqual([
      `✗ and ${query}`,
      ["✓ condition city is Berlin"],
      [
        "✗ not not (vip or age > 30)",
        ["✓ or vip or age > 30", ["✗ condition vip"], ["✓ condition age > 30"]],
      ],
      [
        "✓ any_of any of (tags is empty, performed login once)",
        ["✗ condition tags is empty"],
        ["✓ condition performed login once"],
      ],
    ]);
    expect(root.sentence).toBe("2 of these 3 are so; asked for all");
    expect(root.clauses[1]).toMatchObject({
      text: "not (metadata.vip or metadata.age is more than 30)",
      sentence: "this is so; asked that it is not",
    });
  });

  it("of a segment goes into the segment's own query, one deep", async () => {
    await createAutoUpdate(engine, project, { name: "Adults", query: "age >= 18 and vip is true" });
    await createAutoUpdate(engine, project, {
      name: "Nested",
      query: 'in segment "Adults" or city is Berlin',
    });
    const root = await clauseOf('in segment "Nested" and not in segment "Adults"', "anna");
    expect(root).toMatchObject({
      holds: true,
      clauses: [
        {
          holds: true,
          segment: "Nested",
          sentence: 'the customer is in segment "Nested"',
          clauses: [
            {
              kind: "or",
              clauses: [
                { segment: "Adults", holds: false, clauses: [] },
                { text: "city is Berlin", holds: true },
              ],
            },
          ],
        },
        {
          kind: "not",
          clauses: [
            {
              segment: "Adults",
              sentence: 'the customer is not in segment "Adults"',
              clauses: [
                {
                  kind: "and",
                  clauses: [
                    { holds: true, sentence: "age is 34; asked for at least 18" },
                    { holds: false, sentence: "vip is false; asked for true" },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("of a static segment knows its members", async () => {
    await createStatic(engine, project, { name: "Chosen", sourceIds: ["bare"] });
    expect(await clauseOf('in segment "Chosen"', "bare")).toMatchObject({
      holds: true,
      sentence: 'the customer is in segment "Chosen"',
      clauses: [],
    });
    const { answer } = await why(engine, project, {
      query: 'in segment "Chosen"',
      customer: { sourceId: "anna" },
    });
    expect(await answer?.nearest?.()).toEqual({
      reason: "A static segment keeps the members that it was made of.",
      sentences: [],
    });
  });
});
