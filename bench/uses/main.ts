// Validations a second with 1,000 rules over 10,000 segments. Each validation evaluates the audiences of a campaign's five rules over one
// customer. The alternative is what a rule engine without predicates does: it runs each audience's compiled query on the store for each
// validation, over everyone, to look for the customer among its members; or, at its best, over that customer alone. On the MongoDB that
// MONGODB_URI names, otherwise on the embedded store. `--toy` runs in seconds, to see that it works; its figures mean nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { stopwatch, systemClock } from "../../src/clock.js";
import type { CustomerDocument } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { recentProject } from "../../src/projects/projects.js";
import { readOffer, validateRedemption } from "../../src/promotions/validate.js";
import { recentSegments } from "../../src/query/catalog.js";
import { answerPlan } from "../../src/query/preview.js";
import { audienceText } from "../../src/segments/audience-text.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import type { Store } from "../../src/store/port.js";
import { median } from "../race.js";
import { makeShop, project } from "./shop.js";

const { toy, customers: asked } = parseArgs({
  options: { toy: { type: "boolean", default: false }, customers: { type: "string" } },
}).values;
const size = {
  customers: Number(asked ?? (toy ? 200 : 20_000)),
  segments: toy ? 100 : 10_000,
  rules: toy ? 20 : 1_000,
};
const rounds = toy ? 2 : 9;
/** Validations of a round by the product, and by each alternative. */
const validations = toy ? 20 : 1_000;
const byHandValidations = toy ? 4 : 10;
const goal = 50;
const databaseName = "segmentql_bench_uses";

interface Opened {
  readonly store: Store;
  readonly remove: () => Promise<void>;
}

async function onMongo(uri: string): Promise<Opened> {
  const client = await new MongoClient(uri).connect();
  await client.db(databaseName).dropDatabase();
  const store = await openMongoStore(uri, { database: databaseName, indexes: "wait" });
  return {
    store,
    remove: async () => {
      await store.close();
      await client.db(databaseName).dropDatabase();
      await client.close();
    },
  };
}

async function onEmbedded(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "segmentql-uses-"));
  const store = await openEmbeddedStore(join(folder, "data"));
  return {
    store,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** One validation: of which campaign, and by whom. */
interface Pair {
  readonly campaign: string;
  readonly customer: CustomerDocument;
}

/** Every pair is another one, so that no answer is a repetition. */
function pairsOf(campaigns: readonly string[], people: readonly CustomerDocument[]) {
  let next = 0;
  return (count: number): readonly Pair[] =>
    Array.from({ length: count }, () => {
      next += 1;
      return {
        campaign: campaigns[(next * 31) % campaigns.length]!,
        customer: people[(next * 7) % people.length]!,
      };
    });
}

/** The audience of each rule of a campaign as a plan that was checked before. */
type Audiences = (campaign: string) => Promise<readonly ReturnType<typeof answerPlan>[]>;

function audiencesOf(engine: Engine, asOf: number, only?: CustomerDocument): Audiences {
  return async (campaign) => {
    const offer = await readOffer(engine.store, project, { campaign });
    const segments = await recentSegments(engine, project);
    const catalog = catalogOf(await recentProject(engine, project), segments);
    return offer!.rules.map(({ audience }) => {
      const text = audienceText(audience, segments)!;
      const narrowed = only === undefined ? text : `(${text}) and source_id is "${only.source_id}"`;
      const { plan, canonical } = checkQuery(narrowed, catalog, asOf);
      return answerPlan(engine, plan!, canonical!, { activity: "summary", now: asOf });
    });
  };
}

async function main({ store, remove }: Opened): Promise<void> {
  // A fixed clock, so that all ask about one instant.
  const now = systemClock();
  const engine: Engine = { store, clock: () => now };
  try {
    const elapsed = stopwatch();
    const campaigns = await makeShop(engine, size);
    const people = await store.reads.documents.after(
      "customers",
      project,
      "",
      Math.min(1_000, size.customers),
    );
    console.log(
      `${size.rules.toLocaleString("en")} rules, ${size.segments.toLocaleString("en")} segments, ${size.customers.toLocaleString("en")} customers, made in ${(elapsed() / 1_000).toFixed(0)} s; five rules a validation${toy ? "; a toy run" : ""}\n`,
    );
    const pairs = pairsOf(campaigns, people);
    const byProduct = async ({ campaign, customer }: Pair): Promise<boolean> => {
      const { obstacles } = await validateRedemption(engine, project, {
        target: { campaign },
        person: { customer },
      });
      return !obstacles.some(({ kind }) => kind === "AUDIENCE");
    };
    const times: { product: number; everyone: number; alone: number }[] = [];
    for (let round = 0; round < rounds + 1; round += 1) {
      const time = { product: 0, everyone: 0, alone: 0 };
      const many = pairs(validations);
      let took = stopwatch();
      for (const pair of many) await byProduct(pair);
      time.product = took() / validations;
      for (const pair of pairs(byHandValidations)) {
        const { campaign, customer } = pair;
        const wanted = await byProduct(pair);
        const everyone = await audiencesOf(engine, now)(campaign);
        took = stopwatch();
        const among: boolean[] = [];
        for (const answer of everyone) among.push((await answer.sourceIds()).includes(customer.source_id));
        time.everyone += took() / byHandValidations;
        const alone = await audiencesOf(engine, now, customer)(campaign);
        took = stopwatch();
        const counted: number[] = [];
        for (const answer of alone) counted.push(await answer.count());
        time.alone += took() / byHandValidations;
        const isMember = among.every((each) => each);
        if (isMember !== wanted || counted.every((each) => each === 1) !== wanted)
          throw new Error(`The answers differ for ${customer.source_id} and ${campaign}.`);
      }
      // The first round warms up.
      if (round > 0) times.push(time);
    }
    const of = (part: "product" | "everyone" | "alone") => median(times.map((time) => time[part]));
    const ratio = (part: "everyone" | "alone") => median(times.map((time) => time[part] / time.product));
    const line = (name: string, ms: number, more = "") =>
      console.log(
        `  ${name.padEnd(46)}${ms.toFixed(3).padStart(10)} ms${(1_000 / ms).toFixed(0).padStart(8)}/s${more}`,
      );
    line("the product", of("product"));
    line("each audience's query over everyone", of("everyone"), `  ${ratio("everyone").toFixed(1)} ×`);
    line("each audience's query over that customer alone", of("alone"), `  ${ratio("alone").toFixed(1)} ×`);
    const isMet = ratio("everyone") >= goal;
    console.log(
      `\nthe product's validations a second over those by the segments' queries: ${ratio("everyone").toFixed(1)} × (goal at least ${goal} ×): ${isMet ? "met" : "MISSED"}`,
    );
  } finally {
    await remove();
  }
}

const uri = process.env.MONGODB_URI;
await main(uri === undefined || uri === "" ? await onEmbedded() : await onMongo(uri));
