// The process that memory.ts measures for a round trip: imports one file into a project, exports the project, imports the export into
// a second store, and compares every document of the two.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { MongoClient } from "mongodb";
import { fixedClock, stopwatch } from "../../src/clock.js";
import { type CollectionName, collections } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { exportProject } from "../../src/export/export.js";
import { openInputFile } from "../../src/import/files/input-file.js";
import { importFolder } from "../../src/import/folder.js";
import { importFile } from "../../src/import/import-file.js";
import { findProject } from "../../src/projects/projects.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { pagesOf } from "../../src/store/pages.js";
import { heapWatch, printMemory } from "./measured.js";

const project = "default";
const [file, uri] = process.argv.slice(2);

/** Two engines on new stores, and what removes these. */
async function twoEngines(folder: string) {
  const clock = fixedClock(Date.parse("2026-11-23T12:00:00Z"));
  const names = [1, 2].map(() => `segmentql_bench_${randomUUID().slice(0, 8)}`);
  const stores = await Promise.all(
    names.map((name) =>
      uri === undefined
        ? openEmbeddedStore(join(folder, name))
        : openMongoStore(uri, { database: name, indexes: "none" }),
    ),
  );
  const remove = async (): Promise<void> => {
    for (const store of stores) await store.close();
    if (uri === undefined) return;
    const client = await new MongoClient(uri).connect();
    for (const name of names) await client.db(name).dropDatabase();
    await client.close();
  };
  return { engines: stores.map((store): Engine => ({ store, clock })) as [Engine, Engine], remove };
}

/** The number of documents that two projects have alike. @throws Error at the first that differs. */
async function sameDocuments(one: Engine, other: Engine): Promise<number> {
  const definitions = [await findProject(one, project), await findProject(other, project)];
  if (!isDeepStrictEqual(definitions[0], definitions[1])) throw new Error("the definitions differ");
  let same = 0;
  // Dirty marks are work, not data.
  for (const name of collections.filter((each): each is CollectionName => each !== "changes")) {
    const others = pagesOf(other.store, name, project);
    for await (const page of pagesOf(one.store, name, project)) {
      const found = (await others.next()).value ?? [];
      for (const [at, document] of page.entries()) {
        if (!isDeepStrictEqual(found[at], document))
          throw new Error(`${name} differ: ${JSON.stringify(document)} became ${JSON.stringify(found[at])}`);
      }
      if (found.length !== page.length) throw new Error(`there are more ${name} than were exported`);
      same += page.length;
    }
    if ((await others.next()).done !== true) throw new Error(`there are more ${name} than were exported`);
  }
  return same;
}

async function main(path: string): Promise<void> {
  const stopWatching = heapWatch();
  const folder = mkdtempSync(join(dirname(path), "round-trip-"));
  const { engines, remove } = await twoEngines(folder);
  const [from, to] = engines;
  const elapsed = stopwatch();
  let documents: number;
  try {
    const exported = join(folder, "exported");
    const first = await importFile(from, project, await openInputFile(path), {});
    await exportProject(from, project, exported);
    const second = await importFolder(to, project, exported);
    if (first.rejected + second.rejected > 0) throw new Error("some were rejected");
    documents = await sameDocuments(from, to);
  } finally {
    await remove();
    rmSync(folder, { recursive: true, force: true });
  }
  printMemory(stopWatching(), elapsed(), documents);
}

await main(file!);
