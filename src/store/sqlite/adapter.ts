// The one file that knows the SQLite driver (libsql). What can take long (opening, preparing, the first step of a statement,
// committing) runs in the driver's own threads, so that the event loop goes on meanwhile; the rest of a statement's rows are handed
// over in this thread. A query that is to leave the event loop alone therefore does all of its work before its first row: it
// sorts, aggregates, or selects from a materialised table.
import LibsqlDatabase from "libsql/promise";
import type { SqlValue } from "../../operators/encodings/sql.js";

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

/** A prepared statement. Its methods end before they return, but for `all`. */
export interface Statement {
  readonly run: (parameters: readonly SqlValue[]) => void;
  /** The first row. */
  readonly get: (parameters: readonly SqlValue[]) => Row | undefined;
  /** All rows; works outside of this thread until the first of them. */
  readonly all: (parameters: readonly SqlValue[]) => Promise<readonly Row[]>;
}

/** A connection. It does one thing at a time: whoever uses it waits for what it does. */
export interface Connection {
  /** The statement of a text, of which the latest used are kept. */
  readonly prepare: (text: string) => Promise<Statement>;
  /** Runs one statement, or several, outside of this thread. */
  readonly exec: (text: string) => Promise<void>;
  /** Stops what runs now: it rejects with `SQLITE_INTERRUPT`. Does nothing where nothing runs. */
  readonly interrupt: () => void;
  readonly close: () => void;
}

interface DriverStatement {
  /** True of a statement that returns rows. */
  readonly reader: boolean;
  readonly raw: (toggle: boolean) => DriverStatement;
  readonly run: (parameters: readonly DriverValue[]) => unknown;
  readonly get: (parameters: readonly DriverValue[]) => Row | undefined;
  readonly all: (parameters: readonly DriverValue[]) => Promise<readonly Row[]>;
}

type DriverValue = string | number | bigint | null;

/** The most statements that a connection keeps. */
const mostStatements = 300;

/**
 * Opens a connection to a file, which is made where it is missing.
 * @param busyMs how long it waits for locks of other connections, in milliseconds.
 */
export function openConnection(file: string, busyMs: number): Connection {
  const driver = new LibsqlDatabase(file, { timeout: busyMs });
  const statements = new Map<string, Statement>();
  return {
    prepare: async (text) => {
      const known = statements.get(text);
      if (known !== undefined) {
        // Used last, kept longest.
        statements.delete(text);
        statements.set(text, known);
        return known;
      }
      const statement = statementOver((await driver.prepare(text)) as DriverStatement);
      statements.set(text, statement);
      if (statements.size > mostStatements) statements.delete(statements.keys().next().value!);
      return statement;
    },
    exec: async (text) => {
      await driver.exec(text);
    },
    interrupt: () => driver.interrupt(),
    close: () => {
      statements.clear();
      driver.close();
    },
  };
}

function statementOver(statement: DriverStatement): Statement {
  if (statement.reader) statement.raw(true);
  return {
    run: (parameters) => {
      statement.run(parameters.map(bound));
    },
    get: (parameters) => statement.get(parameters.map(bound)),
    all: (parameters) => statement.all(parameters.map(bound)),
  };
}

/** Whole numbers are stored as such only where they are bound as bigints. @throws TypeError for what the driver would end the process for. */
function bound(value: SqlValue): DriverValue {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "string" || value === null) return value;
  throw new TypeError(`A ${typeof value} can't be bound to a statement.`);
}
