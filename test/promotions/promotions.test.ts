// Promotions on every store: rules, campaigns, codes, validation, redemption and its limits under contention.
import { beforeAll, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import { collections } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { createCampaign, deleteCampaign, updateCampaign } from "../../src/promotions/campaigns.js";
import {
  codePage,
  countCodes,
  createCode,
  findCode,
  publishCode,
  setCodeActive,
} from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import {
  countRedemptions,
  findRedemption,
  type RedemptionRequest,
  recordOf,
  redeem,
  redemptionPage,
  rollBack,
} from "../../src/promotions/redemptions.js";
import {
  createRule,
  deleteRule,
  findRule,
  type RuleRequest,
  replaceRule,
} from "../../src/promotions/rules.js";
import { promotionsFor, validateRedemption } from "../../src/promotions/validate.js";
import { whyAudience } from "../../src/promotions/why.js";
import { findCustomer } from "../../src/query/customer.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../src/segments/change.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const start = Date.parse("2026-11-30T10:00:00Z");
const day = 86_400_000;

describe.each(everyStore)("promotions on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  let now = start;
  const engine: Engine = { store, clock: () => now };
  let projects = 0;
  let project = "";

  /** A project of its own with Ann and Bob of Poland, Cyd of France; Ann spent 300.00. */
  const newProject = async (): Promise<string> => {
    projects += 1;
    now = start;
    project = `shop${projects}`;
    await defineProject(engine, project, { currency: "EUR", timezone: "Europe/Warsaw" });
    const people = [
      { source_id: "ann", name: "Ann", address: { country: "PL" } },
      { source_id: "bob", name: "Bob", address: { country: "PL" } },
      { source_id: "cyd", name: "Cyd", address: { country: "FR" } },
    ];
    await upsertCustomers(engine, project, people);
    await upsertRecords(engine, project, "orders", [
      { source_id: "o1", customer: "ann", created_at: "2026-11-01T10:00:00Z", amount: 30_000 },
    ]);
    return project;
  };
  const id = (sourceId: string) => `${project}/${sourceId}`;
  const person = async (sourceId: string) => ({
    customer: (await findCustomer(engine, project, { sourceId }))!,
  });
  const rule = (given: Partial<RuleRequest> = {}) => createRule(engine, project, { name: "Rule", ...given });
  const campaign = (given: object = {}) =>
    createCampaign(engine, project, {
      name: "Winter",
      discount: { percent: "12.5" },
      requiresCode: false,
      ...given,
    });
  const winter = { campaign: "winter" };
  const redeemed = (given: Partial<RedemptionRequest> = {}) =>
    redeem(engine, project, { target: winter, customer: id("ann"), ...given });
  const kinds = (outcome: { readonly obstacles: readonly { readonly kind: string }[] }) =>
    outcome.obstacles.map(({ kind }) => kind);
  const countOf = async () => (await countRedemptions(engine, project, ["winter"]))[0];

  describe("rules", () => {
    it("judge by segments and a query, at this instant, and say why not", async () => {
      await newProject();
      const poles = await createAutoUpdate(engine, project, { name: "Poles", query: "country is Poland" });
      const spenders = await createAutoUpdate(engine, project, {
        name: 'Big "spenders"',
        query: "total spent > 100",
      });
      await rule({
        anyOf: [poles.segment_id],
        allOf: [spenders.segment_id],
        // A comment ends with its line, so it must not hide what follows.
        query: "name is Ann or name is Cyd -- both",
      });
      await campaign({ rules: ["RULE"] });
      const valid = await validateRedemption(engine, project, {
        target: winter,
        person: await person("ann"),
      });
      expect(valid).toMatchObject({ obstacles: [], campaign: { name: "Winter" }, asOf: start });
      const judged = await validateRedemption(engine, project, {
        target: winter,
        person: await person("bob"),
      });
      expect(judged.obstacles).toMatchObject([
        {
          kind: "AUDIENCE",
          message: 'The customer does not belong to those whom the rule "Rule" allows.',
          rule: { name: "Rule" },
        },
      ]);
      const why = await whyAudience(engine, judged.obstacles[0]!.rule!, await person("bob"), judged.asOf);
      expect(why?.answer?.clause.clauses.map(({ text }) => text)).toEqual([
        'in segment "Big \\"spenders\\""',
        'in segment "Poles"',
        "name is Ann or name is Cyd",
      ]);
      expect(why?.answer?.clause.clauses.map(({ holds }) => holds)).toEqual([false, true, false]);
      // The next order lets Bob in at once, without any maintenance of segments.
      await upsertRecords(engine, project, "orders", [
        { source_id: "o2", customer: "bob", created_at: "2026-11-02T10:00:00Z", amount: 30_000 },
      ]);
      await upsertCustomers(engine, project, [{ source_id: "bob", name: "Ann", address: { country: "PL" } }]);
      expect(kinds(await redeemed({ customer: id("bob") }))).toEqual([]);
      await updateSegment(engine, project, poles.segment_id, {
        name: "From Poland",
        query: "country is France",
      });
      expect(kinds(await redeemed())).toEqual(["AUDIENCE"]);
    });

    it("judge a profile that is not stored, and explain it", async () => {
      await newProject();
      const made = await rule({ query: "country is France and orders.count is 0" });
      await campaign({ rules: ["Rule"] });
      const judge = (country: string) =>
        validateRedemption(engine, project, {
          target: winter,
          person: { profile: { source_id: "new", address: { country } } },
        });
      expect(kinds(await judge("FR"))).toEqual([]);
      expect(kinds(await judge("PL"))).toEqual(["AUDIENCE"]);
      const profile = { source_id: "new", address: { country: "PL" } };
      const why = await whyAudience(engine, made, { profile }, start);
      expect(why?.answer?.clause.holds).toBe(false);
      expect((await why?.answer?.nearest?.())?.sentences).toEqual([expect.stringContaining("France")]);
    });

    it("hold a window of time and the least order", async () => {
      await newProject();
      await rule({ from: new Date(start), until: new Date(start + day), minimumOrder: 5_000 });
      await campaign({ rules: ["Rule"] });
      const judge = async (amount?: number) =>
        validateRedemption(engine, project, {
          target: winter,
          person: await person("cyd"),
          ...(amount === undefined ? {} : { order: { amount } }),
        });
      expect(await judge()).toMatchObject({
        obstacles: [
          { kind: "MINIMUM_ORDER", message: "It takes an order of at least €50.00, and none is given." },
        ],
      });
      expect((await judge(4_999)).obstacles[0]!.message).toBe(
        "It takes an order of at least €50.00, and this one is of €49.99.",
      );
      expect(await judge(5_000)).toMatchObject({ obstacles: [], discount: 625 });
      now = start - 1;
      expect(kinds(await judge(5_000))).toEqual(["NOT_YET"]);
      now = start + day;
      expect(kinds(await judge(5_000))).toEqual(["ENDED"]);
    });

    it("are replaced as a whole, and keep what they name from being deleted", async () => {
      await newProject();
      const poles = await createAutoUpdate(engine, project, { name: "Poles", query: "country is Poland" });
      await rule({ noneOf: [poles.segment_id], total: 5 });
      await campaign({ rules: ["Rule"] });
      await expect(deleteSegment(engine, project, poles.segment_id)).rejects.toThrow(
        '"Poles" can\'t be deleted: the validation rule "Rule" names it. Change that first.',
      );
      await expect(deleteRule(engine, project, "rule")).rejects.toThrow(
        '"Rule" can\'t be deleted: the campaign "Winter" is subject to it. Take it off there first.',
      );
      expect(await replaceRule(engine, project, "RULE", { perDay: 2 })).toMatchObject({
        name: "Rule",
        limits: { per_day: 2 },
        audience: { none_of: [] },
        used_by: ["winter"],
      });
      await deleteSegment(engine, project, poles.segment_id);
      await updateCampaign(engine, project, "Winter", { rules: [] });
      await deleteRule(engine, project, "rule");
      expect(await findRule(engine, project, "Rule")).toBeUndefined();
      expect((await deleteCampaign(engine, project, "WINTER")).name).toBe("Winter");
    });

    it.each<[string, Partial<RuleRequest>, string, string]>([
      ["a blank name", { name: " " }, "INVALID_NAME", "name"],
      ["a name that is taken", { name: "TAKEN" }, "NAME_TAKEN", "name"],
      ["a wrong query", { query: "contry is Poland" }, "INVALID_QUERY", "query"],
      ["an unknown segment", { anyOf: ["nothing"] }, "UNKNOWN_SEGMENT", "anyOf"],
      ["a limit of 0", { total: 0 }, "INVALID_INPUT", "total"],
      ["half a redemption", { perCustomer: 1.5 }, "INVALID_INPUT", "perCustomer"],
      ["an end before the start", { from: new Date(2), until: new Date(2) }, "INVALID_INPUT", "until"],
      ["a negative order", { minimumOrder: -1 }, "INVALID_INPUT", "minimumOrder"],
    ])("with %s are refused", async (_, given, code, field) => {
      if (projects === 0 || (await findRule(engine, project, "taken")) === undefined) {
        await newProject();
        await rule({ name: "Taken" });
      }
      await expect(rule(given)).rejects.toMatchObject({ code, field });
    });
  });

  describe("discounts", () => {
    beforeAll(newProject);

    it.each([
      [{ percent: "12.5" }, 999, 125],
      [{ percent: "12.5" }, 1_004, 126],
      [{ percent: "33.3333 %" }, 3, 1],
      [{ percent: "100", maximum: 400 }, 1_000, 400],
      [{ percent: "0.01" }, 9_007_199_254_740, 900_719_925],
      [{ amount: 500 }, 400, 400],
      [{ amount: 500 }, 1_000, 500],
    ])("%j takes of an order of %i %i", async (discount, amount, expected) => {
      const name = JSON.stringify([discount, amount]);
      await campaign({ name, discount });
      const target = { campaign: name };
      const found = await validateRedemption(engine, project, {
        target,
        person: await person("ann"),
        order: { amount },
      });
      expect(found.discount).toBe(expected);
      const { redemption } = await redeemed({ target, order: { amount, sourceId: "o9" } });
      expect(redemption).toMatchObject({ order_amount: amount, discount_amount: expected, order: "o9" });
    });

    it.each([
      [{}, "discount"],
      [{ percent: "5", amount: 5 }, "discount"],
      [{ percent: "0" }, "percent"],
      [{ percent: "100.1" }, "percent"],
      [{ percent: "1.23456" }, "percent"],
      [{ percent: "half" }, "percent"],
      [{ percent: "5", maximum: 0 }, "maximum"],
      [{ amount: 5, maximum: 5 }, "maximum"],
      [{ amount: 0.5 }, "amount"],
    ])("%j is refused", async (discount, field) => {
      await expect(campaign({ name: "Odd", discount })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        field,
      });
    });
  });

  describe("codes", () => {
    it("are found whatever their case, and only one campaign has one", async () => {
      await newProject();
      await campaign({ requiresCode: true });
      await campaign({ name: "Spring" });
      await createCode(engine, project, { campaign: "Winter", code: " Snow-10 ", limit: 2 });
      await expect(
        createCode(engine, project, { campaign: "Spring", code: "SNOW-10" }),
      ).rejects.toMatchObject({ code: "CODE_TAKEN", field: "code" });
      await expect(createCode(engine, project, { campaign: "Spring", code: "süß" })).rejects.toThrow(
        '"süß" can\'t be a code',
      );
      expect(kinds(await redeemed())).toEqual(["CODE_REQUIRED"]);
      expect(kinds(await redeemed({ target: { code: "snow-11" } }))).toEqual(["UNKNOWN_CODE"]);
      const target = { code: " snow-10" };
      expect((await redeemed({ target })).redemption).toMatchObject({ code: "Snow-10", campaign: "winter" });
      await setCodeActive(engine, project, "SNOW-10", false);
      expect(kinds(await redeemed({ target }))).toEqual(["INACTIVE_CODE"]);
      await setCodeActive(engine, project, "SNOW-10", true);
      await updateCampaign(engine, project, "Winter", { active: false });
      expect(kinds(await redeemed({ target }))).toEqual(["INACTIVE_CAMPAIGN"]);
      await updateCampaign(engine, project, "Winter", { active: true });
      await redeemed({ target });
      expect(await redeemed({ target })).toEqual({
        obstacles: [
          { kind: "CODE_LIMIT", message: "The code Snow-10 was redeemed as often as it may be: 2 times." },
        ],
      });
      await expect(deleteCampaign(engine, project, "Winter")).rejects.toMatchObject({ code: "IN_USE" });
    });

    it("are generated by a pattern, never one that exists, and paged", async () => {
      await newProject();
      await campaign();
      const plan = await planCodes(engine, project, {
        campaign: "Winter",
        count: 2_500,
        pattern: "W-######",
      });
      const codes = await generateCodes(engine, project, plan);
      expect(new Set(codes.map(({ code }) => code)).size).toBe(2_500);
      for (const { code } of codes) expect(code).toMatch(/^W-[2-9A-HJ-NP-Z]{6}$/);
      expect(await countCodes(engine, project, ["winter"])).toEqual([2_500]);
      // The same random bytes draw the same codes first: those that exist are drawn again.
      const draws = [[1], [1], [2], [2], [3], [3], [4]].map((byte) =>
        Uint8Array.from(Array(8).fill(byte[0])),
      );
      const few = { ...plan, count: 3, pattern: "V-######" };
      const random = () => draws.shift()!;
      const drawn = await generateCodes(engine, project, few, { random });
      expect(drawn.map(({ code }) => code).toSorted()).toEqual(["V-333333", "V-444444", "V-555555"]);
      const stored = (await findCode(engine, project, "v-333333"))!;
      expect(stored).toMatchObject({ redemption_limit: 1, redeemed: 0, status: "free" });
      const winterCampaign = { project, name_key: "winter" } as never;
      const first = await codePage(engine, winterCampaign, { first: 2 });
      expect(first.nodes.map(({ code }) => code)).toEqual(["V-333333", "V-444444"]);
      const second = await codePage(engine, winterCampaign, { first: 1, after: first.cursors[1]! });
      expect(second).toMatchObject({
        nodes: [{ code: "V-555555" }],
        hasNextPage: true,
        hasPreviousPage: true,
      });
      const back = await codePage(engine, winterCampaign, { last: 1, before: first.cursors[1]! });
      expect(back).toMatchObject({
        nodes: [{ code: "V-333333" }],
        hasNextPage: true,
        hasPreviousPage: false,
      });
    });

    it("generated by a job that was interrupted are exactly as many as asked for", async () => {
      await newProject();
      await campaign();
      const plan = await planCodes(engine, project, { campaign: "Winter", count: 2_200 });
      const stopping = new AbortController();
      const progress = (done: number) => done >= 1_000 && stopping.abort(new Error("stopped"));
      await expect(
        generateCodes(engine, project, plan, { batch: "j1", progress, signal: stopping.signal }),
      ).rejects.toThrow("stopped");
      await generateCodes(engine, project, plan, { batch: "j1" });
      await generateCodes(engine, project, plan, { batch: "j1" });
      expect(await countCodes(engine, project, ["winter"])).toEqual([2_200]);
    });

    it.each([
      [{ count: 0 }, "count"],
      [{ count: 1_000_001 }, "count"],
      [{ pattern: "NO PATTERN ####" }, "pattern"],
      [{ pattern: "A-###" }, "pattern"],
      [{ limit: 0 }, "limit"],
    ])("with %j are refused", async (given, field) => {
      await newProject();
      await campaign();
      const request = { campaign: "Winter", count: 1_000, ...given };
      await expect(planCodes(engine, project, request)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        field,
      });
    });

    it("are published to one customer each, who alone may redeem them", async () => {
      await newProject();
      await campaign({ requiresCode: true });
      await expect(publishCode(engine, project, "Winter", id("ann"))).rejects.toMatchObject({
        code: "NO_FREE_CODES",
      });
      const plan = await planCodes(engine, project, { campaign: "Winter", count: 2 });
      await generateCodes(engine, project, plan);
      const publish = (sourceId: string) => publishCode(engine, project, "Winter", id(sourceId));
      const [ann, again, bob] = await Promise.all([publish("ann"), publish("ann"), publish("bob")]);
      expect(again.code).toBe(ann.code);
      expect(bob.code).not.toBe(ann.code);
      await expect(publish("cyd")).rejects.toMatchObject({ code: "NO_FREE_CODES" });
      await expect(publish("nobody")).rejects.toMatchObject({ code: "UNKNOWN_CUSTOMER" });
      expect(kinds(await redeemed({ target: { code: bob.code } }))).toEqual(["CODE_OF_ANOTHER_CUSTOMER"]);
      expect((await redeemed({ target: { code: ann.code } })).redemption).toMatchObject({ code: ann.code });
    });
  });

  it("only a generated code that is active and not redeemed is published", async () => {
    await newProject();
    await campaign({ requiresCode: true });
    const publish = () => publishCode(engine, project, "Winter", id("bob"));
    const noFree = {
      code: "NO_FREE_CODES",
      message:
        '"Winter" has no generated code that is active, and neither published nor redeemed. Generate more of them.',
    };
    await createCode(engine, project, { campaign: "Winter", code: "FOR-ALL" });
    await expect(publish()).rejects.toMatchObject(noFree);
    await setCodeActive(engine, project, "FOR-ALL", false);
    await setCodeActive(engine, project, "FOR-ALL", true);
    await redeemed({ target: { code: "FOR-ALL" } });
    await expect(publish()).rejects.toMatchObject(noFree);
    const plan = await planCodes(engine, project, { campaign: "Winter", count: 1 });
    const [generated] = await generateCodes(engine, project, plan);
    const { code } = generated!;
    await setCodeActive(engine, project, code, false);
    await expect(publish()).rejects.toMatchObject(noFree);
    await setCodeActive(engine, project, code, true);
    const { redemption } = await redeemed({ target: { code } });
    await expect(publish()).rejects.toMatchObject(noFree);
    await setCodeActive(engine, project, code, false);
    await rollBack(engine, project, redemption!.redemption_id);
    await expect(publish()).rejects.toMatchObject(noFree);
    await setCodeActive(engine, project, code, true);
    expect(await publish()).toMatchObject({ code, status: "published", customer: id("bob") });
    await setCodeActive(engine, project, code, false);
    expect(await setCodeActive(engine, project, code, true)).toMatchObject({ status: "published" });
  });

  describe("redemptions", () => {
    it("are what queries count, until they are rolled back", async () => {
      await newProject();
      await rule({ query: "redemptions is 0", perDay: 1 });
      await campaign({ rules: ["Rule"] });
      const { redemption } = await redeemed();
      expect((await person("ann")).customer.activity.redemptions.count).toBe(1);
      const [record] = await store.getMany("redemptions", [recordOf(redemption!)]);
      expect(record).toMatchObject({ customer: id("ann"), campaign: "Winter", result: "SUCCESS" });
      expect(record!.at).toEqual(new Date(start));
      expect(kinds(await redeemed())).toEqual(["AUDIENCE", "DAY_LIMIT"]);
      now = start + 1_000;
      const back = await rollBack(engine, project, redemption!.redemption_id);
      expect(back).toMatchObject({ status: "rolled_back", rolled_back_at: new Date(now) });
      expect(await rollBack(engine, project, redemption!.redemption_id)).toEqual(back);
      expect((await person("ann")).customer.activity.redemptions.count).toBe(0);
      expect(await countOf()).toBe(0);
      expect(kinds(await redeemed())).toEqual([]);
      await expect(rollBack(engine, project, "none")).rejects.toMatchObject({
        code: "NOT_FOUND",
        field: "id",
      });
      const page = await redemptionPage(engine, { project, name_key: "winter" } as never, { first: 5 });
      expect(page.nodes.map(({ status }) => status)).toEqual(["redeemed", "rolled_back"]);
    });

    it("are limited in all, by customer, and by day of the project's zone", async () => {
      await newProject();
      await rule({ total: 4, perCustomer: 2, perDay: 3 });
      await campaign({ rules: ["Rule"] });
      // 23:30 in Warsaw.
      now = Date.parse("2026-11-30T22:30:00Z");
      expect(kinds(await redeemed())).toEqual([]);
      expect(kinds(await redeemed())).toEqual([]);
      expect(kinds(await redeemed())).toEqual(["CUSTOMER_LIMIT"]);
      expect(kinds(await redeemed({ customer: id("bob") }))).toEqual([]);
      expect(kinds(await redeemed({ customer: id("cyd") }))).toEqual(["DAY_LIMIT"]);
      now += 1_800_000;
      expect(kinds(await redeemed({ customer: id("cyd") }))).toEqual([]);
      expect(kinds(await redeemed({ customer: id("bob") }))).toEqual(["TOTAL_LIMIT"]);
    });

    it("with one idempotency key are one redemption", async () => {
      await newProject();
      await campaign();
      const given = { idempotencyKey: "order-1", order: { amount: 1_000 } };
      const outcomes = await Promise.all(Array.from({ length: 10 }, () => redeemed(given)));
      expect(new Set(outcomes.map(({ redemption }) => redemption?.redemption_id))).toEqual(
        new Set(["order-1"]),
      );
      expect(await countOf()).toBe(1);
      expect((await findRedemption(engine, project, "order-1"))?.discount_amount).toBe(125);
      await expect(redeemed({ ...given, customer: id("bob") })).rejects.toMatchObject({ code: "KEY_USED" });
      await expect(redeemed({ ...given, order: { amount: 1_001 } })).rejects.toMatchObject({
        code: "KEY_USED",
      });
      await expect(redeemed({ ...given, order: { amount: 1_000, sourceId: "o-2" } })).rejects.toMatchObject({
        code: "KEY_USED",
      });
      await rollBack(engine, project, "order-1");
      await expect(redeemed(given)).rejects.toMatchObject({
        code: "KEY_USED",
        message: "The redemption with this idempotency key was rolled back. Use a new key to redeem again.",
      });
      expect(await countOf()).toBe(0);
      await expect(redeemed({ idempotencyKey: "" })).rejects.toMatchObject({ code: "INVALID_INPUT" });
    });

    it("of unknown customers and campaigns, and of impossible orders, are refused", async () => {
      await newProject();
      await campaign();
      await expect(redeemed({ customer: "other/ann" })).rejects.toMatchObject({ code: "UNKNOWN_CUSTOMER" });
      await expect(redeemed({ target: { campaign: "Summer" } })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(redeemed({ order: { amount: -1 } })).rejects.toMatchObject({
        code: "INVALID_INPUT",
        field: "amount",
      });
      for (const [sourceId, mistake] of [
        ["x".repeat(257), "has more than 256 characters"],
        [" ", "is blank"],
        ["a\u0000", "holds a control character or half of one"],
      ] as const)
        await expect(redeemed({ order: { amount: 1, sourceId } })).rejects.toMatchObject({
          code: "INVALID_INPUT",
          field: "sourceId",
          message: `The order's id ${mistake}. Give it as the source system has it.`,
        });
      expect(await countOf()).toBe(0);
      const sourceId = "x".repeat(256);
      const { redemption } = await redeemed({ order: { amount: 1, sourceId } });
      expect(redemption?.order).toBe(sourceId);
    });

    it("100 at once of a code with 10 left are exactly 10", async () => {
      await newProject();
      await campaign({ requiresCode: true });
      const people = Array.from({ length: 20 }, (_, index) => ({ source_id: `c${index}` }));
      await upsertCustomers(engine, project, people);
      await createCode(engine, project, { campaign: "Winter", code: "TEN", limit: 10 });
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          redeemed({ target: { code: "TEN" }, customer: id(`c${index % 20}`) }),
        ),
      );
      const done = outcomes.filter(({ redemption }) => redemption !== undefined);
      expect(done).toHaveLength(10);
      for (const outcome of outcomes)
        if (outcome.redemption === undefined) expect(kinds(outcome)).toEqual(["CODE_LIMIT"]);
      expect((await findCode(engine, project, "ten"))?.redeemed).toBe(10);
      expect(await countOf()).toBe(10);
      const counts = await Promise.all(people.map(({ source_id }) => person(source_id)));
      expect(counts.reduce((sum, { customer }) => sum + customer.activity.redemptions.count, 0)).toBe(10);
    });

    it("by one customer at once, each with another code, are as many as the audience allows", async () => {
      await newProject();
      await rule({ query: "redemptions < 3" });
      await campaign({ rules: ["Rule"] });
      const outcomes = await Promise.all(Array.from({ length: 30 }, () => redeemed()));
      expect(outcomes.filter(({ redemption }) => redemption !== undefined)).toHaveLength(3);
      expect((await person("ann")).customer.activity.redemptions.count).toBe(3);
    });
  });

  it("a customer's answer lists the campaigns they qualify for, and what is missing for the others", async () => {
    await newProject();
    await rule({ name: "Poles", query: "country is Poland" });
    await rule({ name: "Big", minimumOrder: 10_000 });
    await campaign({ name: "A", rules: ["Poles"], requiresCode: true });
    await campaign({ name: "B", rules: ["Poles", "Big"] });
    await campaign({ name: "C", active: false });
    await campaign({ name: "D", discount: { amount: 300 } });
    const found = await promotionsFor(engine, project, {
      person: await person("cyd"),
      order: { amount: 2_000 },
    });
    expect(found.map(({ campaign: { name }, discount, ...each }) => [name, kinds(each), discount])).toEqual([
      ["A", ["AUDIENCE"], 250],
      ["B", ["AUDIENCE", "MINIMUM_ORDER"], 250],
      ["D", [], 300],
    ]);
  });

  it("an erased customer leaves nothing in promotions but counts", async () => {
    await newProject();
    await campaign();
    await generateCodes(engine, project, await planCodes(engine, project, { campaign: "Winter", count: 1 }));
    const { code } = await publishCode(engine, project, "Winter", id("ann"));
    await redeemed({ target: { code } });
    await eraseCustomer(engine, project, "ann");
    for (const collection of collections.filter((name) => name !== "changes")) {
      const rows = await store.reads.documents.after(collection, project, "", 1_000);
      expect(JSON.stringify(rows), collection).not.toMatch(/\bann\b/);
    }
    expect(await findCode(engine, project, code)).toMatchObject({ status: "published", redeemed: 1 });
    expect(await countOf()).toBe(1);
    expect(kinds(await redeemed({ target: { code }, customer: id("bob") }))).toContain(
      "CODE_OF_ANOTHER_CUSTOMER",
    );
  });
});
