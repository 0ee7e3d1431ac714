// Distributions to a webhook, on every store: each customer of the audience gets one message, whatever is cut off, fails or runs twice.

import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eraseCustomer } from "../../src/definitions/erase.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { openChannels } from "../../src/messaging/channels.js";
import { claimDue } from "../../src/messaging/claim.js";
import { deleteDistribution, updateDistribution } from "../../src/messaging/distributions.js";
import { newWorker, takeLease } from "../../src/messaging/lease.js";
import {
  cancelDistribution,
  pauseDistribution,
  resumeDistribution,
  startDistribution,
} from "../../src/messaging/lifecycle.js";
import { resolveMessage } from "../../src/messaging/messages.js";
import { planAudience } from "../../src/messaging/plan.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { updateSegment } from "../../src/segments/change.js";
import { type Reply, refusing, runReceiver, taken } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { messagingShop, secret } from "./shop.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let receiver: Awaited<ReturnType<typeof runReceiver>>;
  beforeAll(async () => {
    receiver = await runReceiver();
  });
  afterAll(() => receiver.stop());
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answer(taken);
  });

  const channel = () => ({ kind: "webhook", url: receiver.url, secret }) as const;
  /** The source ids that were written to, sorted. */
  const written = () => receiver.received.map(({ body }) => body.data.sourceId).sort();

  it("each customer with the consent gets one signed message; the others are counted by reason", async () => {
    const { start, main, counts, state, project, engine, errors } = await messagingShop(store);
    const spring = await start({ channel: channel() });
    await main.work();
    expect(errors).toEqual([]);
    expect(written()).toEqual(["ann", "bob", "dan"]);
    expect(await counts(spring)).toEqual({ sent: 3, no_consent: 1 });
    expect((await state(spring)).state).toBe("finished");
    const { body, text, headers } = receiver.received.find((each) => each.body.data.sourceId === "ann")!;
    expect(body).toEqual({
      type: "message",
      data: {
        project,
        messageId: headers["webhook-id"],
        distribution: "Spring",
        purpose: "Spring is here",
        customerId: `${project}/ann`,
        sourceId: "ann",
        // Plain text is not escaped.
        text: "Hello Ann <i>",
      },
    });
    expect(new Webhook(secret).verify(text, headers as Record<string, string>)).toEqual(body);
    // A finished distribution is not started again.
    await expect(startDistribution(engine, project, "spring")).rejects.toThrow("it is finished");
    await main.work();
    expect(receiver.received).toHaveLength(3);
  });

  it("two processes at once send each message once", async () => {
    const { start, process, project, engine, counts } = await messagingShop(store);
    const many = Array.from({ length: 57 }, (_, index) => ({
      source_id: `m-${index}`,
      address: { country: "PL" },
      consents: ["newsletter"],
    }));
    await upsertCustomers(engine, project, many);
    const spring = await start({ channel: channel() });
    await Promise.all([process().work(), process().work(), process().work()]);
    await process().work();
    expect(new Set(written()).size).toBe(60);
    expect(receiver.received).toHaveLength(60);
    expect(await counts(spring)).toEqual({ sent: 60, no_consent: 1 });
  });

  it("a receiver that is away is tried again, and gets the same id", async () => {
    const { start, main, counts, later, state } = await messagingShop(store);
    const spring = await start({ channel: channel(), query: "name is Bob" });
    receiver.answer(refusing(503));
    await main.work();
    expect(await counts(spring)).toEqual({ planned: 1 });
    expect((await state(spring)).state).toBe("active");
    await main.work();
    expect(receiver.received).toHaveLength(1);
    receiver.answer(taken);
    later(60_000);
    await main.work();
    expect(await counts(spring)).toEqual({ sent: 1 });
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("after eight attempts a message has failed; a refused one has at once", async () => {
    const { start, main, counts, later, withStatus } = await messagingShop(store);
    const spring = await start({ channel: channel(), query: "name is any of (Bob, Dan)" });
    const reply: Reply = (response, { body }) =>
      response.writeHead(body.data.sourceId === "bob" ? 422 : 500).end();
    receiver.answer(reply);
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await main.work();
      later(3_600_000);
    }
    expect(await counts(spring)).toEqual({ failed: 2 });
    expect(await withStatus("failed")).toEqual(["bob", "dan"]);
    expect(written()).toEqual(["bob", ...Array.from({ length: 8 }, () => "dan")]);
    const problems = (await documentsIn(store, "messages", spring.project))
      .map(({ problem }) => problem)
      .sort();
    expect(problems).toEqual(["The answer was 422.", "The answer was 500."]);
  });

  it.each([
    [404, "The answer was 404."],
    [301, "The answer was 301, a redirect, which is not followed."],
  ])(
    "at an answer of %i, a distribution that can't be sent is put aside with the reason, and the others go on",
    async (status, problem) => {
      const { start, main, counts, state, engine, project } = await messagingShop(store);
      const other = await runReceiver();
      other.answer(refusing(status));
      const away = await start({ name: "Away", channel: { ...channel(), url: other.url } });
      const spring = await start({ channel: channel() });
      await main.work();
      expect(await state(away)).toMatchObject({ state: "paused", problem });
      expect(await counts(away)).toEqual({ planned: 3, no_consent: 1 });
      expect(await counts(spring)).toEqual({ sent: 3, no_consent: 1 });
      await updateDistribution(engine, project, "away", { url: receiver.url });
      const resumed = await resumeDistribution(engine, project, "away");
      expect(resumed.problem).toBeUndefined();
      await main.work();
      expect(await counts(away)).toEqual({ sent: 3, no_consent: 1 });
      await other.stop();
    },
  );

  it("what a dead process was sending is in doubt, for a person to decide; the rest is sent", async () => {
    const { start, main, engine, counts, clock, later, withStatus, project, state } =
      await messagingShop(store);
    // 120 a minute: two at once.
    const spring = await start({ channel: channel(), rate: 120 });
    const dead = newWorker(clock);
    const held = (await takeLease(engine, spring, dead))!;
    await planAudience(engine, held, dead, new AbortController().signal);
    const { webhook } = openChannels(engine);
    const { claimed } = await claimDue(engine, held, dead, webhook, 4);
    webhook.close();
    expect(claimed).toHaveLength(2);
    // The process dies here. While its lease lasts, nobody takes its place.
    await main.work();
    expect(receiver.received).toEqual([]);
    later(11_000);
    await main.work();
    const inDoubt = await withStatus("in_doubt");
    expect(inDoubt).toEqual(claimed.map(({ customer }) => customer.source_id).sort());
    expect(receiver.received).toHaveLength(1);
    expect(inDoubt).not.toContain(written()[0]);
    expect((await state(spring)).state).toBe("finished");

    const [one, two] = claimed.map(({ message }) => message._id);
    expect((await resolveMessage(engine, project, one!, "sent")).status).toBe("sent");
    expect((await resolveMessage(engine, project, one!, "sent")).status).toBe("sent");
    await expect(resolveMessage(engine, project, one!, "send_again")).rejects.toThrow("not in doubt");
    expect((await resolveMessage(engine, project, two!, "send_again")).status).toBe("planned");
    expect((await state(spring)).state).toBe("active");
    await main.work();
    expect(receiver.received).toHaveLength(2);
    expect(await counts(spring)).toEqual({ sent: 3, no_consent: 1 });
    expect((await state(spring)).state).toBe("finished");
  });

  it("a process that lost its lease claims nothing", async () => {
    const { start, engine, clock, later } = await messagingShop(store);
    const spring = await start({ channel: channel() });
    const slow = newWorker(clock);
    const lease = (await takeLease(engine, spring, slow))!;
    later(11_000);
    expect(await takeLease(engine, spring, newWorker(clock))).toMatchObject({ token: lease.token + 1 });
    await expect(planAudience(engine, lease, slow, new AbortController().signal)).rejects.toMatchObject({
      name: "LostDistributionLeaseError",
    });
    expect(await documentsIn(store, "messages", spring.project)).toEqual([]);
  });

  it("a paused distribution sends nothing; a canceled one marks what is left", async () => {
    const { start, main, engine, project, counts, state } = await messagingShop(store);
    const spring = await start({ channel: channel() });
    await pauseDistribution(engine, project, "Spring");
    await main.work();
    expect(receiver.received).toEqual([]);
    await expect(deleteDistribution(engine, project, "Spring")).rejects.toThrow("Cancel it first");
    receiver.answer(refusing(503));
    await resumeDistribution(engine, project, "Spring");
    await main.work();
    expect(await counts(spring)).toEqual({ planned: 3, no_consent: 1 });
    expect((await cancelDistribution(engine, project, "Spring")).state).toBe("canceling");
    await main.work();
    expect(await counts(spring)).toEqual({ canceled: 3, no_consent: 1 });
    expect((await state(spring)).state).toBe("canceled");
    // A deletion that is interrupted can be repeated.
    const failing: typeof store.write = (work) =>
      store.write((transaction) =>
        work({
          ...transaction,
          remove: async (collection, ids) => {
            if (collection === "messages") throw new Error("interrupted");
            await transaction.remove(collection, ids);
          },
        }),
      );
    await expect(
      deleteDistribution({ ...engine, store: { ...store, write: failing } }, project, "Spring"),
    ).rejects.toThrow("interrupted");
    expect(await documentsIn(store, "messages", project)).toHaveLength(4);
    await deleteDistribution(engine, project, "Spring");
    expect(await documentsIn(store, "messages", project)).toEqual([]);
    // The name is free, and another distribution writes to the same customers.
    receiver.answer(taken);
    receiver.received.length = 0;
    const next = await start({ channel: channel() });
    await main.work();
    expect(await counts(next)).toEqual({ sent: 3, no_consent: 1 });
  });

  it("an erased customer is not written to, and no message names one", async () => {
    const { start, main, engine, project, counts } = await messagingShop(store);
    receiver.answer(refusing(503));
    const spring = await start({ channel: channel() });
    await main.work();
    await eraseCustomer(engine, project, "ann");
    await upsertCustomers(engine, project, [{ source_id: "ann", address: { country: "PL" } }]);
    receiver.answer(taken);
    await resolveLater();
    expect(await counts(spring)).toEqual({ sent: 2, no_consent: 1, erased: 1 });
    await eraseCustomer(engine, project, "bob");
    expect(await counts(spring)).toEqual({ sent: 2, no_consent: 1, erased: 1 });
    const all = JSON.stringify(await documentsIn(store, "messages", project));
    expect(all).not.toMatch(/ann|bob/);

    async function resolveLater() {
      const messages = await documentsIn(store, "messages", project);
      await store.write((transaction) =>
        transaction.put(
          "messages",
          messages.map((message) => ({ ...message, due_at: new Date(0) })),
        ),
      );
      await main.work();
    }
  });

  it("a customer who is erased while the audience is planned has no message", async () => {
    const { start, engine, project, clock } = await messagingShop(store);
    const spring = await start({ channel: channel() });
    const worker = newWorker(clock);
    const lease = (await takeLease(engine, spring, worker))!;
    let isErased = false;
    const write: typeof store.write = async (work) => {
      if (!isErased) {
        isErased = true;
        await eraseCustomer(engine, project, "ann");
      }
      return store.write(work);
    };
    await planAudience(
      { ...engine, store: { ...store, write } },
      lease,
      worker,
      new AbortController().signal,
    );
    const messages = await documentsIn(store, "messages", project);
    expect(messages.map(({ customer }) => customer).sort()).toEqual(
      ["bob", "cyd", "dan"].map((each) => `${project}/${each}`),
    );
  });

  it("each recipient gets a code of the campaign; without codes it is put aside, and goes on with more", async () => {
    const { start, main, engine, project, counts, state } = await messagingShop(store);
    await createCampaign(engine, project, { name: "Winter", discount: { percent: "10" } });
    const generate = async (count: number) =>
      generateCodes(engine, project, await planCodes(engine, project, { campaign: "Winter", count }));
    await generate(2);
    const spring = await start({
      channel: channel(),
      campaign: "winter",
      template: { body: "{{ customer.name }}: {{ code }}" },
    });
    await main.work();
    expect(await counts(spring)).toEqual({ sent: 2, planned: 1, no_consent: 1 });
    expect(await state(spring)).toMatchObject({
      state: "paused",
      problem: expect.stringContaining("no generated code"),
    });
    await generate(1);
    await resumeDistribution(engine, project, "Spring");
    await main.work();
    expect(await counts(spring)).toEqual({ sent: 3, no_consent: 1 });
    const codes = receiver.received.map(({ body }) => body.data.code);
    expect(new Set(codes).size).toBe(3);
    for (const { body } of receiver.received) expect(body.data.text).toContain(`: ${body.data.code}`);
  });

  it("a segment that a distribution names can't be archived", async () => {
    const { create, engine, project } = await messagingShop(store);
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    await create({ allOf: [segment_id], query: undefined });
    await expect(updateSegment(engine, project, segment_id, { archived: true })).rejects.toThrow(
      'the distribution "Spring" names it',
    );
    await deleteDistribution(engine, project, "Spring");
    await updateSegment(engine, project, segment_id, { archived: true });
  });
});
