// Values of the data, on every store: the most frequent first, as people wrote them, however many there are.
import { beforeAll, describe, expect, it } from "vitest";
import { resolveName } from "../../../src/catalog/catalog.js";
import { fixedClock } from "../../../src/clock.js";
import { defineProject } from "../../../src/definitions/define.js";
import type { Profile } from "../../../src/documents/documents.js";
import type { Engine } from "../../../src/engine.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { StoreError } from "../../../src/store/port.js";
import { suggestQuery, valueSuggestions } from "../../../src/suggest/data/suggest-with-values.js";
import { suggestValues } from "../../../src/suggest/data/values.js";
import { SuggestionError } from "../../../src/suggest/suggestion.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { patient, watchedStore } from "../../store/watched.js";
import { asOf, catalog, project } from "../world.js";

const cities = [
  "Warsaw",
  "warsaw ",
  "WARSAW",
  "New York",
  "New York",
  "york",
  "and so on",
  "any",
  "   ",
  "Łódź",
];
const people: readonly Profile[] = cities.map((city, index) => ({
  source_id: `C-${index}`,
  name: index % 2 === 0 ? "Ann" : "Bob",
  email: `p${index}@x.uk`,
  address: { city, country: index < 6 ? "PL" : index < 9 ? "Poland " : "FR" },
  source: index < 7 ? "web_widget" : "api",
  metadata: {
    plan: index < 3 ? "Gold" : "free",
    tags: index === 0 ? ["B2B", "Early adopter"] : index < 5 ? ["b2b"] : [],
    age: index < 4 ? 30 : 7,
    vip: true,
  },
}));
const mug = { product_id: "p1", sku: "SKU-MUG", name: "Mug", quantity: 1, price: 500 };
const orders = [0, 1, 2].map((index) => ({
  source_id: `o-${index}`,
  customer: `C-${index}`,
  created_at: "2026-02-01T00:00:00Z",
  status: index < 2 ? "Paid" : "OPEN",
  amount: 500,
  items: index === 0 ? [mug, { sku: "SKU-TEE", name: "T-shirt, XL", quantity: 1, price: 9 }] : [mug],
}));
const events = ["/Pricing", "/pricing", "/about"].map((url, index) => ({
  id: `e-${index}`,
  customer: "C-1",
  type: "page viewed",
  at: `2026-02-0${index + 1}T00:00:00Z`,
  properties: { url },
}));

describe.each(everyStore)("values on $name", (tested) => {
  const store = storeOfSuite(tested);
  let engine: Engine;
  beforeAll(async () => {
    engine = { store: patient(store), clock: fixedClock(asOf) };
    const { timezone, currency, metadataSchema, orderMetadataSchema, eventSchemas, consents, campaigns } =
      project;
    await defineProject(engine, "shop", {
      timezone,
      currency,
      metadataSchema,
      orderMetadataSchema,
      eventSchemas,
      consents,
      campaigns,
    });
    await upsertCustomers(engine, "shop", people);
    await upsertRecords(engine, "shop", "orders", orders);
    await upsertRecords(engine, "shop", "events", events);
  });

  it.each<[attribute: string, search: string, values: readonly (readonly [string, number])[]]>([
    [
      "city",
      "",
      [
        ["Warsaw", 3],
        ["New York", 2],
        ["and so on", 1],
        ["any", 1],
        ["york", 1],
        ["Łódź", 1],
      ],
    ],
    ["town", "WAR", [["Warsaw", 3]]],
    [
      "city",
      "york",
      [
        ["york", 1],
        ["New York", 2],
      ],
    ],
    ["city", "łó", [["Łódź", 1]]],
    ["city", ".*", []],
    [
      "country",
      "",
      [
        ["Poland", 9],
        ["France", 1],
      ],
    ],
    ["country", "fr", [["France", 1]]],
    ["source", "web", [["web_widget", 7]]],
    [
      "metadata.plan",
      "",
      [
        ["free", 7],
        ["Gold", 3],
      ],
    ],
    [
      "age",
      "",
      [
        ["7", 6],
        ["30", 4],
      ],
    ],
    ["age", "3", [["30", 4]]],
    [
      "tags",
      "",
      [
        ["B2B", 5],
        ["Early adopter", 1],
      ],
    ],
    ["tags", "adopt", [["Early adopter", 1]]],
    [
      "order",
      "",
      [
        ["Mug", 3],
        ["T-shirt, XL", 1],
      ],
    ],
    ["order", "sku-m", [["Mug", 3]]],
    ["source_id", "C-1", [["C-1", 1]]],
    ["created_at", "", []],
    ["orders.count", "", []],
    ["vip", "", []],
  ])("of %s that begin with %j", async (attribute, search, values) => {
    const found = await valueSuggestions(engine, "shop", { attribute, search, first: 10 });
    expect(found.map(({ value, count }) => [value, count])).toEqual(values);
  });

  it("writes each as a query does", async () => {
    const inserts = async (attribute: string) =>
      (await valueSuggestions(engine, "shop", { attribute, search: "", first: 10 })).map(
        ({ insert }) => insert,
      );
    expect(await inserts("city")).toEqual(["Warsaw", "New York", '"and so on"', '"any"', "york", "Łódź"]);
    expect(await inserts("order")).toEqual(["Mug", '"T-shirt, XL"']);
  });

  it("of events' properties and orders", async () => {
    const of = async (event: string, attribute: string) =>
      (await valueSuggestions(engine, "shop", { event, attribute, search: "", first: 10 })).map(
        ({ value, count }) => [value, count],
      );
    expect(await of("page viewed", "url")).toEqual([
      ["/Pricing", 2],
      ["/about", 1],
    ]);
    expect(await of("order", "status")).toEqual([
      ["Paid", 2],
      ["OPEN", 1],
    ]);
    expect(await of("login", "value")).toEqual([]);
  });

  it.each<[query: string, labels: readonly string[]]>([
    ["city is ", ["Warsaw", "New York", "and so on", "any", "york", "Łódź", "is not"]],
    ["city is new y", ["New York"]],
    ['city is any of ("war', ["Warsaw"]],
    ["city is any of (Warsaw, ", ["New York", "and so on", "any", "york", "Łódź"]],
    ["country is ", ["Poland", "France", "is not"]],
    ["country is pl", ["Poland"]],
    ["source is ", ["web_widget", "api", "mailchimp"]],
    ["order contains ", ["Mug", "T-shirt, XL"]],
    ["performed page viewed where url contains /p", ["/Pricing"]],
    ["placed order where status is ", ["Paid", "OPEN"]],
    ["count of order where product contains m", ["Mug"]],
    ["email ends with x", []],
  ])("in a query: %s", async (query, labels) => {
    const found = await suggestQuery(engine, "shop", { query, cursor: query.length, first: 50 });
    expect(found.map(({ label }) => label).slice(0, labels.length)).toEqual(labels);
    if (labels.length === 0) expect(found).toEqual([]);
  });

  it("says how often it found a value", async () => {
    const [first] = await suggestQuery(engine, "shop", { query: "city is w", cursor: 9, first: 1 });
    expect(first).toEqual({
      kind: "VALUE",
      label: "Warsaw",
      insert: "Warsaw",
      replace: { start: 8, end: 9 },
      documentation: "Found 3 times in the rows looked at.",
    });
  });

  it("keeps what it found for a while", async () => {
    let reads = 0;
    const counting: Engine = {
      ...engine,
      store: watchedStore(store, (read) => {
        if (read.startsWith("values.")) reads += 1;
      }),
    };
    for (const search of ["", "w", "wa", "war"])
      await valueSuggestions(counting, "shop", { attribute: "city", search, first: 5 });
    expect(reads).toBe(1);
  });

  describe("if not everything is read", () => {
    const bounds = { sampledRows: 1, searchedRows: 100, keptValues: 100 };
    const request = { search: "", first: 10, attribute: resolveName(catalog, "city")!.attribute };
    const texts = async (changes: object, asked = engine) =>
      (await suggestValues(asked, "shop", { ...request, ...changes }, bounds)).map(({ text }) => text);

    it("finds by their beginning those that the sample has not", async () => {
      expect(await texts({ search: "New" })).toEqual(["New York"]);
      expect(await texts({ search: "war" })).toEqual(["Warsaw"]);
      expect(await texts({ search: "w(" })).toEqual([]);
    });

    it("finds elements of sets, and exact text as it is", async () => {
      const of = (name: string) => ({ attribute: resolveName(catalog, name)!.attribute });
      expect(await texts({ ...of("tags"), search: "ear" })).toEqual(["Early adopter"]);
      expect(await texts({ ...of("source_id"), search: "C-7" })).toEqual(["C-7"]);
      expect(await texts({ ...of("source_id"), search: "c-7" })).toEqual([]);
    });

    it("does without them where they take too long", async () => {
      const slow = watchedStore(store, (read) => {
        if (read === "values.beginningWith") throw new StoreError("TIMEOUT", "too slow");
      });
      expect(await texts({ search: "New" }, { ...engine, store: slow })).toEqual([]);
    });
  });

  it("suggests what the catalogue knows where the data takes too long", async () => {
    const slow = watchedStore(store, (read) => {
      if (read.startsWith("values.")) throw new StoreError("TIMEOUT", "too slow");
    });
    const asked = { query: "country is pol", cursor: 14, first: 1 };
    const found = await suggestQuery({ ...engine, store: slow }, "shop", asked);
    expect(found.map(({ label }) => label)).toEqual(["Poland"]);
  });

  it.each<[request: object, message: string]>([
    [{ attribute: "emial" }, "There is no attribute `emial`. Did you mean `email`?"],
    [
      { attribute: "url", event: "pag viewed" },
      "There is no event `pag viewed`. Did you mean `page viewed`?",
    ],
    [
      { attribute: "urls", event: "page viewed" },
      "There is no property of `page viewed`: `urls`. Did you mean `url`?",
    ],
    [{ attribute: "city", first: 101 }, "`first` is 101; ask for 1 to 100 suggestions at once."],
    [{ attribute: "city", search: "x".repeat(257) }, "`search` has 257 characters; give at most 256."],
  ])("refuses %j", async (request, message) => {
    const asked = valueSuggestions(engine, "shop", { attribute: "city", search: "", first: 5, ...request });
    await expect(asked).rejects.toThrow(new SuggestionError(message));
  });
});
