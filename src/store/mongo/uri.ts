// The settings of a MongoDB URI, and the defaults for those that it omits. The driver parses the URI; this file only checks which
// settings it has, because options passed to the driver override the URI.
import type { MongoClientOptions } from "mongodb";
import { ConnectionString } from "mongodb-connection-string-url";
import { StoreError } from "../port.js";

const defaultDatabase = "segmentql";

/** By the names of the URI's options; times are in milliseconds. */
const defaults: Readonly<MongoClientOptions> = {
  appName: "segmentql",
  // An acknowledged write survives the loss of a minority of the servers.
  w: "majority",
  retryWrites: true,
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 10_000,
  waitQueueTimeoutMS: 10_000,
  maxPoolSize: 50,
};

export interface MongoAddress {
  readonly database: string;
  /** The defaults for the options that the URI omits. */
  readonly options: MongoClientOptions;
  /** The servers in the URI, for messages: no credentials. */
  readonly hosts: string;
}

/**
 * Reads a URI.
 * @throws StoreError `UNAVAILABLE` if it is not a valid URI. No message contains credentials.
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
    // The parser's messages quote parts of the URI.
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

/** The error for an invalid URI. The reason is stripped of credentials, because the driver may quote the URI. */
export function unreadable(reason: string): StoreError {
  return new StoreError(
    "UNAVAILABLE",
    `The MongoDB URI can't be read: ${withoutCredentials(reason)}. Write it as ` +
      "mongodb://user:password@host:27017/segmentql?replicaSet=rs0, with the user's and the password's special characters " +
      "written as in a URL.",
  );
}

/** The text without the credentials (before the `@`) of any address in it. */
export function withoutCredentials(text: string): string {
  return text.replace(/(\/\/)[^\s"']*@/g, "$1");
}
