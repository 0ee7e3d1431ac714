// Records and the summaries of their customers change together, and nothing is counted twice.
import { describe, expect, it, vi } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { RecordCollection } from "../../src/documents/collections.js";
import type { Activity } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { advanceSummaries } from "../../src/ingest/summaries.js";
import { findCustomer } from "../../src/query/customer.js";
import { documents, temporaryEngine } from "../import/temporary-engine.js";
import { makeSummariesAnew } from "./made-anew.js";

const summaryState = ({ store }: Engine, instant: number) =>
  store.reads.customers.summaryState("default", new Date(instant));

async function shop(): Promise<Engine> {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", {
    timezone: "Europe/Warsaw",
    orderMetadataSchema: { gift: "boolean" },
    eventSchemas: { "page viewed": { url: "string" } },
    campaigns: { loyalty: ["Club"], discounts: ["Spring"] },
  });
  await upsertCustomers(engine, "default", [{ source_id: "a" }, { source_id: "b" }]);
  return engine;
}

async function activityOf(engine: Engine, sourceId: string): Promise<Activity> {
  return (await findCustomer(engine, "default", { sourceId }))!.activity;
}

const order = {
  source_id: "o-1",
  customer: "a",
  created_at: "2026-05-01T00:00:00Z",
  status: "PAID",
  amount: 500,
};
const statusesOf = async (engine: Engine, collection: RecordCollection, records: readonly object[]) =>
  (await upsertRecords(engine, "default", collection, records)).map((result) => result.status);

describe("orders", () => {
  it("are identified by their source id, however often they are sent", async () => {
    const engine = await shop();
    expect(await statusesOf(engine, "orders", [order, order, { ...order, source_id: "o-2" }])).toEqual([
      "written",
      "written",
      "written",
    ]);
    expect(await statusesOf(engine, "orders", [order])).toEqual(["unchanged"]);
    expect((await activityOf(engine, "a")).orders).toMatchObject({ count: 2, total_amount: 1_000 });
  });

  it("of batches that are written at once have their new products written by one of them", async () => {
    const engine = await shop();
    const reads = vi.spyOn(engine.store, "getMany");
    const knownProducts = new Set<string>();
    const items = [{ sku: "x", quantity: 1 }];
    const batches = ["o-1", "o-2", "o-3"].map((source_id) => [{ ...order, source_id, items }]);
    await Promise.all(
      batches.map((batch) => upsertRecords(engine, "default", "orders", batch, { knownProducts })),
    );
    expect(reads.mock.calls.filter(([collection]) => collection === "products")).toHaveLength(1);
    expect((await documents(engine, "products")).map(({ sku }) => sku)).toEqual(["x"]);
  });

  it("have their products written by the next batch if one could not", async () => {
    const engine = await shop();
    const knownProducts = new Set<string>();
    const batch = [{ ...order, items: [{ sku: "x", quantity: 1 }] }];
    const { getMany } = engine.store;
    const reads = vi.spyOn(engine.store, "getMany");
    let asked = 0;
    reads.mockImplementation((collection, ids) => {
      if (collection !== "products") return getMany(collection, ids);
      asked += 1;
      return asked === 1 ? Promise.reject(new Error("lost")) : getMany(collection, ids);
    });
    const [first, second] = await Promise.allSettled([
      upsertRecords(engine, "default", "orders", batch, { knownProducts }),
      upsertRecords(engine, "default", "orders", batch, { knownProducts }),
    ]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
    expect(await documents(engine, "products")).toHaveLength(1);
  });

  it("replace their former version, and both customers' summaries follow", async () => {
    const engine = await shop();
    await upsertRecords(engine, "default", "orders", [order]);
    expect(await statusesOf(engine, "orders", [{ ...order, customer: "b", amount: 300 }])).toEqual([
      "written",
    ]);
    expect((await activityOf(engine, "a")).orders).toMatchObject({ count: 0, total_amount: 0 });
    expect((await activityOf(engine, "b")).orders).toMatchObject({ count: 1, total_amount: 300 });
    await upsertRecords(engine, "default", "orders", [{ ...order, customer: "b", status: "canceled" }]);
    expect((await activityOf(engine, "b")).orders.count).toBe(0);
    expect((await documents(engine, "orders"))[0]?.status).toBe("CANCELED");
  });

  it("keep their lines, and name the products of each", async () => {
    const engine = await shop();
    await upsertRecords(engine, "default", "orders", [
      {
        ...order,
        amount: undefined,
        created_at: "2026-05-01",
        items: [
          { product_id: "P1", sku: "S1", name: "Mug", quantity: 2, price: 1_250 },
          { product_id: "p1", sku: "S1", name: "Mug, blue", quantity: 1, price: -250 },
          { sku: "S2", quantity: 1.5, price: 333 },
          { quantity: 1, price: 10 },
        ],
      },
    ]);
    const [stored] = await documents(engine, "orders");
    // 2500 - 250 + 500 (499.5 rounded away from zero) + 10
    expect(stored?.amount).toBe(2_760);
    expect(stored?.at).toEqual(new Date("2026-04-30T22:00:00Z"));
    expect(stored?.product_keys).toEqual(["p1", "s2"]);
    expect(stored?.item_keys).toHaveLength(3);
    const products = await documents(engine, "products");
    expect(products.map((product) => product.key).sort()).toEqual(stored?.item_keys);
    expect(products.map((product) => product.text)).toEqual(
      expect.arrayContaining([
        { product_id: "p1", sku: "s1", name: "mug" },
        { product_id: "p1", sku: "s1", name: "mug, blue" },
        { sku: "s2" },
      ]),
    );
    expect((await activityOf(engine, "a")).orders).toMatchObject({
      items: stored?.item_keys,
      product_count: 2,
    });
  });

  it.each<[object, string]>([
    [{ ...order, customer: "z" }, '`customer` names "z", who is not there; add the customer first'],
    [
      { ...order, created_at: "2026-02-30" },
      '`created_at` is "2026-02-30", which is no date; write one as 2026-02-01T10:00:00Z',
    ],
    [
      { ...order, amount: 1.5 },
      "`amount` must be a whole number of the currency's minor unit, as 1250 for 12.50",
    ],
    [
      { ...order, amount: 9_007_199_254_741 },
      "`amount` must be at most 9,007,199,254,740 of the minor unit, so that totals stay exact",
    ],
    [
      { ...order, amount: null, items: [{ quantity: 10, price: 9_007_199_254_740 }] },
      "the lines add up to more than an amount can hold; check `quantity` and `price`",
    ],
    [{ ...order, source_id: undefined }, "`source_id` is missing: it must be text"],
    [{ ...order, items: {} }, "`items` must be a list, not an object"],
    [{ ...order, metadata: { gift: "yes" } }, '`metadata.gift` must be true or false, not the text "yes"'],
  ])("are rejected with the reason (%#)", async (record, reason) => {
    const engine = await shop();
    expect(await upsertRecords(engine, "default", "orders", [record])).toMatchObject([
      { status: "rejected", reason },
    ]);
    expect(await documents(engine, "orders")).toEqual([]);
  });
});

describe("records without an id", () => {
  const points = { customer: "a", campaign: "CLUB", points: 100 };

  it("are identified by content and number among equals, in any order of their keys", async () => {
    const engine = await shop();
    expect(await statusesOf(engine, "loyalty", [points, points])).toEqual(["written", "written"]);
    expect(await statusesOf(engine, "loyalty", [{ points: 100, campaign: "CLUB", customer: "a" }])).toEqual([
      "unchanged",
    ]);
    expect(await statusesOf(engine, "loyalty", [points, points, points])).toEqual([
      "unchanged",
      "unchanged",
      "written",
    ]);
    expect((await activityOf(engine, "a")).loyalty).toEqual({
      points: 300,
      balance: 300,
      // Under the project's own spelling of the campaign.
      campaigns: [{ campaign: "Club", points: 300, balance: 300 }],
    });
  });

  it("are identified by their id if they have one", async () => {
    const engine = await shop();
    const redemption = { id: "r", customer: "a", at: "2026-05-01", campaign: "spring", result: "Success" };
    expect(
      await statusesOf(engine, "redemptions", [redemption, { ...redemption, result: "FAILURE" }]),
    ).toEqual(["written", "written"]);
    expect((await activityOf(engine, "a")).redemptions.count).toBe(0);
    await upsertRecords(engine, "default", "redemptions", [redemption]);
    expect((await activityOf(engine, "a")).redemptions.count).toBe(1);
  });
});

describe("events", () => {
  it.each(["constructor", "toString"])(
    "of a type that no schema knows, %s, have any properties",
    async (type) => {
      const engine = await shop();
      const event = {
        customer: "a",
        type,
        at: "2026-05-01T00:00:00Z",
        properties: { name: "x", length: "y" },
      };
      expect(await statusesOf(engine, "events", [event])).toEqual(["written"]);
    },
  );

  it("are stored under the project's names and checked against its schema", async () => {
    const engine = await shop();
    const event = {
      customer: "a",
      type: "Page Viewed",
      at: "2026-05-01T00:00:00Z",
      properties: { URL: "/A", more: 1 },
    };
    expect(
      await upsertRecords(engine, "default", "events", [
        { id: "e-1", ...event },
        event,
        { ...event, properties: { url: 1 } },
        { ...event, customer: "z" },
      ]),
    ).toMatchObject([
      { status: "written", id: "default/id/e-1" },
      { status: "written", id: expect.stringMatching(/^default\/(?!id\/)/) },
      { status: "rejected", reason: "`properties.url` must be text, not 1" },
      { status: "rejected", reason: '`customer` names "z", who is not there; add the customer first' },
    ]);
    const stored = await documents(engine, "events");
    expect(stored.map(({ type, properties, event_id }) => ({ type, properties, event_id }))).toEqual([
      { type: "page viewed", properties: { url: "/A", more: 1 }, event_id: undefined },
      { type: "page viewed", properties: { url: "/A", more: 1 }, event_id: "e-1" },
    ]);
  });
});

describe("summaries", () => {
  const future = { ...order, source_id: "o-2", created_at: "2026-12-01T00:00:00Z", amount: 70 };

  it.each([
    // An order at 2026-05-01 is counted, one at 2026-12-01 is still to come.
    ["2026-04-30T23:59:59.999Z", { beyond: true, behind: false }],
    ["2026-05-01T00:00:00Z", { beyond: false, behind: false }],
    ["2026-11-30T23:59:59.999Z", { beyond: false, behind: false }],
    ["2026-12-01T00:00:00Z", { beyond: false, behind: true }],
  ])("say how they stand to %s", async (instant, state) => {
    const engine = await shop();
    const at = Date.parse(instant);
    expect(await summaryState(engine, at)).toEqual({ beyond: false, behind: false });
    await upsertRecords(engine, "default", "orders", [order, future]);
    expect(await summaryState(engine, at)).toEqual(state);
  });

  it("count a future record when its time comes, and not before", async () => {
    const engine = await shop();
    await upsertRecords(engine, "default", "orders", [order, future]);
    expect(await advanceSummaries(engine, "default", Date.parse("2026-11-30T23:59:59.999Z"))).toBe(0);
    expect((await activityOf(engine, "a")).orders.total_amount).toBe(500);
    expect(await advanceSummaries(engine, "default", Date.parse("2026-12-01T00:00:00Z"))).toBe(1);
    expect((await activityOf(engine, "a")).orders.total_amount).toBe(570);
    const later = { beyond: false, behind: false };
    expect(await summaryState(engine, Date.parse("2027-01-01T00:00:00Z"))).toEqual(later);
  });

  it("can be computed again from the records", async () => {
    const engine = await shop();
    await upsertRecords(engine, "default", "orders", [order]);
    const before = await documents(engine, "customers");
    await engine.store.write((transaction) =>
      transaction.put(
        "customers",
        before.map((customer) => ({
          ...customer,
          activity: { ...customer.activity, redemptions: { count: 99 } },
        })),
      ),
    );
    expect((await activityOf(engine, "b")).redemptions.count).toBe(99);
    await makeSummariesAnew(engine, "default");
    expect(await documents(engine, "customers")).toEqual(before);
  });
});

describe("a total past 2^53 of the minor unit", () => {
  const largest = 9_007_199_254_740;
  const orders = (customer: string, count: number) =>
    Array.from({ length: count }, (_, number) => ({
      ...order,
      source_id: `${customer}-${number}`,
      customer,
      amount: largest,
    }));

  it("is never rounded: the records that would lead to it are rejected, and no others", async () => {
    const engine = await shop();
    await upsertRecords(engine, "default", "orders", orders("a", 1_000));
    const next = { ...order, source_id: "next", amount: 991 };
    const results = await upsertRecords(engine, "default", "orders", [
      next,
      { ...order, source_id: "of-b", customer: "b" },
      { ...order, source_id: "large", amount: 1_000 },
    ]);
    const reason =
      "the customer's total would pass 9,007,199,254,740,991 of the minor unit, which is not held exactly; check the amounts";
    expect(results).toMatchObject([
      { status: "rejected", reason },
      { status: "written" },
      { status: "rejected", reason },
    ]);
    expect((await activityOf(engine, "a")).orders).toMatchObject({
      count: 1_000,
      total_amount: 9_007_199_254_740_000,
    });
    // The very last that is exact.
    expect(await statusesOf(engine, "orders", [next])).toEqual(["written"]);
    expect((await activityOf(engine, "a")).orders.total_amount).toBe(Number.MAX_SAFE_INTEGER);
    expect((await activityOf(engine, "b")).orders.total_amount).toBe(500);
  });
});
