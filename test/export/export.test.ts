// A project that is exported and imported is the same world, on every pair of stores.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { RecordCollection } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { exportProject } from "../../src/export/export.js";
import { generateIntoStore } from "../../src/generate/generate.js";
import { importFolder } from "../../src/import/folder.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { draws } from "../draws.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../import/temporary-engine.js";
import { everyStore } from "../store/every-store.js";
import { watchedStore } from "../store/watched.js";
import { expectSame } from "../support/same.js";
import { engineOfTest } from "./engine-of-test.js";

const world = fileURLToPath(new URL("../conformance", import.meta.url));
const now = "2026-11-23T12:00:00Z";

/** Exports a project and imports it into another engine, where everything must be accepted. */
async function carry(from: Engine, to: Engine, project = "default", plain = false): Promise<void> {
  const folder = join(await temporaryFolder(), "world");
  await exportProject(from, project, folder, { plain });
  const scratchFolder = await temporaryFolder();
  const summary = await importFolder(to, project, folder, { scratchFolder });
  expect(summary.rejected).toBe(0);
}

const pairs = everyStore.flatMap((from) => everyStore.map((to) => ({ from, to })));

describe.each(pairs)("from $from.name to $to.name", ({ from, to }) => {
  it("the conformance world is copied completely, including records without ids", async () => {
    const [source, target] = [await engineOfTest(from, now), await engineOfTest(to, now)];
    await importFolder(source, "default", world, { scratchFolder: await temporaryFolder() });
    await carry(source, target);
    const expected = await everything(source);
    expect(expected.events.length).toBe(363);
    expectSame(await everything(target), expected);
  });

  it("a made-up shop is copied completely", async () => {
    const [source, target] = [await engineOfTest(from, now), await engineOfTest(to, now)];
    await generateIntoStore(source, "default", { customers: 120, seed: 4, now: Date.parse(now) });
    await defineProject(source, "default", { metadataIndexes: ["plan", "tags"] });
    await carry(source, target, "default", true);
    const expected = await everything(source);
    expect(expected.customers.length).toBe(120);
    expectSame(await everything(target), expected);
  });
});

describe("any world", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  const id = text.filter((written) => written.trim() !== "" && !/[\p{Cc}\p{Cs}]/u.test(written));
  const customer = fc.constantFrom("a", "b/c", "ż 😀");
  const at = fc
    .date({
      min: new Date("2000-01-01T00:00:00Z"),
      max: new Date("2030-01-01T00:00:00Z"),
      noInvalidDate: true,
    })
    .chain((date) =>
      fc.constantFrom(
        date.toISOString(),
        date.toISOString().slice(0, 10),
        `${date.toISOString().slice(0, 19)}+05:30`,
      ),
    );
  const label = fc.constantFrom("Club", "club", " Xmas ", "Élan", "a.b$c");
  const amount = fc.integer({ min: -1_000, max: 1_000_000 });
  const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
  const json = fc
    .dictionary(id, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    .filter((object) => !JSON.stringify(object).includes("__proto__"))
    // As JSON says it: there is no -0 in it.
    .map((object) => JSON.parse(JSON.stringify(object)) as Record<string, unknown>);
  const product = fc.record(
    {
      product_id: maybe(text),
      sku: maybe(text),
      name: maybe(text),
      quantity: fc.constantFrom(1, 2, 0.5),
      price: maybe(amount),
    },
    { requiredKeys: [] },
  );
  const records: Readonly<Record<RecordCollection, fc.Arbitrary<object>>> = {
    orders: fc.record({
      source_id: id,
      customer,
      created_at: at,
      status: maybe(fc.constantFrom("PAID", "canceled", "Odd one ")),
      amount: maybe(amount),
      items: maybe(fc.array(product, { maxLength: 3 })),
      metadata: maybe(json),
    }),
    events: fc.record({ id: maybe(id), customer, type: label, at, properties: maybe(json) }),
    redemptions: fc.record({
      id: maybe(id),
      customer,
      at,
      campaign: label,
      result: fc.constantFrom("success", "FAILURE"),
    }),
    gift_cards: fc.record({ id: maybe(id), customer, campaign: label, amount, spent: maybe(amount) }),
    loyalty: fc.record({
      id: maybe(id),
      customer,
      campaign: label,
      points: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((points) => points + 0),
      spent: maybe(amount),
      expired: maybe(amount),
    }),
    referrals: fc.record({ id: maybe(id), referrer: customer, referee: id, campaign: label, at }),
  };
  const collections = Object.keys(records) as RecordCollection[];

  it("is the same after an export and an import", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          Object.fromEntries(collections.map((name) => [name, fc.array(records[name], { maxLength: 6 })])),
        ),
        json,
        async (drawn, metadata) => {
          const [source, target] = [await temporaryEngine(), await temporaryEngine()];
          await defineProject(source, "default", {
            timezone: "Europe/Warsaw",
            currency: "JPY",
            campaigns: { loyalty: ["Club"], gift_cards: ["Xmas"] },
          });
          const people = ["a", "b/c", "ż 😀"].map((source_id) => ({ source_id, name: null, metadata }));
          await upsertCustomers(source, "default", people);
          for (const collection of collections) {
            const results = await upsertRecords(source, "default", collection, drawn[collection] as object[]);
            expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
          }
          await carry(source, target);
          const expected = await everything(source);
          const found = await everything(target);
          // A product that no order names any more is not exported.
          const bought = new Set((await documents(source, "orders")).flatMap((order) => order.item_keys));
          const products = (await documents(source, "products")).filter(({ key }) => bought.has(key));
          expectSame(found, { ...expected, products });
          await source.store.close();
          await target.store.close();
        },
      ),
      { numRuns: draws(0.6) },
    );
  });
});

describe("a folder", () => {
  const shop = async () => {
    const engine = await temporaryEngine();
    await defineProject(engine, "default", { currency: "PLN", consents: ["sms"] });
    await upsertCustomers(engine, "default", [{ source_id: "a", name: "Anna", consents: ["SMS"] }]);
    await upsertRecords(engine, "default", "events", [
      { customer: "a", type: "login", at: "2026-01-01" },
      { id: "e", customer: "a", type: "login", at: "2026-01-01T10:00:00+01:00", properties: { url: "/" } },
    ]);
    return engine;
  };

  it("contains the project and each non-empty collection, one record on each line", async () => {
    const engine = await shop();
    const folder = join(await temporaryFolder(), "deep", "world");
    const counts = await exportProject(engine, "default", folder, { plain: true });
    expect(counts).toEqual({
      customers: 1,
      orders: 0,
      events: 2,
      redemptions: 0,
      gift_cards: 0,
      loyalty: 0,
      referrals: 0,
      segments: 0,
    });
    expect((await readdir(folder)).sort()).toEqual(["customers.ndjson", "events.ndjson", "project.json"]);
    expect(JSON.parse(await readFile(join(folder, "project.json"), "utf8"))).toEqual({
      timezone: "UTC",
      currency: "PLN",
      metadataSchema: {},
      orderMetadataSchema: {},
      eventSchemas: {},
      consents: ["sms"],
      campaigns: {},
    });
    expect(await readFile(join(folder, "customers.ndjson"), "utf8")).toBe(
      '{"source_id":"a","name":"Anna","consents":["SMS"]}\n',
    );
    expect((await readFile(join(folder, "events.ndjson"), "utf8")).trim().split("\n").sort()).toEqual([
      '{"customer":"a","type":"login","at":"2026-01-01T00:00:00.000Z","properties":{}}',
      '{"id":"e","customer":"a","type":"login","at":"2026-01-01T09:00:00.000Z","properties":{"url":"/"}}',
    ]);
  });

  it("is packed by default, and may be written to an empty folder", async () => {
    const engine = await shop();
    const folder = await temporaryFolder();
    await exportProject(engine, "default", folder);
    expect((await readdir(folder)).sort()).toEqual([
      "customers.ndjson.gz",
      "events.ndjson.gz",
      "project.json",
    ]);
    const packed = await readFile(join(folder, "customers.ndjson.gz"));
    expect(gunzipSync(packed).toString()).toBe('{"source_id":"a","name":"Anna","consents":["SMS"]}\n');
  });

  it("that is not empty is left alone, and so is a file", async () => {
    const engine = await shop();
    const parent = await temporaryFolder();
    await mkdir(join(parent, "full"));
    await writeFile(join(parent, "full", "customers.ndjson"), "mine");
    await expect(exportProject(engine, "default", join(parent, "full"))).rejects.toThrow(
      "full is not empty. Name a folder that isn't there yet, or empty this one.",
    );
    await expect(exportProject(engine, "default", join(parent, "full", "customers.ndjson"))).rejects.toThrow(
      /can't be written: ENOTDIR.*Name another folder\.$/,
    );
    expect(await readdir(parent)).toEqual(["full"]);
    expect(await readFile(join(parent, "full", "customers.ndjson"), "utf8")).toBe("mine");
  });

  it("appears only when it is complete: a stopped or failed export leaves nothing", async () => {
    const engine = await shop();
    const parent = await temporaryFolder();
    const folder = join(parent, "world");
    const controller = new AbortController();
    const seen: string[][] = [];
    const stopped = exportProject(engine, "default", folder, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toThrow("aborted");
    expect(await readdir(parent)).toEqual([]);
    const failing: Engine = {
      ...engine,
      store: watchedStore(engine.store, async (_, [collection]) => {
        seen.push(await readdir(parent));
        if (collection === "customers") throw new Error("the store is gone");
      }),
    };
    await expect(exportProject(failing, "default", folder)).rejects.toThrow("the store is gone");
    expect(seen.flat().every((name) => name.startsWith(".world.unfinished-"))).toBe(true);
    expect(await readdir(parent)).toEqual([]);
  });

  it("contains only one project", async () => {
    const engine = await shop();
    for (const project of ["default-2", "default0", "a"]) {
      await defineProject(engine, project, {});
      await upsertCustomers(engine, project, [{ source_id: `of ${project}` }]);
    }
    const folder = join(await temporaryFolder(), "world");
    expect((await exportProject(engine, "default", folder)).customers).toBe(1);
    await expect(exportProject(engine, "nobodys", join(folder, "x"))).rejects.toThrow(
      'There is no project "nobodys"',
    );
  });
});
