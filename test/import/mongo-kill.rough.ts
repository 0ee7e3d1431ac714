// Kill -9 during an import on MongoDB, at random moments, again and again: what is left is always whole records with their
// summaries, and the same import, repeated, has the result of an undisturbed one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { summarise } from "../../src/facts/summarise.js";
import { generateFolder } from "../../src/generate/generate.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { hasDocdbServer, restartServer } from "../store/docdb-server.js";
import { everyStore } from "../store/every-store.js";
import { documents, everything, temporaryFolder } from "./temporary-engine.js";

const uri = process.env.MONGODB_URI;
const now = Date.parse("2026-11-23T12:00:00Z");
/**
 * Leaves transactions open on the server, so it needs a dedicated one: this says that MONGODB_URI names one, and how often to
 * kill.
 */
const kills = Number(process.env.SEGMENTQL_KILL_TESTS ?? 0);
const built = (path: string) => new URL(`../../dist/src/${path}`, import.meta.url).href;

const program = `
  import { openMongoStore } from ${JSON.stringify(built("store/mongo/store.js"))};
  import { importFolder } from ${JSON.stringify(built("import/folder.js"))};
  const [uri, database, world, scratchFolder] = process.argv.slice(1);
  const store = await openMongoStore(uri, { database, indexes: "none" });
  console.log("started");
  const options = { rejectsFile: scratchFolder + "/rejects.ndjson", scratchFolder };
  const { rejected } = await importFolder({ store, clock: () => ${now} }, "default", world, options);
  await store.close();
  process.exitCode = rejected === 0 ? 0 : 1;
`;

const mongo = everyStore.find(({ name }) => name === "mongodb");

describe.skipIf(kills === 0 || mongo === undefined || (mongo.isDocumentDb && !hasDocdbServer))(
  "kill -9 on MongoDB",
  () => {
    it(`${kills} times, then once to its end`, { timeout: 300_000 + kills * 60_000 }, async () => {
      const parent = await temporaryFolder();
      const world = join(parent, "world");
      await generateFolder(world, { customers: 600, seed: 11, now });
      const start = (database: string): ChildProcess =>
        spawn(
          process.execPath,
          ["--input-type=module", "-e", program, uri!, database, world, join(parent, "scratch")],
          { stdio: ["ignore", "pipe", "inherit"] },
        );
      const places = [mongo!.place(), mongo!.place()] as const;
      onTestFinished(async () => {
        for (const place of places) await mongo!.destroy(place);
      });

      const [undisturbed, killed] = places;
      const whole = start(undisturbed);
      await once(whole.stdout!, "data");
      const started = performance.now();
      expect(await once(whole, "exit")).toEqual([0, null]);
      let took = performance.now() - started;

      const seen = new Set<number>();
      // And some more, until they did fall at different stages of it, however slow the machine has become.
      for (let kill = 1; kill <= kills || seen.size < 3; ) {
        const child = start(killed);
        await once(child.stdout!, "data");
        const begun = performance.now();
        // The farther it has come, the less there is left to write: later kills fall later.
        const part = kill <= kills ? (kill - 1 + Math.random()) / kills : Math.random();
        const timer = setTimeout(() => child.kill("SIGKILL"), took * part);
        const [code] = (await once(child, "exit")) as [number | null];
        clearTimeout(timer);
        if (code !== null) {
          // It was quicker than the undisturbed one: another starts from scratch, and is killed sooner.
          expect(code).toBe(0);
          await mongo!.destroy(killed);
          took = Math.min(took, performance.now() - begun);
          continue;
        }
        kill += 1;
        if (mongo!.isDocumentDb) await restartServer();
        const store = await openMongoStore(uri!, { database: killed, indexes: "none" });
        seen.add(await expectWhole({ store, clock: fixedClock(now) }));
        await store.close();
      }

      const last = start(killed);
      expect(await once(last, "exit")).toEqual([0, null]);
      const [left, wanted] = await Promise.all(
        [killed, undisturbed].map(async (database) => {
          const store = await openMongoStore(uri!, { database, indexes: "none" });
          const all = await everything({ store, clock: fixedClock(now) });
          await store.close();
          return all;
        }),
      );
      expect(wanted!.customers.length).toBe(600);
      expect(left).toEqual(wanted);
    });
  },
);

/** Every summary equals the summary of the stored records. Returns how many records there are. */
async function expectWhole(engine: Engine): Promise<number> {
  const [customers, orders, redemptions, giftCards, loyalty, referrals] = await Promise.all([
    documents(engine, "customers"),
    documents(engine, "orders"),
    documents(engine, "redemptions"),
    documents(engine, "gift_cards"),
    documents(engine, "loyalty"),
    documents(engine, "referrals"),
  ]);
  const of = <Document extends { readonly customer: string }>(all: readonly Document[]) => {
    const groups = new Map<string, Document[]>();
    for (const document of all)
      groups.set(document.customer, [...(groups.get(document.customer) ?? []), document]);
    return (id: string) => groups.get(id) ?? [];
  };
  const [ordersOf, redemptionsOf, giftCardsOf, loyaltyOf, referralsOf] = [
    of(orders),
    of(redemptions),
    of(giftCards),
    of(loyalty),
    of(referrals),
  ];
  for (const { _id, activity } of customers) {
    const records = {
      orders: ordersOf(_id),
      redemptions: redemptionsOf(_id),
      gift_cards: giftCardsOf(_id),
      loyalty: loyaltyOf(_id),
      referrals: referralsOf(_id),
    };
    expect(activity).toEqual(summarise(records, now));
  }
  return (
    customers.length +
    orders.length +
    redemptions.length +
    giftCards.length +
    loyalty.length +
    referrals.length
  );
}
