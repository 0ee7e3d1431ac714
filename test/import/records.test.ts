// Importing one collection: a file, or a stream as standard input is one.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine.js";
import { inputFromStream } from "../../src/import/files/input-file.js";
import { importRecords } from "../../src/import/records.js";
import type { ImportedCollection, ImportProgress } from "../../src/import/summary.js";
import { findProject } from "../../src/projects/projects.js";
import { expectSame } from "../support/same.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "./temporary-engine.js";

/** Imports bytes as they come out of a pipe, cut into chunks. */
async function importStream(
  engine: Engine,
  collection: ImportedCollection,
  bytes: Buffer,
  chunk = 1_000,
  onProgress?: (progress: ImportProgress) => void,
) {
  const folder = await temporaryFolder();
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
  const input = inputFromStream(Readable.from(chunks, { objectMode: false }), "stdin");
  const rejectsFile = join(folder, "rejects.ndjson");
  return importRecords(engine, "default", collection, input, {
    rejectsFile,
    scratchFolder: folder,
    onProgress,
  });
}

const lines = (...records: readonly object[]) =>
  Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));

const records: { readonly [Name in ImportedCollection]: readonly object[] } = {
  customers: [{ source_id: "a", name: "Zażółć 😀" }, { source_id: "b" }],
  orders: [{ source_id: "o", customer: "a", created_at: "2026-01-01", amount: 5 }],
  events: Array(3).fill({ customer: "a", type: "login", at: "2026-01-01" }),
  redemptions: [{ id: "r", customer: "b", at: "2026-01-01", campaign: "Spring", result: "SUCCESS" }],
  gift_cards: [{ customer: "b", campaign: "Xmas", amount: 100 }],
  loyalty: [{ customer: "b", campaign: "Club", points: 1.5 }],
  referrals: [{ referrer: "a", referee: "z", campaign: "Summer", at: "2026-01-01" }],
};
const collections = Object.keys(records) as ImportedCollection[];

describe("a stream", () => {
  it.each([1, 2, 7, 100_000])(
    "contains a collection, packed or not, in chunks of %d bytes",
    async (chunk) => {
      const [plain, packed] = [await temporaryEngine(), await temporaryEngine()];
      for (const collection of collections) {
        const bytes = lines(...records[collection]);
        const expected = {
          read: records[collection].length,
          written: records[collection].length,
          unchanged: 0,
          rejected: 0,
        };
        expect((await importStream(plain, collection, bytes, chunk))[collection]).toEqual(expected);
        expect((await importStream(packed, collection, gzipSync(bytes), chunk))[collection]).toEqual(
          expected,
        );
      }
      expect((await documents(plain, "events")).length).toBe(3);
      expect((await documents(plain, "customers"))[0]?.profile.name).toBe("Zażółć 😀");
      expectSame(await everything(packed), await everything(plain));
    },
  );

  it.each([0, 1])("may have %d bytes", async (length) => {
    const engine = await temporaryEngine();
    const summary = await importStream(engine, "customers", Buffer.from("\n".repeat(length)));
    expect(summary.customers.read).toBe(0);
  });

  it("reports the number so far, without knowing the total", async () => {
    const seen: ImportProgress[] = [];
    const bytes = lines(...records.customers);
    await importStream(await temporaryEngine(), "customers", bytes, 1_000, (progress) => seen.push(progress));
    expect(seen).toEqual([{ phase: "customers", done: 2, bytes: bytes.length, totalBytes: undefined }]);
  });

  it("changes nothing the second time", async () => {
    const engine = await temporaryEngine();
    for (const collection of collections)
      await importStream(engine, collection, lines(...records[collection]));
    const before = await everything(engine);
    for (const collection of collections) {
      const summary = await importStream(engine, collection, lines(...records[collection]));
      expect(summary[collection].unchanged).toBe(records[collection].length);
    }
    expectSame(await everything(engine), before);
  });

  it("that breaks off within packed data is reported, and keeps what came before", async () => {
    const engine = await temporaryEngine();
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      source_id: `c${index}`,
      name: `Name ${index ** 3}`,
    }));
    const packed = gzipSync(lines(...many));
    await expect(
      importStream(engine, "customers", packed.subarray(0, packed.length - 2_000)),
    ).rejects.toThrow("stdin can't be read to its end: the compressed data stops short");
    const left = (await documents(engine, "customers")).length;
    expect(left).toBeGreaterThanOrEqual(1_000);
    expect(left).toBeLessThan(5_000);
  });

  it("that delivers nothing can still be stopped", async () => {
    const engine = await temporaryEngine();
    const stream = new PassThrough();
    stream.write(lines({ source_id: "a" }));
    const controller = new AbortController();
    const input = inputFromStream(stream, "stdin", controller.signal);
    const options = { signal: controller.signal, scratchFolder: await temporaryFolder() };
    const stopped = importRecords(engine, "default", "customers", input, options);
    setTimeout(() => controller.abort(), 20);
    await expect(stopped).rejects.toThrow("aborted");
  });
});

describe("a file", () => {
  it("of lines or a list contains a collection, and defines a project that does not exist", async () => {
    const engine = await temporaryEngine();
    const folder = await temporaryFolder();
    const options = { rejectsFile: join(folder, "rejects.ndjson"), scratchFolder: folder };
    await writeFile(join(folder, "people.json"), JSON.stringify(records.customers));
    await writeFile(join(folder, "more.ndjson.gz"), gzipSync(lines({ source_id: "c" }, { source_id: 1 })));
    await importRecords(engine, "shop", "customers", join(folder, "people.json"), options);
    const summary = await importRecords(engine, "shop", "customers", join(folder, "more.ndjson.gz"), options);
    expect(summary).toMatchObject({ customers: { read: 2, written: 1, rejected: 1 }, rejected: 1 });
    expect(JSON.parse(await readFile(summary.rejectsFile!, "utf8"))).toEqual({
      file: join(folder, "more.ndjson.gz"),
      line: 2,
      reason: "`source_id` must be text, not 1",
      record: { source_id: 1 },
    });
    expect((await documents(engine, "customers", "shop")).map(({ source_id }) => source_id)).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(await findProject(engine, "shop")).toMatchObject({ timezone: "UTC" });
  });
});
