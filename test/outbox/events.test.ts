// The events that webhooks receive besides entries and exits, on every store: each holds to its schema in schema/events/.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import { webhookEventTypes } from "../../src/documents/outgoing-documents.js";
import type { Engine } from "../../src/engine.js";
import { setConsents } from "../../src/ingest/consents.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { deleteRecords } from "../../src/ingest/delete-records.js";
import { partitionOf } from "../../src/ingest/dirty-marks.js";
import { maxOutgoing, withOutgoing } from "../../src/ingest/outgoing-events.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import { replayDeadLetters } from "../../src/outbox/dead-letters.js";
import { maxAttempts } from "../../src/outbox/deliver.js";
import { deliveries } from "../../src/outbox/deliveries.js";
import { forgetDelivered, forgetHistory } from "../../src/outbox/retention.js";
import { webhookSender } from "../../src/outbox/webhook-sender.js";
import { deleteWebhook, updateWebhook } from "../../src/outbox/webhooks.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { redeem, rollBack } from "../../src/promotions/redemptions.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { type Received, refusing, runReceiver, taken } from "./receiver.js";
import { eventsIn, outboxShop } from "./shop.js";

const folder = new URL("../../schema/events/", import.meta.url);
const schemaOf = (name: string) =>
  z.fromJSONSchema(JSON.parse(readFileSync(new URL(`${name}.schema.json`, folder), "utf8")));

/** The types of deliveries' events, in their order; each delivery and each event is held to its schema. */
function typesIn(received: readonly Received[]): readonly string[] {
  for (const { body } of received) schemaOf("delivery").parse(body);
  const events = eventsIn(received);
  for (const event of events) schemaOf(event.type).parse(event);
  return events.map(({ type }) => type);
}

const order = (id: string, customer: string, amount: number) => ({
  source_id: id,
  customer,
  created_at: "2026-04-01T10:00:00Z",
  amount,
});

it("every type has a schema, and every schema is of a type or of the delivery", () => {
  const names = readdirSync(folder).map((name) => name.replace(".schema.json", ""));
  expect(names.sort()).toEqual([...webhookEventTypes, "delivery"].sort());
});

it("a schema refuses what is missing, and what it does not name", () => {
  const event = {
    id: "p/1/000000000000001",
    type: "customer.created",
    timestamp: "2026-05-01T10:00:00.000Z",
    data: { customerId: "p/c-1", sourceId: "c-1" },
  };
  const schema = schemaOf("customer.created");
  expect(schema.safeParse(event).success).toBe(true);
  for (const wrong of [
    { ...event, type: "customer.updated" },
    { ...event, timestamp: "yesterday" },
    { ...event, data: { customerId: "p/c-1" } },
    { ...event, data: { ...event.data, email: "ann@example.org" } },
  ])
    expect(schema.safeParse(wrong).success).toBe(false);
});

it("the earliest events of a mark make way for one that counts them", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 4, 1, 10, minute));
  const data = { customerId: "p/c-1", sourceId: "c-1" };
  const events = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ type: "customer.updated" as const, at: at(index), data }));
  expect(withOutgoing(events(2), events(maxOutgoing - 2))).toHaveLength(maxOutgoing);
  const [first, ...others] = withOutgoing(events(maxOutgoing), events(1));
  expect(first).toEqual({ type: "customer.events.skipped", at: at(1), data: { ...data, count: 2 } });
  expect(others).toHaveLength(maxOutgoing - 1);
  expect(withOutgoing([first!, ...others], events(3))[0]).toMatchObject({ data: { count: 5 } });
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
  const orders = (engine: Engine, project: string, ...records: readonly object[]) =>
    upsertRecords(engine, project, "orders", records);

  it("every type is delivered, numbered before the entry that it causes, and as its schema says", async () => {
    const { project, engine, poles, webhook, join, main, errors } = await shop();
    await webhook(receiver.url, { eventTypes: webhookEventTypes, segmentIds: [poles] });
    await createCampaign(engine, project, {
      name: "Winter",
      discount: { percent: "10" },
      requiresCode: false,
    });
    const happened = async (): Promise<readonly string[]> => {
      await main.settle();
      await main.deliver();
      const types = typesIn(receiver.received);
      receiver.received.length = 0;
      return types;
    };
    await join("PL", 1);
    expect(await happened()).toEqual(["customer.created", "customer.segment.entered"]);
    await join("FR", 1);
    expect(await happened()).toEqual(["customer.updated", "customer.segment.left"]);
    await orders(engine, project, order("o-1", "c-1", 500), order("o-2", "c-1", 700));
    await orders(engine, project, order("o-1", "c-1", 900), order("o-2", "c-1", 700));
    await deleteRecords(engine, project, "orders", [`${project}/o-2`]);
    await main.settle();
    await main.deliver();
    expect(eventsIn(receiver.received).slice(2)).toEqual([
      {
        id: expect.stringMatching(new RegExp(`^${project}/\\d/\\d{15}$`)),
        type: "order.updated",
        timestamp: "2026-05-01T10:00:00.000Z",
        data: {
          customerId: `${project}/c-1`,
          sourceId: "c-1",
          orderId: "o-1",
          placedAt: "2026-04-01T10:00:00.000Z",
          status: "CREATED",
          amount: 900,
        },
      },
      expect.objectContaining({ type: "order.deleted", data: expect.objectContaining({ orderId: "o-2" }) }),
    ]);
    expect(await happened()).toEqual(["order.created", "order.created", "order.updated", "order.deleted"]);
    const { redemption } = await redeem(engine, project, {
      target: { campaign: "Winter" },
      customer: `${project}/c-1`,
      order: { amount: 1_000, sourceId: "o-1" },
      idempotencyKey: "r-1",
    });
    await rollBack(engine, project, redemption!.redemption_id);
    await main.settle();
    await main.deliver();
    expect(eventsIn(receiver.received).at(-1)?.data).toEqual({
      customerId: `${project}/c-1`,
      sourceId: "c-1",
      redemptionId: "r-1",
      campaign: "Winter",
      redeemedAt: "2026-05-01T10:00:00.000Z",
      orderId: "o-1",
      orderAmount: 1_000,
      discountAmount: 100,
    });
    expect(await happened()).toEqual(["redemption.succeeded", "redemption.rolled_back"]);
    await orders(
      engine,
      project,
      ...Array.from({ length: maxOutgoing + 1 }, (_, index) => order(`n-${index}`, "c-1", 100)),
    );
    const many = await happened();
    expect([many[0], many[1], many.length]).toEqual([
      "customer.events.skipped",
      "order.created",
      maxOutgoing,
    ]);
    await eraseCustomer(engine, project, "c-1");
    expect(await happened()).toEqual(["customer.erased"]);
    expect(await documentsIn(store, "outgoing_events", project)).toMatchObject([{ type: "customer.erased" }]);
    expect(errors).toEqual([]);
  });

  it("a webhook receives only its types, and events that no webhook receives are not stored", async () => {
    const { project, engine, webhook, join, main } = await shop();
    const plain = await webhook(receiver.url);
    await join("PL", 1);
    await orders(engine, project, order("o-1", "c-1", 500));
    await main.settle();
    await main.deliver();
    expect(typesIn(receiver.received)).toEqual(["customer.segment.entered", "customer.segment.entered"]);
    expect(await documentsIn(store, "outgoing_events", project)).toEqual([]);
    receiver.received.length = 0;
    await updateWebhook(engine, project, plain.webhook_id, {
      eventTypes: ["order.created", "customer.segment.left"],
    });
    await orders(engine, project, order("o-1", "c-1", 600), order("o-2", "c-1", 500));
    await join("FR", 1);
    await main.deliver();
    expect(typesIn(receiver.received)).toEqual(["order.created", "customer.segment.left"]);
    await deleteWebhook(engine, project, plain.webhook_id);
    await orders(engine, project, order("o-3", "c-1", 600));
    await main.settle();
    expect(await documentsIn(store, "outgoing_events", project)).toHaveLength(1);
    await expect(webhook(receiver.url, { eventTypes: [] })).rejects.toThrow(
      "Name at least one type of events. There are: customer.segment.entered,",
    );
  });

  it("events that could not be delivered are replayed, and old ones are deleted", async () => {
    const { project, engine, webhook, join, main, later, dead } = await shop();
    const made = await webhook(receiver.url, { eventTypes: ["customer.created"] });
    receiver.answer(refusing(500));
    await join("PL", 1);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await main.deliver();
      later(3_600_000);
    }
    expect(await dead()).toHaveLength(1);
    receiver.answer(taken);
    receiver.received.length = 0;
    expect(await replayDeadLetters(main.tools, project, made.webhook_id)).toEqual({
      replayed: 1,
      remaining: 0,
    });
    expect(typesIn(receiver.received)).toEqual(["customer.created"]);
    const forget = (before: string) =>
      forgetHistory(engine, main.maintainer.partitions(), Date.parse(before));
    expect(await forget("2026-05-01T10:00:00Z")).toBe(0);
    // The event and two entries.
    expect(await forget("2026-05-01T10:00:01Z")).toBe(3);
    expect(await documentsIn(store, "outgoing_events", project)).toEqual([]);
  });

  it("a webhook that names any of these types is told what was skipped", async () => {
    const { project, engine, webhook, join, main } = await shop();
    await webhook(receiver.url, { eventTypes: ["order.created"] });
    await join("PL", 1);
    await orders(
      engine,
      project,
      ...Array.from({ length: maxOutgoing + 1 }, (_, index) => order(`n-${index}`, "c-1", 100)),
    );
    await main.settle();
    await main.deliver();
    const types = typesIn(receiver.received);
    expect(types).toHaveLength(maxOutgoing);
    expect(types.slice(0, 2)).toEqual(["customer.events.skipped", "order.created"]);
  });

  it("many events are numbered in several transactions", async () => {
    const { project, engine, webhook, join, main } = await shop();
    await webhook(receiver.url, { eventTypes: ["order.created"] });
    const digits = Array.from({ length: 60 }, (_, index) => index + 1);
    await join("PL", ...digits);
    const rows = await documentsIn(store, "customers", project);
    // Four customers of one partition.
    const some = rows.filter((row) => partitionOf(row) === partitionOf(rows[0]!));
    expect(some.length).toBeGreaterThanOrEqual(4);
    for (const { source_id } of some.slice(0, 4))
      await orders(
        engine,
        project,
        ...Array.from({ length: 900 }, (_, index) => order(`${source_id}-${index}`, source_id, 100)),
      );
    const most: number[] = [];
    const write: typeof store.write = (work, options) =>
      store.write(
        (transaction) =>
          work({
            ...transaction,
            put: (collection, documents) => {
              if (collection === "outgoing_events") most.push(documents.length);
              return transaction.put(collection, documents);
            },
          }),
        options,
      );
    const other = maintainProject({ ...engine, store: { ...store, write } }, project, () => 1_000_000_000);
    while (await other.round());
    await main.maintainer.release();
    expect(Math.max(...most)).toBe(2_700);
    expect(await documentsIn(store, "outgoing_events", project)).toHaveLength(3_600);
  });

  it("changed consents are a change of the profile", async () => {
    const { project, engine, webhook, join, main } = await shop();
    await defineProject(engine, project, { consents: ["email", "sms"] });
    await webhook(receiver.url, { eventTypes: ["customer.updated"] });
    await join("PL", 1);
    const consents = (...given: readonly string[]) =>
      setConsents(engine, project, [{ customer: "c-1", consents: given }]);
    expect(await consents("email")).toMatchObject([{ status: "written" }]);
    expect(await consents("email")).toMatchObject([{ status: "unchanged" }]);
    await setConsents(engine, project, [
      { customer: "c-1", consents: ["sms"] },
      { customer: "c-1", consents: ["sms", "email"] },
    ]);
    await main.settle();
    await main.deliver();
    expect(typesIn(receiver.received)).toEqual(["customer.updated", "customer.updated"]);
  });

  it("from the erasure on, nothing else is delivered or replayed, even before it is processed", async () => {
    const { project, engine, webhook, join, main, later, dead } = await shop();
    const made = await webhook(receiver.url, { eventTypes: ["customer.created", "customer.erased"] });
    await join("PL", 1);
    await eraseCustomer(engine, project, "c-1");
    await main.deliver();
    expect(receiver.received).toEqual([]);
    await main.settle();
    await main.deliver();
    expect(typesIn(receiver.received)).toEqual(["customer.erased"]);
    receiver.answer(refusing(500));
    await join("PL", 2);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await main.deliver();
      later(3_600_000);
    }
    expect(await dead()).toHaveLength(1);
    receiver.answer(taken);
    receiver.received.length = 0;
    await eraseCustomer(engine, project, "c-2");
    await replayDeadLetters(main.tools, project, made.webhook_id);
    expect(receiver.received).toEqual([]);
  });

  it("an erasure that is processed between two reads of a delivery is noticed", async () => {
    const { project, engine, webhook, main } = await shop();
    await webhook(receiver.url, { eventTypes: ["customer.created"] });
    // In no segment: the erasure writes no exit.
    await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
    await main.settle();
    let before: (() => Promise<void>) | undefined = async () => {
      await eraseCustomer(engine, project, "c-1");
      await main.settle();
    };
    const getMany: typeof store.getMany = async (collection, ids) => {
      const happens = collection === "changes" ? before : undefined;
      if (happens !== undefined) before = undefined;
      await happens?.();
      return store.getMany(collection, ids);
    };
    const outbox = deliveries({
      tools: { ...main.tools, engine: { ...engine, store: { ...store, getMany } } },
      report: (error) => {
        throw error;
      },
    });
    await outbox.pass(main.maintainer.partitions());
    await outbox.settled();
    expect(before).toBeUndefined();
    expect(receiver.received).toEqual([]);
  });

  it("what every enabled webhook has received is deleted; others keep it for 30 days", async () => {
    const { project, engine, webhook, join, main } = await shop();
    const made = await webhook(receiver.url, { eventTypes: ["customer.created"] });
    const forget = () => forgetDelivered(engine, main.maintainer.partitions());
    await join("PL", 1);
    expect(await forget()).toBe(0);
    await main.deliver();
    expect(await forget()).toBe(1);
    expect(await documentsIn(store, "transitions", project)).toHaveLength(2);
    await updateWebhook(engine, project, made.webhook_id, { enabled: false });
    await join("PL", 2);
    expect(await forget()).toBe(0);
    engine.moveTo("2026-06-01T10:00:00Z");
    expect(await forget()).toBe(1);
    expect(await documentsIn(store, "outgoing_events", project)).toEqual([]);
  });

  it("a dead letter keeps its events for 30 days", async () => {
    const { engine, webhook, join, main, later, dead } = await shop();
    await webhook(receiver.url, { eventTypes: ["customer.created"] });
    const forget = () => forgetDelivered(engine, main.maintainer.partitions());
    receiver.answer(refusing(500));
    await join("PL", 1);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await main.deliver();
      later(3_600_000);
    }
    expect(await dead()).toHaveLength(1);
    expect(await forget()).toBe(0);
    engine.moveTo("2026-06-01T10:00:00Z");
    expect(await forget()).toBe(1);
  });

  it("nothing that a person wrote stays in the causes of their history", async () => {
    const { project, engine, main } = await shop();
    await createAutoUpdate(engine, project, { name: "Buyers", query: "number of orders > 0" });
    await main.settle();
    await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
    await main.settle();
    await orders(engine, project, order("secret-1", "c-1", 500));
    await main.settle();
    const history = async () => [
      ...(await documentsIn(store, "transitions", project)),
      ...(await documentsIn(store, "memberships", project)),
    ];
    expect(JSON.stringify(await history())).not.toContain("secret-1");
    expect((await documentsIn(store, "transitions", project))[0]!.cause).toEqual({
      kind: "ORDER",
      at: expect.any(Date),
    });
    // As an earlier version wrote them.
    const named = { kind: "ORDER", at: new Date(0), added: [`${project}/secret-1`] } as const;
    const [transition] = await documentsIn(store, "transitions", project);
    const [interval] = await documentsIn(store, "memberships", project);
    await store.write(async (transaction) => {
      await transaction.put("transitions", [{ ...transition!, cause: named }]);
      await transaction.put("memberships", [{ ...interval!, entered_by: named }]);
    });
    await eraseCustomer(engine, project, "c-1");
    await main.settle();
    expect((await history()).length).toBeGreaterThan(2);
    expect(JSON.stringify(await history())).not.toContain("secret-1");
  });
});
