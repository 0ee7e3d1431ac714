// Runs queries on a few connections of their own, one at a time on each, so that no query waits for a write. They run in the
// driver's threads, have a time limit, and stop when their signal aborts. Clients take turns, so that one with many queries does
// not delay the others. A query that took at most a few milliseconds in its last run is run in this thread: switching threads
// takes as long as many counts.
import { availableParallelism } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { currentClient } from "../../../client.js";
import { stopwatch } from "../../../clock.js";
import { fairQueue, QueueFullError } from "../../../fair-queue.js";
import type { Sql } from "../../../operators/encodings/sql.js";
import { StoreError } from "../../port.js";
import { maxTimeOf, readTimeout } from "../../read-limits.js";
import type { ReadOptions } from "../../read-options.js";
import { type Connection, isSqliteFailure, type Row } from "../adapter.js";
import { quickQueries } from "./quick-queries.js";

export interface QueryPool {
  /**
   * The rows of a query.
   * @throws the signal's reason; StoreError `TIMEOUT` after `maxTimeMs`, the wait for its turn included, or `BUSY` if too many
   * wait.
   */
  readonly rows: (query: Sql, options?: ReadOptions) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/** How many queries run at once, each in a thread of the driver; and how many of one client, so that there is room for others. */
const maxRunning = 4;
const maxRunningOfOne = Math.min(maxRunning - 1, Math.max(2, availableParallelism()));
/** How many queries may wait for their turn, of all clients and of one: one request may run hundreds. */
const maxWaiting = 10_000;
const maxWaitingOfOne = 2_000;
/** The interval at which a query to be stopped is interrupted, in milliseconds: it may not have started yet. */
const interruptMs = 5;

/** @param open opens a read-only connection. */
export function queryPool(open: () => Promise<Connection>): QueryPool {
  const connections: Connection[] = [];
  const idle: Connection[] = [];
  const running = new Set<Promise<unknown>>();
  const queue = fairQueue({
    running: maxRunning,
    runningOfOne: maxRunningOfOne,
    waiting: maxWaiting,
    waitingOfOne: maxWaitingOfOne,
  });
  const quick = quickQueries();

  const enter = async (signal: AbortSignal): Promise<() => void> => {
    try {
      return await queue.enter(currentClient(), signal);
    } catch (error) {
      if (error instanceof QueueFullError) throw new StoreError("BUSY", error.message, { cause: error });
      throw error;
    }
  };

  /** An idle connection, or a new one: a query that has its turn always gets one. */
  const connect = async (): Promise<Connection> => {
    const free = idle.pop();
    if (free !== undefined) return free;
    const connection = await open();
    connections.push(connection);
    return connection;
  };

  const run = async (
    connection: Connection,
    { text, parameters }: Sql,
    signal: AbortSignal,
  ): Promise<readonly Row[]> => {
    let over = false;
    const interrupt = async (): Promise<void> => {
      while (!over) {
        connection.interrupt();
        await pause(interruptMs);
      }
    };
    const stop = (): void => void interrupt();
    signal.addEventListener("abort", stop, { once: true });
    try {
      return await connection.rows(text, parameters);
    } catch (error) {
      if (isSqliteFailure(error) && error.code === "SQLITE_INTERRUPT") signal.throwIfAborted();
      throw error;
    } finally {
      over = true;
      signal.removeEventListener("abort", stop);
    }
  };

  const rows = async (query: Sql, options: ReadOptions = {}): Promise<readonly Row[]> => {
    const maxTimeMs = maxTimeOf(options);
    const { signal: given } = options;
    given?.throwIfAborted();
    const stopping = new AbortController();
    const elapsed = stopwatch();
    const onAbort = (): void => stopping.abort(given?.reason);
    given?.addEventListener("abort", onAbort, { once: true });
    const timer = setTimeout(() => stopping.abort(readTimeout(maxTimeMs)), Math.min(maxTimeMs, 2 ** 31 - 1));
    try {
      const leave = await enter(stopping.signal);
      try {
        const connection = await connect();
        const took = stopwatch();
        const found = await run(connection, query, stopping.signal).finally(() => idle.push(connection));
        quick.ran(query, took(), found.length);
        if (elapsed() > maxTimeMs) throw readTimeout(maxTimeMs);
        return found;
      } finally {
        leave();
      }
    } finally {
      clearTimeout(timer);
      given?.removeEventListener("abort", onAbort);
    }
  };

  /** The rows of a query that is expected to be quick; undefined if it is not, or no connection is free. */
  const rowsAtOnce = (query: Sql, { signal }: ReadOptions): readonly Row[] | undefined => {
    const connection = idle.at(-1);
    if (connection === undefined || !quick.expects(query)) return undefined;
    signal?.throwIfAborted();
    const took = stopwatch();
    const found = connection.prepare(query.text).all(query.parameters);
    quick.ran(query, took(), found.length);
    return found;
  };

  return {
    rows: async (query, options = {}) => {
      const found = rowsAtOnce(query, options);
      if (found !== undefined) return found;
      const result = rows(query, options);
      const done = result.catch(() => undefined).finally(() => running.delete(done));
      running.add(done);
      return result;
    },
    close: async () => {
      await Promise.all(running);
      for (const connection of connections) connection.close();
    },
  };
}
