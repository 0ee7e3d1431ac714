// The only file that knows the SQLite driver (libsql). Slow work runs in the driver's own threads and does not block the event
// loop: `exec`, and `rows` up to the first row; the remaining rows are read in this thread. So a query that must not block the
// event loop does all of its work before its first row: it sorts, aggregates, or selects from a materialised table. A statement
// that takes microseconds is prepared and run in this thread.
import LibsqlSync from "libsql";
import LibsqlDatabase from "libsql/promise";
import type { SqlValue } from "../../operators/encodings/sql.js";
import { inSlices } from "../slices.js";

/**
 * The number of the driver's threads, which it reads from the environment on first use: at least one for each connection that may
 * be busy at once (those of the query pool, and the writing one), however few processors there are. With fewer, a commit, which
 * needs almost no processor time, waits until another client's long query ends.
 */
process.env.TOKIO_WORKER_THREADS ??= "8";

/** A value of a row. */
export type Cell = string | number | null;
export type Row = readonly Cell[];

/** An error reported by SQLite; `code` is the name of its result code, as `SQLITE_BUSY`. */
export interface SqliteFailure extends Error {
  readonly code: string;
  readonly rawCode?: number;
}

export function isSqliteFailure(error: unknown): error is SqliteFailure {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_");
}

/** What a statement changed. */
export interface Change {
  /** How many rows. */
  readonly changes: number;
  /** The key of the row that was inserted last. */
  readonly lastInsertRowid: number;
}

/**
 * A prepared statement, which runs in this thread. `run` returns the key of the inserted row, because inside a savepoint
 * INSERT … RETURNING gets slower with each row of the savepoint.
 */
export interface Statement {
  readonly run: (parameters: readonly SqlValue[]) => Change;
  /** The first row. */
  readonly get: (parameters: readonly SqlValue[]) => Row | undefined;
  readonly all: (parameters: readonly SqlValue[]) => readonly Row[];
}

/** A connection. It runs one operation at a time: the caller awaits each before the next. */
export interface Connection {
  /** The statement for a text, from a cache of the most recently used. */
  readonly prepare: (text: string) => Statement;
  /** All rows of a query, which runs outside this thread up to its first row. */
  readonly rows: (text: string, parameters: readonly SqlValue[]) => Promise<readonly Row[]>;
  /** Runs one or more statements outside this thread. */
  readonly exec: (text: string) => Promise<void>;
  /** Stops the running operation, which rejects with `SQLITE_INTERRUPT`. Does nothing if none runs. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

type DriverValue = string | number | bigint | null;

interface DriverStatement<Rows> {
  /** True for a statement that returns rows. */
  readonly reader: boolean;
  readonly raw: (toggle: boolean) => unknown;
  readonly run: (parameters: readonly DriverValue[]) => Change;
  readonly get: (parameters: readonly DriverValue[]) => Row | undefined;
  readonly all: (parameters: readonly DriverValue[]) => readonly Row[];
  readonly iterate: (parameters: readonly DriverValue[]) => Rows;
}

interface ImmediateFace {
  readonly prepare: (text: string) => object;
}

/** The most statements of each kind that a connection keeps. */
const maxStatements = 300;

/**
 * Opens a connection to a file, which is created if it is missing.
 * @param busyMs how long it waits for locks of other connections, in milliseconds.
 */
export function openConnection(file: string, busyMs: number): Connection {
  const driver = new LibsqlDatabase(file, { timeout: busyMs });
  // The driver has two interfaces over one connection: this one prepares in this thread.
  const immediate = Object.assign(Object.create(LibsqlSync.prototype) as ImmediateFace, { db: driver.db });
  const statements = new Map<string, Statement>();
  const queries = new Map<string, Promise<DriverStatement<Promise<Iterable<Row>>>>>();
  const prepareQuery = async (text: string) => {
    const statement = (await driver.prepare(text)) as DriverStatement<Promise<Iterable<Row>>>;
    if (statement.reader) statement.raw(true);
    return statement;
  };
  return {
    prepare: (text) =>
      latestUsed(statements, text, () =>
        statementOver(immediate.prepare(text) as DriverStatement<Iterable<Row>>),
      ),
    rows: async (text, parameters) => {
      const prepared = latestUsed(queries, text, () => prepareQuery(text));
      // If preparing fails because the file can't be read, the next call prepares the text again.
      prepared.catch(() => queries.delete(text));
      const found: Row[] = [];
      const rows = await (await prepared).iterate(parameters.map(bound));
      await inSlices(rows, (row) => found.push(row));
      return found;
    },
    exec: async (text) => {
      await driver.exec(text);
    },
    interrupt: () => driver.interrupt(),
    close: () => {
      statements.clear();
      queries.clear();
      driver.close();
    },
  };
}

/** The cached value of a text, made if it is missing; the least recently used is dropped. */
function latestUsed<Kept>(kept: Map<string, Kept>, text: string, make: () => Kept): Kept {
  let found = kept.get(text);
  if (found === undefined) found = make();
  else kept.delete(text);
  kept.set(text, found);
  if (kept.size > maxStatements) kept.delete(kept.keys().next().value!);
  return found;
}

function statementOver(statement: DriverStatement<Iterable<Row>>): Statement {
  if (statement.reader) statement.raw(true);
  return {
    run: (parameters) => statement.run(parameters.map(bound)),
    get: (parameters) => statement.get(parameters.map(bound)),
    all: (parameters) => statement.all(parameters.map(bound)),
  };
}

/**
 * Integers are stored as integers only if they are bound as bigints.
 * @throws TypeError for a value on which the driver would crash.
 */
function bound(value: SqlValue): DriverValue {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "string" || value === null) return value;
  throw new TypeError(`A ${typeof value} can't be bound to a statement.`);
}
