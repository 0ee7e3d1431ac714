// Opens the data folder's file: makes it where it is missing, and refuses one that is none of ours, or of another format.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { formatVersion } from "../../documents/collections.js";
import { refusedFormat } from "../format.js";
import { StoreError } from "../port.js";
import { type Connection, openConnection } from "./adapter.js";
import { storeErrorOf } from "./errors.js";
import { tableStatements } from "./tables.js";

/** The one file of a data folder, beside which SQLite keeps `-wal` and `-shm`. */
export const fileName = "segmentql.db";

/** What tells a file of ours from any other SQLite database: "sgql". */
export const applicationId = 0x7367716c;

/** How long a connection waits for a lock that another holds for a moment, in milliseconds. */
const busyMs = 5_000;

// `synchronous` is FULL: each commit is on the disk, by fsync of the log, before it is answered, so that it is there after a
// power cut, too. NORMAL would keep the file whole, and lose the last commits.
const settings = "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;";

// Pages of the log that are gathered before they go into the file: many writes change the same pages.
const checkpointPages = 4_000;

/** Kibibytes of pages that a connection keeps. */
const cacheKiB = { writing: 64_000, reading: 32_000, looking: 8_000 } as const;

export interface DataFile {
  readonly path: string;
  /** The connection that writes. */
  readonly writing: Connection;
  /** @throws StoreError `UNAVAILABLE` if the file was taken away: SQLite would go on writing what nobody finds again. */
  readonly assertPresent: () => void;
  /** Opens a connection that only reads: `reading` for queries, `looking` for single documents. */
  readonly open: (purpose: "reading" | "looking") => Promise<Connection>;
}

/**
 * Opens the file of a folder; both are made, for this user alone, where they are missing.
 * @throws StoreError `NEWER_FORMAT`, `OLDER_FORMAT`; `UNAVAILABLE` where it can't be used, with the way out.
 */
export async function openDataFile(folder: string): Promise<DataFile> {
  const path = join(folder, fileName);
  makeFile(folder, path);
  let writing: Connection | undefined;
  try {
    writing = openConnection(path, busyMs);
    await prepare(writing, folder, path);
    await writing.exec(
      `${settings} PRAGMA cache_size = -${cacheKiB.writing}; PRAGMA wal_autocheckpoint = ${checkpointPages}`,
    );
  } catch (error) {
    writing?.close();
    throw storeErrorOf(error, path);
  }
  const { dev, ino } = statSync(path);
  return {
    path,
    writing,
    assertPresent: () => {
      const now = statSync(path, { throwIfNoEntry: false });
      if (now?.ino === ino && now.dev === dev) return;
      throw new StoreError(
        "UNAVAILABLE",
        `${path} was taken away, or replaced, while it was open: nothing is read or written any more. Put it back, and start again.`,
      );
    },
    open: async (purpose) => {
      const connection = openConnection(path, busyMs);
      await connection.exec(`${settings} PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKiB[purpose]}`);
      return connection;
    },
  };
}

function makeFile(folder: string, path: string): void {
  if (existsSync(join(folder, "data.mdb")) && !existsSync(path)) {
    throw new StoreError(
      "OLDER_FORMAT",
      `The data folder ${folder} was written by an earlier program. Export it with that program (segmentql export DIR), and ` +
        "import that into a new folder with this one (segmentql import DIR).",
    );
  }
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!existsSync(path)) {
      closeSync(openSync(path, "a", 0o600));
      chmodSync(path, 0o600);
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(
      "UNAVAILABLE",
      `The data folder ${folder} can't be opened: ${reason}. Check that it is a folder this user may write to, or use another one.`,
      { cause },
    );
  }
}

/** Checks what the file is, and makes the tables of an empty one. */
async function prepare(connection: Connection, folder: string, path: string): Promise<void> {
  const ask = (text: string): number => Number(connection.prepare(text).get([])?.[0]);
  const isEmpty = (): boolean => ask("SELECT count(*) FROM sqlite_schema") === 0;
  // Kept in the file; a restored one has it not.
  await connection.exec("PRAGMA journal_mode = WAL");
  if (isEmpty()) {
    await connection.exec("BEGIN IMMEDIATE");
    try {
      // Another process may have made them meanwhile.
      if (isEmpty()) {
        for (const statement of tableStatements()) await connection.exec(statement);
        await connection.exec(
          `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}`,
        );
      }
      await connection.exec("COMMIT");
    } catch (error) {
      await connection.exec("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }
  if (ask("PRAGMA application_id") !== applicationId)
    throw new StoreError(
      "UNAVAILABLE",
      `${path} is a SQLite database of something else. Use another folder.`,
    );
  const refused = refusedFormat(`The data folder ${folder}`, ask("PRAGMA user_version"));
  if (refused !== undefined) throw refused;
}
