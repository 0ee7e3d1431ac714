// Erasing a person leaves nothing of them, on every store, and says what it was.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { RecordCollection } from "../../src/documents/collections.js";
import { collections } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { findCustomer } from "../../src/query/customer.js";
import { createStatic } from "../../src/segments/static.js";
import { settle } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";

const at1 = "2026-11-01T00:00:00Z";
const records: Readonly<Record<RecordCollection, (customer: string) => readonly object[]>> = {
  orders: (customer) => [
    { source_id: `o-${customer}`, customer, created_at: at1, amount: 100, items: [{ sku: "MUG" }] },
  ],
  events: (customer) =>
    Array.from({ length: 1_100 }, (_, index) => ({
      id: `e-${customer}-${index}`,
      customer,
      type: "login",
      at: at1,
    })),
  redemptions: (customer) => [{ customer, at: at1, campaign: "Club", result: "SUCCESS" }],
  gift_cards: (customer) => [{ id: `g-${customer}`, customer, campaign: "Xmas", amount: 5_000 }],
  loyalty: (customer) => [{ id: `l-${customer}`, customer, campaign: "Club", points: 7 }],
  referrals: (customer) => [
    {
      id: `r-${customer}`,
      referrer: customer,
      referee: customer === "eve" ? "ann" : "eve",
      campaign: "Summer",
      at: at1,
    },
  ],
};

describe.each(everyStore)("erasing a person on $name", (tested) => {
  const store = storeOfSuite(tested);
  let engine: Engine;
  const project = "default";

  beforeAll(async () => {
    engine = { store, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };
    await upsertCustomers(engine, project, [{ source_id: "ann", name: "Ann" }, { source_id: "eve" }]);
    for (const [collection, made] of Object.entries(records))
      await upsertRecords(engine, project, collection as RecordCollection, [...made("ann"), ...made("eve")]);
    await createStatic(engine, project, { name: "Both", sourceIds: ["ann", "eve"] });
    await createStatic(engine, project, { name: "Eve", sourceIds: ["eve"] });
  });

  it("removes all of the person's data and nothing of others; a repetition removes nothing", async () => {
    const before = await findCustomer(engine, project, { sourceId: "eve" });
    const erased = (await eraseCustomer(engine, project, "ann"))!;
    expect(erased).toMatchObject({
      id: "default/ann",
      sourceId: "ann",
      profile: true,
      records: { orders: 1, events: 1_100, redemptions: 1, gift_cards: 1, loyalty: 1, referrals: 1 },
      namedInReferrals: 1,
    });
    expect(erased.segments.map(({ name }) => name)).toEqual(["Both"]);
    // Until a maintainer has looked at it, the mark that somebody is gone says who.
    await settle(engine, project);
    for (const collection of collections) {
      const rows = await documentsIn(store, collection, project);
      expect(JSON.stringify(rows), collection).not.toMatch(/\bann\b/i);
    }
    expect(await findCustomer(engine, project, { sourceId: "eve" })).toEqual(before);
    // What a referral says of who was erased may be somebody's id: asked for, it finds nobody, and comes to an end.
    expect(await eraseCustomer(engine, project, "(erased)")).toBeUndefined();
    expect(before?.activity.referrals.count).toBe(1);
    expect(await documentsIn(store, "events", project)).toHaveLength(1_100);
    expect(await eraseCustomer(engine, project, "ann")).toBeUndefined();
  });

  it("an erasure that stopped after the profile was removed is finished by a repetition", async () => {
    await store.write((transaction) => transaction.remove("customers", ["default/eve"]));
    const erased = await eraseCustomer(engine, project, "eve");
    expect(erased).toMatchObject({
      profile: false,
      records: { orders: 1, events: 1_100, redemptions: 1, gift_cards: 1, loyalty: 1, referrals: 1 },
    });
  });
});
