// A place on disk for what an import has to sort or count, so that memory does not grow with the file.
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, open, type RootDatabase } from "lmdb";
import type { Numbering } from "../activity/content-key.js";

/** One row of a CSV file, as far as orders go. */
export interface ScratchRow {
  readonly line: number;
  readonly customer: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly sku?: string;
  readonly name?: string;
  readonly quantity: number;
  /** Minor units, of one unit. */
  readonly price: number;
  /** Minor units, of all units. */
  readonly amount: number;
  readonly cancelled: boolean;
}

export interface ScratchCustomer {
  readonly sourceId: string;
  readonly line: number;
  readonly country?: string;
}

/** A row as it lies on disk: without names, and without what its key says already. */
type PackedRow = readonly [
  at: number,
  quantity: number,
  price: number,
  amount: number,
  cancelled: boolean,
  sku: string | null,
  name: string | null,
];
type RowKey = [customer: string, order: string, line: number];

export interface Scratch {
  /** Keeps rows under their customers and orders; a customer is kept as the first row that names it says. */
  addRows(
    rows: readonly { readonly order: string; readonly country?: string; readonly row: ScratchRow }[],
  ): void;
  customers(): Iterable<ScratchCustomer>;
  customerCount(): number;
  /**
   * All rows, those of a customer together, so that its summary is made once; in there those of an order, in the order of
   * the file.
   */
  rows(): Iterable<{ readonly order: string; readonly row: ScratchRow }>;
  /** The customers that the order's rows name, the first that came first, and at most three. */
  customersOf(order: string): readonly string[];
  orderCount(): number;
  /** Numbers equal records of a collection. */
  numbering(collection: string): Numbering;
  /** Removes everything from disk. */
  remove(): Promise<void>;
}

const prefix = "segmentql-import-";
const mostPending = 10_000;

/** @param folder where to make it; by default the system's folder for temporary files. */
export async function openScratch(folder: string = tmpdir()): Promise<Scratch> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const path = await mkdtemp(join(folder, `${prefix}${process.pid}-`));
  // It is thrown away after the import, and after a crash: nothing in it needs to survive one.
  const root = open({ path, maxDbs: 4, noSync: true, overlappingSync: false });
  const rows: Database<PackedRow, RowKey> = root.openDB({ name: "rows" });
  const orders: Database<readonly string[], string> = root.openDB({ name: "orders" });
  const customers: Database<Omit<ScratchCustomer, "sourceId">, string> = root.openDB({ name: "customers" });
  const numbers: Database<number, string> = root.openDB({ name: "numbers" });
  return {
    addRows(batch) {
      root.transactionSync(() => {
        for (const { order, country, row } of batch) {
          rows.putSync([row.customer, order, row.line], packed(row));
          const named = orders.get(order) ?? [];
          if (!named.includes(row.customer) && named.length < 3)
            orders.putSync(order, [...named, row.customer]);
          if (!customers.doesExist(row.customer)) {
            customers.putSync(row.customer, {
              line: row.line,
              ...(country === undefined ? {} : { country }),
            });
          }
        }
      });
    },
    *customers() {
      for (const { key, value } of customers.getRange({ snapshot: false })) yield { sourceId: key, ...value };
    },
    customerCount: () => customers.getCount(),
    *rows() {
      for (const { key, value } of rows.getRange({ snapshot: false }))
        yield { order: key[1], row: unpacked(key, value) };
    },
    customersOf: (order) => orders.get(order) ?? [],
    orderCount: () => orders.getCount(),
    numbering: (collection) => numberOnDisk(root, numbers, collection),
    async remove() {
      await root.close();
      await rm(path, { recursive: true, force: true });
    },
  };
}

function packed({ at, quantity, price, amount, cancelled, sku, name }: ScratchRow): PackedRow {
  return [at, quantity, price, amount, cancelled, sku ?? null, name ?? null];
}

function unpacked(
  [customer, , line]: RowKey,
  [at, quantity, price, amount, cancelled, sku, name]: PackedRow,
): ScratchRow {
  return {
    line,
    customer,
    at,
    ...(sku === null ? {} : { sku }),
    ...(name === null ? {} : { name }),
    quantity,
    price,
    amount,
    cancelled,
  };
}

function numberOnDisk(root: RootDatabase, numbers: Database<number, string>, collection: string): Numbering {
  const pending = new Map<string, number>();
  return (hash) => {
    const key = `${collection}/${hash}`;
    const number = (pending.get(key) ?? numbers.get(key) ?? 0) + 1;
    pending.set(key, number);
    if (pending.size >= mostPending) {
      root.transactionSync(() => {
        for (const [each, value] of pending) numbers.putSync(each, value);
      });
      pending.clear();
    }
    return number;
  };
}

/** Removes what imports left behind that were killed: their folder's name tells the process, which is no more. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isRunning(Number(owner))) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

function isRunning(owner: number): boolean {
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    // Anything but "no such process" means that there is one, of somebody else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
