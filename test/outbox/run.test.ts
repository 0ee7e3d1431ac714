// Deliveries along with maintainers, as in a server, on every store: they run by themselves, and end when they are stopped.
import { describe, expect, it } from "vitest";
import { runMaintainers } from "../../src/membership/maintain/run.js";
import { progressOf } from "../../src/outbox/progress.js";
import { runOutbox } from "../../src/outbox/run.js";
import { webhookSender } from "../../src/outbox/webhook-sender.js";
import { upsertFrom } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { type Reply, runReceiver } from "./receiver.js";
import { heard, outboxShop } from "./shop.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("transitions are delivered; a delivery under way at the end is aborted, and sent by the next process", async () => {
    const receiver = await runReceiver();
    const sender = webhookSender(true);
    const { project, engine, poles, main, webhook } = await outboxShop(store, sender);
    await main.maintainer.release();
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    const errors: unknown[] = [];
    const report = (error: unknown) => errors.push(error);
    const begin = () => {
      const maintainers = runMaintainers(engine, { project, report, idleMs: 20 });
      const outbox = runOutbox(engine, { partitions: maintainers.partitions, report });
      return {
        stop: async () => {
          await outbox.stop();
          await maintainers.stop();
        },
      };
    };
    const join = (digit: number) => upsertFrom(engine, project, "PL", [digit]);
    const first = begin();
    await join(1);
    await expect.poll(() => heard(receiver.received, poles), { timeout: 60_000 }).toEqual(["c-1 entered"]);
    const never: Reply = () => undefined;
    receiver.answer(never);
    await join(2);
    await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(2);
    await first.stop();
    receiver.answer((response) => response.writeHead(200).end());
    const next = begin();
    await expect.poll(() => receiver.received.length, { timeout: 60_000 }).toBe(3);
    await expect.poll(async () => (await progressOf(engine, made)).waiting, { timeout: 60_000 }).toBe(0);
    await next.stop();
    expect(receiver.received[2]!.text).toBe(receiver.received[1]!.text);
    expect(errors).toEqual([]);
    sender.close();
    await receiver.stop();
  });
});
