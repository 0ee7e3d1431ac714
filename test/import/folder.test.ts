// Importing an interchange folder; the conformance world is one.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine.js";
import { importFolder } from "../../src/import/folder.js";
import type { ImportProgress } from "../../src/import/summary.js";
import { findProject } from "../../src/projects/projects.js";
import { expectSame } from "../support/same.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "./temporary-engine.js";

const world = fileURLToPath(new URL("../conformance", import.meta.url));

/** Imports a folder of these files. */
async function importFiles(
  files: Readonly<Record<string, string | Buffer>>,
  engine?: Engine,
  project = "default",
) {
  const used = engine ?? (await temporaryEngine());
  const parent = await temporaryFolder();
  const folder = join(parent, "world");
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const rejectsFile = join(parent, "rejects.ndjson");
  const summary = await importFolder(used, project, folder, { rejectsFile, scratchFolder: parent });
  const rejects =
    summary.rejectsFile === undefined
      ? []
      : (await readFile(rejectsFile, "utf8"))
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as object);
  return { engine: used, summary, rejects, folder };
}

/** The result of an undisturbed import of the world. */
function undisturbed(): () => Promise<unknown> {
  let made: Promise<unknown> | undefined;
  return () => {
    made ??= (async () => {
      const engine = await temporaryEngine();
      await importFolder(engine, "default", world);
      return everything(engine);
    })();
    return made;
  };
}

const ndjson = (...records: readonly object[]) =>
  `${records.map((record) => JSON.stringify(record)).join("\n")}\n`;

describe("the conformance world", () => {
  it("is imported completely, and a second time changes nothing", async () => {
    const engine = await temporaryEngine();
    const counts = (read: number, written: number) => ({
      read,
      written,
      unchanged: read - written,
      rejected: 0,
    });
    const phases: ImportProgress[] = [];
    const first = await importFolder(engine, "default", world, {
      onProgress: (progress) => phases.push(progress),
    });
    expect(first).toEqual({
      customers: counts(60, 60),
      orders: counts(150, 150),
      events: counts(363, 363),
      redemptions: counts(90, 90),
      gift_cards: counts(10, 10),
      loyalty: counts(18, 18),
      referrals: counts(16, 16),
      rows: { read: 0, rejected: 0 },
      skippedRows: 0,
      warnings: [],
      rejected: 0,
    });
    expect(phases.map(({ phase, done, bytes, totalBytes }) => [phase, done, bytes === totalBytes])).toEqual([
      ["customers", 60, true],
      ["orders", 150, true],
      ["events", 363, true],
      ["redemptions", 90, true],
      ["gift_cards", 10, true],
      ["loyalty", 18, true],
      ["referrals", 16, true],
    ]);
    const before = await everything(engine);
    expect(await importFolder(engine, "default", world)).toMatchObject({
      orders: counts(150, 0),
      events: counts(363, 0),
    });
    expectSame(await everything(engine), before);
  });

  it("defines the project and yields the answers of the cases", async () => {
    const engine = await temporaryEngine();
    await importFolder(engine, "default", world);
    expect(await findProject(engine, "default")).toMatchObject({
      timezone: "Europe/Warsaw",
      currency: "USD",
      campaigns: { loyalty: ["Club", "Partners"] },
    });
    const customers = await documents(engine, "customers");
    const members = (test: (customer: (typeof customers)[number]) => boolean) =>
      customers.filter(test).map((customer) => customer.source_id);
    expect(members(({ activity }) => activity.orders.count === 0)).toEqual(
      [
        "000",
        "008",
        "014",
        "016",
        "021",
        "024",
        "029",
        "030",
        "032",
        "033",
        "037",
        "040",
        "045",
        "048",
        "053",
        "056",
      ].map((number) => `crm-${number}`),
    );
    expect(members(({ activity }) => activity.gift_cards.balance > 6_000)).toEqual(
      ["018", "024", "030", "036", "042", "048", "054"].map((number) => `crm-${number}`),
    );
    expect(members(({ activity }) => activity.referrals.count >= 2)).toEqual(
      ["011", "019", "035", "043", "059"].map((number) => `crm-${number}`),
    );
  });
});

describe("an import that ends after any of its transactions", () => {
  const whole = undisturbed();

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "%d of them, comes to the same when it is done again",
    async (transactions) => {
      const engine = await temporaryEngine();
      let left = transactions;
      const dying: Engine = {
        clock: engine.clock,
        store: {
          ...engine.store,
          write: async (work) => {
            if (left === 0) throw new Error("killed");
            left -= 1;
            return engine.store.write(work);
          },
        },
      };
      await expect(importFolder(dying, "default", world)).rejects.toThrow("killed");
      await importFolder(engine, "default", world);
      expectSame(await everything(engine), await whole());
    },
  );
});

describe("files", () => {
  it("may be lists or lines, compressed or not, and each is optional", async () => {
    const { engine, summary } = await importFiles({
      "project.json": '\ufeff{"timezone": "Europe/Warsaw", "asOf": "2026-01-01"}',
      "customers.ndjson.gz": gzipSync(ndjson({ source_id: "a" }, { source_id: "b" })),
      "orders.json.gz": gzipSync(
        JSON.stringify([{ source_id: "o", customer: "a", created_at: "2026-01-01", amount: 5 }]),
      ),
      "events.ndjson": ndjson(
        { customer: "a", type: "login", at: "2026-01-01" },
        { customer: "a", type: "login", at: "2026-01-01" },
      ),
    });
    expect(summary).toMatchObject({
      customers: { written: 2 },
      orders: { written: 1 },
      events: { read: 2, written: 2 },
      rejected: 0,
    });
    expect((await documents(engine, "orders"))[0]?.at).toEqual(new Date("2025-12-31T23:00:00Z"));
  });

  it("define a project that does not exist", async () => {
    const { engine } = await importFiles({ "customers.json": '[{"source_id": "a"}]' }, undefined, "shop");
    expect(await findProject(engine, "shop")).toMatchObject({ timezone: "UTC", currency: "USD" });
    expect((await documents(engine, "customers", "shop")).map((customer) => customer._id)).toEqual([
      "shop/a",
    ]);
  });

  it("with bad records yield the good ones, and the bad ones with line and reason", async () => {
    const { summary, rejects, folder } = await importFiles({
      "customers.json": '[\n{"source_id": "a"},\n{"source_id": "b", "source": "fax"},\n{"source_id": "c"}]',
      "events.ndjson": `{"customer": "a"\n${ndjson({ customer: "z", type: "login", at: "2026-01-01" })}`,
    });
    expect(summary).toMatchObject({
      customers: { read: 3, written: 2, rejected: 1 },
      events: { read: 2, written: 0, rejected: 2 },
      rejected: 3,
    });
    expect(rejects).toEqual([
      {
        file: join(folder, "customers.json"),
        line: 3,
        reason: expect.stringMatching(/^`source` is "fax"; it must be one of/),
        record: { source_id: "b", source: "fax" },
      },
      {
        file: join(folder, "events.ndjson"),
        line: 1,
        reason: expect.stringMatching(/^the line is no JSON/),
        record: '{"customer": "a"',
      },
      {
        file: join(folder, "events.ndjson"),
        line: 2,
        reason: '`customer` names "z", who is not there; add the customer first',
        record: { customer: "z", type: "login", at: "2026-01-01" },
      },
    ]);
  });

  it("may contain equal records far apart, each of which is one record", async () => {
    const event = { customer: "a", type: "login", at: "2026-01-01" };
    const distinct = Array.from({ length: 1_200 }, (_, index) => ({ ...event, properties: { index } }));
    const files = {
      "customers.json": '[{"source_id": "a"}]',
      "events.ndjson": ndjson(event, ...distinct, event, event),
    };
    const { engine, summary } = await importFiles(files);
    expect(summary.events).toEqual({ read: 1_203, written: 1_203, unchanged: 0, rejected: 0 });
    const again = await importFiles(files, engine);
    expect(again.summary.events.unchanged).toBe(1_203);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "none at all",
      { "notes.txt": "" },
      "holds nothing to import: no project.json, and none of customers, orders",
    ],
    [
      "two of a kind",
      { "orders.json": "[]", "orders.ndjson": "" },
      "orders.ndjson both hold orders. Keep one of them.",
    ],
    [
      "a list that is none",
      { "customers.json": "{}" },
      "customers.json, line 1: the file must hold a list of records",
    ],
    ["a project that is no JSON", { "project.json": "{" }, "project.json can't be read: "],
    [
      "a project that is none",
      { "project.json": '{"currency": "$"}' },
      'currency: "$" is no ISO 4217 currency',
    ],
    ["what is not compressed", { "customers.json.gz": "[]" }, "it is damaged or not compressed with gzip"],
  ])("are refused: %s", async (_, files, message) => {
    await expect(importFiles(files)).rejects.toThrow(message);
  });
});

describe("a folder", () => {
  it("that does not exist, or is a file, is refused", async () => {
    const engine = await temporaryEngine();
    await expect(importFolder(engine, "default", join(world, "nowhere"))).rejects.toThrow(
      "nowhere can't be read: ENOENT",
    );
    await expect(importFolder(engine, "default", join(world, "orders.json"))).rejects.toThrow(
      "orders.json is no folder.",
    );
  });

  it("stops between two batches on request, and continues from there", async () => {
    const engine = await temporaryEngine();
    const controller = new AbortController();
    const stop = (progress: ImportProgress) => progress.phase === "orders" && controller.abort();
    await expect(
      importFolder(engine, "default", world, { signal: controller.signal, onProgress: stop }),
    ).rejects.toThrow("aborted");
    expect((await documents(engine, "orders")).length).toBe(150);
    expect(await documents(engine, "events")).toEqual([]);
    expect(await importFolder(engine, "default", world)).toMatchObject({
      orders: { unchanged: 150 },
      events: { written: 363 },
    });
  });
});
