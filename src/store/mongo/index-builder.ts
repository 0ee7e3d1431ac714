// Creates the wanted indexes (idempotently) and reports their states.
import { type Db, type IndexDescriptionInfo, MongoError } from "mongodb";
import { type CollectionName, collections } from "../../documents/collections.js";
import type { ProjectDocument } from "../../documents/documents.js";
import { maxMetadataIndexes } from "../../documents/metadata-slot.js";
import { type IndexReport, type IndexState, StoreError } from "../port.js";
import {
  indexedSlots,
  isMetadataIndex,
  metadataIndexes,
  serves,
  type WantedIndex,
  wantedIndexesOf,
} from "./indexes.js";

export interface IndexBuilder {
  /**
   * Creates the missing indexes, one collection at a time; resolves when all are ready. Reads and writes continue meanwhile.
   * Concurrent calls share one run.
   * @throws the driver's error.
   */
  readonly ensure: () => Promise<void>;
  /** The same for all definitions stored up to now: if a run is under way, another one follows it. @throws the driver's error. */
  readonly ensureAnew: () => Promise<void>;
  /** The state of every wanted index, by collection. @throws the driver's error. */
  readonly states: () => Promise<readonly IndexReport[]>;
  /** The indexes that the projects' definitions ask for. @throws the driver's error. */
  readonly forMetadata: () => Promise<readonly WantedIndex[]>;
  /**
   * @throws StoreError `TOO_MANY_INDEXES` if a definition asks for more than the other projects leave room for; the driver's
   * error.
   */
  readonly assertRoomFor: (definition: ProjectDocument) => Promise<void>;
}

interface Existing {
  readonly index: IndexDescriptionInfo;
  readonly building: boolean;
}

/**
 * MongoDB: 85 IndexOptionsConflict (the same key under another name or with other options), 86 IndexKeySpecsConflict (the
 * same name with another key), 68 IndexAlreadyExists. DocumentDB answers 67 instead of 85.
 */
const conflictCodes: ReadonlySet<unknown> = new Set([67, 68, 85, 86]);
const indexNotFound = 27;
const namespaceNotFound = 26;
const badValue = 2;

/** The builder for a database. */
export function indexBuilder(database: Db): IndexBuilder {
  /** The collections whose indexes this process is creating now. */
  const creating = new Set<CollectionName>();
  let ensuring: Promise<void> | undefined;

  const existingIndexes = async (collection: CollectionName): Promise<readonly Existing[]> => {
    // With includeBuildUUIDs, MongoDB reports an index that is being built as { spec, buildUUID }; DocumentDB refuses the option.
    const command = { listIndexes: collection, cursor: { batchSize: 1_000 } };
    let reply: { cursor: { firstBatch: (IndexDescriptionInfo & { spec?: IndexDescriptionInfo })[] } };
    try {
      reply = (await database.command({ ...command, includeBuildUUIDs: true }).catch((error: unknown) => {
        if (isServerAnswer(error) && error.code !== namespaceNotFound) return database.command(command);
        throw error;
      })) as typeof reply;
    } catch (error) {
      if (isNoCollection(error)) return [];
      throw error;
    }
    return reply.cursor.firstBatch.map((entry) => ({
      index: entry.spec ?? entry,
      building: entry.spec !== undefined,
    }));
  };

  /** The slots that all projects ask to be indexed, except `project`. */
  const slotsWithout = async (project?: string): Promise<ReadonlySet<string>> => {
    const slots = new Set<string>();
    const definitions = database
      .collection<ProjectDocument>("projects")
      .find({
        metadataIndexes: { $exists: true },
        ...(project === undefined ? {} : { _id: { $ne: project } }),
      })
      .project<ProjectDocument>({ metadataSchema: 1, metadataIndexes: 1 })
      .sort({ _id: 1 });
    for await (const definition of definitions) for (const slot of indexedSlots(definition)) slots.add(slot);
    return slots;
  };

  const forMetadata = async () => metadataIndexes(await slotsWithout());

  const wantedOf = async (collection: CollectionName): Promise<readonly WantedIndex[]> =>
    collection === "customers"
      ? [...wantedIndexesOf(collection), ...(await forMetadata())]
      : wantedIndexesOf(collection);

  const stateOf = (existing: readonly Existing[], wanted: WantedIndex): IndexState => {
    const found = existing.find(({ index }) => serves(index, wanted));
    if (found === undefined) return creating.has(wanted.collection) ? "building" : "missing";
    return found.building ? "building" : "ready";
  };

  const missingOf = async (collection: CollectionName): Promise<readonly WantedIndex[]> => {
    const existing = await existingIndexes(collection);
    // An index that is being built counts as missing: requesting it again waits for it.
    const wantedNow = await wantedOf(collection);
    return wantedNow.filter(
      (wanted) => !existing.some(({ index, building }) => !building && serves(index, wanted)),
    );
  };

  /** Drops indexes with a wanted name and another key: an earlier version of the product made them. */
  const dropOutdated = async (collection: CollectionName, missing: readonly WantedIndex[]) => {
    const existing = await existingIndexes(collection);
    for (const wanted of missing) {
      const outdated = existing.find(
        ({ index, building }) => index.name === wanted.name && !building && !serves(index, wanted),
      );
      if (outdated !== undefined) await dropIndex(database, collection, wanted.name);
    }
  };

  /** Drops metadata indexes that are no longer wanted, to make room for the wanted ones. */
  const dropUnwanted = async () => {
    // The definitions are read after the indexes, so that the definition of every existing index is seen.
    const existing = await existingIndexes("customers");
    const wanted = new Set((await forMetadata()).map(({ name }) => name));
    for (const { index, building } of existing) {
      if (building || index.name === undefined || wanted.has(index.name) || !isMetadataIndex(index)) continue;
      await dropIndex(database, "customers", index.name);
    }
  };

  const create = async (collection: CollectionName, missing: readonly WantedIndex[]) => {
    // In one command, for which MongoDB scans the collection once.
    await database
      .collection(collection)
      .createIndexes(missing.map(({ name, key }) => ({ name, key: { ...key } })));
  };

  const ensureCollection = async (collection: CollectionName): Promise<void> => {
    if (collection === "customers") await dropUnwanted();
    const missing = await missingOf(collection);
    if (missing.length === 0) return;
    creating.add(collection);
    try {
      await dropOutdated(collection, missing);
      await create(collection, missing);
    } catch (error) {
      // Another process created some of them meanwhile: the ones still missing are requested again.
      if (!(error instanceof MongoError) || !conflictCodes.has(error.code)) throw error;
      const left = await missingOf(collection);
      if (left.length > 0) await create(collection, left);
    } finally {
      creating.delete(collection);
    }
  };

  const ensureAll = async (): Promise<void> => {
    for (const collection of collections) await ensureCollection(collection);
  };

  const ensure = (): Promise<void> => {
    ensuring ??= ensureAll().finally(() => {
      ensuring = undefined;
    });
    return ensuring;
  };

  return {
    ensure,
    ensureAnew: async () => {
      await ensuring?.catch(() => undefined);
      return ensure();
    },
    forMetadata,
    assertRoomFor: async (definition) => {
      const others = await slotsWithout(definition._id);
      const added = indexedSlots(definition).filter((slot) => !others.has(slot));
      const room = Math.max(0, maxMetadataIndexes - others.size);
      if (added.length <= room) return;
      throw new StoreError(
        "TOO_MANY_INDEXES",
        `Project ${definition._id} asks for ${added.length} metadata keys to be indexed that no other project of this database ` +
          `has, and there is room for ${room}: a database keeps ${maxMetadataIndexes} such indexes for all of its projects. ` +
          `Leave out ${added.length - room} of metadataIndexes, or give the project a database of its own.`,
      );
    },
    states: async () => {
      const reports: IndexReport[] = [];
      for (const collection of collections) {
        const wanted = await wantedOf(collection);
        if (wanted.length === 0) continue;
        const existing = await existingIndexes(collection);
        for (const each of wanted) {
          const { name, key } = each;
          reports.push({ collection, name, key, state: stateOf(existing, each) });
        }
      }
      return reports;
    },
  };
}

/** Drops an index, unless it does not exist: another process may have dropped it first. @throws the driver's error. */
export async function dropIndex(database: Db, collection: CollectionName, name: string): Promise<void> {
  await database
    .collection(collection)
    .dropIndex(name)
    .catch((error: unknown) => {
      if (!isServerAnswer(error) || !isNoIndex(error)) throw error;
    });
}

/** True if the index or its collection does not exist. DocumentDB answers 2 (BadValue) for both. */
function isNoIndex({ code, message }: MongoError): boolean {
  if (code === indexNotFound || code === namespaceNotFound) return true;
  return code === badValue && /index not found|could not be located/.test(message);
}

function isServerAnswer(error: unknown): error is MongoError {
  return error instanceof MongoError && typeof error.code === "number";
}

/** True if the collection does not exist. DocumentDB has no code for it. */
function isNoCollection(error: unknown): boolean {
  return isServerAnswer(error) && (error.code === namespaceNotFound || /does not.*exist/.test(error.message));
}
