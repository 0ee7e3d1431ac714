// Previews a second, through HTTP, against the bare driver running the same pipeline, both with as many requests at once.
import { MongoClient } from "mongodb";
import { stopwatch, systemClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { startServer } from "../../src/http/server.js";
import { previewSegment } from "../../src/query/preview.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { definition } from "../embedded/world.js";
import { loadShop } from "../preview/load.js";
import { newClient, project } from "./world.js";

const databaseName = "segmentql_bench_api";
const atOnce = 8;
const preview = "query ($query: String!) { segmentPreview(query: $query) { valid count } }";
const questions: readonly string[] = [
  "country is Poland",
  "email ends with .uk and source is Mailchimp",
  "total amount of customer orders is more than $5000 and country is Germany",
];

export async function racePreviews(size: {
  readonly customers: number;
  readonly seconds: number;
}): Promise<void> {
  const uri = process.env.MONGODB_URI;
  if (uri === undefined || uri === "") {
    console.log("\nPreviews against the bare driver were skipped: set MONGODB_URI.");
    return;
  }
  const client = await new MongoClient(uri, { serverMonitoringMode: "poll" }).connect();
  const database = client.db(databaseName);
  await database.dropDatabase();
  const store = await openMongoStore(uri, { database: databaseName, indexes: "wait" });
  try {
    const now = systemClock();
    await loadShop(database, definition, size.customers, now, () => undefined);
    const engine: Engine = { store, clock: () => now };
    const server = await startServer({ engine, host: "127.0.0.1", port: 0, project, report: console.error });
    const asker = newClient(server.url, project, atOnce);
    console.log(
      `\n  product   driver  ratio  previews a second, of ${size.customers} customers, ${atOnce} at once`,
    );
    for (const query of questions) {
      const { answer } = await previewSegment(engine, project, { query });
      if (answer === undefined) throw new Error(`${query} is wrong`);
      const pipeline = [...(await answer.pipeline()), { $count: "count" }];
      const customers = database.collection("customers");
      const bare = async (): Promise<number> =>
        (await customers.aggregate<{ count: number }>(pipeline as never).toArray())[0]?.count ?? 0;
      const product = async (): Promise<number> =>
        JSON.parse(await asker.ask(preview, { query })).data.segmentPreview.count;
      if ((await product()) !== (await bare())) throw new Error(`${query}: the counts differ`);
      // In alternation, so that other load on the machine affects both.
      const rates = { product: 0, bare: 0 };
      for (let turn = 0; turn < 4; turn += 1) {
        rates.product += (await perSecond(product, size.seconds / 4)) / 4;
        rates.bare += (await perSecond(bare, size.seconds / 4)) / 4;
      }
      const ratio = rates.product / rates.bare;
      console.log(
        `${rates.product.toFixed(0).padStart(9)}${rates.bare.toFixed(0).padStart(9)}${ratio.toFixed(2).padStart(7)}  ${query} (goal at least 0.5)`,
      );
    }
    asker.close();
    await server.close();
  } finally {
    await store.close();
    await database.dropDatabase();
    await client.close();
  }
}

async function perSecond(work: () => Promise<unknown>, seconds: number): Promise<number> {
  const elapsed = stopwatch();
  let done = 0;
  const one = async (): Promise<void> => {
    while (elapsed() < seconds * 1_000) {
      await work();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return done / (elapsed() / 1_000);
}
