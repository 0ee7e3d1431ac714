// A customer whose future orders come to a total that is not held exactly: dated queries answer for everyone else.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { previewSegment } from "../../src/query/preview.js";
import { movableEngine } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

describe.each(everyStore)("a total past 2^53 that time brings about, on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("leaves its customer's summary as it was, and the others' are brought up to date", async () => {
    const project = "default";
    const engine = movableEngine(store, "2026-11-20T12:00:00Z");
    await defineProject(engine, project, { timezone: "UTC" });
    await upsertCustomers(engine, project, [{ source_id: "vast" }, { source_id: "usual" }]);
    const order = { created_at: "2026-11-21T12:00:00Z", status: "PAID" };
    const vast = Array.from({ length: 1_001 }, (_, number) => ({
      ...order,
      source_id: `vast-${number}`,
      customer: "vast",
      amount: 9_007_199_254_740,
    }));
    await upsertRecords(engine, project, "orders", [
      ...vast,
      { ...order, source_id: "usual", customer: "usual", amount: 500 },
    ]);
    engine.moveTo(Date.parse("2026-11-22T12:00:00Z"));
    const members = async (query: string) => {
      const { answer } = await previewSegment(engine, project, { query });
      return answer!.sourceIds();
    };
    expect(await members("number of orders is at least 1")).toEqual(["usual"]);
    expect(await members("last order in the last 2 days")).toEqual(["usual"]);
    expect(await members("number of orders is 0")).toEqual(["vast"]);
  });
});
