// The server stopped and started under load, and processes killed while they write. Runs only where SEGMENTQL_DOCDB_SERVER
// names a command that takes `start PORT`, `stop` and `status` and prints the URI last: it stops that server, so it must be
// one that nobody else uses meanwhile (DOCDB_HOME and DOCDB_PG_PORT give it a home of its own).
import { execFile } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MongoStore, openMongoStore } from "../../src/store/mongo/store.js";
import { StoreError } from "../../src/store/port.js";
import { document, dropDatabase, newDatabaseName, rows } from "./every-store.js";
import { expectWholePairs, kill, startWriter } from "./pair-writer.js";

const command = process.env.SEGMENTQL_DOCDB_SERVER ?? "";
const port = process.env.SEGMENTQL_DOCDB_PORT ?? "27118";
const run = promisify(execFile);

const stopServer = () => run(command, ["stop"]);
async function startServer(): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { stdout } = await run(command, ["start", port]);
      return stdout.trim().split("\n").at(-1)!;
    } catch (error) {
      // PostgreSQL, stopped in the middle of everything, may need longer than the command waits.
      if (attempt === 5) throw error;
      await wait(1_000);
    }
  }
}

describe.runIf(command !== "")("a server that comes and goes", { timeout: 300_000 }, () => {
  const database = newDatabaseName();
  let uri: string;
  let store: MongoStore;

  beforeAll(async () => {
    uri = await startServer();
    store = await openMongoStore(uri, { database, indexes: "none" });
  }, 300_000);
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
    const doneAfter: number[] = [];
    try {
      for (const delay of [300, 500, 150, 700, 400, 250]) {
        await wait(delay);
        await stopServer();
        await wait(delay);
        await startServer();
        await wait(1_500);
        doneAfter.push(done.size);
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
    // It went on after each stop by itself.
    for (const [round, count] of doneAfter.entries())
      expect(count).toBeGreaterThan(doneAfter[round - 1] ?? 0);
    for (const error of refused) {
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: "UNAVAILABLE" });
    }
    console.log(`${done.size} writes done, ${refused.length} refused, over ${doneAfter.length} restarts`);
  });

  it("does not take a transaction that the server forgot for one that it committed", async () => {
    let runs = 0;
    await store.write(async (transaction) => {
      runs++;
      await transaction.put("customers", [document("customers", "forgotten", { runs })]);
      if (runs > 1) return;
      await stopServer();
      await startServer();
    });
    expect(await store.getMany("customers", ["forgotten"])).toEqual([
      document("customers", "forgotten", { runs: 2 }),
    ]);
  });

  it("has both documents of a pair or neither after kill -9, whenever that is", async () => {
    let survived = 0;
    for (const [round, delay] of [0, 3, 11, 27, 50, 80, 121, 170, 260, 333].entries()) {
      const start = round * 10_000;
      const child = await startWriter(uri, database, "pairs", String(start));
      await wait(delay);
      await kill(child);
      await wait(50);
      survived += await expectWholePairs(store, start);
    }
    // The dead processes' transactions go with the server.
    await stopServer();
    await startServer();
    for (let round = 0; round < 10; round++) await expectWholePairs(store, round * 10_000);
    expect(survived).toBeGreaterThan(10);
  });
});
