// An import against bare inserts of the documents that it makes.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { open } from "lmdb";
import { MongoClient } from "mongodb";
import { fixedClock, stopwatch } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { CollectionName } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { shopProject } from "../../src/generate/stock.js";
import { importRecords } from "../../src/import/records.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongo/store.js";

export interface Outcome {
  readonly store: string;
  readonly documents: number;
  readonly importSeconds: number;
  readonly bareSeconds: number;
  readonly bareName: string;
}

type Documents = ReadonlyMap<CollectionName, readonly StoredDocument[]>;

const made: readonly CollectionName[] = ["customers", "orders", "products"];
const batch = 1_000;
/** As the product does on DocumentDB, whose stream of answers to the driver's watching ends every ten seconds. */
const unwatched = { serverMonitoringMode: "poll" } as const;
/** As the embedded store writes. */
const encoding = { cache: false, encoder: { useRecords: false } } as const;

/** On the server that `uri` names, in two databases with the same indexes, which are dropped again. */
export async function mongoContest(uri: string, world: string): Promise<Outcome> {
  const client = await new MongoClient(uri, unwatched).connect();
  const names = [newName(), newName()] as const;
  try {
    const [imported, bare] = [client.db(names[0]), client.db(names[1])];
    const store = await openMongoStore(uri, { database: names[0], indexes: "wait" });
    const importSeconds = await timeImport({ store, clock }, world).finally(() => store.close());
    const documents: Map<CollectionName, StoredDocument[]> = new Map();
    for (const name of made) {
      documents.set(name, await imported.collection<StoredDocument>(name).find().toArray());
    }
    await (await openMongoStore(uri, { database: names[1], indexes: "wait" })).close();
    const elapsed = stopwatch();
    for (const [name, all] of documents) {
      for (let start = 0; start < all.length; start += batch) {
        await bare
          .collection<StoredDocument>(name)
          .insertMany(all.slice(start, start + batch), { ordered: false });
      }
    }
    const { modules } = await client.db("admin").command({ buildInfo: 1 });
    const isDocumentDb = Array.isArray(modules) && modules.includes("documentdb");
    return {
      store: isDocumentDb ? "DocumentDB" : "MongoDB",
      documents: count(documents),
      importSeconds,
      bareSeconds: elapsed() / 1_000,
      bareName: "insertMany",
    };
  } finally {
    for (const name of names) await client.db(name).dropDatabase();
    await client.close();
  }
}

/** On the embedded store, in new folders within `folder`. */
export async function embeddedContest(folder: string, world: string): Promise<Outcome> {
  const store = await openEmbeddedStore(join(folder, "embedded"));
  const documents: Map<CollectionName, readonly StoredDocument[]> = new Map();
  let importSeconds: number;
  try {
    importSeconds = await timeImport({ store, clock }, world);
    for (const name of made) {
      documents.set(name, await store.pipelines.run<StoredDocument>(name, [{ $match: { project } }]));
    }
  } finally {
    await store.close();
  }
  const root = open({
    path: join(folder, "bare"),
    noSubdir: false,
    maxDbs: made.length,
    overlappingSync: false,
  });
  try {
    const elapsed = stopwatch();
    for (const [name, all] of documents) {
      const database = root.openDB<StoredDocument, string>({ name, ...encoding });
      for (let start = 0; start < all.length; start += batch) {
        root.transactionSync(() => {
          for (const document of all.slice(start, start + batch)) database.putSync(document._id, document);
        });
      }
    }
    const bareSeconds = elapsed() / 1_000;
    return {
      store: "the embedded store",
      documents: count(documents),
      importSeconds,
      bareSeconds,
      bareName: "LMDB put",
    };
  } finally {
    await root.close();
  }
}

const project = "default";
const clock = fixedClock(Date.parse("2026-11-23T12:00:00Z"));

/** In seconds. */
async function timeImport(engine: Engine, world: string): Promise<number> {
  await defineProject(engine, project, shopProject);
  const elapsed = stopwatch();
  for (const collection of ["customers", "orders"] as const) {
    const { rejected } = await importRecords(
      engine,
      project,
      collection,
      join(world, `${collection}.ndjson.gz`),
    );
    if (rejected > 0) throw new Error(`${rejected} ${collection} were rejected`);
  }
  return elapsed() / 1_000;
}

function newName(): string {
  return `segmentql_bench_${randomUUID().slice(0, 8)}`;
}

function count(documents: Documents): number {
  return [...documents.values()].reduce((total, all) => total + all.length, 0);
}
