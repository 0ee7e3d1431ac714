// Puts the world into the embedded store, into a plain SQLite file and into DuckDB. A world of the same size and day from an
// earlier run is used again; a store of another format is written again.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { stopwatch } from "../../src/clock.js";
import { formatVersion } from "../../src/documents/collections.js";
import { type Connection, openConnection } from "../../src/store/embedded/adapter.js";
import { type EmbeddedStore, openEmbeddedStore } from "../../src/store/embedded/store.js";
import { type HandTable, indexes, tables } from "./by-hand.js";
import { definition, type StoredCustomer, storedCustomers } from "./world.js";

export interface World {
  readonly store: EmbeddedStore;
  readonly sqlite: Connection;
  readonly duckdb: DuckDBConnection;
}

const together = 500;

function* batches(customers: number, now: number): Generator<readonly StoredCustomer[]> {
  let batch: StoredCustomer[] = [];
  for (const stored of storedCustomers(customers, now)) {
    batch.push(stored);
    if (batch.length < together) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Opens the world of a size in a folder; makes it if it is missing. */
export async function openWorld(
  folder: string,
  customers: number,
  now: number,
  report: (line: string) => void,
): Promise<World> {
  mkdirSync(folder, { recursive: true });
  const parts = [
    { name: "store", as: `store-${formatVersion}`, load: loadStore },
    { name: "plain.db", as: "plain-2", load: loadSqlite },
    { name: "duck.db", as: "duck", load: loadDuckDb },
  ];
  for (const { name, as, load } of parts) {
    const complete = join(folder, `${as}.complete`);
    if (existsSync(complete)) continue;
    for (const suffix of ["", "-wal", "-shm", ".wal"])
      rmSync(join(folder, `${name}${suffix}`), { recursive: true, force: true });
    await load(join(folder, name), customers, now, report);
    writeFileSync(complete, "");
  }
  const sqlite = openConnection(join(folder, "plain.db"), 0);
  await sqlite.exec("PRAGMA cache_size = -32000");
  const instance = await DuckDBInstance.create(join(folder, "duck.db"));
  return {
    store: await openEmbeddedStore(join(folder, "store")),
    sqlite,
    duckdb: await instance.connect(),
  };
}

async function loadStore(
  folder: string,
  customers: number,
  now: number,
  report: (line: string) => void,
): Promise<void> {
  const store = await openEmbeddedStore(folder);
  const elapsed = stopwatch();
  let records = 0;
  await store.writeDefinition(definition);
  for (const batch of batches(customers, now)) {
    await store.write(async (transaction) => {
      await transaction.put(
        "customers",
        batch.map(({ customer }) => customer),
      );
      await transaction.put(
        "products",
        batch.flatMap(({ products }) => products),
      );
      for (const collection of [
        "orders",
        "events",
        "redemptions",
        "gift_cards",
        "loyalty",
        "referrals",
      ] as const) {
        const documents = batch.flatMap(({ records: of }) => of[collection] as never[]);
        records += documents.length;
        await transaction.put(collection, documents);
      }
    });
    records += batch.length;
  }
  await store.close();
  const seconds = elapsed() / 1_000;
  report(
    `embedded store: ${records} documents in ${seconds.toFixed(1)} s, ${Math.round(records / seconds)} a second`,
  );
}

async function loadSqlite(
  file: string,
  customers: number,
  now: number,
  report: (line: string) => void,
): Promise<void> {
  const elapsed = stopwatch();
  const connection = openConnection(file, 0);
  await connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  for (const { name, columns } of tables)
    await connection.exec(`CREATE TABLE ${name} (${columns.join(", ")})`);
  let key = 0;
  for (const batch of batches(customers, now)) {
    await connection.exec("BEGIN");
    for (const stored of batch) {
      key += 1;
      for (const table of tables) {
        const insert = connection.prepare(insertText(table));
        for (const row of table.rows(stored, key)) insert.run(row);
      }
    }
    await connection.exec("COMMIT");
  }
  for (const [index, on] of indexes.entries()) await connection.exec(`CREATE INDEX by_${index} ON ${on}`);
  await connection.exec("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
  connection.close();
  report(`plain SQLite: ${(elapsed() / 1_000).toFixed(1)} s`);
}

function insertText({ name, columns }: HandTable): string {
  return `INSERT INTO ${name} VALUES (${columns.map(() => "?").join(", ")})`;
}

async function loadDuckDb(
  file: string,
  customers: number,
  now: number,
  report: (line: string) => void,
): Promise<void> {
  const elapsed = stopwatch();
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const { name, columns } of tables)
    await connection.run(`CREATE TABLE ${name} (${columns.join(", ")})`);
  const appenders = await Promise.all(tables.map(({ name }) => connection.createAppender(name)));
  let key = 0;
  for (const stored of storedCustomers(customers, now)) {
    key += 1;
    for (const [index, table] of tables.entries()) {
      const appender = appenders[index]!;
      for (const row of table.rows(stored, key)) {
        for (const [at, value] of row.entries()) {
          if (value === null) appender.appendNull();
          else if (typeof value === "string") appender.appendVarchar(value);
          else if (table.columns[at]!.endsWith("BIGINT")) appender.appendBigInt(BigInt(value));
          else appender.appendInteger(value);
        }
        appender.endRow();
      }
    }
  }
  for (const appender of appenders) appender.closeSync();
  await connection.run("CHECKPOINT");
  connection.closeSync();
  instance.closeSync();
  report(`DuckDB: ${(elapsed() / 1_000).toFixed(1)} s`);
}
