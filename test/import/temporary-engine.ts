// An engine on an embedded store in a separate folder, for one test.
import { onTestFinished } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { type CollectionName, collections, type DocumentOf } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { documentsIn } from "../store/watched.js";
import { folderOfTest } from "../support/folders.js";

/** A folder that exists until the test is over. */
export async function temporaryFolder(): Promise<string> {
  return folderOfTest();
}

/** @param now what the engine's clock says, as ISO 8601. */
export async function temporaryEngine(now = "2026-11-23T12:00:00Z"): Promise<Engine> {
  return engineIn(await temporaryFolder(), now);
}

export async function engineIn(folder: string, now = "2026-11-23T12:00:00Z"): Promise<Engine> {
  const store = await openEmbeddedStore(folder);
  onTestFinished(() => store.close());
  return { store, clock: fixedClock(Date.parse(now)) };
}

/** All of the project's documents of a collection, by `_id`. */
export async function documents<Name extends CollectionName>(
  engine: Engine,
  collection: Name,
  project = "default",
): Promise<readonly DocumentOf[Name][]> {
  return documentsIn(engine.store, collection, project);
}

/** Everything that the project has. */
export async function everything(
  engine: Engine,
  project = "default",
): Promise<Record<CollectionName, readonly unknown[]>> {
  const all = {} as Record<CollectionName, readonly unknown[]>;
  for (const collection of collections) {
    // Dirty marks are work, not data.
    if (collection !== "changes") all[collection] = await documents(engine, collection, project);
  }
  return all;
}
