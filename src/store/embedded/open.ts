// Opens the file of a data folder: creates it if it is missing, and refuses a file of another program or format.
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { formatVersion } from "../../documents/collections.js";
import { refusedFormat } from "../format.js";
import { StoreError } from "../port.js";
import { type Connection, isSqliteFailure, openConnection } from "./adapter.js";
import { storeErrorOf } from "./errors.js";
import { flush } from "./flush.js";
import { tableStatements } from "./tables.js";

/** The database file of a data folder; SQLite adds `-wal` and `-shm` files. */
export const fileName = "segmentql.db";

/** Identifies the product's files among SQLite databases: "sgql". */
export const applicationId = 0x7367716c;

/** How long a connection waits for another connection's lock, in milliseconds. */
const busyMs = 5_000;
/** The same for the writing connection: after it, a write tries again until its own time limit. */
const writingBusyMs = 50;

// `synchronous` is FULL: each commit is flushed to disk by an fsync of the log before it is acknowledged, so that it survives a
// power cut. NORMAL would keep the file intact but lose the last commits.
const settings = "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;";

// What is deleted is overwritten with zeros, so that the file keeps nothing of an erased person.
const whenWriting = "PRAGMA secure_delete = ON;";

// How many pages the log collects before a checkpoint: many writes change the same pages.
const checkpointPages = 4_000;

/** The page cache of a connection, in kibibytes. */
const cacheKiB = { writing: 64_000, reading: 32_000, looking: 8_000 } as const;

export interface DataFile {
  readonly path: string;
  /** The writing connection. */
  readonly writing: Connection;
  /** @throws StoreError `UNAVAILABLE` if the file or its log was moved or replaced: SQLite would go on writing to a lost file. */
  readonly assertPresent: () => void;
  /** Notes that the log holds writes, so that a missing log is an error when the file is next opened. */
  readonly noteWrite: () => void;
  /** Opens a read-only connection: `reading` for queries, `looking` for single documents. */
  readonly open: (purpose: "reading" | "looking") => Promise<Connection>;
  /** Closes the writing connection; the others have to be closed before. */
  readonly close: () => Promise<void>;
}

/**
 * The suffix of a file that exists while the log may hold writes. It distinguishes a lost log from one that is no longer needed.
 */
const openMark = "-open";

/**
 * Opens the file of a folder. Both are created, accessible to this user only, if they are missing.
 * @throws StoreError `NEWER_FORMAT`, `OLDER_FORMAT`; `DAMAGED` if the file is damaged or empty, or its log is missing;
 * `UNAVAILABLE` if it can't be used, with what to do.
 */
export async function openDataFile(folder: string): Promise<DataFile> {
  refuseEarlierProgram(folder);
  const path = join(folder, fileName);
  const writing = await openFile(folder, fileName);
  const [file, log] = [path, `${path}-wal`].map((name) => ({ name, ...identityOf(name) }));
  const mark = `${path}${openMark}`;
  return {
    path,
    writing,
    assertPresent: () => {
      for (const opened of [file!, log!]) {
        if (isSame(identityOf(opened.name), opened)) continue;
        const { name } = opened;
        throw new StoreError(
          "UNAVAILABLE",
          `${name} was taken away, or replaced, while it was open: nothing is read or written any more. Put it back, and start again.`,
        );
      }
    },
    noteWrite: () => {
      if (!existsSync(mark)) closeSync(openSync(mark, "a", 0o600));
    },
    open: async (purpose) => {
      const connection = openConnection(path, busyMs);
      await connection.exec(`${settings} PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKiB[purpose]}`);
      return connection;
    },
    close: async () => {
      // Copies the log into the file, as far as other processes allow, and empties it: it may name erased persons. The driver does
      // not remove the log.
      const [checkpoint] = await writing.rows("PRAGMA wal_checkpoint(TRUNCATE)", []).catch(() => []);
      if (checkpoint !== undefined && checkpoint[1] === checkpoint[2]) rmSync(mark, { force: true });
      writing.close();
    },
  };
}

interface Identity {
  readonly ino: number | undefined;
  readonly dev: number | undefined;
}

function identityOf(path: string): Identity {
  const { ino, dev } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return { ino, dev };
}

function isSame(one: Identity, other: Identity): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

/**
 * Opens a file of a folder for writing; a new file gets the tables of this format. Missing files and folders are created,
 * accessible to this user only.
 * @throws StoreError as `openDataFile` does.
 */
export async function openFile(folder: string, name: string): Promise<Connection> {
  const path = join(folder, name);
  await makeFile(folder, path);
  assertLogPresent(path);
  let writing: Connection | undefined;
  try {
    writing = openConnection(path, busyMs);
    await prepare(writing, folder, path);
    await writing.exec(
      `${settings} ${whenWriting} PRAGMA cache_size = -${cacheKiB.writing}; PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA busy_timeout = ${writingBusyMs}`,
    );
    return writing;
  } catch (error) {
    writing?.close();
    throw storeErrorOf(error, path);
  }
}

/** @throws StoreError `OLDER_FORMAT` for a folder of an earlier program, which kept its data in LMDB. */
export function refuseEarlierProgram(folder: string): void {
  if (!existsSync(join(folder, "data.mdb")) || existsSync(join(folder, fileName))) return;
  throw new StoreError(
    "OLDER_FORMAT",
    `The data folder ${folder} was written by an earlier program, which kept its data in LMDB. Export it with that program ` +
      `(segmentql --data ${folder} export EXPORTED), and import that into a new folder with this one (segmentql --data NEW import EXPORTED).`,
  );
}

/** @throws StoreError `DAMAGED` if the file was not closed properly and its log is missing, so that the last writes are lost. */
function assertLogPresent(path: string): void {
  const [log, mark] = [`${path}-wal`, `${path}${openMark}`];
  // The log is checked twice: another process may have opened the file in between.
  if (existsSync(log) || !existsSync(mark) || existsSync(log)) return;
  throw new StoreError(
    "DAMAGED",
    `${log} is missing, and ${path} was not closed before: what was written last is lost with it. Put it back, or restore a backup ` +
      `(segmentql restore). To go on with what ${path} holds without it, remove ${mark}.`,
  );
}

async function makeFile(folder: string, path: string): Promise<void> {
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(path)) await makeDatabase(path);
  } catch (cause) {
    if (isSqliteFailure(cause)) throw storeErrorOf(cause, path);
    throw cantOpen(folder, cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const found = statSync(path);
  if (!found.isFile()) throw cantOpen(folder, `${path} is no file`);
  // `makeDatabase` gives the file its name only when its tables exist, so it is never empty.
  if (found.size === 0) {
    throw new StoreError(
      "DAMAGED",
      `${path} is empty: what it held is lost. Restore a backup into another folder (segmentql restore), or remove it to begin with no data.`,
    );
  }
}

function cantOpen(folder: string, reason: string, options?: ErrorOptions): StoreError {
  return new StoreError(
    "UNAVAILABLE",
    `The data folder ${folder} can't be opened: ${reason}. Check that it is a folder this user may write to, or use another one.`,
    options,
  );
}

/** Creates the file under a temporary name, and links it to its name when it is complete, unless another process was faster. */
async function makeDatabase(path: string): Promise<void> {
  const making = `${path}.${randomUUID()}`;
  try {
    closeSync(openSync(making, "wx", 0o600));
    chmodSync(making, 0o600);
    const connection = openConnection(making, busyMs);
    try {
      await connection.exec(
        `BEGIN; ${tableStatements().join("; ")}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}; COMMIT`,
      );
    } finally {
      connection.close();
    }
    if (!linked(making, path) && !existsSync(path)) renameSync(making, path);
    flush(path);
  } finally {
    rmSync(making, { force: true });
  }
}

/** False if the name is taken, or the file system does not support links. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Enters WAL mode, and checks the file's program and format. */
async function prepare(connection: Connection, folder: string, path: string): Promise<void> {
  // The mode is stored in the file; a restored backup does not have it.
  await connection.exec("PRAGMA journal_mode = WAL");
  assertSegmentqlFile(connection, path);
  const refused = refusedFormat(`The data folder ${folder}`, pragma(connection, "PRAGMA user_version"));
  if (refused !== undefined) throw refused;
}

function pragma(connection: Connection, text: string): number {
  return Number(connection.prepare(text).get([])?.[0]);
}

/** @throws StoreError `UNAVAILABLE` if the file is another program's database. */
export function assertSegmentqlFile(connection: Connection, path: string): void {
  if (pragma(connection, "PRAGMA application_id") === applicationId) return;
  throw new StoreError("UNAVAILABLE", `${path} is a SQLite database of something else. Use another folder.`);
}
