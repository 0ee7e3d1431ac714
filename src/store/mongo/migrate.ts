// Migrates a MongoDB database: documents are replaced in batches, each in a transaction that also stores the progress. No
// document is migrated twice, even if the migration is killed or runs twice at once.
import type { ClientSession, Db } from "mongodb";
import { type CollectionName, collections, formatVersion } from "../../documents/collections.js";
import type { StoredDocument } from "../../documents/documents.js";
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
import { connect } from "./connect.js";
import { storeErrorOf } from "./errors.js";
import { dropIndex } from "./index-builder.js";

/** The document of the format in the collection `meta`. */
interface Format {
  readonly _id: "format";
  readonly version: number;
  /** The progress of a migration: a collection, and its last migrated id. */
  readonly collection?: CollectionName;
  readonly after?: string;
}

/** @throws as `migrateStore` does. */
export async function migrateDatabase(
  uri: string,
  databaseName: string | undefined,
  options: MigrateOptions,
): Promise<MigrationResult | undefined> {
  const { client, database, hosts } = await connect(uri, databaseName);
  try {
    const meta = database.collection<Format>("meta");
    const stored = await meta.findOne({ _id: "format" });
    if (stored === null || stored.version === formatVersion) return undefined;
    const from = formatMigrated(stored.version) ?? stored.version;
    const known = options.known ?? migrations;
    const steps = from < formatVersion ? stepsFrom(from, known) : undefined;
    if (steps === undefined)
      throw refusedFormat(`The database ${database.databaseName} at ${hosts}`, from, known)!;
    await meta.updateOne({ _id: "format", version: from }, { $set: { version: markMigrating(from) } });
    for (const { collection, name } of steps.flatMap(({ droppedIndexes = [] }) => droppedIndexes))
      await dropIndex(database, collection, name);
    let documents = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const done = await client.withSession((session) =>
        session.withTransaction(() => migrateBatch(database, session, from, steps, options), {
          readConcern: { level: "snapshot" },
          readPreference: "primary",
        }),
      );
      if (done === undefined) break;
      documents += done;
      options.progressed?.(documents);
    }
    return { from, to: formatVersion, documents };
  } catch (error) {
    throw storeErrorOf(error, hosts);
  } finally {
    await client.close();
  }
}

/** Migrates the next documents, or ends the migration. @returns how many documents; undefined if none are left. */
async function migrateBatch(
  database: Db,
  session: ClientSession,
  from: number,
  steps: readonly Migration[],
  { batchSize = defaultBatchSize }: MigrateOptions,
): Promise<number | undefined> {
  const meta = database.collection<Format>("meta");
  const format = await meta.findOne({ _id: "format" }, { session });
  // Another process has finished it.
  if (format?.version !== markMigrating(from)) return undefined;
  const first = format.collection === undefined ? 0 : collections.indexOf(format.collection);
  for (const name of collections.slice(Math.max(0, first))) {
    const after = name === format.collection ? format.after : undefined;
    const collection = database.collection<StoredDocument>(name);
    const documents = await collection
      .find(after === undefined ? {} : { _id: { $gt: after } }, { session })
      .sort({ _id: 1 })
      .limit(batchSize)
      // In one reply: DocumentDB loses the cursor of a sorted answer.
      .batchSize(batchSize + 1)
      .toArray();
    if (documents.length === 0) continue;
    const changes = documents.flatMap((document) => {
      const replacement = migrated(steps, name, document);
      return replacement === document ? [] : [{ replaceOne: { filter: { _id: document._id }, replacement } }];
    });
    if (changes.length > 0)
      await collection.bulkWrite(changes, { session, ordered: false, ignoreUndefined: true });
    await meta.updateOne(
      { _id: "format" },
      { $set: { collection: name, after: documents.at(-1)!._id } },
      { session },
    );
    return documents.length;
  }
  await meta.replaceOne({ _id: "format" }, { version: formatVersion }, { session });
  return undefined;
}
