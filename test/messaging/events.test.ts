// The events about distributions that webhooks receive, on every store: each holds to its schema in schema/events/.
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { eraseCustomer } from "../../src/definitions/erase.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import { cancelDistribution } from "../../src/messaging/lifecycle.js";
import { resolveMessage } from "../../src/messaging/messages.js";
import { deliveries } from "../../src/outbox/deliveries.js";
import { webhookSender } from "../../src/outbox/webhook-sender.js";
import { createWebhook } from "../../src/outbox/webhooks.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { type Reply, runReceiver } from "../outbox/receiver.js";
import { eventsIn } from "../outbox/shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { runMailbox } from "./mailbox.js";
import { messagingShop, secret } from "./shop.js";

const schemaOf = (name: string) =>
  z.fromJSONSchema(
    JSON.parse(readFileSync(new URL(`../../schema/events/${name}.schema.json`, import.meta.url), "utf8")),
  );

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const sender = webhookSender(true);
  afterAll(() => sender.close());

  it("a distribution is started and finished, and its messages are sent or have failed", async () => {
    const [receiver, customers] = [await runReceiver(), await runReceiver()];
    const { engine, project, start, main, errors } = await messagingShop(store);
    await createWebhook(engine, project, {
      url: receiver.url,
      eventTypes: ["distribution.started", "distribution.finished", "message.sent", "message.failed"],
    });
    const clock = () => 1_000_000;
    const maintainer = maintainProject(engine, project, clock);
    const tools = { engine, sender, clock, random: () => 0 };
    const outbox = deliveries({ tools, report: (error) => errors.push(error) });
    const heard = async () => {
      while (await maintainer.round());
      await outbox.pass(maintainer.partitions());
      await outbox.settled();
      const events = eventsIn(receiver.received) as readonly {
        readonly type: string;
        readonly data: object;
      }[];
      for (const event of events) schemaOf(event.type).parse(event);
      for (const { body } of receiver.received) schemaOf("delivery").parse(body);
      receiver.received.length = 0;
      return events
        .map(({ type, data }) => ({ type, ...data }))
        .sort((one, other) => one.type.localeCompare(other.type));
    };
    await createCampaign(engine, project, { name: "Winter", discount: { percent: "10" } });
    await generateCodes(engine, project, await planCodes(engine, project, { campaign: "Winter", count: 3 }));
    const reply: Reply = (response, { body }) =>
      response.writeHead(body.data.sourceId === "ann" ? 204 : 422).end();
    customers.answer(reply);
    const channel = { kind: "webhook", url: customers.url, secret } as const;
    await start({ channel, campaign: "Winter", query: 'name is any of ("Ann <i>", Bob, Cyd)' });
    await main.work();
    const messages = await documentsIn(store, "messages", project);
    const of = (sourceId: string) => messages.find(({ customer }) => customer === `${project}/${sourceId}`)!;
    const about = (sourceId: string) => ({
      ...{ customerId: `${project}/${sourceId}`, sourceId, distribution: "Spring" },
      messageId: of(sourceId).message_id,
    });
    expect(await heard()).toEqual([
      {
        type: "distribution.finished",
        ...{ distribution: "Spring", state: "finished", sent: 1, failed: 1, inDoubt: 0, skipped: 1 },
      },
      { type: "distribution.started", distribution: "Spring", channel: "webhook", trigger: "now" },
      { type: "message.failed", ...about("bob"), problem: "The answer was 422." },
      { type: "message.sent", ...about("ann"), code: of("ann").code },
    ]);
    await start({ name: "Summer", channel });
    await cancelDistribution(engine, project, "Summer");
    await eraseCustomer(engine, project, "eve");
    await main.work();
    expect(await heard()).toEqual([
      {
        type: "distribution.finished",
        ...{ distribution: "Summer", state: "canceled", sent: 0, failed: 0, inDoubt: 0, skipped: 0 },
      },
      { type: "distribution.started", distribution: "Summer", channel: "webhook", trigger: "now" },
    ]);
    expect(errors).toEqual([]);
    await maintainer.release();
    await Promise.all([receiver.stop(), customers.stop()]);
  });

  it("a message in doubt that counts as sent is reported as sent, once", async () => {
    const mailbox = await runMailbox();
    const { engine, project, start, main, errors } = await messagingShop(store, mailbox.settings);
    await createWebhook(engine, project, { url: "https://hooks.example.com/", eventTypes: ["message.sent"] });
    mailbox.cutOff(true);
    const template = { subject: "Hi", body: "Hello" };
    await start({ channel: { kind: "email" }, template, query: "name is Bob" });
    await main.work();
    const reported = async () =>
      (await documentsIn(store, "changes", project)).flatMap(({ outgoing = [] }) =>
        outgoing.map(({ type, data }) => ({ type, ...data })),
      );
    const [message] = await documentsIn(store, "messages", project);
    expect([message?.status, await reported()]).toEqual(["in_doubt", []]);
    await resolveMessage(engine, project, message!._id, "sent");
    await resolveMessage(engine, project, message!._id, "sent");
    const messageId = message!.message_id;
    const bob = { customerId: `${project}/bob`, sourceId: "bob" };
    expect(await reported()).toEqual([{ type: "message.sent", ...bob, distribution: "Spring", messageId }]);
    expect(errors).toEqual([]);
    await mailbox.stop();
  });
});
