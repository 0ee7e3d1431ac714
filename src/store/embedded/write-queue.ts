// Runs writes one after the other on the writing connection. Writes that wait at the same time are committed together: each is a
// savepoint, so that a failed one does not roll back the others, and one commit makes all of them durable.
import { setTimeout as pause } from "node:timers/promises";
import { stopwatch } from "../../clock.js";
import type { WriteNesting } from "../nested-writes.js";
import type { Transaction, WriteOptions } from "../port.js";
import { StoreError } from "../port.js";
import { isSqliteFailure } from "./adapter.js";
import type { WritableNames } from "./names.js";
import type { DataFile } from "./open.js";
import { beginTransaction } from "./transaction.js";
import { type Writer, writerOver } from "./writer.js";

export interface WriteQueue {
  readonly write: <Result>(
    work: (transaction: Transaction) => Promise<Result>,
    options: WriteOptions,
  ) => Promise<Result>;
  /** Resolves when no write is waiting or running. */
  readonly idle: () => Promise<void>;
}

/** How long a commit collects writes, in milliseconds, and how many at most. */
const gatherMs = 10;
const maxGrouped = 1_000;

/** How long a write waits for other processes by default, in milliseconds. */
const defaultWaitMs = 30_000;

interface Waiting {
  readonly maxWaitMs: number;
  /** The milliseconds since the write was asked for. */
  readonly waited: () => number;
  /** Runs the work inside a savepoint; resolves to a function that settles the caller's promise after the commit. */
  readonly run: () => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

/**
 * The queue over the file's writing connection.
 * @param mended converts an error of the driver to the store's.
 */
export function writeQueue(
  {
    writing: connection,
    assertPresent,
    noteWrite,
  }: Pick<DataFile, "writing" | "assertPresent" | "noteWrite">,
  names: WritableNames,
  nesting: WriteNesting,
  mended: (error: unknown) => unknown,
): WriteQueue {
  const writer: Writer = writerOver(connection, names);
  const waiting: Waiting[] = [];
  let draining: Promise<void> | undefined;

  /** Runs a short statement, which ends before another thread would have started it. */
  const step = (text: string): void => {
    connection.prepare(text).run([]);
  };

  const inSavepoint = async <Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> => {
    step("SAVEPOINT one_write");
    const { transaction, end } = beginTransaction(connection, writer);
    try {
      let result: Result;
      try {
        result = await nesting.inside(() => work(transaction));
      } catch (error) {
        await end().catch(() => undefined);
        throw error;
      }
      await end();
      step("RELEASE one_write");
      return result;
    } catch (error) {
      names.forget();
      writer.forget();
      // If the disk is full, SQLite has rolled back the whole transaction itself.
      try {
        step("ROLLBACK TO one_write");
        step("RELEASE one_write");
      } catch (after) {
        if (!isSqliteFailure(error)) throw after;
      }
      throw error;
    }
  };

  /** Rejects the writes that have waited for other processes for as long as they may. @param waitedMs how long this process has. */
  const failOverdue = (waitedMs: number, cause: unknown): void => {
    const all = waiting.splice(0);
    for (const each of all) {
      if (Math.min(each.waited(), waitedMs) < each.maxWaitMs) waiting.push(each);
      else
        each.fail(
          new StoreError(
            "TIMEOUT",
            `Another process was writing to the data folder for ${each.maxWaitMs} ms, and nothing was kept. Try again, or wait longer.`,
            { cause },
          ),
        );
    }
  };

  /**
   * Begins a transaction; waits for other processes without blocking this one.
   * @returns false if no write is left to wait for.
   */
  const begin = async (): Promise<boolean> => {
    const elapsed = stopwatch();
    while (waiting.length > 0) {
      try {
        await connection.exec("BEGIN IMMEDIATE");
        return true;
      } catch (error) {
        if (!isSqliteFailure(error) || !error.code.startsWith("SQLITE_BUSY")) throw error;
        failOverdue(elapsed(), error);
        await pause(1 + Math.random() * 9);
      }
    }
    return false;
  };

  /** Commits at least one waiting write. */
  const together = async (): Promise<void> => {
    const started: Waiting[] = [];
    const settles: (() => void)[] = [];
    try {
      if (!(await begin())) return;
      // Another process may have removed customers meanwhile, and given their keys to others.
      writer.forget();
      const elapsed = stopwatch();
      do {
        const next = waiting.shift()!;
        started.push(next);
        settles.push(await next.run());
      } while (waiting.length > 0 && started.length < maxGrouped && elapsed() < gatherMs);
      assertPresent();
      noteWrite();
      await connection.exec("COMMIT");
    } catch (error) {
      names.forget();
      writer.forget();
      await connection.exec("ROLLBACK").catch(() => undefined);
      if (started.length === 0) started.push(waiting.shift()!);
      for (const { fail } of started) fail(mended(error));
      return;
    }
    for (const settle of settles) settle();
  };

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await together();
    draining = undefined;
  };

  return {
    write: (work, { maxWaitMs = defaultWaitMs }) => {
      nesting.refuseNested();
      return new Promise((resolve, reject) => {
        waiting.push({
          maxWaitMs,
          waited: stopwatch(),
          fail: reject,
          run: async () => {
            try {
              const result = await inSavepoint(work);
              return () => resolve(result);
            } catch (error) {
              // An error of the work itself does not affect the other writes. An error of SQLite may affect all of them.
              if (isSqliteFailure(error)) throw error;
              return () => reject(error);
            }
          },
        });
        draining ??= drain();
      });
    },
    idle: async () => {
      await draining;
    },
  };
}
