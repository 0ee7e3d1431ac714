// The LMDB side of the embedded store: one environment in the data folder, a named database per collection, and one
// (`meta`) for the format and the owner. Values are plain msgpack, each whole by itself.
import { closeSync, mkdirSync, openSync, readSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { type Database as Lmdb, open, type RootDatabase } from "lmdb";
import { type CollectionName, collections, formatVersion } from "../../documents/collections.js";
import type { StoredDocument } from "../../documents/documents.js";
import { refusedFormat } from "../format.js";
import { StoreError } from "../port.js";
import { isRunning, type Owner, thisOwner } from "./owner.js";

/** A write of one transaction: the document that now stands under the id, or null where it is gone. */
export interface DatabaseWrite {
  readonly collection: CollectionName;
  readonly id: string;
  readonly document: StoredDocument | null;
}

export interface Database {
  /** Every document kept. */
  readonly load: (take: (collection: CollectionName, document: StoredDocument) => void) => void;
  /** Keeps all changes, durably, before it returns; or none, and throws. */
  readonly commit: (changes: readonly DatabaseWrite[]) => void;
  /** Gives the folder back. */
  readonly close: () => Promise<void>;
}

const encoding = { cache: false, encoder: { useRecords: false } } as const;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unavailable(folder: string, error: unknown): StoreError {
  return new StoreError(
    "UNAVAILABLE",
    `The data folder ${folder} can't be opened: ${messageOf(error)}. Check that it is a folder this user may write to, ` +
      "or use another one.",
    { cause: error },
  );
}

function locked(folder: string, pid: number): StoreError {
  return new StoreError(
    "LOCKED",
    `The data folder ${folder} is in use by process ${pid}. Stop that process first, or use another folder.`,
  );
}

/**
 * Refuses a data file that LMDB did not begin: it would crash the process. LMDB's mark follows a page header of 24 bytes
 * (mdb.c, MDB_meta.mm_magic); an empty file is one that was made and not begun.
 */
function assertDataFile(path: string): void {
  const file = openSync(join(path, "data.mdb"), "a+");
  try {
    const beginning = Buffer.alloc(28);
    const length = readSync(file, beginning, 0, beginning.length, 0);
    if (length > 0 && beginning.readUInt32LE(24) !== 0xbeefc0de)
      throw new Error("its data.mdb is no data file");
  } finally {
    closeSync(file);
  }
}

/** Takes the folder for this process, or says why not. Nothing is written in a folder of another format. */
function claim(folder: string, root: RootDatabase, meta: Lmdb<unknown, string>): StoreError | undefined {
  return root.transactionSync(() => {
    const owner = meta.get("owner") as Owner | undefined;
    if (owner !== undefined && isRunning(owner)) return locked(folder, owner.pid);
    const format = (meta.get("format") as number | undefined) ?? formatVersion;
    const refused = refusedFormat(`The data folder ${folder}`, format);
    if (refused !== undefined) return refused;
    meta.putSync("format", formatVersion);
    meta.putSync("owner", thisOwner());
    return undefined;
  });
}

/**
 * Opens the folder, making it where it is missing, and takes it for this process.
 * @throws StoreError `LOCKED`, `NEWER_FORMAT`, `OLDER_FORMAT` or `UNAVAILABLE`.
 */
export async function openDatabase(folder: string): Promise<Database> {
  let path: string;
  try {
    mkdirSync(folder, { recursive: true });
    path = realpathSync(folder);
  } catch (error) {
    throw unavailable(folder, error);
  }
  let root: RootDatabase | undefined;
  let release: (() => void) | undefined;
  try {
    assertDataFile(path);
    // A dot in the folder's name would make lmdb take it for a file; overlapping sync would resolve before it is durable.
    root = open({ path, noSubdir: false, maxDbs: collections.length + 1, overlappingSync: false });
    const meta = root.openDB<unknown, string>({ name: "meta", ...encoding });
    const refusal = claim(folder, root, meta);
    if (refusal !== undefined) throw refusal;
    release = () => meta.removeSync("owner");
    return databaseOver(root, release);
  } catch (error) {
    release?.();
    await root?.close();
    throw error instanceof StoreError ? error : unavailable(folder, error);
  }
}

function databaseOver(root: RootDatabase, release: () => void): Database {
  const databases = new Map(
    collections.map((name) => [name, root.openDB<StoredDocument, string>({ name, ...encoding })]),
  );
  return {
    load: (take) => {
      for (const [name, database] of databases) {
        for (const { value } of database.getRange()) take(name, value);
      }
    },
    commit: (changes) => {
      root.transactionSync(() => {
        for (const { collection, id, document } of changes) {
          const database = databases.get(collection)!;
          if (document === null) database.removeSync(id);
          else database.putSync(id, document);
        }
      });
    },
    close: async () => {
      try {
        release();
      } finally {
        await root.close();
      }
    },
  };
}
