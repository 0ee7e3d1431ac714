// The deepest and the widest queries that the language allows, on every store: databases limit how deep a condition is nested, and
// how many are joined.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineAttribute } from "../../src/definitions/attributes.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { readSegments } from "../../src/query/catalog.js";
import { previewSegment } from "../../src/query/preview.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { updateSegment } from "../../src/segments/change.js";
import { segmentImpact } from "../../src/segments/impact.js";
import { everyStore } from "./every-store.js";
import { storeOfSuite } from "./store-of-suite.js";

const asOf = Date.parse("2026-11-23T12:00:00Z");

/** Gives conditions for each of some levels: one that nothing passes, and one that all pass. */
type Around = (level: number) => readonly [passedByNone: string, passedByAll: string];

/** `(none or all and (none or all and (… leaf …)))`: all that passes is what passes the leaf. */
function nested(levels: number, leaf: string, around: Around): string {
  if (levels === 0) return leaf;
  const [none, all] = around(levels);
  return `(${none} or ${all} and ${nested(levels - 1, leaf, around)})`;
}

const ofCustomers: Around = (level) => [
  `email contains none${level}`,
  `email does not contain never${level}`,
];
const ofLogins: Around = (level) => [`url contains none${level}`, `value is less than 1${level}00`];
const ofOrders: Around = (level) => [`status contains none${level}`, `amount is less than 1${level}00`];
const ofLines: Around = (level) => [`product contains none${level}`, `price is less than 1${level}00`];
const lines = (leaf: string): string =>
  `placed order where ${nested(7, `item ${nested(8, leaf, ofLines)}`, ofOrders)}`;
const many = (count: number, write: (index: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, index) => write(index)).join(separator);
const minute = (index: number): string =>
  `2026-01-01T${String(Math.floor(index / 60)).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}`;

const manyLogins = "(email contains never or name is a and (email contains none or logins4 is 2))";
const deeperLogins =
  "count of login where url is abc or url is known and (value is 1 or value is known and (value is 2 or url is x))";

/** Two customers: `a` has what all of these are about, `b` nothing. */
const queries: readonly (readonly [name: string, query: string, members: readonly string[]])[] = [
  ["brackets", nested(16, "city is Paris", ofCustomers), ["a"]],
  ["not", `${"not (".repeat(16)}city is Paris${")".repeat(16)}`, ["a"]],
  [
    "groups",
    `${"none of (email contains none, any of (email contains never, ".repeat(8)}city is Paris${"))".repeat(8)}`,
    ["a"],
  ],
  [
    "groups of all and none",
    `${"none of (email contains none, all of (email contains x, ".repeat(8)}city is Paris${"))".repeat(8)}`,
    ["a"],
  ],
  ["a where", `performed login where ${nested(15, "url contains c", ofLogins)}`, ["a"]],
  ["a count", `performed login at most 0 times where ${nested(15, "url contains c", ofLogins)}`, ["b"]],
  [
    "a where within brackets",
    nested(7, `performed login where ${nested(8, "url contains c", ofLogins)}`, ofCustomers),
    ["a"],
  ],
  ["lines", lines("quantity is 1"), ["a"]],
  ["lines compared with a figure", lines("price is less than customer's spent"), ["a"]],
  ["lines compared with an imported name", lines("product contains customer's country"), []],
  [
    "a sequence of lines",
    `${lines("quantity is 1")} then placed order with the same product within 3 months then not placed order within 2 weeks`,
    [],
  ],
  [
    "a sequence",
    nested(
      8,
      `performed login where ${nested(7, "url contains c", ofLogins)} then placed order within 3 months`,
      ofCustomers,
    ),
    ["a"],
  ],
  [
    "a sequence with the same property",
    nested(15, "performed login then performed login with the same url within 3 months", ofCustomers),
    ["a"],
  ],
  ["a text as it was given", nested(16, "source_id is customer's name", ofCustomers), ["a"]],
  [
    "an imported name",
    `performed login where ${nested(15, "url does not contain customer's country", ofLogins)}`,
    ["a"],
  ],
  [
    "different quarters",
    nested(15, `performed login on at least 2 different quarters where url contains c`, ofCustomers),
    ["a"],
  ],
  [
    "a window after an attribute",
    `performed login within 3 years after created where ${nested(15, "url contains c", ofLogins)}`,
    ["a"],
  ],
  ["a list of texts", `tags contains all of (${many(1_000, (index) => `t${index}`, ", ")})`, ["a"]],
  ["a list of minutes", `days contains any of (${many(700, minute, ", ")})`, ["a"]],
  ["a list of all minutes", `days contains all of (${many(700, minute, ", ")})`, []],
  ["conditions", many(50, (index) => `(city contains r and email contains ${index})`, " or "), ["a"]],
  ["segments", 'in segment "Third"', ["a"]],
  ["computed attributes", manyLogins, ["a"]],
];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let engine: Engine;
  beforeAll(async () => {
    engine = { store, clock: fixedClock(asOf) };
    await writeShop(engine);
  });

  it("what is nested deeper by segments or computed attributes is refused", async () => {
    for (const query of [
      "city is Rome or email is known and in segment Third",
      "city is Rome or email is known and (name is a or phone is unknown and (city is Oslo or logins4 is 2))",
    ]) {
      const { answer, diagnostics } = await previewSegment(engine, "shop", { query });
      expect(diagnostics.map(({ code }) => code)).toEqual(["EXPANDED_TOO_DEEP"]);
      expect(answer).toBeUndefined();
    }
  });

  it("an edit that nests what names the segment or the attribute too deep is refused, with its name", async () => {
    const [first] = (await readSegments(engine, "shop")).filter(({ name }) => name === "First");
    const id = first!.segment_id;
    const deeper = nested(12, "performed login where url does not contain customer's country", ofCustomers);
    const ofThird = /the segment "Third", which depends on this segment, .*`Second`/;
    await expect(segmentImpact(engine, "shop", id, deeper)).rejects.toThrow(ofThird);
    await expect(updateSegment(engine, "shop", id, { query: deeper })).rejects.toThrow(ofThird);
    await expect(defineAttribute(engine, "shop", "logins0", deeperLogins)).rejects.toThrow(
      /break the queries of "Many logins" .*`logins4`/,
    );
    const { answer } = await previewSegment(engine, "shop", {
      query: 'in segment "Third" or in segment "Many logins"',
    });
    expect(await answer?.sourceIds()).toEqual(["a"]);
  });

  it.each(queries)("%s, nested as deep as can be, are paged and compared", async (_name, query, members) => {
    const { answer } = await previewSegment(engine, "shop", { query });
    const page = await answer!.customers({ first: 9 });
    expect(page.customers.map(({ source_id }) => source_id)).toEqual(members);
    const sorted = await answer!.customers({
      first: 9,
      computedSort: { name: "logins4", descending: false },
    });
    expect(sorted.customers.map(({ source_id }) => source_id).sort()).toEqual(members);
    const question = await answer!.question();
    const regions = await store.customers.regions([question, question]);
    expect(regions).toEqual(members.length === 0 ? [] : [{ bits: 3, count: members.length }]);
  });

  it.each(queries)("%s, nested as deep as can be, find whom they describe", async (_name, query, members) => {
    for (const request of [{ query }, { query, asOf: asOf - 1 }]) {
      const { answer, diagnostics } = await previewSegment(engine, "shop", request);
      expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
      expect(await answer?.sourceIds()).toEqual(members);
      expect(await answer?.count()).toBe(members.length);
    }
  });
});

async function writeShop(engine: Engine): Promise<void> {
  await defineProject(engine, "shop", {
    timezone: "Europe/Warsaw",
    currency: "USD",
    metadataSchema: { tags: "string[]", days: "datetime[]" },
    orderMetadataSchema: {},
    eventSchemas: { login: { url: "string", value: "number" } },
    consents: [],
    campaigns: {},
    computed: {
      spent: "sum of amount of order",
      logins0: "count of login where url is abc",
      ...Object.fromEntries(
        [1, 2, 3, 4].map((each) => [
          `logins${each}`,
          `count of login where value is more than customer's logins${each - 1}`,
        ]),
      ),
    },
  });
  const tags = Array.from({ length: 1_000 }, (_, index) => `t${index}`);
  await upsertCustomers(engine, "shop", [
    {
      source_id: "a",
      name: "a",
      email: "1@x",
      address: { city: "Paris", country: "Poland" },
      created_at: "2026-01-01T00:00:00Z",
      metadata: { tags, days: ["2026-01-01T00:01:30Z"] },
    },
    { source_id: "b", name: "x", email: "2@x", created_at: "2026-01-01T00:00:00Z" },
  ]);
  const login = { customer: "a", type: "login", properties: { url: "abc", value: 3 } };
  await upsertRecords(engine, "shop", "events", [
    { ...login, at: "2026-11-01T00:00:00Z" },
    { ...login, at: "2026-09-01T00:00:00Z" },
  ]);
  const items = [{ product_id: "p", quantity: 1, price: 10 }];
  await upsertRecords(engine, "shop", "orders", [
    { source_id: "o", customer: "a", created_at: "2026-11-02T00:00:00Z", amount: 20, status: "PAID", items },
  ]);
  // Their depth is the greatest that is accepted.
  const imported = "performed login where url does not contain customer's country";
  await createAutoUpdate(engine, "shop", { name: "First", query: nested(11, imported, ofCustomers) });
  await createAutoUpdate(engine, "shop", { name: "Second", query: nested(11, "in segment First", ofOthers) });
  await createAutoUpdate(engine, "shop", { name: "Many logins", query: manyLogins });
  await createAutoUpdate(engine, "shop", { name: "Third", query: nested(12, "in segment Second", ofMore) });
}

const ofOthers: Around = (level) => [`name contains none${level}`, `phone does not contain ${level}`];
const ofMore: Around = (level) => [`state contains none${level}`, `postal code does not contain ${level}`];
