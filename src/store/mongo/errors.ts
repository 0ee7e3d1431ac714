// Translates errors of the driver and the server into the port's errors: which server, what happened, what to do. Errors that
// indicate a mistake in the program (a pipeline that MongoDB refuses) are not changed.
import { MongoBulkWriteError, MongoError, MongoServerSelectionError } from "mongodb";
import { StoreError } from "../port.js";
import { withoutCredentials } from "./uri.js";

/** Server codes, by MongoDB's error_codes.yml. */
const code = {
  hostUnreachable: 6,
  hostNotFound: 7,
  unauthorized: 13,
  authenticationFailed: 18,
  maxTimeMsExpired: 50,
  networkTimeout: 89,
  shutdownInProgress: 91,
  writeConflict: 112,
  primarySteppedDown: 189,
  noSuchTransaction: 251,
  exceededTimeLimit: 262,
  atlasError: 8000,
  socketException: 9001,
  notWritablePrimary: 10107,
  duplicateKey: 11000,
  interruptedAtShutdown: 11600,
  interruptedDueToReplStateChange: 11602,
  notPrimaryNoSecondaryOk: 13435,
  notPrimaryOrSecondary: 13436,
} as const;

const lostCodes: ReadonlySet<unknown> = new Set([
  code.hostUnreachable,
  code.hostNotFound,
  code.networkTimeout,
  code.shutdownInProgress,
  code.primarySteppedDown,
  code.socketException,
  code.notWritablePrimary,
  code.interruptedAtShutdown,
  code.interruptedDueToReplStateChange,
  code.notPrimaryNoSecondaryOk,
  code.notPrimaryOrSecondary,
]);

const refusedCodes: ReadonlySet<unknown> = new Set([
  code.unauthorized,
  code.authenticationFailed,
  code.atlasError,
]);

/** By name, because the driver has many subclasses and its minor versions add more. */
const lostNames: ReadonlySet<string> = new Set([
  "MongoServerSelectionError",
  "MongoNetworkError",
  "MongoNetworkTimeoutError",
  "MongoPoolClearedError",
  "PoolClearedOnNetworkError",
  "MongoPoolClosedError",
  "MongoWaitQueueTimeoutError",
  "MongoTopologyClosedError",
  "MongoNotConnectedError",
  "MongoClientClosedError",
  "MongoOperationTimeoutError",
]);

/** The original error of a bulk write: the driver wraps it, even the loss of the server, and hides its kind. */
export function unwrapped(error: unknown): unknown {
  const inner: unknown = error instanceof MongoBulkWriteError ? error.errorResponse : undefined;
  return inner instanceof MongoError ? inner : error;
}

/** True if the server stopped a command at its time limit. */
export function isTimeout(error: unknown): boolean {
  return (
    error instanceof MongoError &&
    (error.code === code.maxTimeMsExpired || error.code === code.exceededTimeLimit)
  );
}

/**
 * True if a transaction lost a conflict, or the server lost the transaction, so that it should run again. An insert of a document
 * that was not found before meets a duplicate key if another transaction was faster. MongoDB labels such errors itself, except
 * for duplicate keys; on DocumentDB, a conflict among a bulk write's errors has no label.
 */
export function isLostRace(error: unknown): error is MongoError {
  return (
    error instanceof MongoError &&
    (error.code === code.writeConflict ||
      error.code === code.noSuchTransaction ||
      error.code === code.duplicateKey)
  );
}

function isLost(error: MongoError): boolean {
  if (lostNames.has(error.name) || lostCodes.has(error.code)) return true;
  if (error.hasErrorLabel("RetryableWriteError")) return true;
  // DocumentDB answers with code 2 where MongoDB has specific codes, and adds PostgreSQL's SQLSTATE: class 57P is "operator
  // intervention: shutdown", 08 "connection exception", 53 "insufficient resources".
  const state: unknown = (error as { readonly sqlState?: unknown }).sqlState;
  return (
    (typeof state === "string" && /^(57P|08|53|ECONN)/.test(state)) ||
    /Connection terminated/.test(error.message)
  );
}

function reasonOf(error: MongoError): string {
  if (error instanceof MongoServerSelectionError) {
    const servers = [...(error.reason?.servers.values() ?? [])];
    const reasons = new Set(servers.flatMap((server) => (server.error ? [server.error.message] : [])));
    if (reasons.size > 0) return [...reasons].join("; ");
    return "none of its servers takes writes (a replica set that has no primary, or another replicaSet than the URI names)";
  }
  return error.message;
}

/** The port's error for an error of the driver; any other error unchanged. */
export function storeErrorOf(error: unknown, hosts: string): unknown {
  if (error instanceof StoreError || !(error instanceof MongoError)) return error;
  const reason = withoutCredentials(reasonOf(error)).replace(/\.$/, "");
  if (refusedCodes.has(error.code)) {
    return new StoreError(
      "UNAVAILABLE",
      `MongoDB at ${hosts} refused this user: ${reason}. Check the URI's user, password and authSource, and that the user ` +
        "may read and write the database (role readWrite).",
      { cause: error },
    );
  }
  if (isLost(error)) {
    return new StoreError(
      "UNAVAILABLE",
      `MongoDB at ${hosts} can't be reached: ${reason}. Check that it runs and that the URI names it rightly. ` +
        "Once it is back, the same works again.",
      { cause: error },
    );
  }
  if (error.hasErrorLabel("TransientTransactionError") || isLostRace(error)) {
    return new StoreError(
      "UNAVAILABLE",
      `MongoDB at ${hosts} could not finish the write, others being in its way again and again: ${reason}. ` +
        "Nothing of it was kept. Send it again, or fewer writes to one customer at once.",
      { cause: error },
    );
  }
  return error;
}

/** The error that a write rejects with if one of its steps took too long. */
export function writeTimeout(maxTimeMs: number, hosts: string, cause?: unknown): StoreError {
  return new StoreError(
    "TIMEOUT",
    `A step of a write at MongoDB at ${hosts} was stopped after ${maxTimeMs} ms, and nothing of the write was kept. Another ` +
      "transaction may hold the same documents: send it again, or less at once.",
    { cause },
  );
}

/** The error that a write rejects with if it is unknown whether it was committed. */
export function uncertainCommit(hosts: string): StoreError {
  return new StoreError(
    "UNAVAILABLE",
    `The connection to MongoDB at ${hosts} was lost while a write was being committed, so it may or may not have been kept. ` +
      "Send it again: what was kept is then found unchanged.",
  );
}
