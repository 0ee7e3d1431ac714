// When distributions write, on every store: at an instant, on entering and leaving a segment, and on an event.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dayMs } from "../../src/clock.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { deleteRecords } from "../../src/ingest/delete-records.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { createDistribution, deleteDistribution } from "../../src/messaging/distributions.js";
import {
  cancelDistribution,
  pauseDistribution,
  resumeDistribution,
  startDistribution,
} from "../../src/messaging/lifecycle.js";
import { deleteOldMessages } from "../../src/messaging/retention.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { updateSegment } from "../../src/segments/change.js";
import { createStatic } from "../../src/segments/static.js";
import { settle } from "../membership/live-shop.js";
import { runReceiver } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { messagingShop, people, secret } from "./shop.js";

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let receiver: Awaited<ReturnType<typeof runReceiver>>;
  beforeAll(async () => {
    receiver = await runReceiver();
  });
  afterAll(() => receiver.stop());
  beforeEach(() => {
    receiver.received.length = 0;
  });
  const channel = () => ({ kind: "webhook", url: receiver.url, secret }) as const;
  const written = () => receiver.received.map(({ body }) => body.data.sourceId).sort();

  it("at an instant, the customers who are in the audience then are written to", async () => {
    const { start, main, engine, project, counts, state } = await messagingShop(store);
    const at = new Date("2026-05-01T12:00:00Z");
    const spring = await start({ channel: channel(), trigger: { kind: "at", at } });
    await main.work();
    expect(written()).toEqual([]);
    await upsertCustomers(engine, project, [{ ...people[0]!, address: { country: "FR" } }]);
    engine.moveTo("2026-05-01T11:59:59.999Z");
    await main.work();
    expect(await counts(spring)).toEqual({});
    engine.moveTo("2026-05-01T12:00:00Z");
    await main.work();
    expect(written()).toEqual(["bob", "dan"]);
    expect((await state(spring)).state).toBe("finished");
  });

  it("each customer who enters a segment is written to, each time, and no one who was in it before", async () => {
    const { main, engine, project, counts, request, state } = await messagingShop(store);
    const segment = (await createAutoUpdate(engine, project, { name: "French", query: "country is FR" }))
      .segment_id;
    await settle(engine, project);
    const make = async (kind: "entered" | "left") => {
      const name = kind;
      const trigger = { kind, segment };
      await createDistribution(
        engine,
        project,
        request({ name, channel: channel(), trigger, query: undefined, template: { body: kind } }),
      );
      return startDistribution(engine, project, name);
    };
    const [entered, left] = [await make("entered"), await make("left")];
    const move = async (index: number, country: string) => {
      await upsertCustomers(engine, project, [{ ...people[index]!, address: { country } }]);
      await settle(engine, project);
      await main.work();
    };
    const heard = () => receiver.received.map(({ body }) => `${body.data.sourceId} ${body.data.text}`);
    await move(0, "FR");
    await move(2, "FR");
    expect(heard()).toEqual(["ann entered"]);
    await move(0, "PL");
    await move(0, "FR");
    expect(heard()).toEqual(["ann entered", "ann left", "ann entered"]);
    // While it is paused, entries are awaited: they are written about when it continues.
    await pauseDistribution(engine, project, "entered");
    await move(1, "FR");
    expect(heard()).toHaveLength(3);
    await resumeDistribution(engine, project, "entered");
    await main.work();
    expect(heard()[3]).toBe("bob entered");
    expect(await counts(entered)).toEqual({ sent: 3, no_consent: 1 });
    expect(await counts(left)).toEqual({ sent: 1 });
    expect((await state(entered)).state).toBe("active");
  });

  it("the first members of a new segment are not written to, nor those whom a change of its query moves", async () => {
    const { main, engine, project, counts, start } = await messagingShop(store);
    const { segment_id: segment } = await createAutoUpdate(engine, project, {
      name: "French",
      query: "country is FR",
    });
    const body = { query: undefined, channel: channel() };
    const entered = await start({ ...body, name: "In", trigger: { kind: "entered", segment } });
    const left = await start({ ...body, name: "Out", trigger: { kind: "left", segment } });
    const keep = async () => {
      await settle(engine, project);
      await main.work();
    };
    await keep();
    await updateSegment(engine, project, segment, { query: "country is PL" });
    await keep();
    const history = (await documentsIn(store, "transitions", project)).map(({ cause }) => cause.kind);
    expect(history.sort()).toEqual(["POPULATED", ...Array.from({ length: 5 }, () => "QUERY_CHANGED")]);
    expect([await counts(entered), await counts(left)]).toEqual([{}, {}]);
    await upsertCustomers(engine, project, [{ ...people[4]!, address: { country: "PL" } }]);
    await keep();
    expect(written()).toEqual(["eve"]);
    expect([await counts(entered), await counts(left)]).toEqual([{ sent: 1 }, {}]);
  });

  it("an entry from before the start that is found later is not written about", async () => {
    const { main, engine, project, counts, start } = await messagingShop(store);
    const { segment_id: segment } = await createAutoUpdate(engine, project, {
      name: "French",
      query: "country is FR",
    });
    await settle(engine, project);
    const move = (index: number) =>
      upsertCustomers(engine, project, [{ ...people[index]!, address: { country: "FR" } }]);
    await move(0);
    engine.moveTo("2026-05-01T10:00:01Z");
    const entered = await start({
      query: undefined,
      channel: channel(),
      trigger: { kind: "entered", segment },
    });
    await move(1);
    await settle(engine, project);
    await main.work();
    expect(written()).toEqual(["bob"]);
    expect(await counts(entered)).toEqual({ sent: 1 });
  });

  it("a customer who has left the audience again is not written to", async () => {
    const { main, engine, project, counts, start } = await messagingShop(store);
    const segment = (await createAutoUpdate(engine, project, { name: "French", query: "country is FR" }))
      .segment_id;
    await settle(engine, project);
    const entered = await start({
      channel: channel(),
      trigger: { kind: "entered", segment },
      query: 'in segment "French"',
    });
    for (const country of ["FR", "PL"]) {
      await upsertCustomers(engine, project, [{ ...people[0]!, address: { country } }]);
      await settle(engine, project);
    }
    await main.work();
    expect(await counts(entered)).toEqual({ not_in_audience: 1 });
    expect(receiver.received).toEqual([]);
  });

  it("each new event of a type leads to one message, which names its properties", async () => {
    const { main, engine, project, counts, start } = await messagingShop(store);
    const record = (id: string, customer: string, at: string, total = 12, type = "cart_left") =>
      upsertRecords(engine, project, "events", [{ id, customer, type, at, properties: { total } }]);
    await record("e-0", "ann", "2026-05-01T09:00:00Z");
    const carts = await start({
      channel: channel(),
      query: undefined,
      trigger: { kind: "event", type: "cart_left" },
      template: { body: "{{ customer.name }}: {{ event.properties.total }}" },
    });
    await record("e-1", "bob", "2026-05-01T10:00:00Z");
    await record("e-1", "bob", "2026-05-01T10:00:00Z", 13);
    await record("e-2", "bob", "2026-05-01T10:00:01Z", 14);
    // From before it was started, and of a customer without the consent.
    await record("e-3", "dan", "2026-05-01T09:59:59Z");
    await record("e-4", "cyd", "2026-05-01T10:00:00Z");
    await main.work();
    await deleteRecords(engine, project, "events", [`${project}/id/e-1`]);
    await record("e-1", "bob", "2026-05-01T10:00:00Z");
    await pauseDistribution(engine, project, "Spring");
    await record("e-5", "dan", "2026-05-01T10:00:05Z", 15);
    await main.work();
    expect(receiver.received).toHaveLength(2);
    await resumeDistribution(engine, project, "Spring");
    await main.work();
    expect(receiver.received.map(({ body }) => body.data.text).sort()).toEqual([
      "Bob: 12",
      "Bob: 14",
      "Dan: 15",
    ]);
    expect(await counts(carts)).toEqual({ sent: 3, no_consent: 1 });
  });

  it("an event that is recorded again after its message was deleted for its age leads to no other", async () => {
    const { main, engine, project, counts, start } = await messagingShop(store);
    const by = { ...engine, messageDays: 30 };
    const trigger = { kind: "event", type: "cart_left" } as const;
    const spring = await start({ channel: channel(), trigger });
    const record = (id: string, at: string) =>
      upsertRecords(by, project, "events", [{ id, customer: "bob", type: "cart_left", at }]);
    await record("e-1", "2026-05-01T10:00:00Z");
    await main.work();
    expect(written()).toEqual(["bob"]);
    // Long after the real present, by which messages are due.
    engine.moveTo("2100-01-01T00:00:00Z");
    expect(await deleteOldMessages(by, project, by.clock() - 30 * dayMs)).toBe(1);
    await deleteRecords(by, project, "events", [`${project}/id/e-1`]);
    await record("e-1", "2026-05-01T10:00:00Z");
    expect(await counts(spring)).toEqual({});
    await record("e-2", "2099-12-02T00:00:00Z");
    expect(await counts(spring)).toEqual({ planned: 1 });
  });

  it("a static segment, which has no entries and exits, is refused", async () => {
    const { engine, project, create } = await messagingShop(store);
    const { segment_id: segment } = await createStatic(engine, project, {
      name: "Poles",
      query: "country is PL",
    });
    for (const kind of ["entered", "left"] as const)
      await expect(create({ trigger: { kind, segment } })).rejects.toThrow("Name an auto-update segment.");
  });

  const carts = { query: undefined, trigger: { kind: "event", type: "cart_left" } } as const;
  const event = { customer: "bob", type: "cart_left", at: "2026-05-01T10:00:00Z" };

  it("an event is noticed at once by a process in which the distribution was not started", async () => {
    const { engine, project, create, counts } = await messagingShop(store);
    const draft = await create({ channel: channel(), ...carts });
    // A process of its own has a store of its own.
    const other = { ...engine, store: { ...store } };
    await upsertRecords(other, project, "events", [{ ...event, id: "e-1" }]);
    await startDistribution(engine, project, "Spring");
    await upsertRecords(other, project, "events", [{ ...event, id: "e-2" }]);
    expect(await counts(draft)).toEqual({ planned: 1 });
  });

  it.each(["canceled", "deleted"])(
    "an event plans nothing for a distribution that is %s meanwhile",
    async (end) => {
      const { engine, project, start, main } = await messagingShop(store);
      await start({ channel: channel(), ...carts });
      const write: typeof store.write = async (work) => {
        await cancelDistribution(engine, project, "Spring");
        await main.work();
        if (end === "deleted") await deleteDistribution(engine, project, "Spring");
        return store.write(work);
      };
      await upsertRecords({ ...engine, store: { ...store, write } }, project, "events", [
        { ...event, id: "e-1" },
      ]);
      expect(await documentsIn(store, "events", project)).toHaveLength(1);
      expect(await documentsIn(store, "messages", project)).toEqual([]);
    },
  );
});
