// Migrations from one format to the next, on every store, also killed at any moment.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatVersion } from "../../src/documents/collections.js";
import type { CustomerDocument } from "../../src/documents/documents.js";
import { openConnection } from "../../src/store/embedded/adapter.js";
import { examine } from "../../src/store/embedded/care/care.js";
import { type MigrationPlace, migrateStore } from "../../src/store/migrate.js";
import { type Migration, markMigrating } from "../../src/store/migrations.js";
import { type Store, StoreError } from "../../src/store/port.js";
import { closeFilesIn } from "./close-files.js";
import { document, everyStore, mongoUri, put } from "./every-store.js";
import { customer } from "./reads/world.js";
import { documentsIn } from "./watched.js";

const holder = fileURLToPath(new URL("writer-process.mjs", import.meta.url));
const program = fileURLToPath(new URL("migrate-process.mjs", import.meta.url));
const kills = Number(process.env.SEGMENTQL_KILL_TESTS ?? 4);
const people = 50;
/** Enough that a kill meets the middle of a migration. */
const manyPeople = 200;
/** The format that the world is given out to be of. */
const earlier = formatVersion - 1;

const nothingChanges: Migration = { from: earlier, documents: {} };

function named(source_id: string, name: string): CustomerDocument {
  const made = customer("shop", source_id, { sample: 1 });
  return { ...made, facts: { ...made.facts, name } };
}

async function refusal(work: Promise<unknown>): Promise<StoreError> {
  const outcome: unknown = await work.catch((error: unknown) => error);
  if (outcome instanceof StoreError) return outcome;
  throw new Error("It went well, or failed with something else.", { cause: outcome });
}

describe.each(everyStore)("on $name", ({ name, place, open, destroy, isDocumentDb }) => {
  let at: string;
  let children: ChildProcess[];
  const placeOf = (): MigrationPlace =>
    name === "embedded" ? { folder: at } : { uri: mongoUri!, database: at };

  const setFormat = async (format: number): Promise<void> => {
    if (name === "embedded") {
      const connection = openConnection(join(at, "segmentql.db"), 0);
      await connection.exec(`PRAGMA user_version = ${format}`);
      connection.close();
      await closeFilesIn(at);
      return;
    }
    const client = new MongoClient(mongoUri!);
    await client
      .db(at)
      .collection<{ _id: string }>("meta")
      .updateOne({ _id: "format" }, { $set: { version: format } });
    await client.close();
  };

  const withStore = async <Result>(work: (store: Store) => Promise<Result>): Promise<Result> => {
    const store = await open(at);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  /** Customers and as many events. */
  const fill = async (count: number): Promise<void> => {
    const customers = Array.from({ length: count }, (_, index) => named(`c-${index}`, `Name ${index}`));
    const events = Array.from({ length: count }, (_, index) =>
      document("events", `shop/e-${index}`, {
        customer: `shop/c-${index}`,
        type: "login",
        at: new Date("2026-01-01T00:00:00Z"),
        properties: { count: index },
        facts: {},
        yearly: {},
      }),
    );
    await withStore((store) =>
      store.write(async (transaction) => {
        await transaction.put("customers", customers);
        await transaction.put("events", events);
      }),
    );
  };

  beforeEach(async () => {
    at = place();
    children = [];
    await fill(people);
    await withStore((store) => put(store, "api_keys", [document("api_keys", "shop/k", { hash: "h" })]));
  });
  afterEach(async () => {
    for (const child of children) child.kill("SIGKILL");
    await destroy(at);
  });

  const start = (): ChildProcess => {
    const child = spawn(process.execPath, [program, at], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...(name === "embedded" ? {} : { WRITER_MONGODB_URI: mongoUri }) },
    });
    children.push(child);
    return child;
  };

  it("data of this program's format is left alone", async () => {
    expect(await migrateStore(placeOf())).toBeUndefined();
  });

  it("data of a format that no migration leads from is refused, with the way out", async () => {
    await setFormat(1);
    for (const work of [() => migrateStore(placeOf()), () => open(at)]) {
      const refused = await refusal(work());
      expect(refused.code).toBe("OLDER_FORMAT");
      expect(refused.message).toContain("is of format 1");
      expect(refused.message).toContain("segmentql export DIR");
    }
    await setFormat(99);
    expect((await refusal(migrateStore(placeOf()))).code).toBe("NEWER_FORMAT");
  });

  it.each([2, 3, 4, 5, 6, 7, 8, 9])(
    "data of format %i is refused until segmentql migrate has brought it over",
    async (from) => {
      await setFormat(from);
      const refused = await refusal(open(at));
      expect(refused.code).toBe("OLDER_FORMAT");
      expect(refused.message).toMatch(new RegExp(`is of format ${from}.*run segmentql migrate`));
      await closeFilesIn(at);
      expect(await migrateStore(placeOf())).toMatchObject({
        from,
        to: formatVersion,
        documents: 2 * people + 1,
      });
      await withStore(async (store) => {
        expect(await documentsIn(store, "customers", "shop")).toHaveLength(people);
        expect(await documentsIn(store, "events", "shop")).toHaveLength(people);
      });
    },
  );

  it("dirty marks and the progress of partitions of format 4 have the names of their fields changed", async () => {
    const since = new Date("2026-05-01T00:00:00Z");
    const mark = { partition: 0, version: 1, kinds: [], due: [] };
    const looks = [{ segment: "poles", kind: "POPULATED" }];
    const lease = { kind: "lease", token: 3, expires_at: since };
    const progress = { kind: "partition", sequence: 8 };
    await withStore((store) =>
      store.write(async (transaction) => {
        await transaction.put("changes", [
          document("changes", "shop/c-1", { ...mark, looks }),
          document("changes", "shop/c-2", { ...mark, looks: [] }),
        ]);
        await transaction.put("maintenance", [
          document("maintenance", "shop/lease", lease),
          document("maintenance", "shop/partition", { ...progress, stays_since: since, forgotten: 5 }),
          document("maintenance", "shop/other", progress),
        ]);
      }),
    );
    const index = "project_1_looks.segment_1";
    const indexNames = async (): Promise<readonly string[]> => {
      const client = new MongoClient(mongoUri!);
      const found = await client.db(at).collection("changes").indexes();
      await client.close();
      return found.flatMap((each) => each.name ?? []);
    };
    if (name === "mongodb") {
      const client = new MongoClient(mongoUri!);
      await client.db(at).collection("changes").createIndex({ project: 1, "looks.segment": 1 });
      await client.close();
      expect(await indexNames()).toContain(index);
    }
    await setFormat(4);
    await migrateStore(placeOf());
    await withStore(async (store) => {
      expect(await documentsIn(store, "changes", "shop")).toEqual([
        document("changes", "shop/c-1", { ...mark, reasons: looks }),
        document("changes", "shop/c-2", { ...mark, reasons: [] }),
      ]);
      expect(await store.reads.dirtyMarks.countOfSegment("shop", "poles")).toBe(1);
      expect(await store.getMany("maintenance", ["shop/lease", "shop/partition", "shop/other"])).toEqual([
        document("maintenance", "shop/lease", lease),
        document("maintenance", "shop/partition", {
          ...progress,
          intervals_since: since,
          deleted_sequence: 5,
        }),
        document("maintenance", "shop/other", progress),
      ]);
    });
    if (name === "mongodb") expect(await indexNames()).not.toContain(index);
  });

  it("a campaign of format 6 is one of discounts", async () => {
    const discount = { kind: "percent", percent: "10" };
    const winter = { project: "shop", name: "Winter", rules: ["once"] };
    await withStore((store) =>
      store.write((transaction) =>
        transaction.put("campaigns", [document("campaigns", "shop/winter", { ...winter, discount })]),
      ),
    );
    await setFormat(6);
    await migrateStore(placeOf());
    await withStore(async (store) =>
      expect(await documentsIn(store, "campaigns", "shop")).toEqual([
        document("campaigns", "shop/winter", { ...winter, terms: { kind: "discount", discount } }),
      ]),
    );
  });

  it("a customer of format 9 whose country has a name that is known by now compares by its code", async () => {
    const countries = ["deutschland", "österreich", "PL", "atlantis", undefined];
    const stored = countries.map((country, index) => {
      const made = customer("shop", `from-${index}`, { sample: 1 });
      return country === undefined ? made : { ...made, facts: { ...made.facts, country } };
    });
    const progress = { _id: "shop/coordinator", project: "shop", kind: "coordinator", epoch: 3 } as const;
    await withStore((store) =>
      store.write(async (transaction) => {
        await transaction.put("customers", stored);
        await transaction.put("maintenance", [{ ...progress, definition: "hash" }]);
      }),
    );
    await setFormat(9);
    await migrateStore(placeOf(), { batchSize: 20 });
    await withStore(async (store) => {
      const found = await store.getMany(
        "customers",
        stored.map(({ _id }) => _id),
      );
      expect(found.map((each) => each?.facts.country)).toEqual(["DE", "AT", "PL", "atlantis", undefined]);
      // As after a change of the definition, segments are evaluated again.
      expect(await store.getMany("maintenance", [progress._id])).toEqual([{ ...progress, definition: "" }]);
      // Nothing else of them changes.
      expect(found[0]).toEqual({ ...stored[0], facts: { ...stored[0]!.facts, country: "DE" } });
    });
  });

  it("data whose migration is not finished is opened by none, and migrated to the end", async () => {
    await setFormat(markMigrating(earlier));
    const refused = await refusal(open(at));
    expect(refused.code).toBe("OLDER_FORMAT");
    expect(refused.message).toContain("Run segmentql migrate");
    await closeFilesIn(at);
    const result = await migrateStore(placeOf(), { known: [nothingChanges] });
    expect(result).toMatchObject({ from: earlier, to: formatVersion, documents: 2 * people + 1 });
    await withStore(async (store) =>
      expect(await store.getMany("api_keys", ["shop/k"])).toMatchObject([{ hash: "h" }]),
    );
  });

  it("a migration that is stopped goes on", async () => {
    await setFormat(earlier);
    const stopping = new AbortController();
    const options = { known: [nothingChanges], batchSize: 10 };
    const stopped = migrateStore(placeOf(), {
      ...options,
      signal: stopping.signal,
      progressed: (documents) => {
        if (documents >= 50) stopping.abort(new Error("stopped"));
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    await closeFilesIn(at);
    expect(await migrateStore(placeOf(), options)).toMatchObject({ documents: 2 * people + 1 - 50 });
  });

  // DocumentDB holds the locks of a killed client's transaction for a minute: asked for by name there.
  const isAsked = !isDocumentDb || process.env.SEGMENTQL_KILL_TESTS !== undefined;
  it.skipIf(!isAsked)(
    `killed ${kills} times, it changes each document once, and loses none`,
    {
      timeout: 300_000,
    },
    async () => {
      await fill(manyPeople);
      await setFormat(earlier);
      let isDone = false;
      for (let kill = 0; !isDone; kill += 1) {
        await closeFilesIn(at);
        const child = start();
        for await (const line of createInterface({ input: child.stdout! })) {
          if (line === "done") isDone = true;
          if (isDone || kill >= kills) continue;
          await wait(Math.random() * 20);
          child.kill("SIGKILL");
          break;
        }
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
        if (kill > kills + 1) throw new Error("It does not end.");
      }
      await withStore(async (store) => {
        const customers = await documentsIn(store, "customers", "shop");
        const names = new Map(customers.map(({ _id, facts }) => [_id, facts.name]));
        expect(names.size).toBe(manyPeople);
        const events = await documentsIn(store, "events", "shop");
        expect(events).toHaveLength(manyPeople);
        for (let index = 0; index < manyPeople; index += 1)
          expect(names.get(`shop/c-${index}`)).toBe(`Name ${index}!`);
        for (const { _id, properties } of events)
          expect(properties).toEqual({ count: Number(_id.slice("shop/e-".length)) + 1 });
      });
    },
  );
});

describe("a folder", () => {
  const { place, open, destroy } = everyStore.find(({ name }) => name === "embedded")!;
  let folder: string;
  beforeEach(() => {
    folder = place();
  });
  afterEach(() => destroy(folder));

  const setFormat = async (format: number): Promise<void> => {
    const connection = openConnection(join(folder, "segmentql.db"), 0);
    await connection.exec(`PRAGMA user_version = ${format}`);
    connection.close();
    await closeFilesIn(folder);
  };

  const fill = async (): Promise<void> => {
    const store = await open(folder);
    await store.write((transaction) => transaction.put("customers", [named("a", "Ann")]));
    await store.close();
  };

  it("is migrated to a file whose queries see the new documents, for this user alone, and the old one is kept", async () => {
    await fill();
    await setFormat(earlier);
    const upper: Migration = {
      from: earlier,
      documents: {
        customers: (each) => {
          const { facts } = each as unknown as { readonly facts: object };
          return { ...each, facts: { ...facts, name: "Bob" } } as typeof each;
        },
      },
    };
    const result = await migrateStore({ folder }, { known: [upper] });
    expect(result?.kept).toBe(join(folder, `segmentql.db.format-${earlier}`));
    expect(statSync(result!.kept!).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "segmentql.db")).mode & 0o777).toBe(0o600);
    expect(existsSync(join(folder, "segmentql.db.migrating"))).toBe(false);
    expect(await examine(folder)).toMatchObject({ documents: 1, problems: [] });
    const connection = openConnection(join(folder, "segmentql.db"), 0);
    expect(connection.prepare("SELECT name FROM customers").get([])).toEqual(["Bob"]);
    connection.close();
    const before = openConnection(result!.kept!, 0);
    expect(before.prepare("PRAGMA user_version").get([])).toEqual([earlier]);
    before.close();
  });

  it("that another process has open is refused, and left as it is", async () => {
    const holding = spawn(process.execPath, [holder, "hold", folder], { stdio: ["pipe", "pipe", "inherit"] });
    await once(holding.stdout!, "data");
    await setFormat(earlier);
    const refused = await refusal(migrateStore({ folder }, { known: [nothingChanges] }));
    expect(refused.code).toBe("LOCKED");
    expect(refused.message).toContain(folder);
    holding.kill("SIGKILL");
    await once(holding, "exit");
    await closeFilesIn(folder);
    expect(await migrateStore({ folder }, { known: [nothingChanges] })).toMatchObject({ from: earlier });
  });

  it("of the program that kept its data in LMDB says how to bring it over", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "data.mdb"), "");
    const refused = await refusal(migrateStore({ folder }));
    expect(refused.code).toBe("OLDER_FORMAT");
    expect(refused.message).toContain(`segmentql --data ${folder} export EXPORTED`);
    expect(refused.message).toContain("segmentql --data NEW import EXPORTED");
  });

  it("without data is refused, and no file is created", async () => {
    expect((await refusal(migrateStore({ folder }))).message).toContain("There is no data");
    expect(existsSync(join(folder, "segmentql.db"))).toBe(false);
  });
});
