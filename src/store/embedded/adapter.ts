// The one file that knows the SQLite driver (libsql). What can take long runs in the driver's own threads, so that the event loop
// goes on meanwhile: `exec`, and `rows` up to the first row; the rest of the rows are handed over in this thread. A query that is
// to leave the event loop alone therefore does all of its work before its first row: it sorts, aggregates, or selects from a
// materialised table. A statement that takes microseconds is prepared and run in this thread.
import LibsqlSync from "libsql";
import LibsqlDatabase from "libsql/promise";
import type { SqlValue } from "../../operators/encodings/sql.js";
import { inSlices } from "../slices.js";

/**
 * How many threads the driver has, which it reads from the environment when it is first used: as many as connections are at work at once
 * (those of the query pool, and the one that writes), however few processors there are. With fewer, a commit, which takes no time of the
 * processor, waits until somebody's long query is over.
 */
process.env.TOKIO_WORKER_THREADS ??= "8";

/** A value of a row. */
export type Cell = string | number | null;
export type Row = readonly Cell[];

/** What SQLite says has gone wrong; `code` is its name of the result, as `SQLITE_BUSY`. */
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
 * A prepared statement, which runs in this thread. Inside a savepoint, INSERT … RETURNING gets slower with each row that the
 * savepoint has: `run` tells the key of what it inserts.
 */
export interface Statement {
  readonly run: (parameters: readonly SqlValue[]) => Change;
  /** The first row. */
  readonly get: (parameters: readonly SqlValue[]) => Row | undefined;
  readonly all: (parameters: readonly SqlValue[]) => readonly Row[];
}

/** A connection. It does one thing at a time: its user waits for what it does. */
export interface Connection {
  /** The statement of a text, of which the latest used are kept. */
  readonly prepare: (text: string) => Statement;
  /** All rows of a query, which runs outside of this thread up to the first of them. */
  readonly rows: (text: string, parameters: readonly SqlValue[]) => Promise<readonly Row[]>;
  /** Runs one statement, or several, outside of this thread. */
  readonly exec: (text: string) => Promise<void>;
  /** Stops what runs now: it rejects with `SQLITE_INTERRUPT`. Does nothing if nothing runs. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

type DriverValue = string | number | bigint | null;

interface DriverStatement<Rows> {
  /** True of a statement that returns rows. */
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
  // The driver has two faces over one connection: this one prepares in this thread.
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
      // A text that could not be prepared, because the file could not be read, is prepared again.
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

/** What is kept under a text, made where it is not; what was used longest ago is dropped. */
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

/** Whole numbers are stored as such only if they are bound as bigints. @throws TypeError for what the driver would end the process for. */
function bound(value: SqlValue): DriverValue {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "string" || value === null) return value;
  throw new TypeError(`A ${typeof value} can't be bound to a statement.`);
}
