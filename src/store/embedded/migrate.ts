// Migrates a data folder: writes a new file, document by document, and replaces the old file when the new one is complete. The
// old file is kept under another name. A migration that is killed at any moment resumes on the next run: the new file stores its
// progress in the same transaction as the documents.
import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type CollectionName, collections, formatVersion } from "../../documents/collections.js";
import type { StoredDocument } from "../../documents/documents.js";
import { isRecordCollection } from "../../documents/record-collections.js";
import { refusedFormat } from "../format.js";
import {
  defaultBatchSize,
  formatMigrated,
  type MigrateOptions,
  type Migration,
  type MigrationResult,
  markMigrating,
  migrated,
  migrations,
  stepsFrom,
} from "../migrations.js";
import { StoreError } from "../port.js";
import { type Connection, isSqliteFailure, openConnection } from "./adapter.js";
import { readDocument } from "./document-text.js";
import { storeErrorOf } from "./errors.js";
import { flush } from "./flush.js";
import { writableNames } from "./names.js";
import { assertSegmentqlFile, fileName, openFile, refuseEarlierProgram } from "./open.js";
import { documentTable } from "./tables.js";
import { type Writer, writerOver } from "./writer.js";

/** The name of the new file until it is complete. */
const migratingName = `${fileName}.migrating`;

/** @throws as `migrateStore` does. */
export async function migrateFolder(
  folder: string,
  options: MigrateOptions,
): Promise<MigrationResult | undefined> {
  const path = join(folder, fileName);
  refuseEarlierProgram(folder);
  if (!existsSync(path)) throw new StoreError("UNAVAILABLE", `There is no data in ${folder}.`);
  let source: Connection | undefined;
  try {
    source = openConnection(path, 0);
    assertSegmentqlFile(source, path);
    const stored = number(source, "PRAGMA user_version");
    if (stored === formatVersion) return undefined;
    const from = formatMigrated(stored) ?? stored;
    const steps = from < formatVersion ? stepsFrom(from, options.known ?? migrations) : undefined;
    if (steps === undefined) throw refusedFormat(`The data folder ${folder}`, from, options.known)!;
    await lockAlone(source, folder);
    // Without the mark, the old file may have been written to since an earlier run began, so that run's file is useless.
    if (formatMigrated(stored) === undefined) removeFile(join(folder, migratingName));
    await source.exec(`PRAGMA user_version = ${markMigrating(from)}`);
    const documents = await writeTarget(source, folder, steps, options);
    await source.exec(`PRAGMA user_version = ${from}`);
    await release(source);
    source = undefined;
    const kept = `${path}.format-${from}`;
    putInPlace(join(folder, migratingName), path, kept);
    return { from, to: formatVersion, documents, kept };
  } catch (error) {
    throw storeErrorOf(error, path);
  } finally {
    if (source !== undefined) await release(source);
  }
}

/** Locks the file exclusively. @throws StoreError `LOCKED` if another process has it open. */
async function lockAlone(connection: Connection, folder: string): Promise<void> {
  try {
    // Leaving WAL mode fails while another process has the file open. Opening the store enters WAL mode again.
    await connection.exec(
      "PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT",
    );
  } catch (error) {
    if (!isSqliteFailure(error) || !error.code.startsWith("SQLITE_BUSY")) throw error;
    throw new StoreError(
      "LOCKED",
      `Another process has the data folder ${folder} open. Stop every server, maintainer and command that uses it, and run this again.`,
      { cause: error },
    );
  }
}

/** Releases the lock and closes the file. The driver alone releases the lock only when its statements are garbage-collected. */
async function release(connection: Connection): Promise<void> {
  await connection
    .exec("PRAGMA locking_mode = NORMAL; BEGIN; SELECT 1 FROM sqlite_schema; COMMIT")
    .catch(() => undefined);
  connection.close();
}

function number(connection: Connection, text: string): number {
  return Number(connection.prepare(text).get([])?.[0]);
}

/** Removes a database with its `-wal` and `-shm` files. */
function removeFile(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true });
}

interface Progress {
  readonly collection: CollectionName;
  /** The key of the last migrated document. */
  readonly after: number;
}

/** Writes the documents that the new file lacks. @returns how many documents were read. */
async function writeTarget(
  source: Connection,
  folder: string,
  steps: readonly Migration[],
  options: MigrateOptions,
): Promise<number> {
  const target = await openFile(folder, migratingName);
  try {
    await target.exec(
      "CREATE TABLE IF NOT EXISTS migration_progress (one INTEGER PRIMARY KEY CHECK (one = 1), collection TEXT NOT NULL, after INTEGER NOT NULL)",
    );
    const present = collections.filter((collection) => hasTable(source, documentTable(collection)));
    const documents = await copyDocuments(source, target, present, steps, options);
    for (const collection of present) {
      const count = `SELECT count(*) FROM ${documentTable(collection)}`;
      if (number(source, count) !== number(target, count))
        throw new StoreError(
          "DAMAGED",
          `The migration lost documents of ${collection}: nothing was changed. Restore a backup (segmentql restore).`,
        );
    }
    // Leaves WAL mode, so that all data is in the one file.
    await target.exec("DROP TABLE migration_progress; PRAGMA journal_mode = DELETE");
    return documents;
  } finally {
    target.close();
  }
}

function hasTable(connection: Connection, name: string): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get([name]) !== undefined;
}

async function copyDocuments(
  source: Connection,
  target: Connection,
  present: readonly CollectionName[],
  steps: readonly Migration[],
  { batchSize = defaultBatchSize, signal, progressed }: MigrateOptions,
): Promise<number> {
  const names = writableNames(target);
  const writer = writerOver(target, names);
  const row = target.prepare("SELECT collection, after FROM migration_progress").get([]);
  const begun: Progress | undefined =
    row === undefined ? undefined : { collection: row[0] as CollectionName, after: Number(row[1]) };
  let documents = 0;
  const first = begun === undefined ? 0 : present.indexOf(begun.collection);
  for (const collection of present.slice(Math.max(0, first))) {
    let after = collection === begun?.collection ? begun.after : 0;
    for (;;) {
      signal?.throwIfAborted();
      const batch = await readBatch(source, collection, after, batchSize);
      if (batch.documents.length === 0) break;
      const changed = batch.documents.map((document) => migrated(steps, collection, document));
      await writeBatch(target, writer, changed, { collection, after: batch.last });
      after = batch.last;
      documents += batch.documents.length;
      progressed?.(documents);
    }
  }
  return documents;
}

async function readBatch(
  source: Connection,
  collection: CollectionName,
  after: number,
  size: number,
): Promise<{ readonly documents: readonly StoredDocument[]; readonly last: number }> {
  const key =
    collection === "customers" ? "customer" : isRecordCollection(collection) ? "record" : "document_key";
  const rows = await source.rows(
    `SELECT ${key}, document, checksum FROM ${documentTable(collection)} WHERE ${key} > ? ORDER BY ${key} LIMIT ${size}`,
    [after],
  );
  return {
    documents: rows.map(([number, text, checksum]) =>
      readDocument<StoredDocument>(String(text), Number(checksum), `${collection} ${number}`),
    ),
    last: Number(rows.at(-1)?.[0] ?? after),
  };
}

async function writeBatch(
  target: Connection,
  writer: Writer,
  documents: readonly StoredDocument[],
  { collection, after }: Progress,
): Promise<void> {
  await target.exec("BEGIN IMMEDIATE");
  writer.begin();
  writer.put(collection, documents);
  target
    .prepare("INSERT OR REPLACE INTO migration_progress (one, collection, after) VALUES (1, ?, ?)")
    .run([collection, after]);
  await target.exec("COMMIT");
}

/** Links the old file under another name, then renames the new one over it: a complete file has the name at every moment. */
function putInPlace(fresh: string, path: string, kept: string): void {
  for (const file of [fresh, path]) {
    if (existsSync(`${file}-wal`))
      throw new StoreError("LOCKED", `Another process has opened ${file}. Stop it, and run this again.`);
  }
  flush(fresh);
  rmSync(kept, { force: true });
  try {
    linkSync(path, kept);
  } catch {
    // Some file systems do not support links.
    copyFileSync(path, kept);
  }
  flush(kept);
  renameSync(fresh, path);
  flush(path);
}
