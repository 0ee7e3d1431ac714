// What a MongoDB URI says, and what is assumed where it says nothing. The driver reads the URI; here it is only asked
// whether a setting stands in it, because a setting handed over beside the URI would win over it.
import type { MongoClientOptions } from "mongodb";
import { ConnectionString } from "mongodb-connection-string-url";
import { StoreError } from "../port.js";

const defaultDatabase = "segmentql";

/** By the URI's own names, in milliseconds where they are times. */
const defaults: Readonly<MongoClientOptions> = {
  appName: "segmentql",
  // What was answered as written survives the loss of a minority of the servers.
  w: "majority",
  retryWrites: true,
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 10_000,
  waitQueueTimeoutMS: 10_000,
  maxPoolSize: 50,
};

export interface MongoAddress {
  readonly database: string;
  /** The driver's options where the URI says nothing. */
  readonly options: MongoClientOptions;
  /** The servers that it names, for messages: no credentials. */
  readonly hosts: string;
}

/**
 * Reads a URI.
 * @throws StoreError `UNAVAILABLE` where it is none. No message holds credentials.
 */
export function readMongoUri(uri: string): MongoAddress {
  const parsed = parsedUri(uri);
  let database: string;
  try {
    database = decodeURIComponent(parsed.pathname.slice(1)) || defaultDatabase;
  } catch {
    throw unreadable("the name of its database is not written as in a URL");
  }
  assertDatabaseName(database);
  const given = new Set([...parsed.searchParams.keys()].map((name) => name.toLowerCase()));
  const options = Object.fromEntries(
    Object.entries(defaults).filter(([name]) => !given.has(name.toLowerCase())),
  );
  return { database, options, hosts: parsed.hosts.join(", ") };
}

/** @throws StoreError `UNAVAILABLE`. */
function parsedUri(uri: string): ConnectionString {
  try {
    return new ConnectionString(uri);
  } catch {
    // Its own messages quote parts of the URI.
    throw unreadable("it has another form");
  }
}

/** @throws StoreError `UNAVAILABLE` for a name that MongoDB refuses. */
export function assertDatabaseName(database: string): void {
  if (/^[^/\\. "$*<>:|?\0]{1,63}$/.test(database)) return;
  throw unreadable(
    `"${database.slice(0, 80)}" can't be the name of a database (1 to 63 characters, none of /\\. "$*<>:|?)`,
  );
}

/** What the driver has against a URI, without the URI: the driver may quote it, with the password. */
export function unreadable(reason: string): StoreError {
  return new StoreError(
    "UNAVAILABLE",
    `The MongoDB URI can't be read: ${withoutCredentials(reason)}. Write it as ` +
      "mongodb://user:password@host:27017/segmentql?replicaSet=rs0, with the user's and the password's special characters " +
      "written as in a URL.",
  );
}

/** The text with what stands before the `@` of any address in it taken out. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\/\/)[^\s"']*@/g, "$1");
}
