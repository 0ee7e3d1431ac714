// The API: large pages against the same schema on stock Apollo Server 5; previews against the bare driver running the same
// pipeline, if MONGODB_URI is set; and many clients at once. `--toy` runs on few customers and for two seconds, to see that it
// works.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { startServer } from "../../src/http/server.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { race, row } from "../race.js";
import { askManyAtOnce } from "./many.js";
import { racePreviews } from "./previews.js";
import { startStockServer } from "./stock.js";
import { loadShop, newClient, project } from "./world.js";

const { toy } = parseArgs({ options: { toy: { type: "boolean", default: false } } }).values;
const customers = toy ? 300 : 5_000;
const pageSize = toy ? 100 : 1_000;
const rounds = toy ? 3 : 41;
const now = Date.parse("2026-11-30T12:00:00Z");

const pages: Readonly<Record<string, string>> = {
  [`${pageSize} customers, five fields`]: `{ customers(first: ${pageSize}) { nodes { id sourceId name email ordersCount } } }`,
  [`${pageSize} customers, each with the last three orders`]: `{ customers(first: ${pageSize}) { nodes { id name orders(first: 3) { nodes { id createdAt amount { amount currency } } } } } }`,
};

/** Measures the service and stock Apollo Server in alternation, over one engine. @param what the table's heading. */
async function racePages(engine: Engine, what: string): Promise<void> {
  const server = await startServer({ engine, host: "127.0.0.1", port: 0, project, report: console.error });
  const stock = await startStockServer(engine, project);
  const product = newClient(server.url, project);
  const alternative = newClient(stock.url, project);
  console.log(`\n  product    stock  times  medians in ms, through HTTP, ${what}`);
  for (const [name, query] of Object.entries(pages)) {
    if ((await product.ask(query)) !== (await alternative.ask(query)))
      throw new Error(`${name}: the answers differ`);
    const timed = await race(
      () => product.ask(query),
      () => alternative.ask(query),
      rounds,
    );
    const times = timed.byHand / timed.product;
    console.log(`${row({ ...timed, ratio: times })}  ${name} (goal at least 3)`);
  }
  product.close();
  alternative.close();
  await stock.close();
  await server.close();
}

/** The engine with a store that keeps the pages it has read, so that only the API itself is measured. */
function withKeptPages({ store, ...engine }: Engine): Engine {
  const kept = new Map<string, unknown>();
  const once = <Read extends (...given: never[]) => unknown>(name: string, read: Read): Read =>
    ((...given: never[]) => {
      // The last argument is the options, which hold a signal.
      const key = `${name} ${JSON.stringify(given.slice(0, -1))}`;
      if (!kept.has(key)) kept.set(key, read(...given));
      return kept.get(key);
    }) as Read;
  const { customers, reads } = store;
  const pagesOfCustomers = once(
    "records",
    reads.records.pagesOfCustomers,
  ) as typeof reads.records.pagesOfCustomers;
  return {
    ...engine,
    store: {
      ...store,
      customers: { ...customers, page: once("page", customers.page) },
      reads: { ...reads, records: { ...reads.records, pagesOfCustomers } },
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), "segmentql-bench-api-"));
const store = await openEmbeddedStore(folder);
try {
  await loadShop(store, customers, now);
  const engine: Engine = { store, clock: fixedClock(now) };
  await racePages(engine, "of the embedded store");
  await racePages(withKeptPages(engine), "of documents that are kept: the API itself");
  const server = await startServer({ engine, host: "127.0.0.1", port: 0, project, report: console.error });
  await askManyAtOnce(server.url, { clients: toy ? 20 : 200, seconds: toy ? 2 : 60 });
  await server.close();
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
await racePreviews({ customers: toy ? 500 : 20_000, seconds: toy ? 1 : 10 });
process.exit();
