// What is deleted of history, on every store, and what is not: nothing that a webhook has yet to receive, and no interval that
// lasts.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CollectionName } from "../../src/documents/collections.js";
import type { DistributionDocument } from "../../src/documents/message-documents.js";
import { feedBounds, presentPosition, transitionsAfter } from "../../src/membership/reads/feed.js";
import { intervalsSince, sizesAt } from "../../src/membership/reads/history.js";
import { sourceOf } from "../../src/membership/reads/members.js";
import { maxAttempts } from "../../src/outbox/deliver.js";
import { forgetHistory, runRetention } from "../../src/outbox/retention.js";
import { webhookSender } from "../../src/outbox/webhook-sender.js";
import { updateWebhook } from "../../src/outbox/webhooks.js";
import { reportedChanges } from "../membership/live-shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn, watchedStore } from "../store/watched.js";
import { refusing, runReceiver, taken } from "./receiver.js";
import { heard, outboxShop } from "./shop.js";

const day = 86_400_000;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let receiver: Awaited<ReturnType<typeof runReceiver>>;
  const sender = webhookSender(true);

  beforeAll(async () => {
    receiver = await runReceiver();
  });
  beforeEach(() => {
    receiver.answer(taken);
    receiver.received.length = 0;
  });
  afterAll(async () => {
    sender.close();
    await receiver.stop();
  });

  /** A shop in which c-1 to c-3 came on 1 May, c-2 and c-3 left on 10 May, and c-4 came on 20 May. */
  async function shop() {
    const made = await outboxShop(store, sender);
    const { engine, join, main, project } = made;
    const history = async () => {
      await join("PL", 1, 2, 3);
      engine.moveTo("2026-05-10T10:00:00Z");
      await join("FR", 2, 3);
      engine.moveTo("2026-05-20T10:00:00Z");
      await join("PL", 4);
    };
    const forget = (before: string) =>
      forgetHistory(engine, main.maintainer.partitions(), Date.parse(before));
    const count = async (collection: CollectionName) =>
      (await documentsIn(store, collection, project)).length;
    return { ...made, history, forget, count };
  }

  it("what an active distribution has yet to read is kept; a paused one keeps nothing", async () => {
    const { engine, project, history, forget } = await shop();
    const start_position = await presentPosition(engine, project);
    await history();
    const at = new Date(0);
    const distribution: DistributionDocument = {
      ...{ _id: `${project}/spring`, project, name: "Spring", name_key: "spring", distribution_id: "d-1" },
      ...{ purpose: "Spring", template: { body: "Hi" }, audience: { all_of: [], any_of: [], none_of: [] } },
      ...{ trigger: { kind: "left", segment: "s-1" }, channel: { kind: "email" }, consent: "newsletter" },
      ...{ rate: 600, state: "active", created_at: at, updated_at: at, start_position },
    };
    const put = (more: Partial<DistributionDocument>) =>
      store.write((transaction) => transaction.put("distributions", [{ ...distribution, ...more }]));
    const readUpTo = (position: readonly number[]) =>
      store.write((transaction) =>
        transaction.put("distribution_work", [
          {
            ...{ _id: distribution._id, project, distribution: "d-1", owner: "p-1", token: 1 },
            ...{ expires_at: at, next_at: at, position },
          },
        ]),
      );
    await put({});
    expect(await forget("2026-05-10T10:00:00Z")).toBe(0);
    await readUpTo(start_position);
    expect(await forget("2026-05-10T10:00:00Z")).toBe(0);
    await put({ state: "paused" });
    expect(await forget("2026-05-10T10:00:00Z")).toBe(6);
    await put({});
    await readUpTo(await presentPosition(engine, project));
    expect(await forget("2026-05-10T10:00:00.001Z")).toBe(4);
  });

  it("older history is deleted once; open intervals are kept, and so are later sizes", async () => {
    const { engine, project, poles, history, forget, count } = await shop();
    await history();
    expect([await count("transitions"), await count("memberships")]).toEqual([10, 8]);
    const before = await feedBounds(engine, project);
    expect(await forget("2026-05-01T10:00:00Z")).toBe(0);
    // Six entries; the intervals that began with them ended later, or are open.
    expect(await forget("2026-05-10T10:00:00Z")).toBe(6);
    expect((await reportedChanges(engine, project, poles)).toSorted()).toEqual([
      "c-2 left 2026-05-10T10:00:00.000Z PROFILE",
      "c-3 left 2026-05-10T10:00:00.000Z PROFILE",
      "c-4 entered 2026-05-20T10:00:00.000Z PROFILE",
    ]);
    expect(await count("memberships")).toBe(8);
    expect(await forget("2026-05-10T10:00:00.001Z")).toBe(4);
    expect([await count("transitions"), await count("memberships")]).toEqual([2, 6]);
    expect(await forget("2026-05-10T10:00:00.001Z")).toBe(0);
    const since = await intervalsSince(engine, project);
    expect(since).toBe(Date.parse("2026-05-10T10:00:00Z"));
    const sizes = (...instants: readonly string[]) =>
      sizesAt(
        engine,
        project,
        poles,
        instants.map((instant) => Date.parse(instant)),
      );
    expect(await sizes("2026-05-10T10:00:00Z", "2026-05-20T10:00:00Z")).toEqual([1, 2]);
    await expect(sizes("2026-05-10T09:59:59.999Z")).rejects.toThrow(
      "History is kept since 2026-05-10T10:00:00.000Z",
    );
    // A cursor from before is refused; one from the end of it is not, nor is the beginning of what there is.
    const { oldest, present } = await feedBounds(engine, project);
    expect(present).toEqual(before.present);
    await expect(transitionsAfter(engine, project, before.oldest, 10)).rejects.toThrow("have been deleted");
    expect((await transitionsAfter(engine, project, oldest, 10)).transitions).toHaveLength(2);
    expect((await transitionsAfter(engine, project, present, 10)).transitions).toEqual([]);
  });

  it("members as of an instant without history are computed by the query", () => {
    const live = { live_since: new Date(0), status: "live" } as Parameters<typeof sourceOf>[0];
    const keeping = { isKept: true, until: 10 * day, since: 5 * day, isExact: () => true };
    expect(sourceOf(live, keeping, { asOf: 5 * day }, 10 * day)).toBe("history");
    expect(sourceOf(live, keeping, { asOf: 5 * day - 1 }, 10 * day)).toBe("computed");
  });

  it("an enabled webhook keeps what it has yet to receive, a disabled one does not", async () => {
    const { engine, project, poles, webhook, join, history, forget, main, later, count } = await shop();
    const { webhook_id } = await webhook(receiver.url, { segmentIds: [poles] });
    receiver.answer(refusing(500));
    await history();
    await main.deliver();
    expect(await forget("2026-05-15T00:00:00Z")).toBe(2);
    // The two closed intervals; nothing that is still to be delivered.
    expect(await count("transitions")).toBe(10);
    receiver.answer(taken);
    receiver.received.length = 0;
    later(3_600_000);
    await main.deliver();
    expect(heard(receiver.received, poles)).toHaveLength(6);
    expect(await forget("2026-05-15T00:00:00Z")).toBe(8);
    receiver.answer(refusing(500));
    await join("PL", 5);
    await main.deliver();
    expect(await forget("2026-06-01T00:00:00Z")).toBe(2);
    expect(await count("transitions")).toBe(2);
    await updateWebhook(engine, project, webhook_id, { enabled: false });
    expect(await forget("2026-06-01T00:00:00Z")).toBe(2);
    expect(await count("transitions")).toBe(0);
  });

  it("a dead letter goes with the last of its transitions", async () => {
    const { poles, webhook, history, forget, main, later, count } = await shop();
    await webhook(receiver.url, { segmentIds: [poles] });
    receiver.answer(refusing(500));
    await history();
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await main.deliver();
      later(3_600_000);
    }
    expect(await count("dead_letters")).toBeGreaterThan(0);
    await forget("2026-05-09T00:00:00Z");
    expect(await count("dead_letters")).toBeGreaterThan(0);
    await forget("2026-05-21T00:00:00Z");
    expect([await count("dead_letters"), await count("transitions")]).toEqual([0, 0]);
  });

  it("a reader of what is being deleted receives an error", async () => {
    const { engine, project, history, forget } = await shop();
    await history();
    const { oldest } = await feedBounds(engine, project);
    const overtaken = watchedStore(store, () => forget("2026-05-15T00:00:00Z"));
    const reading = transitionsAfter({ ...engine, store: overtaken }, project, oldest, 100);
    await expect(reading).rejects.toThrow("have been deleted");
  });

  it("an interval that is stored late and ended long ago does not change what is known to be deleted", async () => {
    const { engine, project, poles, history, forget } = await shop();
    await history();
    await forget("2026-05-15T00:00:00Z");
    const since = Date.parse("2026-05-10T10:00:00Z");
    expect(await intervalsSince(engine, project)).toBe(since);
    const [entered_at, left_at] = [new Date("2026-05-02T00:00:00Z"), new Date("2026-05-03T00:00:00Z")];
    const by = { kind: "TIME", at: left_at } as const;
    await store.write((transaction) =>
      transaction.put("memberships", [
        {
          ...{ _id: `${project}/${poles}/late`, project, segment: poles, customer: `${project}/c-9` },
          ...{ entered_at, entered_by: by, left_at, left_by: by },
        },
      ]),
    );
    expect(await forget("2026-05-15T00:00:00Z")).toBe(1);
    expect(await intervalsSince(engine, project)).toBe(since);
  });

  it("a process that has lost the partition deletes nothing", async () => {
    const { history, main, later, process, engine, count } = await shop();
    await history();
    const partitions = main.maintainer.partitions();
    later(60_000);
    const other = process();
    await other.settle();
    expect(await forgetHistory(engine, partitions, Date.parse("2026-06-01T00:00:00Z"))).toBe(0);
    expect(await count("transitions")).toBe(10);
  });

  it("retention runs in the background", async () => {
    const { history, main, engine, count } = await shop();
    await history();
    const errors: unknown[] = [];
    const running = runRetention(engine, {
      partitions: () => main.maintainer.partitions(),
      keepMs: 5 * day,
      everyMs: 20,
      report: (error) => errors.push(error),
    });
    await expect.poll(() => count("transitions"), { timeout: 60_000 }).toBe(2);
    await running.stop();
    expect(errors).toEqual([]);
  });
});
