// What happens to a distribution while it is being sent, on every store: it is changed, the store or a channel fails.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { openChannels } from "../../src/messaging/channels.js";
import { claimDue } from "../../src/messaging/claim.js";
import { updateDistribution } from "../../src/messaging/distributions.js";
import { newWorker, takeLease } from "../../src/messaging/lease.js";
import { pauseDistribution, resumeDistribution } from "../../src/messaging/lifecycle.js";
import { planAudience } from "../../src/messaging/plan.js";
import { takeTurn } from "../../src/messaging/work.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { publishCode } from "../../src/promotions/codes.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { TooManyRecordsError } from "../../src/query/customer-records.js";
import { StoreError } from "../../src/store/port.js";
import { type Reply, runReceiver, taken } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn, watchedStore } from "../store/watched.js";
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

  it("a distribution that is paused, changed and resumed within a turn goes on as it was changed", async () => {
    const { start, main, engine, project, counts } = await messagingShop(store);
    const many = Array.from({ length: 30 }, (_, index) => ({
      ...{ source_id: `m-${index}`, name: "M", address: { country: "PL" }, consents: ["newsletter"] },
    }));
    await upsertCustomers(engine, project, many);
    const spring = await start({ channel: channel(), query: "name is M", template: { body: "old" } });
    const change = async () => {
      await pauseDistribution(engine, project, "Spring");
      await updateDistribution(engine, project, "Spring", { template: { body: "new" } });
      await resumeDistribution(engine, project, "Spring");
    };
    let changing: Promise<void> | undefined;
    const reply: Reply = (response) => {
      changing ??= change();
      void changing.then(() => response.writeHead(204).end());
    };
    receiver.answer(reply);
    await main.work();
    expect(await counts(spring)).toEqual({ sent: 30 });
    // Twenty are in flight at once.
    const texts = receiver.received.map(({ body }) => body.data.text);
    expect(texts).toEqual([
      ...Array.from({ length: 20 }, () => "old"),
      ...Array.from({ length: 10 }, () => "new"),
    ]);
  });

  it("outcomes that can't be stored at once are stored a moment later", async () => {
    const { start, main, engine, errors, counts } = await messagingShop(store);
    const spring = await start({ channel: channel() });
    let failures = 0;
    const write: typeof store.write = async (work) => {
      if (receiver.received.length > 0 && failures < 2) {
        failures += 1;
        throw new StoreError("UNAVAILABLE", "The store is away.");
      }
      return store.write(work);
    };
    await main.work({ ...engine, store: { ...store, write } });
    expect(failures).toBe(2);
    expect(errors).toEqual([]);
    expect(await counts(spring)).toEqual({ sent: 3, no_consent: 1 });
  });

  it("the outcomes of the other messages are stored if sending one fails unexpectedly", async () => {
    const { start, main, engine, errors, withStatus } = await messagingShop(store);
    const spring = await start({ channel: channel() });
    const channels = openChannels(engine);
    const send: typeof channels.webhook.send = async ({ customer }) => {
      if (customer.source_id === "ann") throw new Error("A mistake in the program.");
      return { kind: "sent" };
    };
    const never = new AbortController().signal;
    await takeTurn(
      {
        ...{ engine, worker: main.worker, stopping: never, breaking: never },
        report: (error) => errors.push(error),
        channels: { ...channels, webhook: { ...channels.webhook, send } },
      },
      spring,
    );
    channels.webhook.close();
    channels.email.close();
    expect(await withStatus("sent")).toEqual(["bob", "dan"]);
    expect(await withStatus("sending")).toEqual(["ann"]);
    expect(errors).toHaveLength(1);
  });

  it("a customer with too much history is not written to, and the others are", async () => {
    const { start, main, engine, project, counts, state } = await messagingShop(store);
    const carts = await start({
      ...{
        channel: channel(),
        query: "has not performed order where amount is more than 5",
        trigger: { kind: "event", type: "cart_left" },
      },
    });
    for (const customer of ["ann", "bob"])
      await upsertRecords(engine, project, "events", [
        { id: customer, customer, type: "cart_left", at: "2026-05-01T10:00:00Z", properties: {} },
      ]);
    const heavy = watchedStore(store, (name, parameters) => {
      if (name.startsWith("records.") && JSON.stringify(parameters).includes(`${project}/ann`))
        throw new TooManyRecordsError("The customer has more than 100,000 orders.");
    });
    await main.work({ ...engine, store: heavy });
    expect(receiver.received.map(({ body }) => body.data.sourceId)).toEqual(["bob"]);
    expect(await counts(carts)).toEqual({ sent: 1, failed: 1 });
    expect((await state(carts)).state).toBe("active");
    const messages = await documentsIn(store, "messages", project);
    expect(messages.find(({ status }) => status === "failed")?.problem).toBe(
      "The customer has more than 100,000 orders.",
    );
  });

  describe("with codes", () => {
    async function shopWithCodes(body: string) {
      const shop = await messagingShop(store);
      const { engine, project, start } = shop;
      await createCampaign(engine, project, { name: "Winter", discount: { percent: "10" } });
      await generateCodes(
        engine,
        project,
        await planCodes(engine, project, { campaign: "Winter", count: 3 }),
      );
      const spring = await start({
        ...{ channel: channel(), campaign: "Winter", query: "name is Bob", template: { body } },
      });
      return { ...shop, spring };
    }

    it("no code is handed out for a message that can't be rendered", async () => {
      const { main, project, spring, counts } = await shopWithCodes(
        "{% for each in (1..100000) %}{{ code }}{% endfor %}",
      );
      await main.work();
      expect(await counts(spring)).toEqual({ failed: 1 });
      const codes = await documentsIn(store, "codes", project);
      expect(codes.map(({ status }) => status)).toEqual(["free", "free", "free"]);
    });

    it("a message in doubt says which code was handed out", async () => {
      const { main, engine, project, spring, clock, later } = await shopWithCodes("{{ code }}");
      const dead = newWorker(clock);
      const lease = (await takeLease(engine, spring, dead))!;
      await planAudience(engine, lease, dead, new AbortController().signal);
      const { webhook } = openChannels(engine);
      await claimDue(engine, lease, dead, webhook, 1);
      webhook.close();
      const { code } = await publishCode(engine, project, "Winter", `${project}/bob`);
      later(11_000);
      await main.work();
      expect(await documentsIn(store, "messages", project)).toMatchObject([{ status: "in_doubt", code }]);
    });
  });
});
