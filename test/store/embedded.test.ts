// What only the embedded store promises: one folder, one process; nothing half-written after kill -9; formats.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { open } from "lmdb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoredDocument } from "../../src/documents/documents.js";
import { openEmbeddedStore, storeOver } from "../../src/store/embedded/store.js";
import { type Store, StoreError } from "../../src/store/port.js";
import { document, everyStore, put, rows } from "./every-store.js";

const { place, destroy } = everyStore.find(({ name }) => name === "embedded")!;
const writer = fileURLToPath(new URL("writer-process.mjs", import.meta.url));
let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = place();
  children = [];
});
afterEach(async () => {
  await Promise.all(children.map(kill));
  await destroy(folder);
});

/** Starts a process of `writer-process.mjs`; resolves when it says that it is ready. */
async function start(mode: string, ...more: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [writer, mode, folder, ...more], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout!, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function refusal(opening: Promise<Store>): Promise<StoreError> {
  const outcome: unknown = await opening.catch((error: unknown) => error);
  if (outcome instanceof StoreError) return outcome;
  throw new Error("The store opened, or failed with something else.", { cause: outcome });
}

/** Writes into the store's own records, as another program (or a crash) may have left them. */
async function setMeta(key: string, value: unknown): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const root = open({ path: folder, noSubdir: false, maxDbs: 16 });
  await root.openDB({ name: "meta" }).put(key, value);
  await root.close();
}

describe("one folder, one process", () => {
  it("refuses a second opening in this process, and opens again after close", async () => {
    const store = await openEmbeddedStore(folder);
    const error = await refusal(openEmbeddedStore(join(folder, "..", folder.split("/").at(-1)!)));
    expect(error.code).toBe("LOCKED");
    expect(error.message).toBe(
      `The data folder ${folder} is in use by process ${process.pid}. Stop that process first, or use another folder.`,
    );
    await put(store, "customers", [document("customers", "a")]);
    await store.close();
    const again = await openEmbeddedStore(folder);
    expect(await rows(again, "customers", [])).toHaveLength(1);
    await again.close();
  });

  it("lets only one of two openings at once win", async () => {
    const outcomes = await Promise.allSettled([openEmbeddedStore(folder), openEmbeddedStore(folder)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    for (const outcome of outcomes) if (outcome.status === "fulfilled") await outcome.value.close();
  });

  it("names the other process that has it, and opens when that one is done", async () => {
    const child = await start("hold");
    const error = await refusal(openEmbeddedStore(folder));
    expect(error.code).toBe("LOCKED");
    expect(error.message).toContain(folder);
    expect(error.message).toContain(`process ${child.pid}.`);
    child.stdin!.end();
    await once(child, "exit");
    await (await openEmbeddedStore(folder)).close();
  });

  it("takes over from a killed process", async () => {
    const child = await start("hold");
    await kill(child);
    await (await openEmbeddedStore(folder)).close();
  });

  it("is not misled by a process id that another program has now", async () => {
    // Where the system does not tell when a process started, its id alone has to do.
    await setMeta("owner", { pid: process.pid, started: "" });
    expect((await refusal(openEmbeddedStore(folder))).code).toBe("LOCKED");
    await setMeta("owner", { pid: process.pid, started: "an earlier boot/1" });
    await (await openEmbeddedStore(folder)).close();
  });

  it("lets the process end after close", async () => {
    const child = await start("once");
    const [code] = await Promise.race([once(child, "exit"), wait(60_000, ["still running"], { ref: false })]);
    expect(code).toBe(0);
  });
});

describe("kill -9 between any two steps", () => {
  it("leaves both documents of a pair or neither, and nothing that was removed", async () => {
    let next = 0;
    let survived = 0;
    for (const [round, delay] of [0, 3, 11, 27, 50, 80, 121, 170].entries()) {
      // A later round is farther on, however slow the machine is.
      const child = await start("pairs", String(next), String(round));
      await wait(delay);
      await kill(child);
      const store = await openEmbeddedStore(folder);
      const orders = (await rows(store, "orders", [{ $sort: { number: 1 } }])) as { number: number }[];
      const events = await rows(store, "events", [{ $sort: { number: 1 } }]);
      expect(events).toEqual(orders);
      const numbers = orders.map(({ number }) => number);
      const last = numbers.at(-1) ?? -1;
      expect(numbers).toEqual(
        Array.from({ length: Math.min(5, last + 1) }, (_, n) => Math.max(0, last - 4) + n),
      );
      survived += last + 1 - next;
      next = last + 1;
      await store.close();
    }
    expect(survived).toBeGreaterThanOrEqual(28);
  });
});

describe("the folder", () => {
  it("of another format is refused and left alone", async () => {
    await setMeta("format", 3);
    const error = await refusal(openEmbeddedStore(folder));
    expect(error.code).toBe("NEWER_FORMAT");
    expect(error.message).toBe(
      `The data folder ${folder} is of format 3; this program knows formats up to 2. ` +
        "Use the newer program that wrote it, or another place for the data.",
    );
    await setMeta("format", 1);
    const older = await refusal(openEmbeddedStore(folder));
    expect(older.code).toBe("OLDER_FORMAT");
    expect(older.message).toContain("segmentql export DIR");
    await setMeta("format", 2);
    await (await openEmbeddedStore(folder)).close();
  });

  it("that is a file, or holds something else, is UNAVAILABLE", async () => {
    writeFileSync(folder, "");
    expect((await refusal(openEmbeddedStore(folder))).code).toBe("UNAVAILABLE");
    const other = join(dirname(folder), "other");
    mkdirSync(other);
    for (const content of ["x", "x".repeat(100_000)]) {
      writeFileSync(join(other, "data.mdb"), content);
      const error = await refusal(openEmbeddedStore(other));
      expect(error.code).toBe("UNAVAILABLE");
      expect(error.message).toBe(
        `The data folder ${other} can't be opened: its data.mdb is no data file. ` +
          "Check that it is a folder this user may write to, or use another one.",
      );
    }
  });
});

describe("a transaction", () => {
  it("that can't be committed changes nothing in memory", async () => {
    let full = false;
    const kept: StoredDocument[] = [];
    const store = await storeOver({
      load: () => undefined,
      commit: (changes) => {
        if (full) throw new Error("MDB_MAP_FULL");
        for (const { document: written } of changes) if (written) kept.push(written);
      },
      close: async () => undefined,
    });
    await put(store, "orders", [document("orders", "o1", { customer: "a" })]);
    full = true;
    const failing = store.write(async (transaction) => {
      await transaction.put("orders", [document("orders", "o2", { customer: "a" })]);
      await transaction.remove("orders", ["o1"]);
    });
    await expect(failing).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("MDB_MAP_FULL"),
    });
    expect(await rows(store, "orders", [])).toEqual([document("orders", "o1", { customer: "a" })]);
    full = false;
    await put(store, "orders", [document("orders", "o3", { customer: "a" })]);
    expect(kept.map(({ _id }) => _id)).toEqual(["o1", "o3"]);
  });

  it("keeps an id of the greatest length, in a document that can't be changed", async () => {
    const id = "é".repeat(950);
    const store = await openEmbeddedStore(folder);
    await put(store, "customers", [document("customers", id)]);
    expect(Object.isFrozen((await store.getMany("customers", [id]))[0])).toBe(true);
    await store.close();
    const again = await openEmbeddedStore(folder);
    expect(await again.getMany("customers", [id])).toHaveLength(1);
    expect(Object.isFrozen((await again.getMany("customers", [id]))[0])).toBe(true);
    await again.close();
  });
});

describe("a pipeline that the embedded store has not", () => {
  const refused: readonly (readonly [object, string])[] = [
    [{ $match: { $where: "true" } }, "$where"],
    [{ $match: { v: { $near: 1 } } }, "$near"],
    [{ $project: { a: 1, b: 0 } }, "not both"],
    [{ $sort: { a: "up" } }, "1 or -1"],
    [{ $limit: 0 }, "at least 1"],
    [{ $set: { "a..b": 1 } }, "no field path"],
    [{ $set: { "__proto__.x": 1 } }, "no field path"],
  ];
  it.each(refused)("%j", async (stage, message) => {
    const store = await openEmbeddedStore(folder);
    await put(store, "customers", [document("customers", "a")]);
    await expect(rows(store, "customers", [stage as never])).rejects.toThrow(message);
    await store.close();
  });
});

describe("a join", () => {
  it("never reaches another project, even where a record there names a customer of this one", async () => {
    const store = await openEmbeddedStore(folder);
    await put(store, "customers", [document("customers", "a"), document("customers", "b", {}, "other")]);
    await put(store, "orders", [
      document("orders", "o1", { customer: "a" }),
      document("orders", "o2", { customer: "a" }, "other"),
    ]);
    const join = (from: string, localField: string, foreignField: string) =>
      rows(store, "customers", [
        { $set: { ids: ["a", "b"] } },
        { $lookup: { from, localField, foreignField, as: "found" } },
        { $project: { "found._id": 1 } },
      ]);
    expect(await join("orders", "_id", "customer")).toEqual([{ _id: "a", found: [{ _id: "o1" }] }]);
    expect(await join("customers", "ids", "_id")).toEqual([{ _id: "a", found: [{ _id: "a" }] }]);
    await store.close();
  });
});
