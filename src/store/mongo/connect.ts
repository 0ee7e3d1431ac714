// Opens the connection to a MongoDB server and finds out what it can do.
import { type Db, MongoClient } from "mongodb";
import { StoreError } from "../port.js";
import { storeErrorOf } from "./errors.js";
import { assertDatabaseName, readMongoUri, unreadable } from "./uri.js";

export interface Connection {
  readonly client: MongoClient;
  readonly database: Db;
  /** For messages: no credentials. */
  readonly hosts: string;
  /**
   * True where the server answers the commit of a transaction that it doesn't know with "done". MongoDB answers
   * NoSuchTransaction (251), by which the driver knows to run the transaction again; DocumentDB, restarted between a
   * transaction's last write and its commit, does not.
   */
  readonly forgetful: boolean;
  /** How often a server of ours was lost so far. */
  readonly losses: () => number;
}

/** The parts of a server's `hello` that tell what kind of server it is. */
export interface Hello {
  readonly setName?: unknown;
  readonly msg?: unknown;
  readonly isreplicaset?: unknown;
}

/** @throws StoreError `UNAVAILABLE` for a server that has no transactions, with what to do. */
export function assertTransactions(hello: Hello, hosts: string): void {
  // A member of a replica set names the set; a router of a sharded cluster says "isdbgrid".
  if (typeof hello.setName === "string" || hello.msg === "isdbgrid") return;
  throw new StoreError(
    "UNAVAILABLE",
    hello.isreplicaset === true
      ? `MongoDB at ${hosts} is to be in a replica set that was not begun. Run rs.initiate() there once, in mongosh.`
      : `MongoDB at ${hosts} stands alone and so has no transactions, which every write needs. Start it as a replica set (one ` +
          "server is enough): mongod --replSet rs0, then once rs.initiate() in mongosh, and add ?replicaSet=rs0 to the URI.",
  );
}

/**
 * Connects.
 * @throws StoreError `UNAVAILABLE` where the URI can't be read, the server not reached, the user refused, or the server has
 * no transactions.
 */
export async function connect(uri: string, databaseName?: string): Promise<Connection> {
  const address = readMongoUri(uri);
  const { hosts } = address;
  if (databaseName !== undefined) assertDatabaseName(databaseName);
  let client: MongoClient;
  try {
    client = new MongoClient(uri, { ...address.options, driverInfo: { name: "segmentql" } });
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
  let losses = 0;
  client.on("serverDescriptionChanged", ({ previousDescription, newDescription }) => {
    if (newDescription.type === "Unknown" && previousDescription.type !== "Unknown") losses++;
  });
  try {
    await client.connect();
    const admin = client.db("admin");
    assertTransactions(await admin.command({ hello: 1 }), hosts);
    const { modules } = await admin.command({ buildInfo: 1 });
    return {
      client,
      database: client.db(databaseName ?? address.database),
      hosts,
      forgetful: Array.isArray(modules) && modules.includes("documentdb"),
      losses: () => losses,
    };
  } catch (error) {
    await client.close();
    throw storeErrorOf(error, hosts);
  }
}
