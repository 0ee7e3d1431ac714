// An import that is killed at any moment, and repeated, has the result of an undisturbed one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { draws } from "../draws.js";
import { expectSame } from "../support/same.js";
import { engineIn, everything, temporaryFolder } from "./temporary-engine.js";

/** 400 while a change is written, 1,000 before it lands. */
const customers = Math.min(1_000, draws(200));
const kills = Number(process.env.SEGMENTQL_KILL_TESTS ?? 1);
const built = (path: string) => new URL(`../../dist/src/${path}`, import.meta.url).href;

const program = `
  import { openEmbeddedStore } from ${JSON.stringify(built("store/embedded/store.js"))};
  import { importFolder } from ${JSON.stringify(built("import/folder.js"))};
  import { importCsv } from ${JSON.stringify(built("import/csv/orders-csv.js"))};
  const [data, world, rejectsFile] = process.argv.slice(1);
  const engine = { store: await openEmbeddedStore(data), clock: () => Date.parse("2026-11-23T12:00:00Z") };
  console.log("started");
  const options = { rejectsFile, scratchFolder: data + "-scratch" };
  await importFolder(engine, "default", world, options);
  await importCsv(engine, "retail", world + "/retail.csv", "online-retail", options);
  await engine.store.close();
`;

function startImport(data: string, world: string): ChildProcess {
  return spawn(
    process.execPath,
    ["--input-type=module", "-e", program, data, world, join(world, "rejects.ndjson")],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

/** A shop with much that is equal, some that is wrong, and what is still to come. */
async function makeWorld(folder: string): Promise<void> {
  const number = Array.from({ length: customers }, (_, index) => index);
  const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + (index % 345))).toISOString();
  const files: Readonly<Record<string, readonly object[]>> = {
    customers: number.map((index) => ({
      source_id: `c${index}`,
      email: `c${index}@example.com`,
      metadata: { age: index },
    })),
    // Every third order comes twice, and changes hands the second time.
    orders: number.flatMap((index) => {
      const order = {
        source_id: `o${index}`,
        customer: `c${index % 700}`,
        created_at: day(index),
        amount: index,
      };
      const item = { sku: `s${index % 50}`, name: `Thing ${index % 60}`, quantity: 1, price: index };
      const full = { ...order, status: index % 9 === 0 ? "CANCELED" : "PAID", items: [item] };
      return index % 3 === 0 ? [full, { ...full, customer: `c${(index + 1) % 700}` }] : [full];
    }),
    events: number.map((index) => ({ customer: `c${index % 10}`, type: "login", at: day(index % 5) })),
    loyalty: number.map((index) => ({ customer: `c${index % 100}`, campaign: "Club", points: 10 })),
    referrals: number.map((index) => ({
      referrer: `c${index % 3_000}`,
      referee: "x",
      campaign: "Y",
      at: day(index % 2),
    })),
  };
  await writeFile(join(folder, "project.json"), JSON.stringify({ metadataSchema: { age: "number" } }));
  for (const [name, records] of Object.entries(files)) {
    await writeFile(
      join(folder, `${name}.ndjson`),
      records.map((record) => `${JSON.stringify(record)}\n`).join(""),
    );
  }
  const rows = number.map(
    (index) => `${index % 500},S${index % 20},Thing,1,2011-10-06 16:20:00,1.25,${index % 100},France\n`,
  );
  const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  await writeFile(join(folder, "retail.csv"), header + rows.join(""));
}

it("kill -9 again and again, then once to its end", { timeout: 300_000 + kills * 60_000 }, async () => {
  const parent = await temporaryFolder();
  const world = join(parent, "world");
  await mkdir(world);
  await makeWorld(world);

  const started = performance.now();
  const whole = startImport(join(parent, "whole"), world);
  expect(await once(whole, "exit")).toEqual([0, null]);
  let took = performance.now() - started;

  // Kills at moments that are spread over the time that the import takes from its start.
  const killed = join(parent, "killed");
  for (let kill = 1; kill <= kills; ) {
    const child = startImport(killed, world);
    await once(child.stdout!, "data");
    const begun = performance.now();
    const timer = setTimeout(
      () => child.kill("SIGKILL"),
      (took * kill * (0.6 + Math.random() * 0.4)) / (kills + 2),
    );
    const [code] = (await once(child, "exit")) as [number | null];
    clearTimeout(timer);
    if (code === null) kill += 1;
    else {
      // It was quicker than the undisturbed one: another starts from scratch, and is killed sooner.
      expect(code).toBe(0);
      await rm(killed, { recursive: true });
      took = Math.min(took, performance.now() - begun);
    }
  }
  const last = startImport(killed, world);
  expect(await once(last, "exit")).toEqual([0, null]);

  const [left, wanted] = [await engineIn(killed), await engineIn(join(parent, "whole"))];
  for (const project of ["default", "retail"]) {
    const expected = await everything(wanted, project);
    expect(expected.customers.length).toBe(project === "default" ? customers : 100);
    expect(expected.orders.length).toBe(project === "default" ? customers : Math.min(500, customers));
    expectSame(await everything(left, project), expected);
  }
  // What the killed ones had on disk to sort is gone, too.
  expect(await readdir(`${killed}-scratch`)).toEqual([]);
});
