// Warnings of values that no customer has: none for those that some customer has, however many customers there are.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { previewSegment } from "../../src/query/preview.js";
import { checkText } from "../../src/query/tree.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn, patient } from "../store/watched.js";

describe.each(everyStore)("values that no customer has, on $name", (tested) => {
  const store = storeOfSuite(tested);
  let engine: Engine;

  beforeAll(async () => {
    engine = { store: patient(store), clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };
    const definition = {
      metadataSchema: { plan: "string", tags: "string[]", age: "number" },
      consents: ["newsletter", "sms"],
    } as const;
    for (const project of ["few", "many", "none"]) await defineProject(engine, project, definition);
    await upsertCustomers(engine, "few", [
      {
        source_id: "a",
        address: { city: "Warsaw", country: "Poland" },
        source: "shopify",
        consents: ["sms"],
      },
      {
        source_id: "b",
        address: { city: "Warsaw", country: "Narnia" },
        metadata: { plan: "Gold", tags: ["B2B"] },
      },
      { source_id: "c", address: { city: "Warsat" }, metadata: { age: 3 } },
    ]);
    const people = Array.from({ length: 1_100 }, (_, index) => ({
      source_id: `person-${index}`,
      name: `Person ${index}`,
      address: { city: "Warsaw" },
    }));
    await upsertCustomers(engine, "many", people);
  });

  const warnings = async (project: string, text: string) => {
    const { diagnostics, canonical } = await checkText(engine, project, text, { values: true });
    return diagnostics.map(({ code, span, fix }) =>
      [
        code,
        text.slice(span.start, span.end),
        fix?.replacement,
        canonical === undefined ? "" : "valid",
      ].filter((part) => part !== undefined),
    );
  };

  type Case = readonly [text: string, warnings: readonly (readonly string[])[]];

  const cases: readonly Case[] = [
    ["city is WARSAW", []],
    ["city is Warsax", [["NO_SUCH_VALUE", "Warsax", "warsaw", "valid"]]],
    ["city is not Warsax", [["NO_SUCH_VALUE", "Warsax", "warsaw", "valid"]]],
    [
      'city is any of (Warsaw, "Timbuktu", Warsatt)',
      [
        ["NO_SUCH_VALUE", '"Timbuktu"', "valid"],
        ["NO_SUCH_VALUE", "Warsatt", "warsat", "valid"],
      ],
    ],
    ["country is PL or country is Narnia", [["UNKNOWN_COUNTRY", "Narnia", "valid"]]],
    [
      "country is Peru or country is Polskaland",
      [
        ["NO_SUCH_VALUE", "Peru", "valid"],
        ["UNKNOWN_COUNTRY", "Polskaland", "valid"],
      ],
    ],
    ["source is shopify or source is api", [["NO_SUCH_VALUE", "api", "valid"]]],
    ["consents contains any of (sms, newsletter)", [["NO_SUCH_VALUE", "newsletter", "valid"]]],
    ["plan is gold and tags contains b2b", []],
    [
      "plan is god or tags contains b2c",
      [
        ["NO_SUCH_VALUE", "god", "gold", "valid"],
        ["NO_SUCH_VALUE", "b2c", "b2b", "valid"],
      ],
    ],
    ["source_id is A", [["NO_SUCH_VALUE", "A", "a", "valid"]]],
    ["age is 4 and city contains Warsax and city starts with Wa and order contains x", []],
    [
      "city is Warsax and emial is x",
      [
        ["NO_SUCH_VALUE", "Warsax", "warsaw", ""],
        ["UNKNOWN_ATTRIBUTE", "emial", "email", ""],
      ],
    ],
    ["placed order where status is Warsax", []],
  ];
  it.each(cases)("%s", async (text, expected) => {
    expect(await warnings("few", text)).toEqual(expected);
  });

  it("a value that is not in the sample of many customers is looked up", async () => {
    const all = await documentsIn(store, "customers", "many");
    const customers = all.toSorted((one, other) => other.sample - one.sample);
    expect(await warnings("many", `source_id is ${customers[0]?.source_id} and city is Warsaw`)).toEqual([]);
    expect(
      await warnings("many", `name is ${customers[0]?.source_id.replace("person-", "Person ")}`),
    ).toEqual([]);
    expect(await warnings("many", "name is Person 11000x")).toMatchObject([
      ["NO_SUCH_VALUE", "Person 11000x", expect.stringMatching(/^person 1/), "valid"],
    ]);
  });

  it("a value that a customer has just been given is not missing", async () => {
    expect(await warnings("few", "city is Lodz")).toMatchObject([["NO_SUCH_VALUE", "Lodz", "valid"]]);
    await upsertCustomers(engine, "few", [{ source_id: "d", address: { city: "Lodz" } }]);
    expect(await warnings("few", "city is Lodz")).toEqual([]);
  });

  it("nothing is reported if there are no customers, nor unless requested, nor in a preview's own diagnostics", async () => {
    expect(await warnings("none", "city is Warsax")).toEqual([]);
    expect((await checkText(engine, "few", "city is Warsax", { values: false })).diagnostics).toEqual([]);
    const preview = await previewSegment(engine, "few", { query: "city is Warsax" });
    expect(preview.diagnostics).toEqual([]);
    expect((await preview.withValues()).map(({ code }) => code)).toEqual(["NO_SUCH_VALUE"]);
  });
});
