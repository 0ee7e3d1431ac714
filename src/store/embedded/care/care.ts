// Maintenance of a data folder: backup, restore and integrity checks.
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type CollectionName, collections } from "../../../documents/collections.js";
import type { StoredDocument } from "../../../documents/documents.js";
import { isRecordCollection } from "../../../documents/record-collections.js";
import { refusedFormat } from "../../format.js";
import { StoreError } from "../../port.js";
import { slicesOf } from "../../slices.js";
import { type Connection, isSqliteFailure, openConnection } from "../adapter.js";
import { readDocument } from "../document-text.js";
import { storeErrorOf } from "../errors.js";
import { flush } from "../flush.js";
import { namesOf } from "../names.js";
import { applicationId, type DataFile, fileName, openDataFile } from "../open.js";
import { documentTable } from "../tables.js";
import { isDerivedAsWritten } from "./derived-check.js";

/**
 * Writes a consistent snapshot of a folder's data into one new file, while other processes may write; then checks that file, and
 * removes it if it is damaged.
 * @throws StoreError `DAMAGED` if the folder is damaged, `UNAVAILABLE` if the file already exists; as `openDataFile` does.
 */
export async function backUp(folder: string, file: string): Promise<void> {
  if (existsSync(file)) throw alreadyExists(file);
  const source = await openExisting(folder);
  try {
    // Created empty, so that only this user can ever read it; SQLite accepts an empty file.
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    await source.close();
    // Another process may have created it meanwhile: then it is that one's.
    throw existsSync(file) ? alreadyExists(file) : storeErrorOf(error, file);
  }
  try {
    await source.writing.rows("VACUUM INTO ?", [resolve(file)]);
    await assertWholeBackup(file);
    flush(file);
  } catch (error) {
    rmSync(file, { force: true });
    throw storeErrorOf(error, file);
  } finally {
    await source.close();
  }
}

/** Opens a folder that holds data. */
function openExisting(folder: string): Promise<DataFile> {
  if (existsSync(join(folder, fileName))) return openDataFile(folder);
  throw new StoreError("UNAVAILABLE", `There is no data in ${folder}.`);
}

function alreadyExists(path: string): StoreError {
  return new StoreError(
    "UNAVAILABLE",
    `${path} is there already, and nothing was written. Name another place, or move it away.`,
  );
}

/**
 * Restores a backup into a folder, after checking the structure of the backup.
 * @throws StoreError `DAMAGED` if the backup is damaged, `NEWER_FORMAT`, `OLDER_FORMAT`; `UNAVAILABLE` if the file is missing or
 * is not a backup, or the folder holds data.
 */
export async function restore(file: string, folder: string): Promise<void> {
  if (!existsSync(file)) throw new StoreError("UNAVAILABLE", `There is no file ${file}.`);
  const target = join(folder, fileName);
  // A log that was left behind would be applied to the restored file.
  const found = [target, `${target}-wal`].find((path) => existsSync(path));
  if (found !== undefined) throw alreadyExists(found);
  await assertBackup(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const half = `${target}.restoring`;
  try {
    rmSync(half, { force: true });
    closeSync(openSync(half, "wx", 0o600));
    copyFileSync(file, half);
    flush(half);
    renameSync(half, target);
    flush(target);
  } catch (error) {
    rmSync(half, { force: true });
    throw storeErrorOf(error, target);
  }
}

async function assertBackup(file: string): Promise<void> {
  const connection = openConnection(file, 0);
  try {
    const number = async (text: string): Promise<number> => Number((await connection.rows(text, []))[0]?.[0]);
    await connection.exec("PRAGMA query_only = ON");
    if ((await number("PRAGMA application_id")) !== applicationId)
      throw new StoreError("UNAVAILABLE", `${file} is no backup that segmentql backup wrote.`);
    const refused = refusedFormat(`The backup ${file}`, await number("PRAGMA user_version"));
    if (refused !== undefined) throw refused;
    const problems = await structuralProblems(connection);
    if (problems.length > 0)
      throw new StoreError("DAMAGED", `${file} is damaged: ${problems[0]}. Use another backup.`);
  } catch (error) {
    throw storeErrorOf(error, file);
  } finally {
    connection.close();
  }
}

/** The problems that SQLite itself finds. */
async function structuralProblems(connection: Connection): Promise<readonly string[]> {
  const found = await connection.rows("PRAGMA integrity_check(20)", []);
  return found.map(([problem]) => String(problem)).filter((problem) => problem !== "ok");
}

/** The problems that a time-limited check found; `unfinished` if it reached the limit. */
export type QuickCheck = readonly string[] | "unfinished";

/**
 * Checks the file's structure, not its documents: about a second for each gigabyte that is in memory.
 * @param maxMs the time limit, in milliseconds.
 * @returns no problems for a folder without data.
 * @throws StoreError as `openDataFile` does.
 */
export async function quickCheck(folder: string, maxMs: number): Promise<QuickCheck> {
  if (!existsSync(join(folder, fileName))) return [];
  const file = await openDataFile(folder);
  const timer = setInterval(() => file.writing.interrupt(), maxMs);
  try {
    const found = await file.writing.rows("PRAGMA quick_check(20)", []);
    return found.map(([problem]) => String(problem)).filter((problem) => problem !== "ok");
  } catch (error) {
    if (isSqliteFailure(error) && error.code === "SQLITE_INTERRUPT") return "unfinished";
    throw storeErrorOf(error, file.path);
  } finally {
    clearInterval(timer);
    await file.close();
  }
}

export interface Examination {
  /** How many documents were checked. */
  readonly documents: number;
  /** The problems found, a sentence each, at most `maxProblems`. */
  readonly problems: readonly string[];
}

/** The most problems that an examination lists. */
const maxProblems = 100;

/** How many documents are read at once. */
const pageSize = 500;

/**
 * Checks a whole file.
 * @param connection becomes read-only.
 * @param path the file's path, for the message.
 * @throws StoreError `DAMAGED` if the file is damaged; the signal's reason.
 */
export async function assertWhole(connection: Connection, path: string, signal?: AbortSignal): Promise<void> {
  const { problems } = await examineFile(connection, signal);
  if (problems.length === 0) return;
  throw new StoreError(
    "DAMAGED",
    `${path} is damaged: ${problems[0]} Restore a backup (segmentql restore), or see what is left with segmentql doctor.`,
  );
}

/**
 * Checks a whole folder: the file's structure, the checksum of each document, and whether the rows that queries read agree with
 * the documents. Changes nothing.
 * @throws StoreError as `openDataFile` does; the signal's reason.
 */
export async function examine(folder: string, signal?: AbortSignal): Promise<Examination> {
  const file = await openExisting(folder);
  try {
    return await examineFile(file.writing, signal);
  } catch (error) {
    throw storeErrorOf(error, file.path);
  } finally {
    await file.close();
  }
}

async function examineFile(connection: Connection, signal?: AbortSignal): Promise<Examination> {
  await connection.exec("PRAGMA query_only = ON");
  const problems = [...(await structuralProblems(connection))];
  let documents = 0;
  for (const collection of collections)
    documents += await examineCollection(connection, collection, signal, (problem) => {
      if (problems.length < maxProblems) problems.push(problem);
    });
  return { documents, problems };
}

/** @throws StoreError `DAMAGED` if a new backup is damaged: the data that it copies is, or its disk failed. */
async function assertWholeBackup(file: string): Promise<void> {
  const connection = openConnection(file, 0);
  try {
    const { problems } = await examineFile(connection);
    if (problems.length > 0)
      throw new StoreError(
        "DAMAGED",
        `No backup was written, because what it was to hold is damaged: ${problems[0]} See what is left with segmentql doctor.`,
      );
  } finally {
    connection.close();
  }
}

async function examineCollection(
  connection: Connection,
  collection: CollectionName,
  signal: AbortSignal | undefined,
  report: (problem: string) => void,
): Promise<number> {
  const key =
    collection === "customers" ? "customer" : isRecordCollection(collection) ? "record" : "document_key";
  const slices = slicesOf({ signal, maxTimeMs: Number.MAX_SAFE_INTEGER });
  const file = { connection, names: namesOf(connection) };
  let documents = 0;
  let after = 0;
  for (;;) {
    const rows = await connection.rows(
      `SELECT ${key}, document, checksum FROM ${documentTable(collection)} WHERE ${key} > ? ORDER BY ${key} LIMIT ${pageSize}`,
      [after],
    );
    for (const [number, text, checksum] of rows) {
      if (slices.isOver()) await slices.next();
      const name = `${collection} ${number}`;
      try {
        const document = readDocument<StoredDocument>(String(text), Number(checksum), name);
        if (!isDerivedAsWritten(file, collection, Number(number), document))
          report(
            `What queries read of ${document._id} (${collection}) is not what its document says. Import it again.`,
          );
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        report(error.message);
      }
    }
    documents += rows.length;
    if (rows.length < pageSize) return documents;
    after = Number(rows.at(-1)![0]);
  }
}
