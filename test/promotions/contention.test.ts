// Limits of redemptions hold when two processes redeem at once, and nothing refers to what is deleted or erased meanwhile: here, the
// processes are two stores opened at the same place.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createCampaign, deleteCampaign, maxCampaigns } from "../../src/promotions/campaigns.js";
import { codePage, countCodes, createCode, findCode, publishCode } from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { countRedemptions, redeem } from "../../src/promotions/redemptions.js";
import { createRule, deleteRule, maxRules } from "../../src/promotions/rules.js";
import type { Transaction } from "../../src/store/port.js";
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

  it("create rules and campaigns up to their limits", async () => {
    const engine = engines[0]!;
    const [first, second] = ["limit", "limit-2"] as const;
    for (const project of [first, second]) await defineProject(engine, project, {});
    const created = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
      outcomes.filter(({ status }) => status === "fulfilled").length;
    // Stored directly, as many as leave room for four: creating them one by one takes long.
    const rules = await createRule(engine, first, { name: "Rule" });
    const campaign = await createCampaign(engine, second, { name: "Campaign", discount: { percent: "5" } });
    await engine.store.write(async (transaction) => {
      for (const [project, of, count] of [
        [first, "validation_rules", maxRules],
        [second, "campaigns", maxCampaigns],
      ] as const)
        await transaction.put("redemption_counts", [
          { _id: `${project}/${of}`, project, campaign: "", count: count - 4 },
        ]);
    });
    const settled = <Result>(work: (engine: Engine, index: number) => Promise<Result>) =>
      both(10, async (each, index) => (await Promise.allSettled([work(each, index)]))[0]!);
    const createRules = () => settled((each, index) => createRule(each, first, { name: `Rule ${index}` }));
    expect(created(await createRules())).toBe(4);
    expect(created(await createRules())).toBe(0);
    await deleteRule(engine, first, rules.name);
    expect(await createRule(engine, first, { name: "One more" })).toMatchObject({ name: "One more" });
    const discount = { percent: "5" };
    const createCampaigns = () =>
      settled((each, index) => createCampaign(each, second, { name: `Campaign ${index}`, discount }));
    expect(created(await createCampaigns())).toBe(4);
    await deleteCampaign(engine, second, campaign.name);
    expect(created(await createCampaigns())).toBe(1);
  });

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

  it("delete a campaign, or use it: never both", async () => {
    for (let round = 0; round < 10; round += 1) {
      const name = `Brief ${round}`;
      const nameKey = name.toLowerCase();
      await createCampaign(engines[0]!, "shop", { name, discount: { amount: 1 }, requiresCode: false });
      const use =
        round % 2 === 0
          ? createCode(engines[1]!, "shop", { campaign: name, code: `BRIEF-${round}` })
          : redeem(engines[1]!, "shop", { target: { campaign: name }, customer: "shop/c1" });
      const [used, deleted] = await Promise.allSettled([use, deleteCampaign(engines[0]!, "shop", name)]);
      const refused = used.status === "rejected" ? used : deleted;
      expect([used.status, deleted.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect((refused as PromiseRejectedResult).reason).toMatchObject({
        code: refused === used ? "NOT_FOUND" : "IN_USE",
      });
      const counts = [
        ...(await countCodes(engines[0]!, "shop", [nameKey])),
        ...(await countRedemptions(engines[0]!, "shop", [nameKey])),
      ];
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(refused === used ? 0 : 1);
    }
  });

  it("erase a customer while a code is published to them: no code names them", async () => {
    await createCampaign(engines[0]!, "shop", { name: "Gone", discount: { amount: 1 } });
    const plan = await planCodes(engines[0]!, "shop", { campaign: "Gone", count: 10 });
    await generateCodes(engines[0]!, "shop", plan);
    for (let round = 0; round < 10; round += 1) {
      const source_id = `gone${round}`;
      await upsertCustomers(engines[0]!, "shop", [{ source_id }]);
      const [published] = await Promise.allSettled([
        publishCode(engines[1]!, "shop", "Gone", `shop/${source_id}`),
        eraseCustomer(engines[0]!, "shop", source_id),
      ]);
      if (published.status === "rejected")
        expect(published.reason).toMatchObject({ code: "UNKNOWN_CUSTOMER" });
    }
    const { nodes } = await codePage(engines[0]!, { project: "shop", name_key: "gone" } as never, {
      first: 10,
    });
    expect(nodes.map(({ customer }) => customer)).toEqual(Array(10).fill(undefined));
  });

  /** The documents that a use of promotions writes or removes. */
  const writtenBy = async (work: (engine: Engine) => Promise<unknown>): Promise<ReadonlySet<string>> => {
    const written = new Set<string>();
    const { store, clock } = engines[0]!;
    const watched = (transaction: Transaction): Transaction => ({
      ...transaction,
      put: (collection, documents) => {
        for (const { _id } of documents) written.add(`${collection} ${_id}`);
        return transaction.put(collection, documents);
      },
      remove: (collection, ids) => {
        for (const id of ids) written.add(`${collection} ${id}`);
        return transaction.remove(collection, ids);
      },
    });
    const write: Engine["store"]["write"] = (body, ...others) =>
      store.write((transaction) => body(watched(transaction)), ...others);
    await work({ store: { ...store, write }, clock });
    return written;
  };

  // Transactions that write a document in common conflict on every store.
  it("write a document in common if one deletes what the other uses", async () => {
    const discount = { amount: 1 };
    const campaigns = ["Used", "Coded", "Deleted"].map((name) => ({ name, discount, requiresCode: false }));
    for (const each of campaigns) await createCampaign(engines[0]!, "shop", each);
    const ofCampaign = (written: ReadonlySet<string>, name: string) =>
      [...written].filter((id) => id.endsWith(`/${name}`)).map((id) => id.replace(name, "NAME"));
    const deleted = ofCampaign(
      await writtenBy((engine) => deleteCampaign(engine, "shop", "Deleted")),
      "deleted",
    );
    const used = await writtenBy((engine) =>
      redeem(engine, "shop", { target: { campaign: "Used" }, customer: "shop/c1" }),
    );
    const coded = await writtenBy((engine) =>
      createCode(engine, "shop", { campaign: "Coded", code: "CODED" }),
    );
    expect(deleted).toEqual(expect.arrayContaining(["redemption_counts shop/total/NAME"]));
    expect(ofCampaign(used, "used")).toEqual(expect.arrayContaining(["redemption_counts shop/total/NAME"]));
    expect(deleted).toEqual(expect.arrayContaining(["redemption_counts shop/codes/NAME"]));
    expect(ofCampaign(coded, "coded")).toEqual(expect.arrayContaining(["redemption_counts shop/codes/NAME"]));
    await upsertCustomers(engines[0]!, "shop", [{ source_id: "both" }]);
    const plan = await planCodes(engines[0]!, "shop", { campaign: "Coded", count: 1 });
    await generateCodes(engines[0]!, "shop", plan);
    const published = await writtenBy((engine) => publishCode(engine, "shop", "Coded", "shop/both"));
    const erased = await writtenBy((engine) => eraseCustomer(engine, "shop", "both"));
    expect([...published].filter((id) => erased.has(id))).toContain("changes shop/both");
  });
});
