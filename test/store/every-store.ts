// The stores that the port's suites run on, and small documents for them. The embedded store always; MongoDB on the server
// that MONGODB_URI names, else on one that mongodb-memory-server starts from the mongod that MONGOMS_SYSTEM_BINARY names or
// that it downloads where MONGOMS_RUNTIME_DOWNLOAD=1 allows it.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient, MongoServerError } from "mongodb";
import { MongoBinary, MongoMemoryReplSet } from "mongodb-memory-server";
import type { CollectionName, DocumentOf } from "../../src/documents/collections.js";
import type { Filter } from "../../src/operators/encodings/encoding.js";
import type { Pipeline } from "../../src/pipeline/stage.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import type { PipelineRunner } from "../../src/store/mongo/run.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import type { Store } from "../../src/store/port.js";
import type { ReadOptions } from "../../src/store/read-options.js";
import { mingoStore } from "../mingo/store.js";

export interface StoreUnderTest {
  readonly name: string;
  /** Names a new, empty place for data. */
  readonly place: () => string;
  readonly open: (place: string) => Promise<Store>;
  /** Removes a place, whose store is closed. */
  readonly destroy: (place: string) => Promise<void>;
  /** True on DocumentDB, which differs from MongoDB here and there. */
  readonly isDocumentDb: boolean;
}

/** The URI of a MongoDB server to test on, or why there is none. */
async function findMongo(): Promise<{ readonly uri: string } | { readonly reason: string }> {
  if (process.env.MONGODB_URI) return { uri: process.env.MONGODB_URI };
  // Offline, a download fails after many seconds only; what is forbidden fails at once.
  process.env.MONGOMS_RUNTIME_DOWNLOAD ??= "0";
  try {
    // Asked first, because the server's own failure prints pages.
    await MongoBinary.getPath({});
    // One for all files of this worker: mongodb-memory-server's own watcher ends it once the worker is gone.
    const server = await MongoMemoryReplSet.create({ replSet: { count: 1, storageEngine: "wiredTiger" } });
    return { uri: server.getUri() };
  } catch (error) {
    return { reason: error instanceof Error ? error.message.split("\n")[0]! : String(error) };
  }
}

const mongo = await findMongo();

/** The server that the suites run on; undefined if there is none. */
export const mongoUri = "uri" in mongo ? mongo.uri : undefined;

/** One line that says why MongoDB is left out, and how to have it; undefined if it is not. */
export const mongoLeftOut =
  "uri" in mongo
    ? undefined
    : `MongoDB was left out of the tests (${mongo.reason}). To run them on it, set MONGODB_URI to a replica set's, or ` +
      "MONGOMS_SYSTEM_BINARY to a mongod, or MONGOMS_RUNTIME_DOWNLOAD=1 to have one downloaded.";

/** A unique database name: several test files share the server. */
export function newDatabaseName(): string {
  return `segmentql_test_${randomUUID().replaceAll("-", "")}`;
}

const maxDrops = 20;

/** Drops a database of a test. The last command of a process that was killed may still run: DocumentDB refuses to drop meanwhile. */
export async function dropDatabase(uri: string, name: string): Promise<void> {
  const client = new MongoClient(uri);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.db(name).dropDatabase();
        return;
      } catch (error) {
        const isBusy = error instanceof MongoServerError && /concurrently updated/.test(error.message);
        if (!isBusy || attempt === maxDrops) throw error;
        await wait(500);
      }
    }
  } finally {
    await client.close();
  }
}

async function isDocumentDb(uri: string): Promise<boolean> {
  const client = new MongoClient(uri);
  try {
    const { modules } = await client.db("admin").command({ buildInfo: 1 });
    return Array.isArray(modules) && modules.includes("documentdb");
  } finally {
    await client.close();
  }
}

const embedded: StoreUnderTest = {
  name: "embedded",
  place: () => join(mkdtempSync(join(tmpdir(), "segmentql-store-")), `data.${randomUUID()}`),
  open: openEmbeddedStore,
  destroy: async (place) => rmSync(join(place, ".."), { recursive: true, force: true }),
  isDocumentDb: false,
};

/** A place is a database's name. Without indexes, whose making takes seconds; mongo-indexes.test.ts is about these. */
async function mongoStore(uri: string): Promise<StoreUnderTest> {
  return {
    name: "mongodb",
    place: newDatabaseName,
    open: (database) => openMongoStore(uri, { database, indexes: "none" }),
    destroy: (database) => dropDatabase(uri, database),
    isDocumentDb: await isDocumentDb(uri),
  };
}

const onMongo = mongoUri === undefined ? [] : [await mongoStore(mongoUri)];

export const everyStore: readonly StoreUnderTest[] = [embedded, ...onMongo];

/** mingo runs pipelines in this process: a store that is no part of the product. */
const mingo: StoreUnderTest = {
  name: "mingo",
  place: () => "memory",
  open: async () => mingoStore(),
  destroy: async () => undefined,
  isDocumentDb: false,
};

/** Every store, and mingo. */
export const everyEvaluatingStore: readonly StoreUnderTest[] = [embedded, mingo, ...onMongo];

/** The stores that run pipelines. */
export const pipelineStores: readonly StoreUnderTest[] = [mingo, ...onMongo];

/** A document with only the fields that a test is about. */
export function document<Name extends CollectionName>(
  _collection: Name,
  id: string,
  fields: Readonly<Record<string, unknown>> = {},
  project = "shop",
): DocumentOf[Name] {
  return { _id: id, project, ...fields } as unknown as DocumentOf[Name];
}

/** What runs pipelines on a store that does. */
export function pipelinesOf(store: Store): PipelineRunner {
  const { pipelines } = store as { readonly pipelines?: PipelineRunner };
  if (pipelines === undefined) throw new Error(`The ${store.capabilities.name} store runs no pipelines.`);
  return pipelines;
}

/** Puts documents of one collection, in one transaction. */
export async function put<Name extends CollectionName>(
  store: Store,
  collection: Name,
  documents: readonly DocumentOf[Name][],
): Promise<void> {
  await store.write((transaction) => transaction.put(collection, documents));
}

/** Runs a pipeline behind `{ $match: { project: "shop" } }`. */
export async function rows(
  store: Store,
  collection: CollectionName,
  pipeline: Pipeline,
  options?: ReadOptions,
): Promise<readonly unknown[]> {
  return pipelinesOf(store).run(collection, [{ $match: { project: "shop" } }, ...pipeline], options);
}

/** The ids of the documents that a condition holds of, sorted. */
export async function idsWhere(
  store: Store,
  collection: CollectionName,
  condition: Filter,
): Promise<string[]> {
  const found = await pipelinesOf(store).run<{ _id: string }>(collection, [
    { $match: { project: "shop" } },
    { $match: condition },
    { $project: { _id: 1 } },
  ]);
  return found.map(({ _id }) => _id).sort();
}
