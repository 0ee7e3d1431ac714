// Campaigns of gift cards, points and referrals, on every store: what they feed is what queries see.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { deleteRecords } from "../../src/ingest/delete-records.js";
import { upsertRecords } from "../../src/ingest/records.js";
import {
  type CampaignChanges,
  type CampaignRequest,
  createCampaign,
  deleteCampaign,
  updateCampaign,
} from "../../src/promotions/campaigns.js";
import { createCode, findCode, publishCode } from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { issueGiftCard } from "../../src/promotions/gift-cards.js";
import { addPoints, expirePoints, findAccount } from "../../src/promotions/loyalty.js";
import { pointsLeft } from "../../src/promotions/points.js";
import { pointsOf, type RedemptionRequest, redeem, rollBack } from "../../src/promotions/redemptions.js";
import { createRule } from "../../src/promotions/rules.js";
import { promotionsFor, validateRedemption } from "../../src/promotions/validate.js";
import { findCustomer } from "../../src/query/customer.js";
import { previewSegment } from "../../src/query/preview.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";

const start = Date.parse("2026-11-30T10:00:00Z");
const day = 86_400_000;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let now = start;
  const engine: Engine = { store, clock: () => now };
  let projects = 0;
  const failed = (error: unknown) => {
    throw error;
  };

  /** A project of its own, with Ann, Bob and Cyd, and a campaign of each request. */
  async function shop(...campaigns: readonly CampaignRequest[]) {
    projects += 1;
    now = start;
    const project = `kinds${projects}`;
    await defineProject(engine, project, { currency: "EUR", timezone: "Europe/Warsaw" });
    await upsertCustomers(engine, project, [
      { source_id: "ann" },
      { source_id: "bob" },
      { source_id: "cyd" },
    ]);
    for (const campaign of campaigns) await createCampaign(engine, project, campaign);
    const id = (sourceId: string) => `${project}/${sourceId}`;
    return {
      project,
      id,
      who: async (query: string) => {
        const { answer, diagnostics } = await previewSegment(engine, project, { query });
        expect(diagnostics).toEqual([]);
        const found = [...(await answer!.sourceIds())];
        return found.sort();
      },
      redeemed: (customer: string, request: Omit<RedemptionRequest, "customer">) =>
        redeem(engine, project, { customer: id(customer), ...request }),
      refused: async (customer: string, request: Omit<RedemptionRequest, "customer">) => {
        const { obstacles } = await redeem(engine, project, { customer: id(customer), ...request });
        return obstacles.map(({ message }) => message);
      },
    };
  }

  it("a gift card pays for orders until nothing is left, and is paid back", async () => {
    const { project, id, who, redeemed, refused } = await shop({ name: "Cards", kind: "gift_card" });
    const card = await issueGiftCard(engine, project, {
      ...{ campaign: "cards", customer: id("ann"), amount: 5_000, code: "ANNA" },
    });
    expect(card).toMatchObject({ code: "ANNA", status: "published", customer: id("ann") });
    const other = await issueGiftCard(engine, project, {
      campaign: "Cards",
      customer: id("ann"),
      amount: 100,
    });
    expect(other.code).toMatch(/^(\w{4}-){2}\w{4}$/);
    const target = { code: "anna" };
    expect(await who("gift card balance in campaign Cards is 51")).toEqual(["ann"]);
    const first = await redeemed("ann", { target, order: { amount: 3_000 }, idempotencyKey: "g-1" });
    expect(first.redemption).toMatchObject({ order_amount: 3_000, discount_amount: 3_000 });
    const again = await redeemed("ann", { target, order: { amount: 3_000 }, idempotencyKey: "g-1" });
    expect(again.redemption).toEqual(first.redemption);
    expect(await who("gift card spent is 30 and gift card balance is 21")).toEqual(["ann"]);
    const person = { customer: (await findCustomer(engine, project, { sourceId: "ann" }))! };
    const order = { amount: 9_000 };
    expect((await validateRedemption(engine, project, { target, person, order })).discount).toBe(2_000);
    expect((await redeemed("ann", { target, order })).redemption?.discount_amount).toBe(2_000);
    expect(await refused("ann", { target, order })).toEqual(["Nothing is left of the gift card ANNA."]);
    expect(await refused("ann", { target: { code: other.code } })).toEqual([
      "A gift card pays for an order, and none is given.",
    ]);
    expect(await refused("bob", { target: { code: other.code }, order })).toEqual([
      `The code ${other.code} belongs to another customer.`,
    ]);
    await rollBack(engine, project, "g-1");
    await rollBack(engine, project, "g-1");
    expect(await who("gift card spent is 20 and gift card balance is 31")).toEqual(["ann"]);
    await expect(
      issueGiftCard(engine, project, { campaign: "Cards", customer: id("bob"), amount: 1, code: "anna" }),
    ).rejects.toMatchObject({ code: "CODE_TAKEN" });
    await eraseCustomer(engine, project, "ann");
    expect(await refused("bob", { target, order })).toEqual([
      "The code ANNA belongs to another customer.",
      "Nothing is left of the gift card ANNA.",
    ]);
    expect((await findCode(engine, project, "ANNA"))?.customer).toBeUndefined();
  });

  it("points are earned, spent and given back, and expire by the calendar of the shop", async () => {
    const terms = { kind: "loyalty", pointValue: 10, pointsDays: 2 } as const;
    const { project, id, who, redeemed, refused } = await shop({ name: "Club", ...terms });
    const earn = (points: number) =>
      addPoints(engine, project, { campaign: "club", customer: id("ann"), points });
    const target = { campaign: "Club" };
    const account = () => findAccount(engine, project, "Club", id("ann"));
    await earn(100);
    now += day;
    expect(await earn(50)).toMatchObject({
      points: 150,
      // The night to 2 December in Warsaw.
      next_expiry: new Date("2026-12-01T23:00:00Z"),
    });
    expect(await who("loyalty balance in campaign Club is 150")).toEqual(["ann"]);
    const first = await redeemed("ann", {
      target,
      points: 60,
      order: { amount: 700 },
      idempotencyKey: "p-1",
    });
    expect(first.redemption).toMatchObject({ discount_amount: 600 });
    expect(pointsOf(first.redemption!)).toBe(60);
    await expect(
      redeemed("ann", { target, points: 61, order: { amount: 700 }, idempotencyKey: "p-1" }),
    ).rejects.toMatchObject({ code: "KEY_USED" });
    expect(await who("loyalty balance is 90 and loyalty points is 150")).toEqual(["ann"]);
    expect(await refused("ann", { target, points: 91 })).toEqual(['The customer has 90 points of "Club".']);
    expect(await refused("bob", { target, points: 1 })).toEqual(['The customer has 0 points of "Club".']);
    expect(await refused("ann", { target, points: 70, order: { amount: 600 } })).toEqual([
      "70 points are worth €7.00, and the order is of €6.00. Redeem fewer.",
    ]);
    await expect(redeemed("ann", { target })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      field: "points",
    });
    now = Date.parse("2026-12-01T22:59:59Z");
    expect(await expirePoints(engine, project, failed)).toBe(0);
    now += 1_000;
    // Not redeemable from that instant on, even before the clock's work is done.
    expect(pointsLeft(await account())).toBe(50);
    expect(await expirePoints(engine, project, failed)).toBe(1);
    expect(await expirePoints(engine, project, failed)).toBe(0);
    expect(await who("loyalty balance is 50")).toEqual(["ann"]);
    // The points of the first day are over when they are given back.
    await rollBack(engine, project, "p-1");
    expect(await account()).toMatchObject({ points: 150, spent: 0, expired: 100 });
    expect(await who("loyalty balance is 50")).toEqual(["ann"]);
    const offered = await promotionsFor(engine, project, {
      person: { customer: (await findCustomer(engine, project, { sourceId: "bob" }))! },
    });
    expect(offered.map(({ obstacles }) => obstacles.map(({ kind }) => kind))).toEqual([["TOO_FEW_POINTS"]]);
    await expect(deleteCampaign(engine, project, "Club")).rejects.toMatchObject({
      code: "IN_USE",
      message: '"Club" can\'t be deleted: it has accounts of points. Deactivate it.',
    });
    await eraseCustomer(engine, project, "ann");
    expect(await documentsIn(store, "loyalty_accounts", project)).toEqual([]);
  });

  it("a referral belongs to the one whose code it is, once for whom they refer", async () => {
    const { project, id, who, redeemed, refused } = await shop({
      ...{ name: "Friends", kind: "referral", discount: { percent: "10" } },
    });
    const plan = await planCodes(engine, project, { campaign: "Friends", count: 2, limit: null });
    await generateCodes(engine, project, plan);
    const { code } = await publishCode(engine, project, "Friends", id("ann"));
    const target = { code };
    expect(await refused("ann", { target })).toEqual(["Customers can't refer themselves."]);
    const first = await redeemed("bob", { target, order: { amount: 1_000 }, idempotencyKey: "f-1" });
    expect(first.redemption).toMatchObject({ customer: id("bob"), discount_amount: 100 });
    expect(await refused("bob", { target })).toEqual(['The customer was referred by "Friends" before.']);
    expect(await documentsIn(store, "referrals", project)).toMatchObject([
      { customer: id("ann"), referee: "bob", campaign: "Friends" },
    ]);
    await redeemed("cyd", { target });
    expect(await who("referred customers in campaign Friends is 2")).toEqual(["ann"]);
    await rollBack(engine, project, "f-1");
    expect(await who("referred customers is 1")).toEqual(["ann"]);
    expect(await who("redemptions is 1")).toEqual(["cyd"]);
    const [free] = (await documentsIn(store, "codes", project)).filter(({ status }) => status === "free");
    expect(await refused("bob", { target: { code: free!.code } })).toEqual([
      `The code ${free!.code} belongs to no customer: publish it first.`,
    ]);
  });

  it("points and gift cards with an idempotency key are given once", async () => {
    const { project, id } = await shop(
      { name: "Club", kind: "loyalty" },
      { name: "Cards", kind: "gift_card" },
    );
    const customer = id("ann");
    const points = { campaign: "Club", customer, points: 10, idempotencyKey: "k" };
    const both = await Promise.all([addPoints(engine, project, points), addPoints(engine, project, points)]);
    expect(both[1]).toEqual(both[0]);
    expect(await addPoints(engine, project, points)).toEqual(both[0]);
    expect(await documentsIn(store, "loyalty", project)).toMatchObject([{ points: 10 }]);
    const card = { campaign: "Cards", customer, amount: 500, idempotencyKey: "k" };
    const issued = await issueGiftCard(engine, project, card);
    expect(await issueGiftCard(engine, project, card)).toEqual(issued);
    expect(await issueGiftCard(engine, project, { ...card, code: issued.code })).toEqual(issued);
    expect(await documentsIn(store, "gift_cards", project)).toHaveLength(1);
    for (const other of [
      () => addPoints(engine, project, { ...points, points: 11 }),
      () => addPoints(engine, project, { ...points, customer: id("bob") }),
      () => issueGiftCard(engine, project, { ...card, amount: 501 }),
      () => issueGiftCard(engine, project, { ...card, code: "OTHER" }),
    ])
      await expect(other()).rejects.toMatchObject({ code: "KEY_USED", field: "idempotencyKey" });
    for (const wrong of [
      () => addPoints(engine, project, { ...points, idempotencyKey: " " }),
      () => issueGiftCard(engine, project, { ...card, idempotencyKey: " " }),
    ])
      await expect(wrong()).rejects.toMatchObject({ code: "INVALID_INPUT", field: "idempotencyKey" });
    await eraseCustomer(engine, project, "ann");
    const counts = await documentsIn(store, "redemption_counts", project);
    expect(counts.filter((count) => count.customer === customer)).toEqual([]);
  });

  it("the balance of a gift card does not follow what others write over its record", async () => {
    const { project, id, who, redeemed, refused } = await shop({ name: "Cards", kind: "gift_card" });
    const customer = id("ann");
    await issueGiftCard(engine, project, { campaign: "Cards", customer, amount: 500, code: "ANNA" });
    const target = { code: "ANNA" };
    await redeemed("ann", { target, order: { amount: 400 }, idempotencyKey: "g" });
    const record = { id: "gift-card:ANNA", customer: "ann", campaign: "Cards", amount: 9_000, spent: 0 };
    await upsertRecords(engine, project, "gift_cards", [record]);
    const second = await redeemed("ann", { target, order: { amount: 400 } });
    expect(second.redemption?.discount_amount).toBe(100);
    expect(await who("gift card spent is 5 and gift card balance is 0")).toEqual(["ann"]);
    await deleteRecords(engine, project, "gift_cards", ["gift-card:ANNA"]);
    await rollBack(engine, project, "g");
    expect(await who("gift card spent is 1 and gift card balance is 4")).toEqual(["ann"]);
    expect((await redeemed("ann", { target, order: { amount: 300 } })).redemption?.discount_amount).toBe(300);
    expect((await findCode(engine, project, "ANNA"))?.card).toEqual({ amount: 500, spent: 400 });
    await eraseCustomer(engine, project, "ann");
    expect((await findCode(engine, project, "ANNA"))?.card).toBeUndefined();
    expect(await refused("bob", { target, order: { amount: 1 } })).toContain(
      "Nothing is left of the gift card ANNA.",
    );
  });

  it("an account of a long name and a long id has a record", async () => {
    const name = "Long ".repeat(20).trim();
    const { project, who } = await shop({ name, kind: "loyalty" });
    const sourceId = "x".repeat(256);
    await upsertCustomers(engine, project, [{ source_id: sourceId }]);
    const request = { campaign: name, customer: `${project}/${sourceId}`, points: 5 };
    await addPoints(engine, project, request);
    await addPoints(engine, project, request);
    expect(await documentsIn(store, "loyalty", project)).toMatchObject([{ points: 10 }]);
    expect(await who("loyalty balance is 10")).toEqual([sourceId]);
  });

  it("gift cards are offered to those who have one, and no second referral", async () => {
    const { project, id, redeemed } = await shop(
      { name: "Cards", kind: "gift_card" },
      { name: "Friends", kind: "referral", discount: { percent: "10" } },
    );
    const offers = async (sourceId: string) => {
      const customer = (await findCustomer(engine, project, { sourceId }))!;
      const found = await promotionsFor(engine, project, { person: { customer }, order: { amount: 400 } });
      return found.map(({ campaign, code, discount, obstacles }) => [
        ...[campaign.name, code?.code, discount],
        ...obstacles.map(({ kind }) => kind),
      ]);
    };
    const issue = (amount: number, code: string) =>
      issueGiftCard(engine, project, { campaign: "Cards", customer: id("ann"), amount, code });
    for (const [amount, code] of [
      [100, "A"],
      [300, "B"],
      [200, "C"],
    ] as const)
      await issue(amount, code);
    await generateCodes(engine, project, await planCodes(engine, project, { campaign: "Friends", count: 1 }));
    const { code } = await publishCode(engine, project, "Friends", id("ann"));
    expect(await offers("ann")).toEqual([
      ["Cards", "B", 300],
      ["Friends", undefined, 40],
    ]);
    expect(await offers("bob")).toEqual([["Friends", undefined, 40]]);
    await redeemed("bob", { target: { code } });
    expect(await offers("bob")).toEqual([["Friends", undefined, 40, "ALREADY_REFERRED"]]);
  });

  it("an account that can't be changed does not keep the points of others", async () => {
    const { project, id, who } = await shop({ name: "Club", kind: "loyalty", pointsDays: 1 });
    for (const sourceId of ["ann", "bob", "cyd"])
      await addPoints(engine, project, { campaign: "Club", customer: id(sourceId), points: 1 });
    now += day;
    const write: Engine["store"]["write"] = (body, ...others) =>
      store.write(
        (transaction) =>
          body({
            ...transaction,
            put: async (collection, documents) => {
              if (documents.some((document) => "customer" in document && document.customer === id("ann")))
                throw new Error("broken");
              return transaction.put(collection, documents);
            },
          }),
        ...others,
      );
    const reported: unknown[] = [];
    const broken = { ...engine, store: { ...store, write } };
    expect(await expirePoints(broken, project, (error) => reported.push(error))).toBe(2);
    expect(reported).toMatchObject([{ cause: { message: "broken" } }]);
    expect(await who("loyalty balance is 1")).toEqual(["ann"]);
    expect(await expirePoints(engine, project, failed)).toBe(1);
  });

  it("rules limit campaigns of every kind", async () => {
    const { project, id, redeemed, refused } = await shop({ name: "Club", kind: "loyalty" });
    await createRule(engine, project, { name: "Once", perCustomer: 1 });
    await updateCampaign(engine, project, "Club", { rules: ["Once"] });
    await addPoints(engine, project, { campaign: "Club", customer: id("ann"), points: 10 });
    const target = { campaign: "Club" };
    expect((await redeemed("ann", { target, points: 1 })).redemption).toBeDefined();
    expect(await refused("ann", { target, points: 1 })).toEqual([
      "The customer has redeemed it as often as a customer may: once.",
    ]);
  });

  it("25 redemptions at once take a balance of 10 once each, and never more", async () => {
    const { project, id, redeemed } = await shop(
      { name: "Club", kind: "loyalty" },
      { name: "Cards", kind: "gift_card" },
    );
    await addPoints(engine, project, { campaign: "Club", customer: id("ann"), points: 10 });
    await issueGiftCard(engine, project, { campaign: "Cards", customer: id("ann"), amount: 10, code: "TEN" });
    const all = await Promise.all(
      Array.from({ length: 25 }, async () => [
        await redeemed("ann", { target: { campaign: "Club" }, points: 1 }),
        await redeemed("ann", { target: { code: "TEN" }, order: { amount: 1 } }),
      ]),
    );
    const succeeded = all.flat().filter(({ redemption }) => redemption !== undefined);
    expect(succeeded).toHaveLength(20);
    expect(await documentsIn(store, "gift_cards", project)).toMatchObject([{ amount: 10, spent: 10 }]);
    expect(await documentsIn(store, "loyalty", project)).toMatchObject([
      { points: 10, spent: 10, expired: 0 },
    ]);
  });

  it.each<[string, Partial<CampaignRequest>, string]>([
    ["gift cards with a discount", { kind: "gift_card", discount: { percent: "5" } }, "discount"],
    ["a referral without one", { kind: "referral" }, "discount"],
    ["a discount without one", {}, "discount"],
    ["a discount with points", { discount: { percent: "5" }, pointValue: 5 }, "pointValue"],
    ["gift cards that expire", { kind: "gift_card", pointsDays: 5 }, "pointsDays"],
    ["points for no day", { kind: "loyalty", pointsDays: 0 }, "pointsDays"],
    ["points for a code", { kind: "loyalty", requiresCode: true }, "requiresCode"],
    [
      "a referral without codes",
      { kind: "referral", discount: { amount: 1 }, requiresCode: false },
      "requiresCode",
    ],
  ])("%s: refused", async (_, given, field) => {
    const { project } = await shop();
    await expect(createCampaign(engine, project, { name: "Odd", ...given })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      field,
    });
  });

  it("changes of points keep what is omitted, and null clears", async () => {
    const { project } = await shop(
      { name: "Club", kind: "loyalty", pointValue: 10, pointsDays: 30 },
      { name: "Winter", discount: { percent: "5" } },
    );
    const changed = async (name: string, changes: CampaignChanges) =>
      (await updateCampaign(engine, project, name, changes)).terms;
    const kind = "loyalty";
    expect(await changed("Club", {})).toEqual({ kind, point_value: 10, points_days: 30 });
    expect(await changed("Club", { pointsDays: 60 })).toEqual({ kind, point_value: 10, points_days: 60 });
    expect(await changed("Club", { pointsDays: null })).toEqual({ kind, point_value: 10 });
    expect(await changed("Club", { pointValue: null, pointsDays: 7 })).toEqual({ kind, points_days: 7 });
    const discount = { kind: "discount", discount: { kind: "percent", percent: "5" } };
    expect(await changed("Winter", { pointValue: null, pointsDays: null })).toEqual(discount);
  });

  it("what is for another kind is refused", async () => {
    const { project, id } = await shop(
      { name: "Club", kind: "loyalty" },
      { name: "Cards", kind: "gift_card" },
    );
    const customer = id("ann");
    for (const [work, message] of [
      [
        () => createCode(engine, project, { campaign: "Cards", code: "A" }),
        'The campaign "Cards" is one of gift cards. Name one of discounts.',
      ],
      [
        () => planCodes(engine, project, { campaign: "Club", count: 1 }),
        'The campaign "Club" is one of points. Name one of discounts or referrals.',
      ],
      [
        () => addPoints(engine, project, { campaign: "Cards", customer, points: 1 }),
        'The campaign "Cards" is one of gift cards. Name one of points.',
      ],
      [
        () => issueGiftCard(engine, project, { campaign: "Club", customer, amount: 1 }),
        'The campaign "Club" is one of points. Name one of gift cards.',
      ],
      [
        () => findAccount(engine, project, "Cards", customer),
        'The campaign "Cards" is one of gift cards. Name one of points.',
      ],
    ] as const)
      await expect(work()).rejects.toThrow(message);
  });
});
