// What only the embedded store promises: several processes on one folder, formats, and what it says of a file that is none
// of its own.
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openConnection } from "../../src/store/embedded/adapter.js";
import { backUp } from "../../src/store/embedded/care/care.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { type Store, StoreError } from "../../src/store/port.js";
import { document, everyStore, put } from "./every-store.js";
import { killWriters, startWriter } from "./writer-processes.js";

const { place, destroy } = everyStore.find(({ name }) => name === "embedded")!;
let folder: string;

beforeEach(() => {
  folder = place();
});
afterEach(async () => {
  await killWriters();
  await destroy(folder);
});

async function refusal(opening: Promise<unknown>): Promise<StoreError> {
  const outcome: unknown = await opening.catch((error: unknown) => error);
  if (outcome instanceof StoreError) return outcome;
  throw new Error("The store opened, or failed with something else.", { cause: outcome });
}

const file = (): string => join(folder, "segmentql.db");

/** Opens the store, puts one customer, and closes it. */
async function filled(): Promise<void> {
  const store = await openEmbeddedStore(folder);
  await put(store, "customers", [document("customers", "shop/a", { facts: { name: "Ann Example" } })]);
  await store.close();
}

describe("one folder, several processes", () => {
  it("opens it twice in one process, and each sees what the other writes", async () => {
    const [one, other] = [await openEmbeddedStore(folder), await openEmbeddedStore(folder)];
    await put(one, "customers", [document("customers", "shop/a")]);
    expect(await other.getMany("customers", ["shop/a"])).toHaveLength(1);
    expect(await other.reads.documents.any("customers", "shop")).toBe(true);
    await put(other, "orders", [document("orders", "shop/o", { customer: "shop/a" })]);
    expect((await one.getMany("orders", ["shop/o"]))[0]).toMatchObject({ customer: "shop/a" });
    await Promise.all([one.close(), other.close()]);
  });

  it("opens it twice at the same moment, when there is nothing yet", async () => {
    const stores = await Promise.all([openEmbeddedStore(folder), openEmbeddedStore(folder)]);
    for (const store of stores) await store.close();
  });

  it("lets another process have it, and read what is written meanwhile", async () => {
    await startWriter(folder, "hold");
    await filled();
  });

  it("loses no update of two writers that count in one document", async () => {
    const stores = [await openEmbeddedStore(folder), await openEmbeddedStore(folder)];
    const add = (store: Store) =>
      store.write(async (transaction) => {
        const [counted] = await transaction.getMany("segment_keys", ["shop/count"]);
        const count = Number((counted as unknown as { count?: number } | undefined)?.count ?? 0) + 1;
        await wait(1);
        await transaction.put("segment_keys", [document("segment_keys", "shop/count", { count })]);
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => add(stores[index % 2]!)));
    const [counted] = await stores[0]!.getMany("segment_keys", ["shop/count"]);
    expect(counted).toMatchObject({ count: 40 });
    for (const store of stores) await store.close();
  });

  it("gives up a write for which another writer does not make room in time", async () => {
    const stores = [await openEmbeddedStore(folder), await openEmbeddedStore(folder)];
    let finish = (): void => undefined;
    const holding = stores[0]!.write(async (transaction) => {
      await transaction.put("customers", [document("customers", "shop/a")]);
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    while (finish.length > 0) await wait(1);
    await wait(20);
    const refused = await refusal(
      stores[1]!.write((transaction) => transaction.put("customers", [document("customers", "shop/b")]), {
        maxWaitMs: 50,
      }),
    );
    expect(refused.code).toBe("TIMEOUT");
    // Each write has its own limit, whichever came first.
    const patient = stores[1]!.write((transaction) =>
      transaction.put("customers", [document("customers", "shop/c")]),
    );
    const impatient = stores[1]!.write(
      (transaction) => transaction.put("customers", [document("customers", "shop/d")]),
      { maxWaitMs: 50 },
    );
    expect((await refusal(impatient)).code).toBe("TIMEOUT");
    finish();
    await holding;
    await patient;
    const found = await stores[1]!.getMany("customers", ["shop/a", "shop/b", "shop/c", "shop/d"]);
    expect(found.map((each) => each?._id)).toEqual(["shop/a", undefined, "shop/c", undefined]);
    for (const store of stores) await store.close();
  });

  it("lets the process end after close", async () => {
    const child = await startWriter(folder, "once");
    const [code] = await Promise.race([once(child, "exit"), wait(60_000, ["still running"], { ref: false })]);
    expect(code).toBe(0);
  });
});

describe("the folder", () => {
  it("and each of its files are this user's alone, whatever the umask, also while it is open", async () => {
    const before = process.umask(0);
    try {
      const store = await openEmbeddedStore(folder);
      await put(store, "customers", [document("customers", "shop/a")]);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      const modes = readdirSync(folder).map((name) => [
        name,
        (statSync(join(folder, name)).mode & 0o777).toString(8),
      ]);
      expect(modes.sort()).toEqual([
        ["segmentql.db", "600"],
        ["segmentql.db-open", "600"],
        ["segmentql.db-shm", "600"],
        ["segmentql.db-wal", "600"],
      ]);
      await backUp(folder, join(folder, "a.backup"));
      expect(statSync(join(folder, "a.backup")).mode & 0o777).toBe(0o600);
      await store.close();
    } finally {
      process.umask(before);
    }
  });

  it("of another format is refused and left alone", async () => {
    await filled();
    const setFormat = async (format: number) => {
      const connection = openConnection(file(), 0);
      await connection.exec(`PRAGMA user_version = ${format}`);
      connection.close();
    };
    await setFormat(99);
    const newer = await refusal(openEmbeddedStore(folder));
    expect(newer.code).toBe("NEWER_FORMAT");
    expect(newer.message).toContain(`The data folder ${folder} is of format 99`);
    await setFormat(1);
    expect((await refusal(openEmbeddedStore(folder))).code).toBe("OLDER_FORMAT");
  });

  it("of an earlier program is refused with the way out", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "data.mdb"), "");
    const refused = await refusal(openEmbeddedStore(folder));
    expect(refused.code).toBe("OLDER_FORMAT");
    expect(refused.message).toContain(`segmentql --data ${folder} export EXPORTED`);
    expect(refused.message).toContain("segmentql --data NEW import EXPORTED");
  });

  const broken: readonly (readonly [what: string, code: string, make: () => void])[] = [
    ["is a file", "UNAVAILABLE", () => writeFileSync(folder, "")],
    [
      "holds another SQLite database",
      "UNAVAILABLE",
      () => {
        mkdirSync(folder);
        const connection = openConnection(file(), 0);
        connection.prepare("CREATE TABLE other (a)").run([]);
        connection.close();
      },
    ],
    [
      "holds a file that is no database",
      "DAMAGED",
      () => {
        mkdirSync(folder);
        writeFileSync(file(), "no database ".repeat(1_000));
      },
    ],
  ];
  it.each(broken)("that %s is refused as %s", async (_, code, make) => {
    make();
    const refused = await refusal(openEmbeddedStore(folder));
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(folder);
  });
});

describe("a damaged file", () => {
  it("that is cut is refused, not read as if nothing were", async () => {
    await filled();
    truncateSync(file(), 8_192);
    expect((await refusal(openEmbeddedStore(folder))).code).toBe("DAMAGED");
  });

  it("with a flipped bit in a value is reported when the value is read", async () => {
    await filled();
    const bytes = readFileSync(file());
    const at = bytes.indexOf('"name":"Ann Example"') + 9;
    expect(at).toBeGreaterThan(9);
    bytes[at] = bytes[at]! ^ 2;
    writeFileSync(file(), bytes);
    const store = await openEmbeddedStore(folder);
    const refused = await refusal(store.getMany("customers", ["shop/a"]));
    expect(refused.code).toBe("DAMAGED");
    expect(refused.message).toContain("shop/a");
    await store.close();
  });

  it.skipIf(process.getuid?.() === 0)("that is not writable is reported as not writable", async () => {
    await filled();
    chmodSync(file(), 0o400);
    const refused = await refusal(openEmbeddedStore(folder).then((store) => put(store, "customers", [])));
    expect(["READ_ONLY", "UNAVAILABLE"]).toContain(refused.code);
  });

  it("whose folder is taken away while it is open is reported at the next write", async () => {
    const store = await openEmbeddedStore(folder);
    await put(store, "customers", [document("customers", "shop/a")]);
    rmSync(folder, { recursive: true });
    const outcome = await put(store, "customers", [document("customers", "shop/b")]).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(StoreError);
    await store.close();
  });
});

describe("many writes at the same time", () => {
  it("are kept each or not at all, whatever becomes of the others", async () => {
    const store = await openEmbeddedStore(folder);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, (_, index) =>
        store.write(async (transaction) => {
          await transaction.put("customers", [document("customers", `shop/${index}`)]);
          if (index % 3 === 0) throw new RangeError(`no ${index}`);
          return index;
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(100);
    await store.close();
    const again = await openEmbeddedStore(folder);
    const kept = await again.getMany(
      "customers",
      Array.from({ length: 300 }, (_, index) => `shop/${index}`),
    );
    expect(kept.map((found) => found !== undefined)).toEqual(
      Array.from({ length: 300 }, (_, index) => index % 3 !== 0),
    );
    await again.close();
  });
});
