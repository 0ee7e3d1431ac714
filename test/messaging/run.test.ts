// Distributions in the background, as in a server, on every store.
import { describe, expect, it } from "vitest";
import { cancelDistribution } from "../../src/messaging/lifecycle.js";
import { runMessaging } from "../../src/messaging/run.js";
import { distributionsChanged } from "../../src/messaging/wakeups.js";
import { type Reply, runReceiver } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { watchedStore } from "../store/watched.js";
import { messagingShop, secret } from "./shop.js";

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
});
