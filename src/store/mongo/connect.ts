// Connects to a MongoDB server and checks what it supports.
import { type CommandStartedEvent, type Db, MongoClient, type MongoClientOptions } from "mongodb";
import { StoreError } from "../port.js";
import { storeErrorOf } from "./errors.js";
import { assertDatabaseName, readMongoUri, unreadable } from "./uri.js";

export interface MongoConnection {
  readonly client: MongoClient;
  readonly database: Db;
  /** For messages: no credentials. */
  readonly hosts: string;
  /**
   * Set for a server that acknowledges the commit of a transaction that it lost. MongoDB answers NoSuchTransaction (251), on
   * which the driver runs the transaction again; DocumentDB, restarted between a transaction's last write and its commit, does
   * not.
   */
  readonly run?: ServerRun;
}

/** Identifies the run of a server: the identifier changes with every restart. */
interface ServerRun {
  /** The run that the server last reported. */
  readonly known: () => string;
  /** Asks the server; undefined if it can't be reached. */
  readonly ask: () => Promise<string | undefined>;
}

/** The parts of a server's `hello` that identify the kind and the run of the server. */
export interface Hello {
  readonly setName?: unknown;
  readonly msg?: unknown;
  readonly isreplicaset?: unknown;
  readonly topologyVersion?: unknown;
}

/** @throws StoreError `UNAVAILABLE` for a server that has no transactions, with what to do. */
export function assertTransactions(hello: Hello, hosts: string): void {
  // A member of a replica set names the set; the router of a sharded cluster answers "isdbgrid".
  if (typeof hello.setName === "string" || hello.msg === "isdbgrid") return;
  throw new StoreError(
    "UNAVAILABLE",
    hello.isreplicaset === true
      ? `MongoDB at ${hosts} is to be in a replica set that was not begun. Run rs.initiate() there once, in mongosh.`
      : `MongoDB at ${hosts} stands alone and so has no transactions, which every write needs. Start it as a replica set (one ` +
          "server is enough): mongod --replSet rs0, then once rs.initiate() in mongosh, and add ?replicaSet=rs0 to the URI.",
  );
}

/** Receives every command that is sent to the server, as the driver reports it. */
export type OnCommand = (event: Pick<CommandStartedEvent, "commandName" | "command">) => void;

/**
 * Connects to a server.
 * @throws StoreError `UNAVAILABLE` if the URI can't be read, the server can't be reached, the user is refused, or the server has
 * no transactions.
 */
export async function connect(
  uri: string,
  databaseName?: string,
  onCommand?: OnCommand,
): Promise<MongoConnection> {
  const address = readMongoUri(uri);
  const { hosts } = address;
  if (databaseName !== undefined) assertDatabaseName(databaseName);
  let client = clientOf(uri, address.options, onCommand);
  try {
    await client.connect();
    const hello: Hello = await client.db("admin").command({ hello: 1 });
    assertTransactions(hello, hosts);
    const { modules } = await client.db("admin").command({ buildInfo: 1 });
    const isDocumentDb = Array.isArray(modules) && modules.includes("documentdb");
    if (isDocumentDb) {
      // Every ten seconds, DocumentDB ends the stream of answers with which the driver monitors a server, and the driver takes
      // that for the loss of the server. Polling avoids it.
      await client.close();
      client = clientOf(uri, { ...address.options, serverMonitoringMode: "poll" }, onCommand);
      await client.connect();
    }
    return {
      client,
      database: client.db(databaseName ?? address.database),
      hosts,
      ...(isDocumentDb ? { run: runOf(client, hello) } : {}),
    };
  } catch (error) {
    await client.close();
    throw storeErrorOf(error, hosts);
  }
}

function clientOf(uri: string, options: MongoClientOptions, onCommand: OnCommand | undefined): MongoClient {
  try {
    const driverInfo = { name: "segmentql" };
    if (onCommand === undefined) return new MongoClient(uri, { ...options, driverInfo });
    return new MongoClient(uri, { ...options, driverInfo, monitorCommands: true }).on(
      "commandStarted",
      onCommand,
    );
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
}

function runOf(client: MongoClient, hello: Hello): ServerRun {
  const idOf = ({ topologyVersion }: Hello) => JSON.stringify(topologyVersion ?? null);
  let known = idOf(hello);
  return {
    known: () => known,
    ask: async () => {
      try {
        known = idOf(await client.db("admin").command({ hello: 1 }));
        return known;
      } catch {
        return undefined;
      }
    },
  };
}
