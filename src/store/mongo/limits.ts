// Limits of reads: a read ends at its time limit or when its caller aborts it, here and on the server.

import { StoreError } from "../port.js";
import { maxTimeOf, readTimeout } from "../read-limits.js";
import { type ReadOptions } from "../read-options.js";
import { isTimeout, storeErrorOf } from "./errors.js";

/** Options of a command that pass the limits to the server. */
export interface CommandLimits {
  /** When it is aborted, the driver closes the command's connection, and MongoDB stops the command. */
  readonly signal: AbortSignal;
  readonly maxTimeMS: number;
}

/**
 * Runs a read within its limits.
 * @throws StoreError `TIMEOUT` or `UNAVAILABLE`, or the signal's reason.
 */
export async function withinLimits<Result>(
  options: ReadOptions,
  hosts: string,
  read: (limits: CommandLimits) => Promise<Result>,
): Promise<Result> {
  const maxTimeMs = maxTimeOf(options);
  options.signal?.throwIfAborted();
  // The server counts only its own work on one command; the caller also waits for a connection and for the network.
  const deadline = new AbortController();
  const timeout = readTimeout(maxTimeMs);
  const timer = setTimeout(() => deadline.abort(timeout), maxTimeMs);
  const signal =
    options.signal === undefined ? deadline.signal : AbortSignal.any([options.signal, deadline.signal]);
  try {
    return await read({ signal, maxTimeMS: Math.ceil(maxTimeMs) });
  } catch (error) {
    if (options.signal?.aborted === true) throw options.signal.reason;
    if (deadline.signal.aborted) throw timeout;
    if (isTimeout(error)) throw readTimeout(maxTimeMs, { cause: error });
    throw storeErrorOf(error, hosts);
  } finally {
    clearTimeout(timer);
  }
}

/** The error that every method rejects with once the store is closed. */
export function closedError(): StoreError {
  return new StoreError("UNAVAILABLE", "The store is closed. Open it again to use it.");
}
