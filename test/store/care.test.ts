// Backups of a data folder, restoring one, and looking through a folder for damage.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { previewSegment } from "../../src/query/preview.js";
import { openConnection } from "../../src/store/embedded/adapter.js";
import { backUp, examine, restore } from "../../src/store/embedded/care/care.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { StoreError } from "../../src/store/port.js";
import { everyStore } from "./every-store.js";

const { place, destroy } = everyStore.find(({ name }) => name === "embedded")!;
const now = Date.parse("2026-11-23T12:00:00Z");
let folder: string;
let beside: (name: string) => string;

beforeEach(async () => {
  folder = place();
  beside = (name) => join(folder, "..", name);
  const store = await openEmbeddedStore(folder);
  const engine = { store, clock: fixedClock(now) };
  await defineProject(engine, "shop", {
    metadataSchema: { plan: "string", tags: "string[]" },
    eventSchemas: { login: { url: "string" } },
  });
  await upsertCustomers(engine, "shop", [
    { source_id: "ann", name: "Ann Example", metadata: { plan: "gold", tags: ["a", "b"] } },
    { source_id: "bob", name: "Bob Example" },
  ]);
  await upsertRecords(engine, "shop", "events", [
    { id: "1", customer: "bob", type: "login", at: "2026-11-20T10:00:00Z", properties: { url: "/a" } },
  ]);
  await store.close();
});
afterEach(() => destroy(folder));

async function members(of: string, query: string): Promise<readonly string[]> {
  const store = await openEmbeddedStore(of);
  try {
    const { answer } = await previewSegment({ store, clock: fixedClock(now) }, "shop", { query });
    return await answer!.sourceIds();
  } finally {
    await store.close();
  }
}

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const outcome: unknown = await work.catch((error: unknown) => error);
  if (outcome instanceof StoreError) return outcome;
  throw new Error("It went well, or failed with something else.", { cause: outcome });
}

it("a backup during writes contains everything, and restores to a folder that answers", async () => {
  const writing = await openEmbeddedStore(folder);
  await backUp(folder, beside("monday.backup"));
  await writing.close();
  expect(statSync(beside("monday.backup")).mode & 0o777).toBe(0o600);
  await restore(beside("monday.backup"), beside("restored"));
  expect(statSync(beside("restored")).mode & 0o777).toBe(0o700);
  expect(await members(beside("restored"), "plan is gold")).toEqual(["ann"]);
  expect(await members(beside("restored"), "performed login in the last 7 days")).toEqual(["bob"]);
  expect(await examine(beside("restored"))).toEqual({ documents: expect.any(Number), problems: [] });
});

it("nothing is overwritten", async () => {
  writeFileSync(beside("there"), "mine");
  expect((await refusal(backUp(folder, beside("there")))).message).toContain("is there already");
  expect(readFileSync(beside("there"), "utf8")).toBe("mine");
  await backUp(folder, beside("monday.backup"));
  expect((await refusal(restore(beside("monday.backup"), folder))).message).toContain("is there already");
  // A log without its file would be applied to what is restored.
  mkdirSync(beside("moved"));
  writeFileSync(join(beside("moved"), "segmentql.db-wal"), "");
  expect((await refusal(restore(beside("monday.backup"), beside("moved")))).message).toContain(
    "segmentql.db-wal is there already",
  );
});

it("a folder without data stays one when it is inspected", async () => {
  mkdirSync(beside("empty"));
  for (const work of [backUp(beside("empty"), beside("b")), examine(beside("empty"))])
    expect((await refusal(work)).message).toContain("There is no data");
  expect(existsSync(join(beside("empty"), "segmentql.db"))).toBe(false);
});

it("a file that is not a backup, or a damaged one, is refused and leaves nothing", async () => {
  writeFileSync(beside("text"), "no database ".repeat(1_000));
  expect((await refusal(restore(beside("text"), beside("restored")))).code).toBe("DAMAGED");
  const other = openConnection(beside("other.db"), 0);
  await other.exec("CREATE TABLE a (b)");
  other.close();
  expect((await refusal(restore(beside("other.db"), beside("restored")))).code).toBe("UNAVAILABLE");
  await backUp(folder, beside("cut.backup"));
  truncateSync(beside("cut.backup"), 12_288);
  expect((await refusal(restore(beside("cut.backup"), beside("restored")))).code).toBe("DAMAGED");
  expect(existsSync(join(beside("restored"), "segmentql.db"))).toBe(false);
});

it("an intact folder is reported as such, with the number of its documents", async () => {
  const { documents, problems } = await examine(folder);
  expect(problems).toEqual([]);
  expect(documents).toBeGreaterThanOrEqual(4);
});

const damages: readonly (readonly [
  what: string,
  damage: (connection: ReturnType<typeof openConnection>) => Promise<void>,
  message: RegExp,
])[] = [
  [
    "a document's text",
    (connection) =>
      connection.exec("UPDATE customers_documents SET document = replace(document, 'Ann', 'Amn')"),
    /customers 1 is damaged/,
  ],
  [
    "a column that queries read",
    (connection) => connection.exec("UPDATE customers SET name = 'other' WHERE source_id = 'bob'"),
    /shop\/bob/,
  ],
  [
    "what lists show at first",
    (connection) =>
      connection.exec("UPDATE customer_overviews SET overview = replace(overview, 'Bob', 'Bib')"),
    /shop\/bob/,
  ],
  [
    "a column of metadata",
    (connection) => {
      const slot = connection.prepare("SELECT number FROM names WHERE name = 's_plan'").get([])?.[0];
      return connection.exec(`UPDATE customer_metadata SET m${slot} = 'silver' WHERE m${slot} = 'gold'`);
    },
    /shop\/ann/,
  ],
  [
    "an element of a set",
    (connection) => connection.exec("UPDATE customer_elements SET value = 'c' WHERE value = 'b'"),
    /shop\/ann/,
  ],
  ["a record's row", (connection) => connection.exec("DELETE FROM records"), /\(events\)/],
  ["a record's property", (connection) => connection.exec("UPDATE records SET p0 = '/b'"), /\(events\)/],
];
it.each(damages)("damage of %s is found", async (_, damage, message) => {
  const connection = openConnection(join(folder, "segmentql.db"), 0);
  await damage(connection);
  connection.close();
  const { problems } = await examine(folder);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
});

it("damage of the file's structure is found", async () => {
  const path = join(folder, "segmentql.db");
  const bytes = readFileSync(path);
  // Zeros where a page of the third quarter of the file begins.
  const at = Math.floor((bytes.length * 0.75) / 4_096) * 4_096;
  bytes.fill(0, at, at + 4_096);
  writeFileSync(path, bytes);
  rmSync(`${path}-wal`, { force: true });
  const outcome = await examine(folder).then(
    ({ problems }) => problems.join(),
    (error: unknown) => String(error),
  );
  expect(outcome).toMatch(/damaged|page|index|missing/i);
});
