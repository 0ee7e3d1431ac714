// Twelve questions over 200,000 customers on MongoDB: the product's whole way from the sentence to the count, against the
// best pipeline written by hand; and the page of the first 100 against the bare driver's. `--toy` runs on 500 customers, to
// see that it works; its figures mean nothing. Needs MONGODB_URI; without it, says so and ends.
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { stopwatch, systemClock } from "../../src/clock.js";
import type { ProductDocument, ProjectDocument } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { shopProject } from "../../src/generate/stock.js";
import { previewSegment } from "../../src/query/preview.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { median, race, row, type Timed } from "../race.js";
import { loadShop } from "./load.js";
import { type Question, questions } from "./questions.js";

const { toy, customers: asked } = parseArgs({
  options: { toy: { type: "boolean", default: false }, customers: { type: "string" } },
}).values;
const customers = Number(asked ?? (toy ? 500 : 200_000));
const rounds = toy ? 3 : 15;
const project = "bench";
const databaseName = "segmentql_bench_preview";

/** As the product does on DocumentDB, which ends the driver's monitoring stream every ten seconds. */
const unwatched = { serverMonitoringMode: "poll" } as const;

async function main(uri: string): Promise<void> {
  const client = await new MongoClient(uri, unwatched).connect();
  const database = client.db(databaseName);
  await database.dropDatabase();
  const store = await openMongoStore(uri, { database: databaseName, indexes: "wait" });
  try {
    const now = systemClock();
    const elapsed = stopwatch();
    const definition: ProjectDocument = { _id: project, project, orderMetadataSchema: {}, ...shopProject };
    let counted = 0;
    await loadShop(database, definition, customers, now, (done) => {
      if (done - counted < 50_000) return;
      counted = done;
      console.log(`${done.toLocaleString("en")} customers loaded in ${Math.round(elapsed() / 1000)} s`);
    });
    console.log(
      `${customers.toLocaleString("en")} customers, ${rounds} rounds, medians in ms${toy ? "; a toy run" : ""}\n`,
    );
    // A fixed clock, so that both ask about one instant.
    const engine: Engine = { store, clock: () => now };
    const products = await database
      .collection<ProductDocument>("products")
      .find({ project, "text.name": { $regex: "macbookair" } })
      .toArray();
    const keys = products.map(({ key }) => key);
    const ratios: number[] = [];
    console.log("  product  by hand  ratio  members  question");
    for (const question of questions)
      ratios.push((await ask(engine, client, question, new Date(now), keys)).ratio);
    console.log(
      `\nworst ratio ${Math.max(...ratios).toFixed(2)}, median ${median(ratios).toFixed(2)} (goal at most 1.2)`,
    );
    await askPage(engine, client);
  } finally {
    await store.close();
    await database.dropDatabase();
    await client.close();
  }
}

async function ask(
  engine: Engine,
  client: MongoClient,
  question: Question,
  now: Date,
  keys: readonly string[],
): Promise<Timed> {
  const collection = client.db(databaseName).collection("customers");
  const filter = { project, ...question.byHand(now, keys) };
  const product = async (): Promise<number> => {
    const { answer } = await previewSegment(engine, project, { query: question.text });
    if (answer === undefined) throw new Error(`${question.text} is wrong`);
    return answer.count();
  };
  const byHand = async (): Promise<number> => {
    const [row] = await collection
      .aggregate<{ count: number }>([{ $match: filter }, { $count: "count" }])
      .toArray();
    return row?.count ?? 0;
  };
  const members = await product();
  const wanted = await byHand();
  if (members !== wanted) throw new Error(`${question.text}: ${members} and, by hand, ${wanted}`);
  const timed = await race(product, byHand, rounds);
  const { answer } = await previewSegment(engine, project, { query: question.text });
  const { indexes } = (await answer?.explain()) ?? { indexes: [] };
  console.log(
    `${row(timed)}  ${String(members).padStart(7)}  ${question.text}\n${" ".repeat(36)}by ${indexes.join(", ") || "no index"}`,
  );
  return timed;
}

async function askPage(engine: Engine, client: MongoClient): Promise<void> {
  const collection = client.db(databaseName).collection("customers");
  const query = "country is Poland";
  const product = async (): Promise<unknown> => {
    const { answer } = await previewSegment(engine, project, { query });
    return answer?.customers({ first: 100 });
  };
  const bare = () =>
    collection.find({ project, "facts.country": "PL" }).sort({ source_id: 1 }).limit(101).toArray();
  console.log(
    `\n${row(await race(product, bare, rounds))}  the first 100 of \`${query}\`, and the bare driver's (goal at most 1.5)`,
  );
}

const uri = process.env.MONGODB_URI;
if (uri === undefined || uri === "") {
  console.log(
    "bench/preview was skipped: set MONGODB_URI to a MongoDB, as mongodb://127.0.0.1:27017/?replicaSet=rs0.",
  );
} else {
  await main(uri);
}
