// The conformance world in the embedded store. A process imports it once and copies it to whatever needs it.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fixedClock } from "../../src/clock.js";
import { importFolder } from "../../src/import/folder.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { folderOfProcess } from "./folders.js";

/** The instant that the world is asked about. */
export const worldAsOf = "2026-11-23T12:00:00.000Z";
export const worldFolder = fileURLToPath(new URL("../conformance/", import.meta.url));

let imported: Promise<string> | undefined;

async function importWorld(): Promise<string> {
  const folder = folderOfProcess();
  const store = await openEmbeddedStore(folder);
  const engine = { store, clock: fixedClock(Date.parse(worldAsOf)) };
  const { rejected } = await importFolder(engine, "default", worldFolder, {});
  if (rejected > 0) throw new Error(`${rejected} records of the world were rejected.`);
  await store.close();
  return folder;
}

/** Makes a data folder that holds the world, in the project `default`, at a path at which there is nothing yet. */
export async function copyWorldTo(data: string): Promise<void> {
  imported ??= importWorld();
  cpSync(await imported, data, { recursive: true });
}
