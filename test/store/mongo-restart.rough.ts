// The server stopped and started under load, and processes killed while they write. Runs only on a DocumentDB server of its
// own: docdb-server.ts says how to name one.
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MongoStore, openMongoStore } from "../../src/store/mongo/store.js";
import { StoreError } from "../../src/store/port.js";
import { hasDocdbServer, restartServer, startServer, stopServer } from "./docdb-server.js";
import { document, dropDatabase, newDatabaseName, rows } from "./every-store.js";
import { expectWholePairs, kill, startWriter } from "./pair-writer.js";

describe.runIf(hasDocdbServer)("a server that comes and goes", { timeout: 900_000 }, () => {
  const database = newDatabaseName();
  let uri: string;
  let store: MongoStore;

  beforeAll(async () => {
    uri = await startServer();
    store = await openMongoStore(uri, { database, indexes: "none" });
  });
  afterAll(async () => {
    await store.close();
    await dropDatabase(uri, database);
  });

  it("keeps every write that it answered as done, and both halves of it", async () => {
    const done = new Set<string>();
    const refused: unknown[] = [];
    let stopping = false;
    const load = async (worker: number) => {
      for (let number = 0; !stopping; number++) {
        const id = `w${worker}.${number}`;
        const fields = { customer: `w${worker}`, number };
        try {
          await store.write(async (transaction) => {
            await transaction.getMany("orders", [id]);
            await transaction.put("orders", [document("orders", id, fields)]);
            await transaction.put("events", [document("events", id, fields)]);
          });
          done.add(id);
        } catch (error) {
          refused.push(error);
        }
      }
    };
    const workers = Array.from({ length: 8 }, (_, worker) => load(worker));
    const delays = [300, 500, 150, 700, 400, 250];
    try {
      for (const delay of delays) {
        await wait(delay);
        await stopServer();
        await wait(delay);
        const before = done.size;
        await startServer();
        // It goes on by itself.
        await expect.poll(() => done.size, { timeout: 120_000, interval: 100 }).toBeGreaterThan(before);
      }
    } finally {
      stopping = true;
      await Promise.all(workers);
    }

    const ids = async (collection: "orders" | "events") =>
      new Set(((await rows(store, collection, [])) as readonly { _id: string }[]).map(({ _id }) => _id));
    const [orders, events] = [await ids("orders"), await ids("events")];
    expect([...done].filter((id) => !orders.has(id) || !events.has(id))).toEqual([]);
    expect([...orders].sort()).toEqual([...events].sort());
    for (const error of refused) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: "UNAVAILABLE" });
    }
    console.log(`${done.size} writes done, ${refused.length} refused, over ${delays.length} restarts`);
  });

  it("does not take a transaction that the server forgot for one that it committed", async () => {
    let runs = 0;
    await store.write(async (transaction) => {
      runs++;
      await transaction.put("customers", [document("customers", "forgotten", { runs })]);
      if (runs > 1) return;
      await restartServer();
    });
    // Once more at least: a server that has just begun may break it off again.
    expect(runs).toBeGreaterThan(1);
    expect(await store.getMany("customers", ["forgotten"])).toEqual([
      document("customers", "forgotten", { runs }),
    ]);
  });

  it("has both documents of a pair or neither after kill -9, whenever that is", async () => {
    let survived = 0;
    for (const [round, delay] of [0, 3, 11, 27, 50, 80, 121, 170, 260, 333].entries()) {
      const start = round * 10_000;
      // A later round is farther on, however slow the machine is.
      const child = await startWriter(uri, database, "pairs", String(start), String(round));
      await wait(delay);
      await kill(child);
      await wait(50);
      survived += await expectWholePairs(store, start);
    }
    // The dead processes' transactions go with the server.
    await restartServer();
    for (let round = 0; round < 10; round++) await expectWholePairs(store, round * 10_000);
    expect(survived).toBeGreaterThanOrEqual(45);
  });
});
