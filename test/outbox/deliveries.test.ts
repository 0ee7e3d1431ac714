// Webhooks served on every store: what is sent, in which order, again where it fails, and given up.
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { WorkDocument } from "../../src/documents/membership-documents.js";
import { partitionCount } from "../../src/ingest/dirty-marks.js";
import { partitionId } from "../../src/membership/maintain/lease.js";
import { transitionId } from "../../src/membership/maintain/transitions.js";
import { type Metrics, newMetrics } from "../../src/metrics/metrics.js";
import { cursorsOf, moveCursor } from "../../src/outbox/cursors.js";
import { countDeadLetters, maxDeadLetters, replayDeadLetters } from "../../src/outbox/dead-letters.js";
import { batchSize, maxAttempts, waitAfter } from "../../src/outbox/deliver.js";
import { progressOf } from "../../src/outbox/progress.js";
import { signedHeaders } from "../../src/outbox/signature.js";
import { webhookSender } from "../../src/outbox/webhook-sender.js";
import { deleteWebhook, updateWebhook, webhooksOf } from "../../src/outbox/webhooks.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { type Reply, refusing, runReceiver, taken } from "./receiver.js";
import { eventsIn, heard, outboxShop, secret } from "./shop.js";

const hour = 3_600_000;

it("the waits grow from seconds to an hour, half of each at random", () => {
  const least = [1, 2, 3, 4, 10, 11, 12].map((attempts) => waitAfter(attempts, () => 0));
  expect(least).toEqual([2_500, 5_000, 10_000, 20_000, 1_280_000, 1_800_000, 1_800_000]);
  const most = [1, 2, 12].map((attempts) => waitAfter(attempts, () => 1));
  expect(most).toEqual([5_000, 10_000, 3_600_000]);
});

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let receiver: Awaited<ReturnType<typeof runReceiver>>;
  const sender = webhookSender(true);

  beforeEach(async () => {
    receiver = await runReceiver();
  });
  afterEach(() => receiver.stop());
  afterAll(() => sender.close());

  const shop = () => outboxShop(store, sender);

  it("delivers the transitions after its creation, signed, and once", async () => {
    const { poles, webhook, join, main, engine, project, errors } = await shop();
    await join("PL", 1);
    await webhook(receiver.url, { segmentIds: [poles] });
    engine.moveTo("2026-05-02T10:00:00Z");
    await join("PL", 2, 3);
    await join("FR", 3, 4);
    await main.deliver();
    expect(heard(receiver.received, poles)).toEqual(["c-2 entered", "c-3 entered", "c-3 left"]);
    const events = eventsIn(receiver.received);
    expect(events).toHaveLength(3);
    expect(events.find(({ data }) => data.sourceId === "c-2")).toEqual({
      id: expect.stringMatching(new RegExp(`^${project}/\\d/\\d{15}$`)),
      type: "customer.segment.entered",
      timestamp: "2026-05-02T10:00:00.000Z",
      data: {
        customerId: `${project}/c-2`,
        sourceId: "c-2",
        segmentId: poles,
        cause: "PROFILE",
        causedAt: "2026-05-02T10:00:00.000Z",
      },
    });
    for (const { headers, text } of receiver.received) {
      const { "webhook-id": id, "webhook-timestamp": timestamp } = headers;
      expect(timestamp).toBe("1000");
      expect(headers).toMatchObject(signedHeaders([secret], String(id), 1_000_000, text));
    }
    const count = receiver.received.length;
    await main.deliver();
    expect(receiver.received).toHaveLength(count);
    expect(errors).toEqual([]);
    const [stored] = await webhooksOf(engine, project);
    expect(await progressOf(engine, stored!)).toEqual({ waiting: 0, failing: 0 });
  });

  it("sends a hundred at once, in the order of their numbers", async () => {
    const { poles, known, webhook, join, main } = await shop();
    await webhook(receiver.url);
    const digits = Array.from({ length: 700 }, (_, digit) => digit);
    await join("PL", ...digits);
    await main.deliver();
    const sizes = receiver.received.map(({ body }) => body.data.events.length);
    expect(Math.max(...sizes)).toBe(batchSize);
    expect(sizes.length).toBeLessThan(3 * partitionCount);
    const events = eventsIn(receiver.received);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1_400);
    expect(heard(receiver.received, poles)).toHaveLength(700);
    expect(heard(receiver.received, known)).toHaveLength(700);
    for (let partition = 0; partition < partitionCount; partition += 1) {
      const ids = events.map(({ id }) => id).filter((id) => id.includes(`/${partition}/`));
      expect(ids).toEqual(ids.toSorted());
    }
  });

  it("a failed batch is sent again later, unchanged, and later transitions wait for it", async () => {
    const { poles, webhook, join, main, later, engine } = await shop();
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    receiver.answer(refusing(503));
    await join("PL", 1);
    await main.deliver();
    await main.deliver();
    expect(receiver.received).toHaveLength(1);
    await join("FR", 1);
    expect(await progressOf(engine, made)).toEqual({
      // Into both segments, out of one.
      waiting: 3,
      failing: 1,
      problem: "The answer was 503.",
      retryAt: new Date(1_000_000 + 2_500),
    });
    later(2_499);
    await main.deliver();
    expect(receiver.received).toHaveLength(1);
    later(1);
    await main.deliver();
    expect(receiver.received).toHaveLength(2);
    receiver.answer(taken);
    later(5_000);
    await main.deliver();
    expect(receiver.received).toHaveLength(4);
    const [first, second, third, last] = receiver.received;
    expect([second!.text, third!.text]).toEqual([first!.text, first!.text]);
    expect(third!.headers["webhook-id"]).toBe(first!.headers["webhook-id"]);
    expect(third!.headers["webhook-timestamp"]).toBe("1007");
    expect(last!.headers["webhook-id"]).not.toBe(first!.headers["webhook-id"]);
    expect(heard([third!, last!], poles)).toEqual(["c-1 entered", "c-1 left"]);
    expect(await progressOf(engine, made)).toEqual({ waiting: 0, failing: 0 });
  });

  it("a webhook that is disabled under load is sent only what is under way", async () => {
    const { poles, webhook, join, main, engine, project } = await shop();
    const { webhook_id } = await webhook(receiver.url, { segmentIds: [poles] });
    await join("PL", ...Array.from({ length: 1_200 }, (_, digit) => digit));
    const disable: Reply = async (response, received) => {
      await updateWebhook(engine, project, webhook_id, { enabled: false });
      taken(response, received);
    };
    receiver.answer(disable);
    await main.deliver();
    expect(receiver.received.length).toBeGreaterThan(0);
    expect(receiver.received.length).toBeLessThanOrEqual(partitionCount);
  });

  it("a failing webhook does not delay others", async () => {
    const { poles, webhook, join, main } = await shop();
    const other = await runReceiver();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    receiver.answer((response) => void held.then(() => response.writeHead(500).end()));
    await webhook(receiver.url, { segmentIds: [poles] });
    await webhook(other.url, { segmentIds: [poles] });
    await join("PL", 1, 2, 3);
    await main.outbox.pass(main.maintainer.partitions());
    await expect
      .poll(() => heard(other.received, poles), { timeout: 60_000 })
      .toEqual(["c-1 entered", "c-2 entered", "c-3 entered"]);
    release();
    await main.outbox.settled();
    await other.stop();
  });

  it("a segment's rare transitions are delivered however many transitions of others precede them", async () => {
    const { poles, webhook, join, main, project } = await shop();
    await webhook(receiver.url, { segmentIds: [poles] });
    await join("PL", 1);
    await main.deliver();
    const transitions = await documentsIn(store, "transitions", project);
    const transition = transitions.find(({ segment }) => segment === poles);
    const { partition, sequence } = transition!;
    const [lease] = await store.getMany("maintenance", [partitionId(project, partition)]);
    const far = sequence + 250_000;
    await store.write(async (transaction) => {
      await transaction.put("maintenance", [{ ...(lease as WorkDocument), sequence: far }]);
      const found = { ...transition!, _id: transitionId(project, partition, far), sequence: far };
      await transaction.put("transitions", [found]);
    });
    await main.deliver();
    expect(heard(receiver.received, poles)).toEqual(["c-1 entered", "c-1 entered"]);
  });

  it("a delivery that keeps failing becomes a dead letter, and is replayed", async () => {
    const { poles, webhook, join, main, later, engine, project, dead } = await shop();
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    receiver.answer(refusing(500));
    await join("PL", 1);
    for (let attempt = 0; attempt < maxAttempts + 3; attempt += 1) {
      await main.deliver();
      later(hour);
    }
    expect(receiver.received).toHaveLength(maxAttempts);
    const [letter, ...others] = await dead();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      webhook: made.webhook_id,
      attempts: maxAttempts,
      since: new Date(1_000_000),
      at: new Date(1_000_000 + (maxAttempts - 1) * hour),
      problem: "The answer was 500.",
    });
    expect(letter!.sequences).toHaveLength(1);
    // Later deliveries continue.
    receiver.answer(taken);
    await join("FR", 1);
    await main.deliver();
    expect(heard(receiver.received.slice(maxAttempts), poles)).toEqual(["c-1 left"]);
    receiver.answer(refusing(500));
    expect(await replayDeadLetters(main.tools, project, made.webhook_id)).toEqual({
      replayed: 0,
      remaining: 1,
      problem: "The answer was 500.",
    });
    receiver.answer(taken);
    await expect(replayDeadLetters(main.tools, project, made.webhook_id, ["x"])).rejects.toThrow(
      'no dead letter "x"',
    );
    // However many are older, it is found by its id, and only of the webhook that has it.
    const older = Array.from({ length: maxDeadLetters }, (_, index) => ({
      ...letter!,
      _id: `${letter!._id}/older-${index}`,
      at: new Date(0),
    }));
    const strange = { ...letter!, _id: `${letter!._id}/of-another`, webhook: "another" };
    await store.write((transaction) => transaction.put("dead_letters", [...older, strange]));
    await expect(
      replayDeadLetters(main.tools, project, made.webhook_id, [strange._id]),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await replayDeadLetters(main.tools, project, made.webhook_id, [letter!._id])).toEqual({
      replayed: 1,
      remaining: maxDeadLetters,
    });
    const first = receiver.received[0]!;
    expect(receiver.received.at(-1)!.text).toBe(first.text);
    expect(receiver.received.at(-1)!.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
    expect(await countDeadLetters(engine, made)).toBe(maxDeadLetters);
  });

  it("a replaced secret signs, too, for a day", async () => {
    const { poles, webhook, join, main, later, engine, project } = await shop();
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    const given = "whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh";
    await updateWebhook(engine, project, made.webhook_id, { secret: given });
    const { secret: last } = await updateWebhook(engine, project, made.webhook_id, { rotateSecret: true });
    // Given once more, it is no other than it was.
    await updateWebhook(engine, project, made.webhook_id, { secret: last, url: receiver.url });
    const deliveredAt = async (country: string, now: number, secrets: readonly string[]) => {
      await join(country, 1);
      await main.deliver();
      const { headers, text } = receiver.received.at(-1)!;
      const id = String(headers["webhook-id"]);
      const signatures = secrets.map((each) => signedHeaders([each], id, now, text)["webhook-signature"]);
      expect(String(headers["webhook-signature"]).split(" ")).toEqual(signatures);
    };
    const [start, over] = [1_000_000, Date.parse("2026-05-02T10:00:00Z")];
    await deliveredAt("PL", start, [last, secret, given]);
    later(over - 1 - start);
    await deliveredAt("FR", over - 1, [last, secret, given]);
    later(1);
    await deliveredAt("PL", over, [last]);
    expect(receiver.received).toHaveLength(3);
  });

  it("the metrics report attempts, waiting deliveries and dead letters", async () => {
    let count: Metrics["deliveryAttempted"] = () => undefined;
    const attempted: Metrics["deliveryAttempted"] = (...attempt) => count(...attempt);
    const { poles, webhook, join, main, later, engine, project } = await outboxShop(store, sender, attempted);
    const metrics = newMetrics(engine, project);
    count = metrics.deliveryAttempted;
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    const linesOf = async (from: Metrics) =>
      (await from.text())
        .split("\n")
        .filter((line) => line.includes(`project="${project}",webhook="${made.webhook_id}"`))
        .map((line) => line.replace(/^segmentql_webhook_|project="[^"]*",webhook="[^"]*",?/g, ""));
    const backlog = () => linesOf(newMetrics(engine, project));
    receiver.answer(refusing(500));
    await join("PL", 1);
    engine.moveTo(engine.clock() + 90_000);
    await main.deliver();
    // Of both of the shop's segments, one of which is reported to it.
    expect(await backlog()).toEqual([
      "transitions_waiting{} 2",
      "oldest_waiting_age_seconds{} 90",
      "dead_letters{} 0",
    ]);
    for (let attempt = 1; attempt < maxAttempts; attempt += 1) {
      later(hour);
      await main.deliver();
    }
    expect(await backlog()).toEqual([
      "transitions_waiting{} 0",
      "oldest_waiting_age_seconds{} 0",
      "dead_letters{} 1",
    ]);
    receiver.answer(taken);
    await join("FR", 1);
    await main.deliver();
    expect((await linesOf(metrics)).slice(0, 3)).toEqual([
      `attempts_total{outcome="failed"} ${maxAttempts - 1}`,
      'attempts_total{outcome="given_up"} 1',
      'attempts_total{outcome="delivered"} 1',
    ]);
    await deleteWebhook(engine, project, made.webhook_id);
    await expect.poll(() => linesOf(metrics), { timeout: 60_000 }).toEqual([]);
  });

  it("an erased customer is in no dead letter and in no later delivery", async () => {
    const { poles, webhook, join, main, later, engine, project, dead } = await shop();
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    receiver.answer(refusing(500));
    await join("PL", 1);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await main.deliver();
      later(hour);
    }
    expect(await dead()).toHaveLength(1);
    await eraseCustomer(engine, project, "c-1");
    await main.settle();
    // Not as a part of a random id, where a digit follows.
    const named = /c-1(?![\da-f])/;
    expect(JSON.stringify(await dead())).not.toMatch(named);
    receiver.answer(taken);
    receiver.received.length = 0;
    // Nothing is left of the letter.
    expect(await replayDeadLetters(main.tools, project, made.webhook_id)).toEqual({
      replayed: 1,
      remaining: 0,
    });
    expect(receiver.received).toEqual([]);
    // The receiver was sent the entry, although it did not accept it: it receives the exit.
    await main.deliver();
    expect(heard(receiver.received, poles)).toEqual(["c-1 left"]);
    expect(eventsIn(receiver.received)[0]!.data.cause).toBe("ERASED");
  });

  it("an owner that loses the partition while sending stores nothing, and the next owner sends again", async () => {
    const { poles, webhook, join, main, later, process, errors, engine } = await shop();
    const made = await webhook(receiver.url, { segmentIds: [poles] });
    const other = process();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      const late: Reply = async (response, received) => {
        resolve();
        await held;
        taken(response, received);
      };
      receiver.answer(late);
    });
    await join("PL", 1);
    const sending = main.deliver();
    await reached;
    // Its leases are over, and another takes them.
    later(60_000);
    await other.settle();
    expect(other.maintainer.holdsAll()).toBe(true);
    release();
    await sending;
    expect((await progressOf(engine, made)).waiting).toBe(2);
    receiver.answer(taken);
    await main.deliver();
    expect((await progressOf(engine, made)).waiting).toBe(2);
    await other.deliver();
    expect((await progressOf(engine, made)).waiting).toBe(0);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ids).size).toBe(1);
    expect(errors).toEqual([]);
  });

  it("a cursor is moved by only one of the processes that have read it", async () => {
    const { webhook, main, engine } = await shop();
    const made = await webhook(receiver.url);
    const { lease, partition } = main.maintainer.partitions()[0]!;
    const lane = { webhook: made, partition };
    const [read] = await cursorsOf(engine, [lane]);
    const moves = [1, 2].map((sequence) => moveCursor(engine, lease, read!, { change: { sequence } }));
    expect((await Promise.all(moves)).toSorted()).toEqual([false, true]);
    const [moved] = await cursorsOf(engine, [lane]);
    expect(moved!.version).toBe(1);
    expect(await moveCursor(engine, lease, moved!, { change: { sequence: 3 } })).toBe(true);
  });

  it("two processes that work on a lane keep its order", async () => {
    const { poles, webhook, join, main, process } = await shop();
    await webhook(receiver.url, { segmentIds: [poles] });
    await join("PL", 1);
    await join("FR", 1);
    const twin = process();
    const partitions = main.maintainer.partitions();
    await Promise.all([main.outbox.pass(partitions), twin.outbox.pass(partitions)]);
    await Promise.all([main.outbox.settled(), twin.outbox.settled()]);
    const firsts = new Map(eventsIn(receiver.received).map(({ id, type }) => [id, type]));
    expect([...firsts.values()]).toEqual(["customer.segment.entered", "customer.segment.left"]);
  });

  it("a disabled webhook is sent nothing, and continues where it was; a deleted one leaves nothing", async () => {
    const { poles, webhook, join, main, later, engine, project, dead } = await shop();
    const { webhook_id } = await webhook(receiver.url, { segmentIds: [poles] });
    await updateWebhook(engine, project, webhook_id, { enabled: false });
    await join("PL", 1);
    await main.deliver();
    expect(receiver.received).toEqual([]);
    receiver.answer(refusing(410));
    await updateWebhook(engine, project, webhook_id, { enabled: true });
    await main.deliver();
    expect((await webhooksOf(engine, project))[0]).toMatchObject({
      enabled: false,
      problem: "The receiver answered 410: it wants no more deliveries.",
    });
    receiver.answer(taken);
    const enabled = await updateWebhook(engine, project, webhook_id, { enabled: true });
    expect(enabled.problem).toBeUndefined();
    later(hour);
    await main.deliver();
    expect(heard(receiver.received, poles)).toEqual(["c-1 entered", "c-1 entered"]);
    await deleteWebhook(engine, project, webhook_id);
    await join("PL", 2);
    await main.deliver();
    expect(receiver.received).toHaveLength(2);
    expect(await dead()).toEqual([]);
    expect(await documentsIn(store, "webhook_cursors", project)).toEqual([]);
  });
});
