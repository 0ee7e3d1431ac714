// What only the MongoDB store promises: formats, errors that name the server, a server that goes and comes back, limits that
// reach the server, nothing half-written after kill -9.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { formatVersion } from "../../src/documents/collections.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { openStore } from "../../src/store/open.js";
import { StoreError } from "../../src/store/port.js";
import {
  document,
  dropDatabase,
  everyStore,
  mongoUri,
  newDatabaseName,
  pipelinesOf,
  put,
  rows,
} from "./every-store.js";
import { expectWholePairs, kill, startWriter } from "./pair-writer.js";

const uri = mongoUri ?? "mongodb://localhost";
const onDocumentDb = everyStore.some(({ isDocumentDb }) => isDocumentDb);

/** Stands between the driver and the server, and can be cut; the driver looks for the server so long, in milliseconds. */
async function startWire(patience: number) {
  const [host = "", port = "27017"] = new MongoClient(uri).options.hosts.map(String)[0]!.split(":");
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let own = 0;
  const join = async () => {
    server = createServer((near) => {
      const far = connect(Number(port), host);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.on("error", () => other.destroy());
        socket.on("close", () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    }).listen(own, "127.0.0.1");
    await once(server, "listening");
    own = (server.address() as { port: number }).port;
  };
  const cut = async () => {
    const closed = server === undefined ? undefined : once(server, "close");
    server?.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  };
  await join();
  return {
    join,
    cut,
    uri: `mongodb://127.0.0.1:${own}/?directConnection=true&serverSelectionTimeoutMS=${patience}&heartbeatFrequencyMS=500`,
    host: `127.0.0.1:${own}`,
  };
}

describe.runIf(mongoUri !== undefined)("the MongoDB store", () => {
  const database = newDatabaseName();
  const client = new MongoClient(uri);
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    await client.connect();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
  });
  afterAll(async () => {
    await client.close();
    await dropDatabase(uri, database);
  });

  const opened = () => openMongoStore(uri, { database, indexes: "none" });

  it("is opened by its URI, in the URI's database or segmentql", async () => {
    const store = await openStore({ uri, mongo: { database, indexes: "none" } });
    expect(store.capabilities.name).toBe("mongodb");
    await store.close();
  });

  it("refuses a database of a newer format and leaves it alone", async () => {
    const name = newDatabaseName();
    const meta = client.db(name).collection<{ _id: string; version: number }>("meta");
    await meta.insertOne({ _id: "format", version: 99 });
    const opening = openMongoStore(uri, { database: name, indexes: "none" });
    await expect(opening).rejects.toBeInstanceOf(StoreError);
    await expect(opening).rejects.toMatchObject({
      code: "NEWER_FORMAT",
      message: expect.stringMatching(
        new RegExp(
          `^The database ${name} at .* is of format 99; this program knows formats up to ${formatVersion}\\. Use the newer`,
        ),
      ),
    });
    const collections = await client.db(name).listCollections({}, { nameOnly: true }).toArray();
    expect(collections.map((collection) => collection.name)).toEqual(["meta"]);
    await dropDatabase(uri, name);
  });

  it("is one for many openings: each sees what the others wrote", async () => {
    const [one, two] = await Promise.all([opened(), opened()]);
    await put(one, "customers", [document("customers", "shared", { n: 1 })]);
    expect(await two.getMany("customers", ["shared"])).toEqual([document("customers", "shared", { n: 1 })]);
    const increment = (store: typeof one) =>
      store.write(async (transaction) => {
        const [customer] = await transaction.getMany("customers", ["shared"]);
        const { n } = customer as unknown as { n: number };
        await transaction.put("customers", [document("customers", "shared", { n: n + 1 })]);
      });
    await Promise.all(Array.from({ length: 20 }, (_, turn) => increment(turn % 2 === 0 ? one : two)));
    expect(await two.getMany("customers", ["shared"])).toEqual([document("customers", "shared", { n: 21 })]);
    await Promise.all([one.close(), two.close()]);
  });

  it("reports that the server is gone, and continues when it is back", async () => {
    const wire = await startWire(2_000);
    const store = await openMongoStore(wire.uri, { database, indexes: "none" });
    const customers = [document("customers", "wired", { n: 1 })];
    await put(store, "customers", customers);
    await wire.cut();
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => store.getMany("customers", ["wired"]),
      () => rows(store, "customers", []),
      () => put(store, "customers", customers),
      () => store.indexes.states(),
    ];
    for (const attempt of attempts) {
      const failing = attempt();
      await expect(failing).rejects.toBeInstanceOf(StoreError);
      await expect(failing).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringContaining(`MongoDB at ${wire.host} can't be reached: `),
      });
    }
    await wire.join();
    // The driver looks for it now and then, and its patience may be over once more.
    await expect
      .poll(() => store.getMany("customers", ["wired"]).catch(() => "gone"), { timeout: 60_000 })
      .toEqual(customers);
    await put(store, "customers", customers);
    await store.close();
    await wire.cut();
  });

  it("runs a transaction again that lost its connection on the way", async () => {
    const wire = await startWire(60_000);
    const store = await openMongoStore(wire.uri, { database, indexes: "none" });
    let runs = 0;
    await store.write(async (transaction) => {
      runs++;
      await transaction.put("customers", [document("customers", "again", { runs })]);
      if (runs > 1) return;
      await wire.cut();
      await wire.join();
      await transaction.getMany("customers", ["again"]);
    });
    expect(runs).toBeGreaterThan(1);
    expect(await store.getMany("customers", ["again"])).toEqual([document("customers", "again", { runs })]);
    await store.close();
    await wire.cut();
  });

  it("does not commit a transaction of which a step failed, though its work took no notice", async () => {
    const store = await opened();
    const unsafe = store.write(async (transaction) => {
      await transaction.put("customers", [document("customers", "half", { n: 1 })]);
      // Longer than MongoDB's greatest document.
      const long = document("customers", "long", { text: "x".repeat(17_000_000) });
      await transaction.put("customers", [long]).catch(() => undefined);
    });
    await expect(unsafe).rejects.toThrow();
    expect(await store.getMany("customers", ["half", "long"])).toEqual([undefined, undefined]);
    await store.close();
  });

  it("hands the time limit to the server, and frees the connection of a read that was given up", async () => {
    const store = await openMongoStore(`${uri}${uri.includes("?") ? "&" : "/?"}maxPoolSize=2`, {
      database,
      indexes: "none",
    });
    const many = Array.from({ length: 3_000 }, (_, n) => document("customers", `slow${n}`, { n }, "slow"));
    await put(store, "customers", many);
    const slow = [
      { $match: { project: "slow" } },
      { $unwind: { path: "$list", preserveNullAndEmptyArrays: true } },
      { $group: { _id: "$n", all: { $push: "$$ROOT" } } },
      { $sort: { all: 1 } },
    ];
    for (let turn = 0; turn < 6; turn++) {
      const controller = new AbortController();
      const read = pipelinesOf(store).run("customers", slow, { signal: controller.signal });
      setTimeout(() => controller.abort(new Error("gone")), 2);
      await expect(read).rejects.toThrow("gone");
    }
    await expect(pipelinesOf(store).run("customers", slow, { maxTimeMs: 1 })).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    expect(await store.getMany("customers", ["slow1"])).toHaveLength(1);
    await store.close();
  });

  it("lets the process end after close", async () => {
    const child = await start("once");
    const [code] = await Promise.race([once(child, "exit"), wait(60_000, ["still running"], { ref: false })]);
    expect(code).toBe(0);
    await client.db(database).collection("orders").deleteMany({});
    await client.db(database).collection("events").deleteMany({});
  });

  // DocumentDB keeps a killed process's transaction indefinitely, and every index build waits for it: there,
  // mongo-restart.rough.ts does the same on a server of its own.
  it.runIf(!onDocumentDb)(
    "has both documents of a pair or neither after kill -9, whenever that is",
    async () => {
      const store = await opened();
      let survived = 0;
      for (const [round, delay] of [0, 3, 11, 27, 50, 80, 121, 170, 260, 333].entries()) {
        // A later round is farther on, however slow the machine is.
        const child = await start("pairs", String(round * 10_000), String(round));
        await wait(delay);
        await kill(child);
        survived += await expectWholePairs(store, round * 10_000);
      }
      expect(survived).toBeGreaterThanOrEqual(45);
      await store.close();
    },
  );

  async function start(mode: string, ...more: readonly string[]): Promise<ChildProcess> {
    const child = await startWriter(uri, database, mode, ...more);
    children.push(child);
    return child;
  }

  it("lets writers who wait for one another go on, however few connections there are", async () => {
    const few = `${uri}${uri.includes("?") ? "&" : "/?"}maxPoolSize=3&waitQueueTimeoutMS=2000`;
    const store = await openMongoStore(few, { database, indexes: "none" });
    const raise = (id: string) =>
      store.write(async (transaction) => {
        const [found] = await transaction.getMany("orders", [id]);
        const { number = 0 } = (found ?? {}) as { readonly number?: number };
        await transaction.put("orders", [document("orders", id, { customer: "c", number: number + 1 })]);
        // A second step: whoever holds the lock needs a connection once more.
        await transaction.getMany("events", [id]);
        await transaction.put("events", [document("events", id, { customer: "c" })]);
      });
    try {
      await Promise.all(Array.from({ length: 24 }, () => raise("contended")));
      expect(await store.getMany("orders", ["contended"])).toMatchObject([{ number: 24 }]);
    } finally {
      await store.close();
    }
  });
});
