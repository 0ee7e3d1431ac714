// Distributions in the background, as in a server, on every store.
import { describe, expect, it } from "vitest";
import { runMessaging } from "../../src/messaging/run.js";
import { type Reply, runReceiver } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
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
});
