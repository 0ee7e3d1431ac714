// Limits of redemptions hold when two processes redeem at once: here, two stores opened at the same place.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { createCode, findCode, publishCode } from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { countRedemptions, redeem } from "../../src/promotions/redemptions.js";
import { createRule } from "../../src/promotions/rules.js";
import { everyStore } from "../store/every-store.js";

const start = Date.parse("2026-11-30T10:00:00Z");
const people = Array.from({ length: 20 }, (_, index) => ({ source_id: `c${index}` }));

describe.each(everyStore)("two processes on $name", ({ place, open, destroy }) => {
  let at: string;
  let engines: readonly Engine[];

  beforeAll(async () => {
    at = place();
    const first = await open(at);
    engines = [first, await open(at)].map((store) => ({ store, clock: () => start }));
    await defineProject(engines[0]!, "shop", {});
    await upsertCustomers(engines[0]!, "shop", people);
  });

  afterAll(async () => {
    for (const { store } of engines) await store.close();
    await destroy(at);
  });

  /** Does a thing so often at once, by one process and the other in turn. */
  const both = <Result>(times: number, work: (engine: Engine, index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: times }, (_, index) => work(engines[index % 2]!, index)));

  it("redeem a code with 10 left exactly 10 times", async () => {
    const discount = { percent: "5" };
    await createCampaign(engines[0]!, "shop", { name: "Code", discount });
    await createCode(engines[0]!, "shop", { campaign: "Code", code: "TEN", limit: 10 });
    const outcomes = await both(60, (engine, index) =>
      redeem(engine, "shop", { target: { code: "TEN" }, customer: `shop/c${index % 20}` }),
    );
    expect(outcomes.filter(({ redemption }) => redemption !== undefined)).toHaveLength(10);
    expect((await findCode(engines[1]!, "shop", "TEN"))?.redeemed).toBe(10);
    expect(await countRedemptions(engines[1]!, "shop", ["code"])).toEqual([10]);
  });

  it("redeem a campaign as often as its rule allows, in all and by one customer", async () => {
    const discount = { amount: 100 };
    await createRule(engines[0]!, "shop", { name: "Rule", total: 12, perCustomer: 2 });
    const campaign = { name: "Free", discount, rules: ["Rule"], requiresCode: false };
    await createCampaign(engines[0]!, "shop", campaign);
    const outcomes = await both(60, (engine, index) =>
      redeem(engine, "shop", { target: { campaign: "Free" }, customer: `shop/c${index % 10}` }),
    );
    const counts = new Map<string, number>();
    for (const { redemption } of outcomes)
      if (redemption !== undefined)
        counts.set(redemption.customer, (counts.get(redemption.customer) ?? 0) + 1);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
  });

  it("redeem once for one idempotency key", async () => {
    const given = { target: { campaign: "Once" }, customer: "shop/c0", idempotencyKey: "k" };
    await createCampaign(engines[0]!, "shop", { name: "Once", discount: { amount: 1 }, requiresCode: false });
    const outcomes = await both(20, (engine) => redeem(engine, "shop", given));
    expect(outcomes.every(({ redemption }) => redemption?.redemption_id === "k")).toBe(true);
    expect(await countRedemptions(engines[0]!, "shop", ["once"])).toEqual([1]);
  });

  it("publish each code to one customer", async () => {
    await createCampaign(engines[0]!, "shop", { name: "Mine", discount: { amount: 1 } });
    await generateCodes(
      engines[0]!,
      "shop",
      await planCodes(engines[0]!, "shop", { campaign: "Mine", count: 20 }),
    );
    const codes = await both(40, (engine, index) =>
      publishCode(engine, "shop", "Mine", `shop/c${index % 20}`),
    );
    expect(new Set(codes.map(({ code }) => code)).size).toBe(20);
    expect(new Set(codes.map(({ code, customer }) => `${code} ${customer}`)).size).toBe(20);
  });
});
