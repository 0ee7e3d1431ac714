// A maintainer that is killed under load on MongoDB, repeatedly, while the server continues: another takes its partitions
// over, and no write waits for longer than a dead process's transaction lasts. Runs where SEGMENTQL_KILL_TESTS says how often to
// kill, on a dedicated server.
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { unownedPartitions } from "../../src/membership/maintain/ownership.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { type Store, StoreError } from "../../src/store/port.js";
import { everyStore } from "../store/every-store.js";
import { documentsIn } from "../store/watched.js";
import { ended, faultsAfter, inDatabase, startProcess, until } from "./processes.js";

const uri = process.env.MONGODB_URI ?? "";
const kills = Number(process.env.SEGMENTQL_KILL_TESTS ?? 0);
const mongo = everyStore.find(({ name }) => name === "mongodb");
const project = "default";
const customers = Array.from({ length: 200 }, (_, index) => `c-${index}`);
/** Ten seconds of a lease, and the minute after which a server rolls back what a dead process left open. */
const maxTakeoverMs = 70_000;

function anyOf<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)]!;
}

describe.skipIf(kills === 0 || mongo === undefined)("a maintainer killed under load on MongoDB", () => {
  let place = "";
  let store: Store;
  let engine: Engine;
  beforeAll(async () => {
    place = mongo!.place();
    store = await openMongoStore(uri, { database: place, indexes: "wait" });
    engine = { store, clock: systemClock };
    await defineProject(engine, project, { eventSchemas: { login: {} } });
    await upsertCustomers(
      engine,
      project,
      customers.map((source_id) => ({ source_id })),
    );
    for (let number = 0; number < 20; number += 1)
      await createAutoUpdate(engine, project, {
        name: `Rich ${number}`,
        query: `total spent is more than $${number * 10} or performed login at least ${number + 2} times and country is PL`,
      });
  });
  afterAll(async () => {
    await store.close();
    await mongo!.destroy(place);
  });

  /** Marks that were there at an instant already, and are there still. */
  async function marksSince(instant: number): Promise<number> {
    const marks = await documentsIn(store, "changes", project);
    return marks.filter(({ since }) => since !== undefined && since.getTime() <= instant).length;
  }

  it(`${kills} times: another takes over within ${maxTakeoverMs / 1_000} seconds`, {
    timeout: 300_000 + kills * 180_000,
  }, async () => {
    const at = inDatabase(uri, place);
    const start = () => startProcess(at, ["maintain"], "stderr");
    const pair = [await start(), await start()];
    const [waits, takeovers]: [number[], number[]] = [[], []];
    let [stopping, refused] = [false, 0];
    const write = async (writer: number): Promise<void> => {
      for (let number = 0; !stopping; number += 1) {
        const customer = anyOf(customers);
        const begun = performance.now();
        for (;;) {
          try {
            const country = anyOf(["PL", "FR"]);
            await upsertCustomers(engine, project, [{ source_id: customer, address: { country } }]);
            const created_at = new Date().toISOString();
            const order = { customer, created_at, amount: anyOf([1_000, 20_000]), status: "PAID" };
            await upsertRecords(engine, project, "orders", [
              { source_id: `o-${writer}-${number % 50}`, ...order },
            ]);
            await upsertRecords(engine, project, "events", [{ customer, type: "login", at: created_at }]);
            break;
          } catch (error) {
            // A document that a dead process's transaction holds: the caller sends the write again.
            if (!(error instanceof StoreError)) throw error;
            refused += 1;
          }
        }
        waits.push(performance.now() - begun);
        await wait(5);
      }
    };
    const load = Promise.all([0, 1, 2, 3, 4, 5].map(write));
    try {
      for (let kill = 1; kill <= kills; kill += 1) {
        const holders = async () => {
          const documents = await documentsIn(store, "maintenance", project);
          return new Set(
            documents.flatMap((each) =>
              each.kind === "lease" && each._id.includes("/partition/") ? [each.owner] : [],
            ),
          );
        };
        await until(
          () => "both maintainers hold partitions",
          async () => (await unownedPartitions(engine, project)) === 0 && (await holders()).size === 2,
        );
        await wait(Math.random() * 3_000);
        const victim = Math.random() < 0.5 ? 0 : 1;
        pair[victim]!.child.kill("SIGKILL");
        const killedAt = Date.now();
        const begun = performance.now();
        let left = 0;
        await until(
          () => `the partitions are taken over and their ${left} marks seen to`,
          async () => {
            left = await marksSince(killedAt);
            return (
              left === 0 && (await unownedPartitions(engine, project)) === 0 && (await holders()).size === 1
            );
          },
        );
        takeovers.push(performance.now() - begun);
        process.stderr.write(
          `kill ${kill}: taken over after ${(takeovers.at(-1)! / 1_000).toFixed(1)} s; longest write so far ` +
            `${(Math.max(...waits) / 1_000).toFixed(1)} s of ${waits.length}, ${refused} refused\n`,
        );
        pair[victim] = await start();
      }
    } finally {
      stopping = true;
      for (const { child } of pair) child.kill("SIGTERM");
      await Promise.all([load, ...pair.map(({ child }) => ended(child))]);
    }
    expect(await faultsAfter(store, project)).toBe("");
    expect(Math.max(...takeovers)).toBeLessThan(maxTakeoverMs + 5_000);
    expect(waits.length).toBeGreaterThan(kills * 10);
  });
});
