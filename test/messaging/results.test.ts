// The outcomes of messages that arrive late or can't be stored at once, on every store.
import { describe, expect, it } from "vitest";
import { openChannels } from "../../src/messaging/channels.js";
import { claimDue } from "../../src/messaging/claim.js";
import { newWorker, takeLease } from "../../src/messaging/lease.js";
import { cancelDistribution } from "../../src/messaging/lifecycle.js";
import { planAudience } from "../../src/messaging/plan.js";
import { storeResults } from "../../src/messaging/results.js";
import { createWebhook } from "../../src/outbox/webhooks.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { messagingShop } from "./shop.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const away = { kind: "unavailable", problem: "The answer was 503." } as const;

  /** A shop whose message to Bob was claimed by a process that stores its outcome when the test says so. */
  async function claimedByAnother() {
    const shop = await messagingShop(store);
    const { start, engine, clock } = shop;
    const spring = await start({ query: "name is Bob" });
    const slow = newWorker(clock);
    const lease = (await takeLease(engine, spring, slow))!;
    await planAudience(engine, lease, slow, new AbortController().signal);
    const { webhook } = openChannels(engine);
    const { claimed } = await claimDue(engine, lease, slow, webhook, 1);
    webhook.close();
    expect(claimed).toHaveLength(1);
    const end = (outcome: Parameters<typeof storeResults>[3][number]["outcome"], code?: string) =>
      storeResults(engine, lease, slow, [{ claimed: claimed[0]!, outcome, code }]);
    return { ...shop, spring, end };
  }

  it("nothing is stored of a customer whose erasure was committed while the message was sent", async () => {
    const { engine, project, end } = await claimedByAnother();
    await createWebhook(engine, project, { url: "https://hooks.example.com/", eventTypes: ["message.sent"] });
    // What the first transaction of an erasure does.
    await store.write((transaction) => transaction.remove("customers", [`${project}/bob`]));
    await end({ kind: "sent" }, "SPRING-1");
    const messages = await documentsIn(store, "messages", project);
    expect(messages).toMatchObject([{ status: "sent" }]);
    expect(JSON.stringify(messages)).not.toMatch(/bob|SPRING-1/);
    const changes = await documentsIn(store, "changes", project);
    expect(changes.flatMap(({ outgoing }) => outgoing ?? [])).toEqual([]);
  });

  it("a message that was not received stays canceled with its distribution", async () => {
    const { engine, project, end, later, main, spring, counts, state } = await claimedByAnother();
    later(11_000);
    await cancelDistribution(engine, project, "Spring");
    await main.work();
    expect(await counts(spring)).toEqual({ in_doubt: 1 });
    await end(away);
    expect(await counts(spring)).toEqual({ canceled: 1 });
    expect((await state(spring)).state).toBe("canceled");
  });

  it("a message that was not received is sent again although its distribution was finished meanwhile", async () => {
    const { end, later, main, spring, counts, state } = await claimedByAnother();
    later(11_000);
    await main.work();
    expect(await counts(spring)).toEqual({ in_doubt: 1 });
    expect((await state(spring)).state).toBe("finished");
    await end(away);
    // The outcome is stored once, however often it is told.
    await end(away);
    expect(await documentsIn(store, "messages", spring.project)).toMatchObject([
      { status: "planned", attempts: 1 },
    ]);
    const reopened = await state(spring);
    expect(reopened.state).toBe("active");
    expect(reopened.ended_at).toBeUndefined();
  });
});
