// Computed attributes: defined, given another expression, renamed and removed, with the segments that use them, on every store.
import { describe, expect, it } from "vitest";
import {
  attributeImpact,
  defineAttribute,
  removeAttribute,
  renameAttribute,
} from "../../src/definitions/attributes.js";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { findProject } from "../../src/projects/projects.js";
import { previewSegment } from "../../src/query/preview.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { findSegment } from "../../src/segments/read.js";
import { type MovableEngine, movableEngine, settle, stored } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  /** c-1 spent 300 in all, of it 100 in the last 30 days; c-2 spent 150 just now; c-3 nothing. */
  async function openShop(): Promise<{ readonly engine: MovableEngine; readonly project: string }> {
    shops += 1;
    const project = `attributes-${tested.name}-${shops}`;
    const engine = movableEngine(store, "2026-05-01T12:00:00Z");
    await defineProject(engine, project, {
      currency: "USD",
      computed: { "lifetime value": "sum of amount of order" },
    });
    await upsertCustomers(
      engine,
      project,
      ["c-1", "c-2", "c-3"].map((source_id) => ({ source_id })),
    );
    const order = (source_id: string, customer: string, created_at: string, amount: number) => ({
      source_id,
      customer,
      created_at,
      amount,
    });
    await upsertRecords(engine, project, "orders", [
      order("o-1", "c-1", "2026-01-01T12:00:00Z", 20_000),
      order("o-2", "c-1", "2026-04-20T12:00:00Z", 10_000),
      order("o-3", "c-2", "2026-04-30T12:00:00Z", 15_000),
    ]);
    return { engine, project };
  }

  async function members({ engine, project }: Awaited<ReturnType<typeof openShop>>, query: string) {
    const { answer, diagnostics } = await previewSegment(engine, project, { query });
    if (answer === undefined) throw new Error(JSON.stringify(diagnostics));
    return answer.sourceIds();
  }

  it("another expression reports first how segments change, and changes their members", async () => {
    const shop = await openShop();
    const { engine, project } = shop;
    const big = await createAutoUpdate(engine, project, {
      name: "Big",
      query: "lifetime value is more than $120",
    });
    await createAutoUpdate(engine, project, { name: "Others", query: "orders.count is 0" });
    await createAutoUpdate(engine, project, { name: "Within", query: 'in segment "Big"' });
    await settle(engine, project);
    const inTheLast = "sum of amount of order in the last 30 days";
    const impacts = await attributeImpact(engine, project, "Lifetime Value", inTheLast);
    expect(impacts.map(({ segment, ...counts }) => [segment.name, counts])).toEqual([
      ["Big", { before: 2, after: 1, entering: 0, leaving: 1 }],
      ["Within", { before: 2, after: 1, entering: 0, leaving: 1 }],
    ]);
    expect(await members(shop, "lifetime value is more than $120")).toEqual(["c-1", "c-2"]);
    const { computed } = await defineAttribute(engine, project, "Lifetime Value", inTheLast);
    expect(computed).toEqual({ "lifetime value": inTheLast });
    expect(await members(shop, "lifetime value is more than $120")).toEqual(["c-2"]);
    await settle(engine, project);
    expect(await stored(engine, project, big.segment_id)).toBe("2");
  });

  it("a renamed attribute has its new name in the queries and the expressions that use it", async () => {
    const shop = await openShop();
    const { engine, project } = shop;
    await defineProject(engine, project, { computed: { worth: "the Lifetime value" } });
    const { segment_id } = await createAutoUpdate(engine, project, {
      name: "Big",
      query: "lifetime value > $120 or last order amount is less than customer's lifetime value",
    });
    const { computed } = await renameAttribute(engine, project, "lifetime value", "customer worth");
    expect(computed).toEqual({
      worth: "computed.`customer worth`",
      "customer worth": "sum of amount of order",
    });
    expect((await findSegment(engine, project, segment_id)).query?.canonical).toBe(
      "computed.`customer worth` is more than $120\nor orders.last_amount is less than customer's computed.`customer worth`",
    );
    expect(await members(shop, "worth is more than $120")).toEqual(["c-1", "c-2"]);
    expect((await previewSegment(engine, project, { query: "lifetime value is 1" })).answer).toBeUndefined();
  });

  it("an attribute in use is not removed, and an unused one is", async () => {
    const { engine, project } = await openShop();
    await defineProject(engine, project, { computed: { worth: "lifetime value", rest: "city" } });
    await createAutoUpdate(engine, project, { name: "Big", query: "lifetime value is more than $120" });
    await expect(removeAttribute(engine, project, "lifetime value")).rejects.toThrow(
      '"lifetime value" is used by the attribute "worth", the segment "Big". Change these first.',
    );
    await removeAttribute(engine, project, "Rest");
    await removeAttribute(engine, project, "worth");
    expect((await findProject(engine, project)).computed).toEqual({
      "lifetime value": "sum of amount of order",
    });
    await expect(removeAttribute(engine, project, "worth")).rejects.toThrow(
      'The project defines no attribute "worth"; it defines "lifetime value".',
    );
  });

  it.each([
    ["city", "sum of amount of order", /there is an attribute "city" already/],
    ["value since may", "sum of amount of order", /can't have `since` in it/],
    ["large orders", "sum of amount of order where amount is above 100", /above/],
    ["loop", "loop", /names itself/],
    ["wrong", "sum of amount of", /is no measure, figure or attribute/],
  ])("%s as `%s` is refused", async (name, expression, message) => {
    const { engine, project } = await openShop();
    await expect(attributeImpact(engine, project, name, expression)).rejects.toThrow(message);
    await expect(defineAttribute(engine, project, name, expression)).rejects.toThrow(message);
  });
});
