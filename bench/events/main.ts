// Questions about 2,000,000 events of 200,000 customers on MongoDB: the product's whole way from the sentence to the count,
// against the pipeline that joins everything, and against the best one written by hand. `--toy` runs on 300 customers, to see
// that it works; its figures mean nothing. Needs MONGODB_URI; without it, says so and ends.
import { parseArgs } from "node:util";
import { type Db, MongoClient } from "mongodb";
import { stopwatch, systemClock } from "../../src/clock.js";
import type { ProjectDocument } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { shopProject } from "../../src/generate/stock.js";
import { eventStrategies } from "../../src/pipeline/compile.js";
import { previewSegment } from "../../src/query/preview.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { clauseQuestions, countClauses } from "../clauses.js";
import { loadShop } from "../preview/load.js";
import { median, race, row, type Timed, timeOf } from "../race.js";
import { eventSchemas, loadEvents } from "./load.js";
import { type Question, questions } from "./questions.js";
import { sequences } from "./sequences.js";

const {
  toy,
  customers: asked,
  ways,
} = parseArgs({
  options: {
    toy: { type: "boolean", default: false },
    customers: { type: "string" },
    // Times every strategy, besides the one that is chosen.
    ways: { type: "boolean", default: false },
  },
}).values;
const customers = Number(asked ?? (toy ? 300 : 200_000));
const events = customers * 10;
const rounds = toy ? 3 : 7;
const project = "bench";
const databaseName = "segmentql_bench_events";

async function main(uri: string): Promise<void> {
  const client = await new MongoClient(uri).connect();
  const database = client.db(databaseName);
  await database.dropDatabase();
  const store = await openMongoStore(uri, { database: databaseName, indexes: "wait" });
  try {
    const now = systemClock();
    await load(database, now);
    console.log(
      `${customers.toLocaleString("en")} customers, ${events.toLocaleString("en")} events, ${rounds} rounds, medians in ms${toy ? "; a toy run" : ""}\n`,
    );
    // A fixed clock, so that all ask about one instant.
    const engine: Engine = { store, clock: () => now };
    const timings: { readonly best: Timed; readonly naive: number }[] = [];
    console.log("  product  by hand  ratio    naive  times  members  question");
    for (const question of [...questions, ...sequences])
      timings.push(await ask(engine, database, question, new Date(now)));
    console.log("  clauses    count  ratio  every clause with its counts");
    for (const text of clauseQuestions) {
      const all = () => countClauses(engine, project, text);
      const one = async () => (await previewSegment(engine, project, { query: text })).answer?.count();
      console.log(`${row(await race(all, one, rounds))}  ${text}`);
    }
    const ratios = timings.map(({ best }) => best.ratio);
    const gains = timings.map(({ best, naive }) => naive / best.product);
    console.log(
      `\nagainst the best by hand: worst ${Math.max(...ratios).toFixed(2)}, median ${median(ratios).toFixed(2)} (goal at most 1.2)`,
    );
    console.log(
      `against joining everything: least ${Math.min(...gains).toFixed(1)} times as fast, median ${median(gains).toFixed(1)} (goal at least 5)`,
    );
  } finally {
    await store.close();
    await database.dropDatabase();
    await client.close();
  }
}

async function load(database: Db, now: number): Promise<void> {
  const elapsed = stopwatch();
  const definition: ProjectDocument = {
    _id: project,
    project,
    orderMetadataSchema: {},
    ...shopProject,
    eventSchemas,
  };
  const reporter = (what: string) => {
    let reported = 0;
    return (done: number): void => {
      if (done - reported < 100_000) return;
      reported = done;
      console.log(`${done.toLocaleString("en")} ${what} loaded in ${Math.round(elapsed() / 1000)} s`);
    };
  };
  await loadShop(database, definition, customers, now, reporter("customers"));
  const ids = await database
    .collection("customers")
    .find({ project }, { projection: { source_id: 1 } })
    .map(({ source_id }) => String(source_id))
    .toArray();
  await loadEvents(database, definition, ids.sort(), events, now, reporter("events"));
}

async function ask(
  engine: Engine,
  database: Db,
  question: Question,
  now: Date,
): Promise<{ readonly best: Timed; readonly naive: number }> {
  const product = async (): Promise<number> => {
    const { answer } = await previewSegment(engine, project, { query: question.text });
    if (answer === undefined) throw new Error(`${question.text} is wrong`);
    return answer.count();
  };
  const run = async (collection: string, pipeline: readonly object[]): Promise<number> => {
    const [found] = await database
      .collection(collection)
      .aggregate<{ count: number }>([...pipeline])
      .toArray();
    return found?.count ?? 0;
  };
  const { collection, pipeline } = question.byHand(now);
  const byHand = () => run(collection, pipeline);
  const members = await product();
  const wanted = await byHand();
  let joined = 0;
  // Measured once: joining everything takes long.
  const naive = await timeOf(async () => {
    joined = await run("customers", question.naive(now));
  });
  if (members !== wanted || members !== joined) {
    throw new Error(
      `${question.text}: ${members} and, by hand, ${wanted}, and by joining everything ${joined}`,
    );
  }
  const best = await race(product, byHand, rounds);
  const gain = (naive / best.product).toFixed(1).padStart(7);
  console.log(
    `${row(best)}${naive.toFixed(0).padStart(9)}${gain}  ${String(members).padStart(7)}  ${question.text}`,
  );
  if (ways) await timeStrategies(engine, question.text);
  return { best, naive };
}

/** The time of each strategy that the query allows. */
async function timeStrategies(engine: Engine, query: string): Promise<void> {
  for (const strategy of eventStrategies) {
    const { answer } = await previewSegment(engine, project, { query, strategy });
    // A strategy that the query doesn't allow is refused.
    const taken = await timeOf(async () => answer?.count()).catch(() => undefined);
    console.log(`${" ".repeat(36)}${strategy}: ${taken === undefined ? "can't" : `${taken.toFixed(0)} ms`}`);
  }
}

const uri = process.env.MONGODB_URI;
if (uri === undefined || uri === "") {
  console.log(
    "bench/events was skipped: set MONGODB_URI to a MongoDB, as mongodb://127.0.0.1:27017/?replicaSet=rs0.",
  );
} else {
  await main(uri);
}
