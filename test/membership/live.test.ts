// Segments kept live, on every store: what is written, what time does, how segments come, change and go.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import { setConsents } from "../../src/ingest/consents.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { readLiveSet } from "../../src/membership/live/live-set.js";
import { rebuildSegment, syncSegments } from "../../src/membership/maintain/coordinator.js";
import { coordinatorId, newOwner, retire, takeLeases } from "../../src/membership/maintain/lease.js";
import { populateSegments } from "../../src/membership/maintain/populate.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../src/segments/change.js";
import { createStatic } from "../../src/segments/static.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn, wrappedReads } from "../store/watched.js";
import { faults, movableEngine, reportedChanges, settle, stored } from "./live-shop.js";

let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  /** A shop in Warsaw with three customers and no orders. */
  async function shop(start: string) {
    shops += 1;
    const project = `live-${shops}`;
    const engine = movableEngine(store, start);
    await defineProject(engine, project, {
      timezone: "Europe/Warsaw",
      metadataSchema: { age: "number", renewal: "date", visits: "datetime[]" },
      eventSchemas: { login: {} },
      consents: ["news"],
    });
    await upsertCustomers(engine, project, [
      { source_id: "c-1", address: { country: "PL" }, metadata: { age: 20 } },
      { source_id: "c-2", address: { country: "PL" }, metadata: { age: 40 } },
      { source_id: "c-3", address: { country: "FR" } },
    ]);
    const live = async (name: string, query: string): Promise<string> => {
      const { segment_id } = await createAutoUpdate(engine, project, { name, query });
      await settle(engine, project);
      return segment_id;
    };
    const order = async (source_id: string, customer: string, created_at: string, more = {}) => {
      await upsertRecords(engine, project, "orders", [
        { source_id, customer, created_at, amount: 5_000, status: "PAID", ...more },
      ]);
    };
    const event = async (customer: string, type: string, at: string) => {
      await upsertRecords(engine, project, "events", [{ customer, type, at, properties: {} }]);
    };
    const now = (segment: string) => stored(engine, project, segment);
    const history = (segment: string) => reportedChanges(engine, project, segment);
    return { project, engine, live, order, event, now, history };
  }

  it("a month's end in Warsaw: in, out at midnight, in again", async () => {
    const { project, engine, live, order, now, history } = await shop("2026-02-28T11:00:00Z");
    await order("o-1", "c-1", "2026-02-28T11:00:00Z");
    const segment = await live("Away", "last order more than 1 month ago");
    const steps = [
      ["2026-03-28T11:00:00Z", ""],
      ["2026-03-28T11:00:00.001Z", "1"],
      ["2026-03-28T22:59:59.999Z", "1"],
      ["2026-03-28T23:00:00Z", ""],
      ["2026-03-29T10:00:00Z", ""],
      ["2026-03-29T10:00:00.001Z", "1"],
    ] as const;
    for (const [instant, members] of steps) {
      engine.moveTo(instant);
      await settle(engine, project);
      expect([instant, await now(segment)]).toEqual([instant, members]);
      expect(await faults(engine, project)).toBe("");
    }
    expect(await history(segment)).toEqual([
      "c-1 entered 2026-03-28T11:00:00.001Z TIME",
      "c-1 left 2026-03-28T23:00:00.000Z TIME",
      "c-1 entered 2026-03-29T10:00:00.001Z TIME",
    ]);
  });

  it("a clock that leaps over all of it yields the same history", async () => {
    const { project, engine, live, order, history } = await shop("2026-02-28T11:00:00Z");
    await order("o-1", "c-1", "2026-02-28T11:00:00Z");
    const segment = await live("Away", "last order more than 1 month ago");
    engine.moveTo("2026-04-03T08:15:00Z");
    await settle(engine, project);
    expect(await history(segment)).toEqual([
      "c-1 entered 2026-03-28T11:00:00.001Z TIME",
      "c-1 left 2026-03-28T23:00:00.000Z TIME",
      "c-1 entered 2026-03-29T10:00:00.001Z TIME",
      // A month back from the 30th, and from the 31st, is the 28th again.
      "c-1 left 2026-03-29T22:00:00.000Z TIME",
      "c-1 entered 2026-03-30T10:00:00.001Z TIME",
      "c-1 left 2026-03-30T22:00:00.000Z TIME",
      "c-1 entered 2026-03-31T10:00:00.001Z TIME",
    ]);
  });

  it("a change evaluates only the segments that it may flip, once they are populated", async () => {
    const { project, engine, live } = await shop("2026-05-01T10:00:00Z");
    const french = await live("French", "country is FR and age > 30");
    const polish = await live("Polish", "country is PL and age > 30");
    const lately = await live("Lately", "country is PL and last order in the last 7 days");
    const active = await live("Active", "country is FR and performed login");
    const { mayFlip } = await readLiveSet(engine, project);
    const [before] = await store.getMany("customers", [`${project}/c-1`]);
    const older = { ...before!, facts: { ...before!.facts, metadata: { "age:number": 99 } } };
    const abroad = { ...before!, facts: { ...before!.facts, country: "FR" } };
    const asked = (after: object) => new Set(mayFlip(before!, after).map(({ id }) => id));
    expect(asked(before!)).toEqual(new Set([lately]));
    expect(asked(older)).toEqual(new Set([polish, lately]));
    expect(asked(abroad)).toEqual(new Set([french, polish, lately, active]));
  });

  it("writes make customers enter and leave, and are recorded as the cause", async () => {
    const { project, engine, live, order, event, now, history } = await shop("2026-05-01T10:00:00Z");
    const spent = await live("Spent", "total spent is at least $50 and country is PL");
    const active = await live("Active", "performed login at least twice in the last 7 days");
    engine.moveTo("2026-05-02T10:00:00Z");
    await order("o-1", "c-1", "2026-05-02T09:00:00Z");
    await event("c-2", "login", "2026-05-02T08:00:00Z");
    await settle(engine, project);
    expect([await now(spent), await now(active)]).toEqual(["1", ""]);
    engine.moveTo("2026-05-03T10:00:00Z");
    await event("c-2", "login", "2026-05-01T08:00:00Z");
    await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "DE" } }]);
    await settle(engine, project);
    engine.moveTo("2026-05-20T10:00:00Z");
    await order("o-1", "c-1", "2026-05-02T09:00:00Z", { status: "CANCELED" });
    await settle(engine, project);
    expect(await history(spent)).toEqual([
      "c-1 entered 2026-05-02T10:00:00.000Z ORDER",
      "c-1 left 2026-05-03T10:00:00.000Z PROFILE",
    ]);
    expect(await history(active)).toEqual([
      "c-2 entered 2026-05-03T10:00:00.000Z EVENT",
      "c-2 left 2026-05-08T08:00:00.001Z TIME",
    ]);
    expect(await faults(engine, project)).toBe("");
  });

  it("set consents make customers enter and leave", async () => {
    const { project, engine, live, now, history } = await shop("2026-05-01T10:00:00Z");
    const news = await live("News", "consents contains news");
    engine.moveTo("2026-05-02T10:00:00Z");
    await setConsents(engine, project, [
      { customer: "c-1", consents: ["news"] },
      { customer: "c-2", consents: ["news"] },
    ]);
    await settle(engine, project);
    expect(await now(news)).toBe("12");
    engine.moveTo("2026-05-03T10:00:00Z");
    await setConsents(engine, project, [{ customer: "c-2", consents: [] }]);
    await settle(engine, project);
    expect((await history(news)).toSorted()).toEqual([
      "c-1 entered 2026-05-02T10:00:00.000Z PROFILE",
      "c-2 entered 2026-05-02T10:00:00.000Z PROFILE",
      "c-2 left 2026-05-03T10:00:00.000Z PROFILE",
    ]);
    expect(await faults(engine, project)).toBe("");
  });

  it("an order of the future counts when its time comes", async () => {
    const { project, engine, live, order, event, history } = await shop("2026-05-01T10:00:00Z");
    const segment = await live("Bought", "number of orders is at least 1");
    const logins = await live("Logged in", "performed login");
    await order("o-1", "c-3", "2026-05-04T12:00:00Z");
    await event("c-3", "login", "2026-05-05T12:00:00Z");
    await settle(engine, project);
    engine.moveTo("2026-05-10T00:00:00Z");
    await settle(engine, project);
    expect(await history(segment)).toEqual(["c-3 entered 2026-05-04T12:00:00.000Z ORDER"]);
    expect(await history(logins)).toEqual(["c-3 entered 2026-05-05T12:00:00.000Z TIME"]);
    expect(await faults(engine, project)).toBe("");
  });

  it("days, anniversaries, sets of instants and clock hours flip when they should", async () => {
    const { project, engine, live, history } = await shop("2026-10-24T10:00:00Z");
    await upsertCustomers(engine, project, [
      {
        source_id: "c-1",
        birthdate: "1990-10-25",
        created_at: "2026-10-24T09:30:00Z",
        metadata: { renewal: "2026-10-26", visits: ["2026-10-25T00:30:00Z", "2026-10-26T00:00:00Z"] },
      },
    ]);
    const segments = {
      renewal: await live("Renewal", "renewal is today"),
      birthday: await live("Birthday", "birthday anniversary is today"),
      visits: await live("Visits", "visits contains today"),
      hour: await live("Hour", "created exactly 14 hours ago"),
      day: await live("Day", "created more than 1 day ago"),
    };
    // The clock goes back on the 25th, which has 25 hours.
    engine.moveTo("2026-10-28T10:00:00Z");
    await settle(engine, project);
    expect(await faults(engine, project)).toBe("");
    const entries = Object.entries(segments).map(async ([name, id]) => [name, await history(id)]);
    expect(Object.fromEntries(await Promise.all(entries))).toEqual({
      renewal: ["c-1 entered 2026-10-25T23:00:00.000Z TIME", "c-1 left 2026-10-26T23:00:00.000Z TIME"],
      birthday: ["c-1 entered 2026-10-24T22:00:00.000Z TIME", "c-1 left 2026-10-25T23:00:00.000Z TIME"],
      visits: ["c-1 entered 2026-10-24T22:00:00.000Z TIME", "c-1 left 2026-10-26T23:00:00.000Z TIME"],
      hour: ["c-1 entered 2026-10-24T23:00:00.000Z TIME", "c-1 left 2026-10-25T00:00:00.000Z TIME"],
      day: ["c-1 entered 2026-10-25T10:30:00.001Z TIME"],
    });
  });

  it("a changed query is one transition, also for segments whose queries name it", async () => {
    const { project, engine, live, now, history } = await shop("2026-05-01T10:00:00Z");
    const inner = await live("Poles", "country is PL");
    const outer = await live("Young Poles", 'in segment "Poles" and age < 30');
    expect([await now(inner), await now(outer)]).toEqual(["12", "1"]);
    engine.moveTo("2026-05-02T10:00:00Z");
    await updateSegment(engine, project, inner, { query: "country is FR or age > 30" });
    await settle(engine, project);
    expect([await now(inner), await now(outer)]).toEqual(["23", ""]);
    expect((await history(inner)).filter((line) => !/POPULATED/.test(line)).sort()).toEqual([
      "c-1 left 2026-05-02T10:00:00.000Z QUERY_CHANGED",
      "c-3 entered 2026-05-02T10:00:00.000Z QUERY_CHANGED",
    ]);
    expect((await history(outer)).slice(1)).toEqual(["c-1 left 2026-05-02T10:00:00.000Z QUERY_CHANGED"]);
    expect(await faults(engine, project)).toBe("");
  });

  it("the members of a deleted segment leave it, and static segments keep theirs", async () => {
    const { project, engine, live, history } = await shop("2026-05-01T10:00:00Z");
    const segment = await live("Poles", "country is PL");
    const chosen = await createStatic(engine, project, { name: "Chosen", sourceIds: ["c-1", "c-3"] });
    const named = await live("Named", 'in segment "Chosen" and country is PL');
    await deleteSegment(engine, project, segment);
    await settle(engine, project);
    const rows = await documentsIn(store, "customers", project);
    expect(rows.map(({ segments }) => segments)).toEqual([
      [chosen.segment_id, named].sort(),
      [],
      [chosen.segment_id],
    ]);
    expect((await history(segment)).filter((line) => !/POPULATED/.test(line)).sort()).toEqual([
      "c-1 left 2026-05-01T10:00:00.000Z SEGMENT_DELETED",
      "c-2 left 2026-05-01T10:00:00.000Z SEGMENT_DELETED",
    ]);
    expect(await faults(engine, project)).toBe("");
  });

  it("an erased customer leaves, and is named nowhere but in that transition", async () => {
    const { project, engine, live, now, history } = await shop("2026-05-01T10:00:00Z");
    const segment = await live("Poles", "country is PL");
    engine.moveTo("2026-05-02T10:00:00Z");
    await eraseCustomer(engine, project, "c-1");
    await settle(engine, project);
    expect(await now(segment)).toBe("2");
    const all = (await history(segment)).map((line) => line.replace(/erased-\S+/, "nobody")).sort();
    expect(all).toEqual([
      "c-1 left 2026-05-02T10:00:00.000Z ERASED",
      "c-2 entered 2026-05-01T10:00:00.000Z POPULATED",
      "nobody entered 2026-05-01T10:00:00.000Z POPULATED",
    ]);
    const intervals = await documentsIn(store, "memberships", project);
    expect(intervals.map(({ customer }) => customer.replace(/erased-\S+/, "nobody")).sort()).toEqual([
      `${project}/c-2`,
      `${project}/nobody`,
    ]);
  });

  it("a customer with years of intervals is erased in several steps", async () => {
    const { project, engine, live, now } = await shop("2026-05-01T10:00:00Z");
    const segment = await live("Poles", "country is PL");
    const at = new Date(0);
    const cause = { kind: "TIME", at } as const;
    const customer = `${project}/c-1`;
    const sequences = Array.from({ length: 1_100 }, (_, index) => index + 1);
    await store.write(async (transaction) => {
      const intervals = sequences.map((sequence) => ({
        ...{ _id: `${project}/${segment}/9.${sequence}`, project, segment, customer },
        ...{ entered_at: at, entered_by: cause, left_at: at, left_by: cause },
      }));
      const transitions = sequences.map((sequence) => ({
        ...{ _id: `${project}/9/${sequence}`, project, partition: 9, sequence, segment, customer },
        ...{ kind: "left" as const, at, cause },
      }));
      await transaction.put("memberships", intervals);
      await transaction.put("transitions", transitions);
    });
    await eraseCustomer(engine, project, "c-1");
    let most = 0;
    const counted: typeof store = {
      ...store,
      write: (work, options) =>
        store.write(async (transaction) => {
          let documents = 0;
          const result = await work({
            ...transaction,
            put: (name, put) => {
              documents += put.length;
              return transaction.put(name, put);
            },
          });
          most = Math.max(most, documents);
          return result;
        }, options),
    };
    await settle({ ...engine, store: counted }, project);
    expect(most).toBeLessThan(600);
    expect(await now(segment)).toBe("2");
    const ofCustomer = async (collection: "memberships" | "transitions") =>
      (await documentsIn(store, collection, project)).filter((each) => each.customer === customer);
    expect(await ofCustomer("memberships")).toEqual([]);
    const named = await ofCustomer("transitions");
    expect(named).toEqual([
      expect.objectContaining({ segment, cause: expect.objectContaining({ kind: "ERASED" }) }),
    ]);
  });

  it("a segment that is to be rebuilt when it would become live is rebuilt", async () => {
    const { project, engine } = await shop("2026-05-01T10:00:00Z");
    const { segment_id: segment } = await createAutoUpdate(engine, project, {
      name: "Poles",
      query: "country is PL",
    });
    await settle(engine, project);
    await rebuildSegment(engine, project, segment);
    const holder = { owner: newOwner(), clock: () => 0 };
    const wanted = [{ _id: coordinatorId(project), kind: "coordinator" as const }];
    const taken = await takeLeases(engine, project, wanted, { coordinator: 1, partition: 0 }, holder);
    const work = { holder, lease: taken.held[0]! };
    const populate = async (from: typeof engine) =>
      populateSegments({ ...work, engine: from }, await readLiveSet(from, project));
    await populate(engine);
    // Another rebuild is requested after the remaining customers were counted.
    const overtaken = wrappedReads(store, (read, call) =>
      read.startsWith("dirtyMarks.")
        ? async (...parameters) => {
            const rows = await call(...parameters);
            await rebuildSegment(engine, project, segment);
            return rows;
          }
        : call,
    );
    await populate({ ...engine, store: overtaken });
    const [live] = await store.getMany("live_segments", [`${project}/${segment}`]);
    expect(live).toMatchObject({ status: "populating", cause: "REBUILT" });
    await retire(engine, project, taken.held, holder);
    await settle(engine, project);
    const [after] = await store.getMany("live_segments", [`${project}/${segment}`]);
    expect(after).toMatchObject({ status: "live" });
  });

  it("one segment at least is populated in a turn, and others wait when its time is over", async () => {
    const { project, engine } = await shop("2026-05-01T10:00:00Z");
    for (const country of ["PL", "FR", "DE"])
      await createAutoUpdate(engine, project, { name: country, query: `country is ${country}` });
    const holder = { owner: newOwner(), clock: () => 0 };
    const wanted = [{ _id: coordinatorId(project), kind: "coordinator" as const }];
    const taken = await takeLeases(engine, project, wanted, { coordinator: 1, partition: 0 }, holder);
    const work = { engine, holder, lease: taken.held[0]! };
    await syncSegments(work, undefined);
    const populated = async (): Promise<number> => {
      await populateSegments(work, await readLiveSet(engine, project), undefined, 0);
      const live = await documentsIn(store, "live_segments", project);
      return live.filter(({ total }) => total !== undefined).length;
    };
    expect([await populated(), await populated(), await populated()]).toEqual([1, 2, 3]);
    await retire(engine, project, taken.held, holder);
    await settle(engine, project);
    expect(await faults(engine, project)).toBe("");
  });

  it("an erased customer leaves a segment that is deleted before its next evaluation", async () => {
    const { project, engine, live, history } = await shop("2026-05-01T10:00:00Z");
    const segment = await live("Poles", "country is PL");
    await eraseCustomer(engine, project, "c-1");
    await eraseCustomer(engine, project, "c-2");
    await deleteSegment(engine, project, segment);
    const holder = { owner: newOwner(), clock: () => 0 };
    const wanted = [{ _id: coordinatorId(project), kind: "coordinator" as const }];
    const taken = await takeLeases(engine, project, wanted, { coordinator: 1, partition: 0 }, holder);
    const work = { engine, holder, lease: taken.held[0]! };
    await syncSegments(work, undefined);
    for (let turn = 0; turn < 2; turn += 1) await populateSegments(work, await readLiveSet(engine, project));
    await retire(engine, project, taken.held, holder);
    await settle(engine, project);
    expect((await history(segment)).filter((line) => / left /.test(line)).toSorted()).toEqual([
      "c-1 left 2026-05-01T10:00:00.000Z ERASED",
      "c-2 left 2026-05-01T10:00:00.000Z ERASED",
    ]);
    expect(await store.getMany("live_segments", [`${project}/${segment}`])).toEqual([undefined]);
  });

  it("bought products count, whichever segment asked for them first", async () => {
    const { project, engine, live, order, now } = await shop("2026-05-01T10:00:00Z");
    const segment = await live(
      "Apple",
      "order contains MacBook and not placed order where product contains Mouse",
    );
    await order("o-1", "c-2", "2026-05-01T09:00:00Z", { items: [{ name: "MacBook Air", quantity: 1 }] });
    await order("o-2", "c-1", "2026-05-01T09:00:00Z", { items: [{ name: "macbook pro" }, { sku: "mouse" }] });
    await settle(engine, project);
    expect(await now(segment)).toBe("2");
    expect(await faults(engine, project)).toBe("");
  });
});
