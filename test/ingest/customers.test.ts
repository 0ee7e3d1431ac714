// Writing and finding customers.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { findCustomer } from "../../src/query/customer.js";
import { temporaryEngine } from "../import/temporary-engine.js";

describe("upsertCustomers", () => {
  it("writes new and changed customers, and reports which are unchanged and why others are rejected", async () => {
    const engine = await temporaryEngine();
    const first = await upsertCustomers(engine, "default", [
      { source_id: "a", name: "Anna" },
      { source_id: "b", source: "nowhere" },
      { source_id: "c" },
    ]);
    expect(first.map((result) => result.status)).toEqual(["written", "rejected", "written"]);
    const second = await upsertCustomers(engine, "default", [
      { source_id: "a", name: "Anna" },
      { source_id: "c", name: "Cecil" },
      { source_id: "c", name: "Carl" },
    ]);
    expect(second.map((result) => result.status)).toEqual(["unchanged", "written", "written"]);
    expect((await findCustomer(engine, "default", { sourceId: "c" }))?.facts.name).toBe("carl");
    expect(await findCustomer(engine, "default", { sourceId: "b" })).toBeUndefined();
  });

  it("starts with no activity, and keeps existing activity", async () => {
    const engine = await temporaryEngine();
    await upsertCustomers(engine, "default", [{ source_id: "a" }]);
    expect((await findCustomer(engine, "default", { sourceId: "a" }))?.activity).toEqual({
      orders: { count: 0, total_amount: 0, items: [], product_count: 0 },
      redemptions: { count: 0 },
      referrals: { count: 0, campaigns: [] },
      gift_cards: { spent: 0, balance: 0, campaigns: [] },
      loyalty: { points: 0, balance: 0, campaigns: [] },
    });
    await upsertRecords(engine, "default", "orders", [
      { source_id: "o", customer: "a", created_at: "2026-01-01T00:00:00Z", amount: 700 },
    ]);
    await upsertCustomers(engine, "default", [{ source_id: "a", name: "Anna" }]);
    const found = await findCustomer(engine, "default", { sourceId: "a" });
    expect(found?.facts.name).toBe("anna");
    expect(found?.activity.orders.total_amount).toBe(700);
  });
});

describe("findCustomer", () => {
  it("never finds another project's customer", async () => {
    const engine = await temporaryEngine();
    await defineProject(engine, "other", {});
    await upsertCustomers(engine, "other", [{ source_id: "a" }]);
    expect((await findCustomer(engine, "other", { id: "other/a" }))?.source_id).toBe("a");
    expect(await findCustomer(engine, "default", { id: "other/a" })).toBeUndefined();
    expect(await findCustomer(engine, "default", { sourceId: "a" })).toBeUndefined();
  });
});
