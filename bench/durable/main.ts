// The cost of having each write on the disk before it is acknowledged: commits a second with `synchronous` FULL, as the embedded
// store has it, and with NORMAL, which loses the last commits at a power failure; of a plain SQLite file with rows as long as a
// customer, and of the product, which writes customers one at a time and many at once. The files are in the folder `--folder
// DIR`, or the system's temporary one: a disk in memory shows no difference. `--toy` runs in a second, to see that it works.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stopwatch, systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { openConnection } from "../../src/store/embedded/adapter.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";

const { toy, folder: parent } = parseArgs({
  options: { toy: { type: "boolean", default: false }, folder: { type: "string", default: tmpdir() } },
}).values;
const durationMs = toy ? 100 : 5_000;
const atOnce = toy ? 20 : 1_000;

/** Repeats some work for a few seconds. @returns repetitions a second. */
async function perSecond(work: (number: number) => Promise<unknown>): Promise<number> {
  const elapsed = stopwatch();
  let done = 0;
  while (elapsed() < durationMs) await work(done++);
  return done / (elapsed() / 1_000);
}

/** Commits of one row each, by hand, as the product commits. */
async function byHand(folder: string, synchronous: "FULL" | "NORMAL"): Promise<number> {
  const connection = openConnection(join(folder, `${synchronous}.db`), 1_000);
  await connection.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA wal_autocheckpoint = 4000; CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)`,
  );
  const text = "x".repeat(1_500);
  const result = await perSecond(async () => {
    await connection.exec("BEGIN IMMEDIATE");
    connection.prepare("INSERT INTO rows (text) VALUES (?)").run([text]);
    await connection.exec("COMMIT");
  });
  connection.close();
  return result;
}

async function write(engine: Engine, number: number): Promise<void> {
  const customer = { source_id: `c-${number}`, name: `Name ${number}`, email: `c-${number}@example.com` };
  await upsertCustomers(engine, "bench", [{ ...customer, address: { country: "PL", city: "Gdynia" } }]);
}

function show(what: string, value: number): void {
  console.log(`${what.padEnd(64)}${value.toFixed(0).padStart(8)} a second`);
}

const folder = mkdtempSync(join(parent, "segmentql-bench-durable-"));
const store = await openEmbeddedStore(join(folder, "data"));
try {
  const full = await byHand(folder, "FULL");
  const normal = await byHand(folder, "NORMAL");
  show("SQLite by hand, synchronous FULL, one row a commit", full);
  show("SQLite by hand, synchronous NORMAL, one row a commit", normal);
  console.log(`FULL takes ${(normal / full).toFixed(2)} × as long as NORMAL here`);
  const engine: Engine = { store, clock: systemClock };
  await defineProject(engine, "bench", {});
  show(
    "the product, customers one at a time (goal: 500)",
    await perSecond((number) => write(engine, number)),
  );
  const together = await perSecond((round) =>
    Promise.all(
      Array.from({ length: atOnce }, (_, index) => write(engine, 1_000_000 + round * atOnce + index)),
    ),
  );
  show(`the product, ${atOnce.toLocaleString("en")} customers at once (goal: 10,000)`, together * atOnce);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
