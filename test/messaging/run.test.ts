// Distributions in the background, as in a server, on every store.
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { messagesPlanned, onMessagesPlanned } from "../../src/ingest/event-triggers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { cancelDistribution } from "../../src/messaging/lifecycle.js";
import { runMessaging } from "../../src/messaging/run.js";
import { distributionsChanged } from "../../src/messaging/wakeups.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { settle } from "../membership/live-shop.js";
import { type Reply, runReceiver } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { watchedStore } from "../store/watched.js";
import { messagingShop, people, secret } from "./shop.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("a distribution is sent by itself, and a delivery that is cut off at the end is in doubt", async () => {
    const receiver = await runReceiver();
    const channel = { kind: "webhook", url: receiver.url, secret } as const;
    const { start, engine, withStatus, errors, state } = await messagingShop(store);
    const report = (error: unknown) => errors.push(error);
    const running = runMessaging(engine, { report, pollMs: 20, graceMs: 20 });
    const spring = await start({ channel });
    await expect.poll(async () => (await state(spring)).state, { timeout: 60_000 }).toBe("finished");
    const never: Reply = () => undefined;
    receiver.answer(never);
    await start({ name: "Summer", channel });
    await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(6);
    await running.stop();
    expect(await withStatus("sent")).toEqual(["ann", "bob", "dan"]);
    expect(await withStatus("in_doubt")).toEqual(["ann", "bob", "dan"]);
    expect(errors).toEqual([]);
    await receiver.stop();
  });

  it("a message begins as soon as this process has written what triggers it", async () => {
    const receiver = await runReceiver();
    const channel = { kind: "webhook", url: receiver.url, secret } as const;
    const { start, engine, errors, project } = await messagingShop(store);
    const { segment_id } = await createAutoUpdate(engine, project, {
      name: "French",
      query: "country is FR",
    });
    await settle(engine, project);
    const query = undefined;
    await start({ name: "In", channel, query, trigger: { kind: "entered", segment: segment_id } });
    await start({ name: "Carts", channel, trigger: { kind: "event", type: "cart_left" } });
    let looks = 0;
    const counted = watchedStore(store, (name, parameters) => {
      if (name === "messaging.dueMessages" && parameters[0] === project) looks += 1;
    });
    const by = { ...engine, store: counted };
    // By polling alone, nothing would be found in an hour.
    const hour = 3_600_000;
    const running = runMessaging(by, { report: (error) => errors.push(error), pollMs: hour });
    await expect.poll(() => looks, { timeout: 60_000 }).toBe(2);
    const heard = () => receiver.received.map(({ body }) => body.data.sourceId);
    await upsertCustomers(by, project, [{ ...people[0]!, address: { country: "FR" } }]);
    await settle(by, project);
    await expect.poll(heard, { timeout: 60_000 }).toEqual(["ann"]);
    const at = new Date(engine.clock()).toISOString();
    await upsertRecords(by, project, "events", [{ customer: "bob", type: "cart_left", at }]);
    await expect.poll(heard, { timeout: 60_000 }).toEqual(["ann", "bob"]);
    await running.stop();
    expect(errors).toEqual([]);
    await receiver.stop();
  });

  it("a distribution without work is looked at again only after a while, or when one changes", async () => {
    const { start, engine, errors, state } = await messagingShop(store);
    const channel = { kind: "webhook", url: "https://hooks.example.com/", secret } as const;
    const carts = await start({ name: "Carts", channel, trigger: { kind: "event", type: "cart_left" } });
    let [passes, looks] = [0, 0];
    const counted = watchedStore(store, (name, parameters) => {
      if (name === "messaging.openDistributions" && parameters[0] === carts.project) passes += 1;
      if (name === "messaging.dueMessages" && parameters[1] === carts.distribution_id) looks += 1;
    });
    const by = { ...engine, store: counted };
    const running = runMessaging(by, { report: (error) => errors.push(error), pollMs: 5, idleMs: 3_600_000 });
    await expect.poll(() => passes, { timeout: 60_000 }).toBeGreaterThan(5);
    expect(looks).toBe(1);
    distributionsChanged(counted);
    await expect.poll(() => looks, { timeout: 60_000 }).toBe(2);
    // A change by another process is noticed as well.
    await cancelDistribution(engine, carts.project, "Carts");
    await expect.poll(async () => (await state(carts)).state, { timeout: 60_000 }).toBe("canceled");
    await running.stop();
    expect(errors).toEqual([]);
  });

  const onCarts = {
    name: "Carts",
    channel: { kind: "webhook", url: "https://hooks.example.com/", secret },
    trigger: { kind: "event", type: "cart_left" },
  } as const;

  it("an event wakes the work only if it plans a message", async () => {
    const { start, engine, project } = await messagingShop(store);
    await start(onCarts);
    let wakes = 0;
    const unsubscribe = onMessagesPlanned(store, () => {
      wakes += 1;
    });
    const record = (customer: string, at: number) =>
      upsertRecords(engine, project, "events", [
        { customer, type: "cart_left", at: new Date(at).toISOString() },
      ]);
    const now = engine.clock();
    await record("bob", now - 1_000);
    await record("no one", now);
    expect(wakes).toBe(0);
    await record("bob", now);
    expect(wakes).toBe(1);
    await record("bob", now);
    expect(wakes).toBe(1);
    unsubscribe();
  });

  it("what is written during a pass is looked for after a pause that grows with the pass", async () => {
    const { start, engine, errors, project } = await messagingShop(store);
    await start(onCarts);
    const begun: number[] = [];
    let held: Promise<void> | undefined;
    const counted = watchedStore(store, async (name, parameters) => {
      if (name !== "messaging.openDistributions" || parameters[0] !== project) return;
      begun.push(performance.now());
      await held;
    });
    const report = (error: unknown) => errors.push(error);
    const running = runMessaging({ ...engine, store: counted }, { report, pollMs: 3_600_000 });
    const passes = (count: number) => expect.poll(() => begun.length, { timeout: 60_000 }).toBe(count);
    await passes(1);
    let release = () => {};
    held = new Promise((resolve) => {
      release = resolve;
    });
    // The first pass may still be reading; a distribution that changes ends any wait.
    distributionsChanged(counted);
    await passes(2);
    messagesPlanned(counted, project);
    await setTimeout(60);
    const released = performance.now();
    held = undefined;
    release();
    await passes(3);
    // Timers have whole milliseconds.
    expect(begun[2]! - released).toBeGreaterThanOrEqual(2 * (released - begun[1]!) - 2);
    await running.stop();
    expect(errors).toEqual([]);
  });

  it("what is written in one project does not keep another's distributions from being idle", async () => {
    const [shop, other] = [await messagingShop(store), await messagingShop(store)];
    const carts = await shop.start(onCarts);
    await other.start(onCarts);
    let [passes, looks] = [0, 0];
    const counted = watchedStore(store, (name, parameters) => {
      if (name === "messaging.openDistributions" && parameters[0] === shop.project) passes += 1;
      if (name !== "messaging.dueMessages" || parameters[1] !== carts.distribution_id) return;
      looks += 1;
      messagesPlanned(counted, other.project);
    });
    const report = (error: unknown) => shop.errors.push(error);
    const by = { ...shop.engine, store: counted };
    const running = runMessaging(by, { report, pollMs: 5, idleMs: 3_600_000 });
    await expect.poll(() => passes, { timeout: 60_000 }).toBeGreaterThan(3);
    expect(looks).toBe(1);
    await running.stop();
    expect(shop.errors).toEqual([]);
  });
});
