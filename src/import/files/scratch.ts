// A temporary folder for what an import has to sort or count, so that memory does not grow with the file.
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Numbering } from "../../facts/content-key.js";
import { type Connection, openConnection } from "../../store/embedded/adapter.js";
import { openSorter, type Sorter } from "./sorter.js";

export interface Scratch {
  /** @param name unique among the sorters, since it names their files. */
  sorter<Item>(name: string): Sorter<Item>;
  /** Numbers equal records of a collection. */
  numbering(collection: string): Numbering;
  /** Removes everything from disk. */
  remove(): Promise<void>;
}

const prefix = "segmentql-import-";

/** @param folder where to create it; by default in the system's folder for temporary files. */
export async function openScratch(folder: string = tmpdir()): Promise<Scratch> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const path = await mkdtemp(join(folder, `${prefix}${process.pid}-`));
  let numbers: Connection | undefined;
  return {
    sorter: (name) => openSorter(path, name),
    numbering: (collection) => {
      let numbering: Numbering | undefined;
      return (hash) => {
        numbers ??= openNumbers(join(path, "numbers"));
        numbering ??= numberOnDisk(numbers, collection);
        return numbering(hash);
      };
    },
    async remove() {
      numbers?.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** The size of the page cache, in KiB. */
const cacheKiB = 16_000;

/**
 * Opens a database file that is deleted after the import: it needs no journal, and has one transaction, which is never committed.
 */
function openNumbers(file: string): Connection {
  const connection = openConnection(file, 0);
  const settings = ["journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"];
  for (const setting of [...settings, `cache_size = -${cacheKiB}`])
    connection.prepare(`PRAGMA ${setting}`).all([]);
  connection
    .prepare("CREATE TABLE numbers (key TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    .run([]);
  connection.prepare("BEGIN").run([]);
  return connection;
}

function numberOnDisk(numbers: Connection, collection: string): Numbering {
  const next = numbers.prepare(
    "INSERT INTO numbers (key, number) VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET number = number + 1 RETURNING number",
  );
  return (hash) => Number(next.get([`${collection}/${hash}`])?.[0]);
}

/** Removes the folders of killed imports: a folder's name contains the id of its process. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

function isRunning(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    // Any error but "no such process" means that the process exists, as another user's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
