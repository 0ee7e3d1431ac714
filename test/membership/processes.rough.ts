// Membership on MongoDB while its processes die and sleep: killed at random moments under load, and one stopped for longer
// than its leases. Runs where SEGMENTQL_KILL_TESTS says how often to kill, on a dedicated DocumentDB server.
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { identityOf } from "../../src/membership/reads/feed.js";
import { progressOf } from "../../src/outbox/progress.js";
import { createWebhook } from "../../src/outbox/webhooks.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import type { Store } from "../../src/store/port.js";
import { type Received, refusing, runReceiver, taken } from "../outbox/receiver.js";
import { hasDocdbServer, restartServer } from "../store/docdb-server.js";
import { everyStore } from "../store/every-store.js";
import { documentsIn } from "../store/watched.js";
import {
  anyOf,
  customers,
  ended,
  faultsAfter,
  inDatabase,
  newShop,
  startProcess,
  until,
  writeUntil,
} from "./processes.js";

const uri = process.env.MONGODB_URI ?? "";
const kills = Number(process.env.SEGMENTQL_KILL_TESTS ?? 0);
/** For how long a maintainer sleeps, in seconds: longer than its leases last. */
const asleep = Number(process.env.SEGMENTQL_STOP_SECONDS ?? 15);
const mongo = everyStore.find(({ name }) => name === "mongodb");

describe.skipIf(kills === 0 || mongo === undefined || (mongo.isDocumentDb && !hasDocdbServer))(
  "membership on MongoDB",
  () => {
    const places: string[] = [];
    const newPlace = async (): Promise<string> => {
      const place = mongo!.place();
      places.push(place);
      const store = await openMongoStore(uri, { database: place, indexes: "wait" });
      await newShop(store);
      await store.close();
      return place;
    };
    afterAll(async () => {
      for (const place of places) await mongo!.destroy(place);
    });

    describe("kill -9 of server and maintainer", () => {
      let place = "";
      let receiver: Awaited<ReturnType<typeof runReceiver>>;
      const delivered: Received[] = [];
      beforeAll(async () => {
        place = await newPlace();
        receiver = await runReceiver();
        receiver.answer((response, received) => {
          if (Math.random() < 0.05) return refusing(500)(response, received);
          delivered.push(received);
          taken(response, received);
        });
      });
      afterAll(() => receiver.stop());

      it(`${kills} times under load`, { timeout: 300_000 + kills * 120_000 }, async () => {
        const written = new Set<string>();
        let transitions = 0;
        let grown = 0;
        const first = await openMongoStore(uri, { database: place, indexes: "none" });
        const webhook = await createWebhook(
          { store: first, clock: systemClock, allowPrivateWebhooks: true },
          "default",
          { url: receiver.url },
        );
        await first.close();
        for (let kill = 1; kill <= kills; kill += 1) {
          const at = inDatabase(uri, place);
          const [server, maintainer] = await Promise.all([
            startProcess(at, ["serve", "--port", "0"], "stdout"),
            startProcess(at, ["maintain"], "stderr"),
          ]);
          const url = /http:\/\/\S+/.exec(server.line)![0];
          let stopping = false;
          const failures: string[] = [];
          const load = Promise.all(
            [0, 1, 2].map((writer) =>
              writeUntil(
                () => stopping,
                url,
                `${kill}.${writer}`,
                written,
                (failure) => failures.push(failure),
              ),
            ),
          );
          const before = written.size;
          await Promise.race([
            load,
            until(
              () => `a write is answered; kill ${kill}, failures: ${[...new Set(failures)].join("; ")}`,
              async () => written.size > before,
            ),
          ]);
          await wait(Math.random() * 3_000);
          const order = Math.random() < 0.5 ? [server, maintainer] : [maintainer, server];
          for (const { child } of order) {
            child.kill("SIGKILL");
            await wait(Math.random() * 300);
          }
          stopping = true;
          await Promise.all([load, ended(server.child), ended(maintainer.child)]);
          if (mongo!.isDocumentDb) await restartServer();
          const store = await openMongoStore(uri, { database: place, indexes: "none" });
          expect(await faultsAfter(store, "default")).toBe("");
          const orders = await documentsIn(store, "orders", "default");
          const there = new Set(orders.map(({ source_id }) => source_id));
          expect([...written].filter((id) => !there.has(id))).toEqual([]);
          const transitionsNow = await documentsIn(store, "transitions", "default");
          if (transitionsNow.length > transitions) grown += 1;
          transitions = transitionsNow.length;
          await store.close();
        }
        const last = await startProcess(inDatabase(uri, place), ["maintain"], "stderr");
        const store = await openMongoStore(uri, { database: place, indexes: "none" });
        const waiting = async () => (await progressOf({ store, clock: systemClock }, webhook)).waiting;
        await expect.poll(waiting, { timeout: 300_000, interval: 500 }).toBe(0);
        last.child.kill("SIGTERM");
        await ended(last.child);
        const stored = await documentsIn(store, "transitions", "default");
        const sorted = stored.toSorted((one, other) => one.sequence - other.sequence);
        await store.close();
        const heard = delivered.flatMap(({ body }) => body.data.events as readonly HeardEvent[]);
        // At least once, and for each customer in order.
        for (const customer of customers) {
          const of = `default/${customer}`;
          const ids = heard.flatMap(({ id, data }) => (data.customerId === of ? [id] : []));
          expect([...new Set(ids)]).toEqual(
            sorted.flatMap((each) => (each.customer === of ? [identityOf(each)] : [])),
          );
        }
        process.stderr.write(
          `${kills} kills, ${written.size} orders answered, ${sorted.length} transitions, ${heard.length} delivered\n`,
        );
        // There was a load, and membership moved with it.
        expect(written.size).toBeGreaterThan(kills);
        expect(grown).toBeGreaterThan(kills / 2);
      });
    });

    describe("a maintainer that is stopped and goes on", () => {
      let place = "";
      let store: Store;
      let engine: Engine;
      beforeAll(async () => {
        place = await newPlace();
        store = await openMongoStore(uri, { database: place, indexes: "none" });
        engine = { store, clock: systemClock };
      });
      afterAll(() => store.close());

      async function owners(): Promise<readonly string[]> {
        const documents = await documentsIn(store, "maintenance", "default");
        return documents.flatMap((document) =>
          document.kind === "lease" && document._id.includes("/partition/")
            ? [document.owner ?? "nobody"]
            : [],
        );
      }

      async function isShared(): Promise<boolean> {
        const all = new Set(await owners());
        return all.size === 2 && !all.has("nobody");
      }

      it(`for ${asleep} seconds: no loss, and no double`, {
        timeout: 600_000 + asleep * 1_000,
      }, async () => {
        const at = inDatabase(uri, place);
        const pair = await Promise.all([
          startProcess(at, ["maintain"], "stderr"),
          startProcess(at, ["maintain"], "stderr"),
        ]);
        let stopping = false;
        const write = async () => {
          for (let number = 0; !stopping; number += 1) {
            const customer = anyOf(customers);
            const created_at = new Date().toISOString();
            await upsertCustomers(engine, "default", [
              { source_id: customer, address: { country: anyOf(["PL", "FR"]) } },
            ]);
            await upsertRecords(engine, "default", "orders", [
              {
                source_id: `o-${number % 60}`,
                customer,
                created_at,
                amount: anyOf([1_000, 6_000]),
                status: anyOf(["PAID", "CANCELED"]),
              },
            ]);
            await upsertRecords(engine, "default", "events", [{ customer, type: "login", at: created_at }]);
            await wait(20);
          }
        };
        const load = write();
        try {
          await until(() => "both have their share", isShared);
          const before = await owners();
          const isTaken = async () => new Set(await owners()).size === 1;
          pair[0].child.kill("SIGSTOP");
          await wait(asleep * 1_000);
          // The server rolls a transaction that sleeps in its middle back after a minute.
          await until(() => "the other has taken over", isTaken);
          expect(before).toContain((await owners())[0]);
          pair[0].child.kill("SIGCONT");
          await until(() => "both have their share again", isShared);
          await wait(2_000);
        } finally {
          stopping = true;
          pair[0].child.kill("SIGCONT");
          for (const { child } of pair) child.kill("SIGTERM");
          await Promise.all([load, ...pair.map(({ child }) => ended(child))]);
        }
        expect(await faultsAfter(store, "default")).toBe("");
        const transitions = await documentsIn(store, "transitions", "default");
        process.stderr.write(`${transitions.length} transitions over a sleep of ${asleep} s\n`);
        expect(transitions.length).toBeGreaterThan(customers.length);
      });
    });
  },
);

/** What a webhook receives about a transition. */
interface HeardEvent {
  readonly id: string;
  readonly data: { readonly customerId: string };
}
