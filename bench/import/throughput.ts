// An import against bare inserts of the documents that it makes.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { fixedClock, stopwatch } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { CollectionName } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { shopProject } from "../../src/generate/stock.js";
import { importRecords } from "../../src/import/records.js";
import { openConnection } from "../../src/store/embedded/adapter.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { pagesOf } from "../../src/store/pages.js";

export interface Outcome {
  readonly store: string;
  readonly documents: number;
  readonly importSeconds: number;
  readonly bareSeconds: number;
  /** Processor time of this process, in seconds, which other work on the machine changes less; absent if a server does the work. */
  readonly processor?: { readonly importSeconds: number; readonly bareSeconds: number };
  readonly bareName: string;
  /** Copying the rows that the import made, in the same tables with the same indexes, a thousand at a time; absent on MongoDB. */
  readonly sameRows?: { readonly seconds: number; readonly processor: number };
}

type Documents = ReadonlyMap<CollectionName, readonly StoredDocument[]>;

const made: readonly CollectionName[] = ["customers", "orders", "products"];
const batch = 1_000;
/** As the product does on DocumentDB, which ends the driver's monitoring stream every ten seconds. */
const unwatched = { serverMonitoringMode: "poll" } as const;
/** On the server that `uri` names, in two databases with the same indexes, which are dropped afterwards. */
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
  let importProcessor: number;
  try {
    const used = processorStopwatch();
    importSeconds = await timeImport({ store, clock }, world);
    importProcessor = used();
    for (const name of made) {
      const all: StoredDocument[] = [];
      for await (const page of pagesOf(store, name, project)) all.push(...page);
      documents.set(name, all);
    }
  } finally {
    await store.close();
  }
  const sameRows = await copyRows(join(folder, "embedded", "segmentql.db"), join(folder, "same-rows.db"));
  const bare = openConnection(join(folder, "bare.db"), 0);
  try {
    const [elapsed, used] = [stopwatch(), processorStopwatch()];
    await bare.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    for (const [name, all] of documents) {
      await bare.exec(`CREATE TABLE ${name} (id TEXT PRIMARY KEY, document TEXT)`);
      const insert = bare.prepare(`INSERT INTO ${name} VALUES (?, ?)`);
      for (let start = 0; start < all.length; start += batch) {
        await bare.exec("BEGIN");
        for (const document of all.slice(start, start + batch))
          insert.run([document._id, JSON.stringify(document)]);
        await bare.exec("COMMIT");
      }
    }
    return {
      store: "the embedded store",
      documents: count(documents),
      importSeconds,
      bareSeconds: elapsed() / 1_000,
      processor: { importSeconds: importProcessor, bareSeconds: used() },
      bareName: "SQLite INSERT",
      sameRows,
    };
  } finally {
    bare.close();
  }
}

/**
 * Copies every row of a file to a new one with the same tables and indexes: what SQLite alone takes for an import that writes each
 * row once.
 */
async function copyRows(from: string, to: string): Promise<NonNullable<Outcome["sameRows"]>> {
  const connection = openConnection(to, 0);
  try {
    await connection.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -64000; ATTACH '${from}' AS source`,
    );
    const schema = await connection.rows(
      "SELECT type, name, sql FROM source.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
      [],
    );
    for (const [, , text] of schema) await connection.exec(String(text));
    const [elapsed, used] = [stopwatch(), processorStopwatch()];
    for (const [type, name] of schema) {
      if (type !== "table") continue;
      const total = Number(connection.prepare(`SELECT count(*) FROM source.${name}`).get([])?.[0]);
      for (let start = 0; start < total; start += batch)
        await connection.exec(
          `INSERT INTO main.${name} SELECT * FROM source.${name} LIMIT ${batch} OFFSET ${start}`,
        );
    }
    return { seconds: elapsed() / 1_000, processor: used() };
  } finally {
    connection.close();
  }
}

const project = "default";
const clock = fixedClock(Date.parse("2026-11-23T12:00:00Z"));

/** Starts to count this process's processor time; the function returns it in seconds. */
function processorStopwatch(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
}

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
