// What campaigns feed moves customers in and out of segments, live, on every store: redemptions, gift cards, points and referrals.
import { expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { publishCode } from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { issueGiftCard } from "../../src/promotions/gift-cards.js";
import { addPoints, expirePoints } from "../../src/promotions/loyalty.js";
import { redeem, rollBack } from "../../src/promotions/redemptions.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { movableEngine, settle } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { holdersIn } from "../store/watched.js";

const project = "fed";

it.each(everyStore)("on $name", async (tested) => {
  const place = tested.place();
  const store = await tested.open(place);
  const engine = movableEngine(store, "2026-05-01T10:00:00Z");
  const id = (sourceId: string) => `${project}/${sourceId}`;
  await defineProject(engine, project, { timezone: "UTC" });
  await upsertCustomers(engine, project, [{ source_id: "ann" }, { source_id: "bob" }]);
  await createCampaign(engine, project, { name: "Cards", kind: "gift_card" });
  await createCampaign(engine, project, { name: "Club", kind: "loyalty", pointsDays: 10 });
  await createCampaign(engine, project, { name: "Friends", kind: "referral", discount: { percent: "10" } });
  const segments = new Map<string, string>();
  for (const [name, query] of [
    ["redeemers", "redemptions is at least 1"],
    ["card left", "gift card balance in campaign Cards is at least $20"],
    ["card used", "gift card spent is at least $30"],
    ["points", "loyalty balance in campaign Club is at least 300"],
    ["referrers", "referred customers in campaign Friends is at least 1"],
  ] as const)
    segments.set((await createAutoUpdate(engine, project, { name, query })).segment_id, name);
  /** Which segments a customer is in, as they are stored. */
  const live = async (sourceId: string) => {
    await settle(engine, project);
    const names: string[] = [];
    for (const [segment, name] of segments) {
      const members = await holdersIn(store, project, segment);
      if (members.some((member) => member.source_id === sourceId)) names.push(name);
    }
    return names;
  };
  expect(await live("ann")).toEqual([]);

  const card = { campaign: "Cards", customer: id("ann"), amount: 5_000, code: "ANNA" };
  await issueGiftCard(engine, project, card);
  expect(await live("ann")).toEqual(["card left"]);
  const pay = {
    target: { code: "ANNA" },
    customer: id("ann"),
    order: { amount: 4_000 },
    idempotencyKey: "1",
  };
  await redeem(engine, project, pay);
  expect(await live("ann")).toEqual(["redeemers", "card used"]);
  await rollBack(engine, project, "1");
  expect(await live("ann")).toEqual(["card left"]);

  await addPoints(engine, project, { campaign: "Club", customer: id("ann"), points: 300 });
  expect(await live("ann")).toEqual(["card left", "points"]);
  const spend = { target: { campaign: "Club" }, customer: id("ann"), points: 1, idempotencyKey: "2" };
  await redeem(engine, project, spend);
  expect(await live("ann")).toEqual(["redeemers", "card left"]);
  await rollBack(engine, project, "2");
  expect(await live("ann")).toEqual(["card left", "points"]);
  engine.moveTo("2026-05-11T00:00:00Z");
  await expirePoints(engine, project, (error) => expect.fail(String(error)));
  expect(await live("ann")).toEqual(["card left"]);

  const plan = await planCodes(engine, project, { campaign: "Friends", count: 1, limit: null });
  await generateCodes(engine, project, plan);
  const { code } = await publishCode(engine, project, "Friends", id("ann"));
  const join = { target: { code }, customer: id("bob"), order: { amount: 1_000 }, idempotencyKey: "3" };
  await redeem(engine, project, join);
  expect([await live("ann"), await live("bob")]).toEqual([["card left", "referrers"], ["redeemers"]]);
  await rollBack(engine, project, "3");
  expect([await live("ann"), await live("bob")]).toEqual([["card left"], []]);
  await store.close();
  await tested.destroy(place);
});
