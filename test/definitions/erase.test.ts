// Erasing a person leaves nothing of them, on every store, and says what it was.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import { retype } from "../../src/definitions/retype.js";
import type { RecordCollection } from "../../src/documents/collections.js";
import { collections } from "../../src/documents/collections.js";
import type { JobDocument } from "../../src/documents/job-documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { createJob, endJob } from "../../src/jobs/jobs.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import { forgetHistory } from "../../src/outbox/retention.js";
import { findCustomer } from "../../src/query/customer.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { createStatic } from "../../src/segments/static.js";
import { movableEngine, settle } from "../membership/live-shop.js";
import { everyStore, put } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";

const at1 = "2026-11-01T00:00:00Z";
const records: Readonly<Record<RecordCollection, (customer: string) => readonly object[]>> = {
  orders: (customer) => [
    { source_id: `o-${customer}`, customer, created_at: at1, amount: 100, items: [{ sku: "MUG" }] },
  ],
  events: (customer) =>
    Array.from({ length: 1_100 }, (_, index) => ({
      id: `e-${customer}-${index}`,
      customer,
      type: "login",
      at: at1,
    })),
  redemptions: (customer) => [{ customer, at: at1, campaign: "Club", result: "SUCCESS" }],
  gift_cards: (customer) => [{ id: `g-${customer}`, customer, campaign: "Xmas", amount: 5_000 }],
  loyalty: (customer) => [{ id: `l-${customer}`, customer, campaign: "Club", points: 7 }],
  referrals: (customer) => [
    {
      id: `r-${customer}`,
      referrer: customer,
      referee: customer === "eve" ? "ann" : "eve",
      campaign: "Summer",
      at: at1,
    },
  ],
};

describe.each(everyStore)("erasing a person on $name", (tested) => {
  const store = storeOfSuite(tested);
  let engine: Engine;
  const project = "default";

  beforeAll(async () => {
    engine = { store, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };
    await upsertCustomers(engine, project, [{ source_id: "ann", name: "Ann" }, { source_id: "eve" }]);
    for (const [collection, made] of Object.entries(records))
      await upsertRecords(engine, project, collection as RecordCollection, [...made("ann"), ...made("eve")]);
    await createStatic(engine, project, { name: "Both", sourceIds: ["ann", "eve"] });
    await createStatic(engine, project, { name: "Eve", sourceIds: ["eve"] });
  });

  it("removes all of the person's data and nothing of others; a repetition removes nothing", async () => {
    const before = await findCustomer(engine, project, { sourceId: "eve" });
    const erased = (await eraseCustomer(engine, project, "ann"))!;
    expect(erased).toMatchObject({
      id: "default/ann",
      sourceId: "ann",
      profile: true,
      records: { orders: 1, events: 1_100, redemptions: 1, gift_cards: 1, loyalty: 1, referrals: 1 },
      namedInReferrals: 1,
    });
    expect(erased.segments.map(({ name }) => name)).toEqual(["Both"]);
    // Until a maintainer has looked at it, the mark that somebody is gone says who.
    await settle(engine, project);
    for (const collection of collections) {
      const rows = await documentsIn(store, collection, project);
      expect(JSON.stringify(rows), collection).not.toMatch(/\bann\b/i);
    }
    expect(await findCustomer(engine, project, { sourceId: "eve" })).toEqual(before);
    // What a referral says of who was erased may be somebody's id: asked for, it finds nobody, and comes to an end.
    expect(await eraseCustomer(engine, project, "(erased)")).toBeUndefined();
    expect(before?.activity.referrals.count).toBe(1);
    expect(await documentsIn(store, "events", project)).toHaveLength(1_100);
    expect(await eraseCustomer(engine, project, "ann")).toBeUndefined();
  });

  it("an erasure that stopped after the profile was removed is finished by a repetition", async () => {
    await store.write((transaction) => transaction.remove("customers", ["default/eve"]));
    const erased = await eraseCustomer(engine, project, "eve");
    expect(erased).toMatchObject({
      profile: false,
      records: { orders: 1, events: 1_100, redemptions: 1, gift_cards: 1, loyalty: 1, referrals: 1 },
    });
  });

  it.each([1, 1_001])(
    "a job that runs while %i persons are erased is stored without them",
    async (erased) => {
      const shop = `running-${erased}`;
      await defineProject(engine, shop, { metadataSchema: { size: "string" } });
      const people = ["ann", "bea", "eve"].map((source_id) => ({
        source_id,
        metadata: { size: `of ${source_id}` },
      }));
      await upsertCustomers(engine, shop, people);
      const request = { of: "customers", key: "size", type: "number" } as const;
      const caller = { kind: "open", id: "open" };
      const running = async (type: "retype" | "import"): Promise<JobDocument> => {
        const job: JobDocument = {
          ...(await createJob(engine, shop, { type, request, caller })),
          state: "running",
        };
        const others = Array.from({ length: erased - 1 }, (_, index) => `other-${index}`);
        await put(store, "jobs", [others.length === 0 ? job : { ...job, erased_meanwhile: others }]);
        return job;
      };
      const jobs = [await running("retype"), await running("import")];
      const results = [
        { ...(await retype(engine, shop, request, { dryRun: true })) },
        {
          warnings: [
            { code: "SHARED_ID", message: "Rows share an id: ann." },
            { code: "SHARED_ID", message: "Rows share an id: bea." },
            { code: "TEXT_COLUMNS", message: 'one cell ("of ann") is no number' },
          ],
        },
      ];
      await eraseCustomer(engine, shop, "ann");
      for (const [index, { _id }] of jobs.entries())
        await store.write(async (transaction) => {
          const [found] = await transaction.getMany("jobs", [_id]);
          await endJob(engine, transaction, found as JobDocument, {
            state: "succeeded",
            result: results[index] as Readonly<Record<string, unknown>>,
          });
        });
      const [retyped, imported] = await store.getMany(
        "jobs",
        jobs.map(({ _id }) => _id),
      );
      expect([(retyped as JobDocument).result!.examples, (imported as JobDocument).result!.warnings]).toEqual(
        erased === 1
          ? [
              [
                { customer: "bea", value: "of bea" },
                { customer: "eve", value: "of eve" },
              ],
              [{ code: "SHARED_ID", message: "Rows share an id: bea." }],
            ]
          : [[], []],
      );
      expect(JSON.stringify(await documentsIn(store, "jobs", shop))).not.toMatch(/\bann\b|other-/);
    },
  );
});

/** Those of the texts that are found in the bytes of a folder's files, whatever their case. */
function foundIn(folder: string, texts: readonly string[]): readonly string[] {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1").toLowerCase());
  return texts.filter((text) => files.some((file) => file.includes(text)));
}

describe("the data folder of the embedded store", () => {
  it("holds nothing of an erased person once the history that names the exit is deleted", async () => {
    const tested = everyStore.find(({ name }) => name === "embedded")!;
    const place = tested.place();
    const project = "default";
    const personalTexts = [
      "vittoria-17",
      "vittoria zanetti",
      "zanetti@example.org",
      "gro.elpmaxe@ittenaz",
      "rue zanetti 5",
    ];
    try {
      let store = await tested.open(place);
      let engine = movableEngine(store, "2026-11-23T12:00:00Z");
      await defineProject(engine, project, { metadataSchema: { nickname: "string", size: "string" } });
      await createAutoUpdate(engine, project, { name: "Spenders", query: "number of orders is at least 1" });
      await upsertCustomers(engine, project, [
        {
          source_id: "vittoria-17",
          name: "Vittoria Zanetti",
          email: "zanetti@example.org",
          metadata: { nickname: "Vittoria Zanetti", size: "Rue Zanetti 5" },
        },
        { source_id: "other", metadata: { size: "4" } },
      ]);
      await createStatic(engine, project, { name: "Chosen", sourceIds: ["vittoria-17", "other"] });
      for (const [collection, made] of Object.entries(records)) {
        const own = [...made("vittoria-17"), ...made("other")].map((record) => ({
          ...record,
          ...("referee" in record ? { referee: "vittoria-17" } : {}),
        }));
        await upsertRecords(engine, project, collection as RecordCollection, own);
      }
      await settle(engine, project);
      const request = { of: "customers", key: "size", type: "number" } as const;
      const caller = { kind: "open", id: "open" };
      const job = await createJob(engine, project, { type: "retype", request, caller });
      const result = { ...(await retype(engine, project, request)) };
      await store.write(async (transaction) => {
        await endJob(engine, transaction, job, { state: "succeeded", result });
      });
      expect(result.examples).toEqual([{ customer: "vittoria-17", value: "Rue Zanetti 5" }]);
      const imported = await createJob(engine, project, { type: "import", request: {}, caller });
      const warnings = [
        { code: "SHARED_ID", message: "Rows share an id: vittoria-17." },
        { code: "TEXT_COLUMNS", message: 'one cell ("Rue Zanetti 5") is no number' },
        { code: "READ_AS", message: "The file was read as a list of customers." },
      ];
      await store.write(async (transaction) => {
        await endJob(engine, transaction, imported, { state: "succeeded", result: { warnings } });
      });
      await store.close();
      expect(foundIn(place, personalTexts)).toEqual(personalTexts);
      store = await tested.open(place);
      engine = movableEngine(store, "2026-11-23T12:00:00Z");

      await eraseCustomer(engine, project, "vittoria-17");
      await settle(engine, project);
      // Readers that received the entry receive the exit, by the name that they know.
      expect(await documentsIn(store, "transitions", project)).toContainEqual(
        expect.objectContaining({ customer: "default/vittoria-17", kind: "left" }),
      );
      engine.moveTo("2026-12-23T12:00:00Z");
      const maintainer = maintainProject(engine, project);
      await maintainer.round();
      expect(await forgetHistory(engine, maintainer.partitions(), engine.clock())).toBeGreaterThan(0);
      await maintainer.release();
      await store.close();
      expect(foundIn(place, personalTexts)).toEqual([]);
    } finally {
      await tested.destroy(place);
    }
  });
});
