// A failure planted in each kind of work in turn: the failing part is quarantined and reported, and everything else is served.
import { describe, expect, it, onTestFinished } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { LiveSegmentDocument } from "../../../src/documents/membership-documents.js";
import type { Engine } from "../../../src/engine.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { partitionId } from "../../../src/membership/maintain/lease.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { verifyMembership } from "../../../src/membership/reads/verify.js";
import { deliveries } from "../../../src/outbox/deliveries.js";
import { forgetHistory } from "../../../src/outbox/retention.js";
import { createWebhook } from "../../../src/outbox/webhooks.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { segmentKey } from "../../../src/segments/identity.js";
import type { Store } from "../../../src/store/port.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { documentsIn, watchedStore } from "../../store/watched.js";
import { faults, movableEngine, reportedChanges, stored } from "../live-shop.js";

const start = "2026-05-01T10:00:00Z";
let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  /** A shop of three customers, whose maintainer reads through a store in which reads can be made to fail. */
  async function shop() {
    shops += 1;
    const project = `isolated-${shops}`;
    let failsFor: (name: string, parameters: readonly unknown[]) => boolean = () => false;
    const watched = watchedStore(store, (name, parameters) => {
      if (failsFor(name, parameters)) throw new Error(`planted in ${name}`);
    });
    const engine = movableEngine(store, start);
    const failing: Engine = { ...engine, clock: engine.clock, store: watched };
    await defineProject(engine, project, { eventSchemas: { login: {} } });
    await upsertCustomers(
      engine,
      project,
      [1, 2, 3].map((number) => ({ source_id: `c-${number}`, address: { country: "PL" } })),
    );
    let machine = 0;
    const reported: string[] = [];
    const maintainer = maintainProject(
      failing,
      project,
      () => machine,
      0,
      (error) => reported.push((error as Error).message),
    );
    onTestFinished(() => maintainer.release());
    return {
      ...{ project, engine, failing, maintainer, reported },
      create: async (name: string, query: string) =>
        (await createAutoUpdate(engine, project, { name, query })).segment_id,
      settle: async () => {
        while (await maintainer.round());
      },
      later: (ms: number) => {
        machine += ms;
      },
      plant: (fails: typeof failsFor) => {
        failsFor = fails;
      },
      live: async (segment: string): Promise<LiveSegmentDocument> =>
        (await store.getMany("live_segments", [segmentKey(project, segment)]))[0]!,
    };
  }

  /** True of a read whose question is of one segment's query, by a word in it. */
  const asks =
    (word: string) =>
    (_name: string, parameters: readonly unknown[]): boolean =>
      JSON.stringify(parameters).includes(word);

  it("populate isolates a segment whose members can't be found", async () => {
    const { project, engine, create, settle, later, plant, live, reported } = await shop();
    const broken = await create("Broken", "city is Krakow or country is PL");
    const lately = await create("Lately", "performed login in the last 1 hour");
    plant((name, parameters) => name.startsWith("questions.") && asks("krakow")(name, parameters));
    await upsertRecords(engine, project, "events", [{ customer: "c-1", type: "login", at: start }]);
    await settle();
    expect(await stored(engine, project, lately)).toBe("1");
    expect(await live(broken)).toMatchObject({
      status: "failed",
      problem: expect.stringContaining("planted"),
      failing: { attempts: 1, retry_at: new Date(5_000) },
    });
    expect(reported).toEqual([`Segment ${broken} could not be populated.`]);
    // Time goes on for the others, and the segment is tried again ever more rarely.
    engine.moveTo("2026-05-01T11:00:00.001Z");
    await settle();
    expect(await stored(engine, project, lately)).toBe("");
    later(5_000);
    await settle();
    expect((await live(broken)).failing).toEqual({ attempts: 2, retry_at: new Date(15_000) });
    plant(() => false);
    later(9_999);
    await settle();
    expect((await live(broken)).status).toBe("failed");
    later(1);
    await settle();
    expect(await live(broken)).toMatchObject({ status: "live" });
    expect(await live(broken)).not.toHaveProperty("problem");
    expect(await stored(engine, project, broken)).toBe("123");
    expect(await faults(engine, project)).toBe("");
  });

  it("evaluate isolates a segment that fails for every customer", async () => {
    const { project, engine, create, settle, later, live, reported } = await shop();
    const whole = await create("Whole", "country is PL");
    const broken = await create("Broken", "country is FR");
    await settle();
    // What is stored of it says something that no query says.
    const spoil = (canonical: string) =>
      store.write(async (transaction) => {
        const [known] = await transaction.getMany("live_segments", [segmentKey(project, broken)]);
        await transaction.put("live_segments", [{ ...known!, query: { ...known!.query, canonical } }]);
        const [coordinator] = await transaction.getMany("maintenance", [`${project}/coordinator`]);
        if (coordinator?.kind === "coordinator")
          await transaction.put("maintenance", [{ ...coordinator, epoch: (coordinator.epoch ?? 0) + 1 }]);
      });
    await spoil("no such attribute is 1");
    await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "FR" } }]);
    await settle();
    expect(await stored(engine, project, whole)).toBe("23");
    const { canonical } = (await documentsIn(store, "segments", project)).find(
      ({ segment_id }) => segment_id === broken,
    )!.query!;
    await spoil(canonical);
    later(60_000);
    await settle();
    expect(await stored(engine, project, broken)).toBe("1");
    expect((await live(broken)).status).toBe("live");
    expect(reported).toEqual([]);
    expect(await faults(engine, project)).toBe("");
  });

  it("a live segment whose query is no longer valid is put aside until it is valid again", async () => {
    const { project, engine, create, settle, later, live, reported } = await shop();
    const whole = await create("Whole", "country is PL");
    const refused = await create("Refused", "country is FR");
    await settle();
    const [key, coordinatorKey] = [segmentKey(project, refused), `${project}/coordinator`];
    // As if another version of the program had saved it.
    const save = (canonical: string) =>
      store.write(async (transaction) => {
        const [segment] = await transaction.getMany("segments", [key]);
        const [known] = await transaction.getMany("live_segments", [key]);
        const [coordinator] = await transaction.getMany("maintenance", [coordinatorKey]);
        if (coordinator?.kind !== "coordinator") throw new Error("There is no coordinator.");
        const query = { ...segment!.query!, canonical };
        await transaction.put("segments", [{ ...segment!, query }]);
        await transaction.put("live_segments", [{ ...known!, query }]);
        await transaction.put("maintenance", [{ ...coordinator, epoch: (coordinator.epoch ?? 0) + 1 }]);
      });
    await save("no_such_attribute is 1");
    await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "FR" } }]);
    await settle();
    expect(await live(refused)).toMatchObject({
      status: "failed",
      problem: expect.stringContaining("no_such_attribute"),
      failing: { attempts: 1 },
    });
    expect(await stored(engine, project, whole)).toBe("23");
    await save("country is FR");
    later(5_000);
    await settle();
    expect((await live(refused)).status).toBe("live");
    expect(await stored(engine, project, refused)).toBe("1");
    expect(reported).toEqual([]);
    expect(await faults(engine, project)).toBe("");
  });

  it("tick isolates a segment whose time scan fails", async () => {
    const { project, engine, create, settle, later, plant, live, reported } = await shop();
    const whole = await create("Logged in", "performed login in the last 1 hour");
    const broken = await create("Ordered", "placed order in the last 1 hour");
    await upsertRecords(engine, project, "events", [{ customer: "c-1", type: "login", at: start }]);
    await upsertRecords(engine, project, "orders", [
      { source_id: "o-1", customer: "c-2", created_at: start, amount: 100 },
    ]);
    await settle();
    expect([await stored(engine, project, whole), await stored(engine, project, broken)]).toEqual(["1", "2"]);
    plant((name, parameters) => name === "crossings.crossed" && asks('"orders"')(name, parameters));
    engine.moveTo("2026-05-01T11:00:00.001Z");
    await settle();
    expect(await reportedChanges(engine, project, whole)).toContain("c-1 left 2026-05-01T11:00:00.001Z TIME");
    expect(await live(broken)).toMatchObject({ status: "failed", failing: { attempts: 1 } });
    expect(reported).toEqual([`What time does to segment ${broken} could not be found.`]);
    plant(() => false);
    later(5_000);
    await settle();
    expect(await stored(engine, project, broken)).toBe("");
    expect(await faults(engine, project)).toBe("");
  });

  it("advance isolates a customer whose summary can't be derived", async () => {
    const { project, engine, create, settle } = await shop();
    const buyers = await create("Buyers", "number of orders is at least 1");
    await settle();
    for (const number of [1, 2])
      await upsertRecords(engine, project, "orders", [
        {
          source_id: `o-${number}`,
          customer: `c-${number}`,
          created_at: "2026-05-01T11:00:00Z",
          amount: 100,
        },
      ]);
    await settle();
    engine.moveTo("2026-05-01T12:00:00Z");
    const wrong: Store["write"] = (work, options) =>
      store.write(
        (transaction) =>
          work({
            ...transaction,
            recordsOf: async (collection, ids) => {
              if (ids.includes(`${project}/c-1`)) throw new Error("planted");
              return transaction.recordsOf(collection, ids);
            },
          }),
        options,
      );
    const reported: string[] = [];
    let machine = 60_000;
    const maintainer = maintainProject(
      { ...engine, clock: engine.clock, store: { ...store, write: wrong } },
      project,
      () => machine,
      0,
      (error) => reported.push((error as Error).message),
    );
    while (await maintainer.round());
    expect(await stored(engine, project, buyers)).toBe("2");
    expect(reported).toEqual([`Customer ${project}/c-1 could not be evaluated.`]);
    expect(maintainer.quarantined()).toBe(1);
    await maintainer.release();
    machine += 1;
    const other = maintainProject(engine, project, () => machine);
    while (await other.round());
    expect(await stored(engine, project, buyers)).toBe("12");
    expect(await faults(engine, project)).toBe("");
    await other.release();
  });

  it("verify isolates a segment whose query fails", async () => {
    const { project, failing, engine, create, settle, plant } = await shop();
    const whole = await create("Whole", "country is PL");
    const broken = await create("Broken", "city is Krakow or country is PL");
    await settle();
    await store.write(async (transaction) => {
      const [customer] = await transaction.getMany("customers", [`${project}/c-1`]);
      await transaction.put("customers", [{ ...customer!, segments: [broken] }]);
    });
    plant((name, parameters) => name.startsWith("questions.") && asks("krakow")(name, parameters));
    const { differences, unanswerable } = await verifyMembership(failing, project);
    expect(unanswerable).toEqual([broken]);
    expect(differences.map(({ segment, missing }) => [segment, missing])).toEqual([[whole, ["c-1"]]]);
    expect((await verifyMembership(engine, project)).unanswerable).toEqual([]);
  });

  it("deliver isolates a project whose webhooks can't be read, and a webhook whose receiver fails", async () => {
    const [broken, whole] = [await shop(), await shop()];
    const sent: string[] = [];
    const held = [];
    for (const { create, settle, engine, project, maintainer } of [broken, whole]) {
      await settle();
      for (const path of ["fails", "works"])
        await createWebhook({ ...engine, clock: engine.clock, allowPrivateWebhooks: true }, project, {
          url: `http://127.0.0.1/${project}/${path}`,
        });
      await create("Poles", "country is PL");
      await settle();
      held.push(...maintainer.partitions());
    }
    const watched = watchedStore(store, (name, [project]) => {
      if (name === "webhooks.all" && project === broken.project) throw new Error("planted");
    });
    const errors: string[] = [];
    const outbox = deliveries({
      tools: {
        engine: { store: watched, clock: whole.engine.clock },
        sender: {
          post: async ({ url }) => {
            if (url.endsWith("fails")) return { problem: "It says no." };
            sent.push(url);
            return { status: 200 };
          },
          close: () => undefined,
        },
        clock: () => 0,
        random: () => 0,
      },
      report: (error) => errors.push((error as Error).message),
    });
    await outbox.pass(held);
    await outbox.settled();
    expect([...new Set(sent)]).toEqual([`http://127.0.0.1/${whole.project}/works`]);
    expect(errors).toEqual([`The webhooks of project ${broken.project} could not be read.`]);
  });

  it("retention isolates a partition whose history can't be read", async () => {
    const { project, failing, create, settle, plant, maintainer, engine } = await shop();
    const many = Array.from({ length: 40 }, (_, index) => ({
      source_id: `d-${index}`,
      address: { country: "PL" },
    }));
    await upsertCustomers(engine, project, many);
    await create("Poles", "country is PL");
    await settle();
    const before = await documentsIn(store, "transitions", project);
    const partitions = [...new Set(before.map(({ partition }) => partition))].sort();
    const [first] = partitions;
    expect(partitions.length).toBeGreaterThan(1);
    plant(
      (name, [, range]) =>
        name === "transitions.inRange" && (range as { readonly partition: number }).partition === first,
    );
    const reported: string[] = [];
    const report = (error: unknown) => reported.push((error as Error).message);
    await forgetHistory(failing, maintainer.partitions(), Date.parse("2026-06-01T00:00:00Z"), report);
    expect(reported).toEqual([`The history of ${partitionId(project, first!)} could not be forgotten.`]);
    const after = await documentsIn(store, "transitions", project);
    expect([...new Set(after.map(({ partition }) => partition))]).toEqual([first]);
  });
});
