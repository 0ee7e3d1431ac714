// A place on disk for what an import has to sort or count, so that memory does not grow with the file.
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, open, type RootDatabase } from "lmdb";
import type { Numbering } from "../../facts/content-key.js";
import { openSorter, type Sorter } from "./sorter.js";

export interface Scratch {
  /** @param name is unique among the sorters: it names their files. */
  sorter<Item>(name: string): Sorter<Item>;
  /** Numbers equal records of a collection. */
  numbering(collection: string): Numbering;
  /** Removes everything from disk. */
  remove(): Promise<void>;
}

const prefix = "segmentql-import-";
const maxPending = 10_000;

/** @param folder where to make it; by default the system's folder for temporary files. */
export async function openScratch(folder: string = tmpdir()): Promise<Scratch> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const path = await mkdtemp(join(folder, `${prefix}${process.pid}-`));
  let root: RootDatabase | undefined;
  const numbers = () => {
    // It is thrown away after the import, and after a crash: nothing in it needs to survive one.
    root ??= open({ path: join(path, "numbers"), maxDbs: 1, noSync: true, overlappingSync: false });
    return root.openDB<number, string>({ name: "numbers" });
  };
  return {
    sorter: (name) => openSorter(path, name),
    numbering: (collection) => {
      let numbering: Numbering | undefined;
      return (hash) => {
        if (numbering === undefined) {
          const database = numbers();
          numbering = numberOnDisk(root!, database, collection);
        }
        return numbering(hash);
      };
    },
    async remove() {
      await root?.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

function numberOnDisk(root: RootDatabase, numbers: Database<number, string>, collection: string): Numbering {
  const pending = new Map<string, number>();
  return (hash) => {
    const key = `${collection}/${hash}`;
    const number = (pending.get(key) ?? numbers.get(key) ?? 0) + 1;
    pending.set(key, number);
    if (pending.size >= maxPending) {
      root.transactionSync(() => {
        for (const [each, value] of pending) numbers.putSync(each, value);
      });
      pending.clear();
    }
    return number;
  };
}

/** Removes the folders of imports that were killed: a folder's name has the id of its process. */
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
    // Anything but "no such process" means that there is one, of somebody else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
