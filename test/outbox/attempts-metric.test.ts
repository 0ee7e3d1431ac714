// The counts of attempts at deliveries, as metrics report them while the store cannot be read.
import { afterEach, describe, expect, it, vi } from "vitest";
import { newMetrics } from "../../src/metrics/metrics.js";
import { webhookSender } from "../../src/outbox/webhook-sender.js";
import { deleteWebhook } from "../../src/outbox/webhooks.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { watchedStore } from "../store/watched.js";
import { outboxShop } from "./shop.js";

afterEach(() => vi.restoreAllMocks());

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("a webhook's attempts are counted on after a scrape that could not read its project, until it is deleted", async () => {
    const sender = webhookSender(true);
    const { engine, project, webhook } = await outboxShop(store, sender);
    sender.close();
    const created = await webhook("http://127.0.0.1:9/");
    let isBroken = false;
    const broken = watchedStore(store, (name) => {
      if (isBroken && name === "webhooks.deadLetterCounts") throw new Error("The store is broken.");
    });
    const metrics = newMetrics({ ...engine, store: broken }, project);
    let now = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => now);
    const attempts = async (): Promise<readonly string[]> => {
      // What is read for one scrape is used for the next ones at first.
      now += 60_000;
      const lines = (await metrics.text()).split("\n");
      return lines.flatMap((line) => /^segmentql_webhook_attempts_total\{.*\} (\d+)$/.exec(line)?.[1] ?? []);
    };
    metrics.deliveryAttempted(created, "delivered");
    expect(await attempts()).toEqual(["1"]);
    isBroken = true;
    expect(await attempts()).toEqual(["1"]);
    metrics.deliveryAttempted(created, "delivered");
    isBroken = false;
    expect(await attempts()).toEqual(["2"]);
    await deleteWebhook(engine, project, created.webhook_id);
    expect(await attempts()).toEqual([]);
  });
});
