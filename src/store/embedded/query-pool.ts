// Queries, each on one of a few connections of its own, so that none waits for a write, and none is in another's way. They run in
// the driver's threads, with a bound on their time, and stop when asked to. A query that took very little when it ran last runs in this
// thread, which saves the way to another and back: as much as many counts take.
import { setTimeout as pause } from "node:timers/promises";
import { stopwatch } from "../../clock.js";
import type { Sql } from "../../operators/encodings/sql.js";
import { StoreError } from "../port.js";
import { maxTimeOf, readTimeout } from "../read-limits.js";
import type { ReadOptions } from "../read-options.js";
import { type Connection, isSqliteFailure, type Row } from "./adapter.js";
import { quickQueries } from "./quick-queries.js";

export interface QueryPool {
  /** The rows of a query. @throws the signal's reason, or StoreError `TIMEOUT` past `maxTimeMs`, also where it waited for its turn. */
  readonly rows: (query: Sql, options?: ReadOptions) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
}

/** Queries that run at the same time, each in a thread of the driver's: of these there are as many as there are processors. */
const mostAtOnce = 3;
/** Queries that wait for their turn. */
const mostWaiting = 2_000;
/** How often a query that is to stop is told so: it may not have begun yet. */
const interruptMs = 5;

interface Turn {
  readonly begin: (connection: Connection) => void;
  readonly give: (error: unknown) => void;
}

/** @param open makes a connection that only reads. */
export function queryPool(open: () => Promise<Connection>): QueryPool {
  const connections: Connection[] = [];
  const idle: Connection[] = [];
  const waiting: Turn[] = [];
  const running = new Set<Promise<unknown>>();
  const quick = quickQueries();
  let opening = 0;

  const next = (connection: Connection): void => {
    const turn = waiting.shift();
    if (turn === undefined) idle.push(connection);
    else turn.begin(connection);
  };

  const openOne = async (): Promise<void> => {
    opening += 1;
    try {
      const connection = await open();
      connections.push(connection);
      next(connection);
    } catch (error) {
      waiting.shift()?.give(error);
    } finally {
      opening -= 1;
    }
  };

  const acquire = (signal: AbortSignal): Promise<Connection> => {
    const free = idle.pop();
    if (free !== undefined) return Promise.resolve(free);
    if (waiting.length >= mostWaiting)
      throw new StoreError("BUSY", "Too many queries wait for their turn. Ask again in a moment.");
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      const turn: Turn = {
        begin: (connection) => {
          signal.removeEventListener("abort", stop);
          resolve(connection);
        },
        give: (error) => {
          signal.removeEventListener("abort", stop);
          reject(error);
        },
      };
      waiting.push(turn);
      signal.addEventListener("abort", stop, { once: true });
      if (connections.length + opening < mostAtOnce) void openOne();
    });
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
      const connection = await acquire(stopping.signal);
      const took = stopwatch();
      try {
        const found = await run(connection, query, stopping.signal);
        quick.ran(query, took(), found.length);
        if (elapsed() > maxTimeMs) throw readTimeout(maxTimeMs);
        return found;
      } finally {
        next(connection);
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
