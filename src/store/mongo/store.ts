// The MongoDB store: reads are aggregation pipelines and writes are transactions, by the official driver.
import { type Collection, type Document, MongoError, MongoServerError } from "mongodb";
import {
  type CollectionName,
  collections,
  type DocumentOf,
  formatVersion,
} from "../../documents/collections.js";
import type { StoredDocument } from "../../documents/documents.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { refusedFormat } from "../format.js";
import { watchNesting } from "../nested-writes.js";
import {
  type IndexAdministration,
  isStoreError,
  type Store,
  StoreError,
  type Transaction,
  type WriteOptions,
} from "../port.js";
import { collectionNamed, projectOf } from "../scope.js";
import { sharedDocuments } from "../shared-reads.js";
import { connect, type MongoConnection, type OnCommand } from "./connect.js";
import { isTimeout, storeErrorOf, uncertainCommit, writeTimeout } from "./errors.js";
import { readExplanation } from "./explain.js";
import { groupCommit } from "./group-commit.js";
import { indexBuilder } from "./index-builder.js";
import { indexScript } from "./indexes.js";
import { closedError, withinLimits } from "./limits.js";
import { documentsById, repliesOf } from "./lookups.js";
import { questionsByPipelines } from "./questions.js";
import { readsByPipelines } from "./reads/reads.js";
import type { PipelineRunner } from "./run.js";
import { slots } from "./slots.js";
import { beginTransaction, stepMaxTimeMs } from "./transaction.js";

export interface MongoStoreOptions {
  /** The database, if it is not the URI's. */
  readonly database?: string;
  /**
   * `background` (default) opens at once and creates the missing indexes meanwhile; `wait` opens when they are ready; `none`
   * creates none.
   */
  readonly indexes?: "background" | "wait" | "none";
  /**
   * Receives a failure to create indexes in the background, which is otherwise ignored; `indexes.states` still reports them
   * missing.
   */
  readonly onIndexFailure?: (error: unknown) => void;
  /** Receives every command before it is sent, for tests of what the store sends. */
  readonly onCommand?: OnCommand;
}

export interface MongoStore extends Store {
  /** The database's name. */
  readonly database: string;
  readonly indexes: IndexAdministration;
  /** Runs pipelines, for tests of what they return on a server. */
  readonly pipelines: PipelineRunner;
}

/** How many values of one field are sorted at once: even the longest ones fit one reply. */
const sortedPageSize = 50_000;

/** The most ids of a lookup that is batched with others. */
const maxShared = 10;

/** How many concurrent transactions are worthwhile on a server. */
const concurrentWrites = 4;

/**
 * How long a transaction that writes share waits for documents that another transaction has locked, in milliseconds. What a dead
 * process's transaction holds is locked for up to a minute, and only the writes to that wait longer, this many at a time.
 */
const sharedWaitMs = 2_000;
const maxPatientWrites = 8;

/** The document of the format in the collection `meta`. */
interface Meta {
  readonly _id: "format";
  readonly version: number;
}

/**
 * Opens the store on a MongoDB server, which has to be a replica set or a sharded cluster. The URI sets the pool, timeouts, read
 * and write concern, TLS and credentials; its path is the database (`segmentql` by default). Its other defaults: majority writes,
 * retried writes, 5 s to find a server, at most 50 connections.
 * @throws StoreError `UNAVAILABLE` if the server can't be used, with what to do; `NEWER_FORMAT` or `OLDER_FORMAT` if the database
 * has another format.
 */
export async function openMongoStore(uri: string, options: MongoStoreOptions = {}): Promise<MongoStore> {
  const connection = await connect(uri, options.database, options.onCommand);
  try {
    await prepare(connection);
    const store = storeOver(connection, options);
    if (options.indexes === "wait") await store.indexes.ensure();
    if ((options.indexes ?? "background") === "background") {
      store.indexes.ensure().catch((error: unknown) => options.onIndexFailure?.(error));
    }
    return store;
  } catch (error) {
    await connection.client.close();
    throw storeErrorOf(error, connection.hosts);
  }
}

/** Checks the format and creates the collections, because some servers can't create them inside a transaction. */
async function prepare({ database, hosts }: MongoConnection): Promise<void> {
  const meta = database.collection<Meta>("meta");
  const format = await meta.findOne({ _id: "format" });
  const place = `The database ${database.databaseName} at ${hosts}`;
  const refused = format === null ? undefined : refusedFormat(place, format.version);
  if (refused !== undefined) throw refused;
  const present = new Set(
    (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
  );
  for (const name of collections) {
    if (present.has(name)) continue;
    await database.createCollection(name).catch((error: unknown) => {
      // NamespaceExists: another process created it meanwhile.
      if (!(error instanceof MongoServerError && error.code === 48)) throw error;
    });
  }
  if (format === null) {
    await meta.updateOne({ _id: "format" }, { $setOnInsert: { version: formatVersion } }, { upsert: true });
  }
}

/** The store over a connection. Long because its writes, reads and closing share state. */
function storeOver(
  connection: MongoConnection,
  { indexes, onIndexFailure }: Pick<MongoStoreOptions, "indexes" | "onIndexFailure">,
): MongoStore {
  const { client, database, hosts, run } = connection;
  const nesting = watchNesting();
  const builder = indexBuilder(database);
  const writing = new Set<Promise<unknown>>();
  // A transaction that waits for another's lock holds a connection, and the other needs one to continue. If waiting transactions
  // held all connections, none could continue.
  const { maxPoolSize } = client.options;
  const slotCount = maxPoolSize === 0 ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(maxPoolSize / 2));
  const inSlot = slots(slotCount);
  let closing: Promise<void> | undefined;

  const collectionOf = (name: CollectionName): Collection<StoredDocument> =>
    database.collection(collectionNamed(name));

  const assertOpen = () => {
    if (closing !== undefined) throw closedError();
  };

  /** Runs `run` and translates its errors; a store error after the store was closed becomes `closedError`. */
  const mended = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    assertOpen();
    try {
      return await run();
    } catch (error) {
      const converted = storeErrorOf(error, hosts);
      throw closing !== undefined && converted instanceof StoreError ? closedError() : converted;
    }
  };

  const runTransaction = async <Result>(
    work: (transaction: Transaction) => Promise<Result>,
    { maxWaitMs = Number.POSITIVE_INFINITY }: WriteOptions,
  ): Promise<Result> => {
    const stepMs = Math.min(stepMaxTimeMs, maxWaitMs);
    const over = performance.now() + maxWaitMs;
    const session = client.startSession();
    let runAtStart: string | undefined;
    const hasRestarted = async () => run !== undefined && (await run.ask()) !== runAtStart;
    try {
      const result = await session.withTransaction(
        async () => {
          // While another transaction holds the same documents, the driver retries for two minutes.
          if (performance.now() >= over) throw writeTimeout(maxWaitMs, hosts);
          runAtStart = run?.known();
          const { transaction, end } = beginTransaction(database, session, stepMs);
          let result: Result;
          try {
            result = await nesting.inside(() => work(transaction));
          } catch (error) {
            await end();
            throw error;
          }
          await end();
          if (await hasRestarted()) throw lostTransaction();
          return result;
        },
        { readConcern: { level: "snapshot" }, readPreference: "primary" },
      );
      if (await hasRestarted()) throw uncertainCommit(hosts);
      return result;
    } catch (error) {
      throw isTimeout(error) ? writeTimeout(stepMs, hosts, error) : error;
    } finally {
      await session.endSession();
    }
  };

  // Those that wait long leave slots to the others.
  const inPatientSlot = slots(Math.max(1, Math.min(maxPatientWrites, Math.floor(slotCount / 2))));
  const grouped = groupCommit({
    run: (work) => inSlot(() => runTransaction(work, { maxWaitMs: sharedWaitMs })),
    runPatiently: (work) => inPatientSlot(() => inSlot(() => runTransaction(work, {}))),
    atOnce: concurrentWrites,
    isServers: (error) => error instanceof MongoError,
    isContended: (error) => isStoreError(error, "TIMEOUT"),
  });

  const write: Store["write"] = (work, options = {}) =>
    mended(async () => {
      nesting.refuseNested();
      // A write with its own time limit may time out, so it does not share a transaction.
      const written =
        options.maxWaitMs === undefined ? grouped(work) : inSlot(() => runTransaction(work, options));
      const done = written.catch(() => undefined).finally(() => writing.delete(done));
      writing.add(done);
      return written;
    });

  const pipelines: PipelineRunner = {
    sortedPageSize,
    run: async <Row>(name: CollectionName, pipeline: Pipeline, options = {}) =>
      mended(async () => {
        projectOf(pipeline);
        return withinLimits(options, hosts, (limits) =>
          collectionOf(name)
            .aggregate([...(pipeline as Document[])], {
              ...limits,
              ...repliesOf(pipeline),
              allowDiskUse: true,
            })
            .toArray(),
        ) as Promise<Row[]>;
      }),
    explain: async (name, pipeline, options = {}) =>
      mended(async () => {
        projectOf(pipeline);
        const explained = await withinLimits(options, hosts, (limits) =>
          collectionOf(name)
            .aggregate([...(pipeline as Document[])], { ...limits, allowDiskUse: true })
            .explain("executionStats"),
        );
        return readExplanation(explained, name);
      }),
  };

  const documentsOf = async <Name extends CollectionName>(name: Name, ids: readonly string[]) =>
    mended(async () =>
      withinLimits({}, hosts, async (limits) => {
        const found: readonly unknown[] = await documentsById(collectionOf(name), ids, limits);
        return found as readonly (DocumentOf[Name] | undefined)[];
      }),
    );

  const together = sharedDocuments(documentsOf);
  // Many writers read the same few documents, above all their project's.
  const getMany: Store["getMany"] = async (name, ids) =>
    ids.length > maxShared ? documentsOf(name, ids) : together(name, ids);

  return {
    capabilities: { name: "mongodb", concurrentWrites },
    database: database.databaseName,
    pipelines,
    customers: questionsByPipelines(pipelines),
    reads: readsByPipelines(pipelines, (ids) => getMany("customers", ids)),
    getMany,

    write,

    writeDefinition: async (definition) => {
      await mended(() => builder.assertRoomFor(definition));
      await write((transaction) => transaction.put("projects", [definition]));
      if (definition.metadataIndexes === undefined || indexes === "none") return;
      mended(() => builder.ensureAnew()).catch((error: unknown) => onIndexFailure?.(error));
    },

    indexes: {
      ensure: () => mended(() => builder.ensure()),
      states: () => mended(() => builder.states()),
      script: () => mended(async () => indexScript(database.databaseName, await builder.forMetadata())),
    },

    close: () => {
      closing ??= Promise.all(writing).then(() => client.close());
      return closing;
    },
  };
}

/** MongoDB's own error for a lost transaction, on which the driver runs it again. */
function lostTransaction(): MongoServerError {
  const error = new MongoServerError({ message: "The transaction was lost with its server.", code: 251 });
  error.addErrorLabel("TransientTransactionError");
  return error;
}
