// The process that memory.ts measures: imports one file, and prints what memory that took.
import { randomUUID } from "node:crypto";
import { MongoClient } from "mongodb";
import { fixedClock, stopwatch } from "../../src/clock.js";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { openInputFile } from "../../src/import/files/input-file.js";
import { importFile } from "../../src/import/import-file.js";
import { questionsByPipelines } from "../../src/store/mongo/questions.js";
import { readsByPipelines } from "../../src/store/mongo/reads/reads.js";
import type { PipelineRunner } from "../../src/store/mongo/run.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import type { Store, Transaction } from "../../src/store/port.js";
import { heapWatch, printMemory } from "./measured.js";

const [file, uri] = process.argv.slice(2);

/** A store that accepts everything and keeps only the definition, and the latest customers, which their orders look up. */
function forgetfulStore(): Store {
  const customers = new Map<string, unknown>();
  let definition: ProjectDocument | undefined;
  const transaction: Transaction = {
    getMany: async (collection, ids) =>
      ids.map((id) => (collection === "customers" ? customers.get(id) : undefined)) as never,
    recordsOf: async () => new Map(),
    put: async (collection, documents) => {
      if (collection !== "customers") return;
      for (const document of documents) customers.set(document._id, document);
      for (const id of customers.keys()) {
        if (customers.size <= 4_000) break;
        customers.delete(id);
      }
    },
    remove: async () => undefined,
  };
  const nothing: PipelineRunner = {
    run: async () => [],
    explain: async () => ({ steps: [], indexes: [] }),
    sortedPageSize: 1_000,
  };
  return {
    capabilities: { name: "memory", concurrentWrites: 4 },
    customers: questionsByPipelines(nothing),
    reads: readsByPipelines(nothing, async (ids) => ids.map(() => undefined)),
    getMany: async (collection, ids) =>
      ids.map(() => (collection === "projects" ? definition : undefined)) as never,
    write: (work) => work(transaction),
    writeDefinition: async (written) => {
      definition = written;
    },
    close: async () => undefined,
  };
}

async function main(path: string): Promise<void> {
  const stopWatching = heapWatch();
  const database = `segmentql_bench_${randomUUID().slice(0, 8)}`;
  const store =
    uri === undefined ? forgetfulStore() : await openMongoStore(uri, { database, indexes: "none" });
  const elapsed = stopwatch();
  const engine = { store, clock: fixedClock(Date.parse("2026-11-23T12:00:00Z")) };
  try {
    const { rejected } = await importFile(engine, "default", await openInputFile(path), {});
    if (rejected > 0) throw new Error(`${rejected} were rejected`);
  } finally {
    await store.close();
    if (uri !== undefined) await drop(uri, database);
  }
  printMemory(stopWatching(), elapsed());
}

async function drop(server: string, database: string): Promise<void> {
  const client = await new MongoClient(server).connect();
  await client.db(database).dropDatabase();
  await client.close();
}

await main(file!);
