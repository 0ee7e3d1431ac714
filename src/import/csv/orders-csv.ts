// Imports a shop's export of orders: a CSV file with one row for each line of an order.

import { defineProject, hasAny } from "../../definitions/define.js";
import type { Engine } from "../../engine.js";
import { customerId } from "../../facts/identity.js";
import { attempt } from "../../facts/record-error.js";
import { upsertCustomers } from "../../ingest/customers.js";
import { upsertRecords } from "../../ingest/records.js";
import { findDefinedProject, newProject } from "../../projects/projects.js";
import { type InputFile, openInputFile } from "../files/input-file.js";
import { type Rejects, rejectsOf } from "../files/rejects.js";
import { openScratch, type Scratch } from "../files/scratch.js";
import type { Sorter } from "../files/sorter.js";
import { ImportError } from "../import-error.js";
import { writeInLanes } from "../lanes.js";
import { type ImportOptions, type ImportSummary, Tally } from "../summary.js";
import { csvRows, namedFields } from "./csv-file.js";
import { type GatheredOrder, gatheredOrders } from "./gathered-orders.js";
import { findMapping, readMapping } from "./mapping.js";
import type { OrdersMapping } from "./mapping-of-orders.js";
import {
  type NewProfile,
  type OrderRow,
  type OrderRowReader,
  type OrderRowSettings,
  orderRowReader,
} from "./order-rows.js";

const batchSize = 500;
const rowsAtOnce = 20_000;

/**
 * Imports a CSV file, packed with gzip or not. The rows of an order may stand anywhere in it: they are sorted on disk
 * first, so that memory doesn't grow with the file. Rows that name no customer are left out and counted; customers that
 * are new get what the mapping says of their first row, those that are known stay as they are. Doing it again, also after
 * it was killed, comes to the same.
 * @param input a file's path, or what is to be read.
 * @param mapping a shipped mapping's name, a JSON file's path, or the mapping itself.
 * @throws ImportError where the file or the mapping can't be read, or the project counts in another currency.
 */
export async function importCsv(
  engine: Engine,
  project: string,
  input: string | InputFile,
  mapping: string | OrdersMapping,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const read =
    typeof mapping === "string"
      ? await findMapping("orders", mapping)
      : readMapping("orders", mapping, "given");
  const file = typeof input === "string" ? await openInputFile(input) : input;
  const target = await targetOf(engine, project, read);
  const tally = new Tally();
  const rejects = rejectsOf(file.path, options.rejectsFile);
  const scratch = await openScratch(options.scratchFolder);
  const source = read.newCustomer?.source ?? "import";
  const work: Work = { engine, project, source, file, scratch, tally, rejects, options };
  let rejectsFile: string | undefined;
  try {
    const rows = scratch.sorter<OrderRow>("rows");
    const reader = await sortRows(work, read, target, rows);
    if (target.defined !== undefined) {
      const { timezone, currency } = target.defined;
      await defineProject(engine, project, { timezone, currency: reader.currency() ?? currency });
    }
    const orders = scratch.sorter<CustomersOrder>("orders");
    const total = sortOrders(work, gatheredOrders(rows.sorted(), reader.totalled), orders);
    await writeOrders(work, orders, total);
  } finally {
    rejectsFile = rejects.close();
    await scratch.remove();
  }
  return tally.summary(rejectsFile);
}

interface Work {
  readonly engine: Engine;
  readonly project: string;
  /** Of customers who are new. */
  readonly source: string;
  readonly file: InputFile;
  readonly scratch: Scratch;
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly options: ImportOptions;
}

interface Target extends OrderRowSettings {
  /** What the project is defined with before anything is written, where it takes the file's currency or zone. */
  readonly defined?: { readonly timezone: string; readonly currency: string };
}

/**
 * An empty project takes the mapping's currency and zone. A mapping without a currency leaves it to the file's first row,
 * while the project has no amounts and nobody has chosen another currency for it than the usual one.
 */
async function targetOf(engine: Engine, project: string, mapping: OrdersMapping): Promise<Target> {
  const stored = (await findDefinedProject(engine, project)) ?? newProject(project);
  const zone = mapping.date.zone ?? stored.timezone;
  const hasAmounts =
    (await hasAny(engine, project, "orders")) || (await hasAny(engine, project, "gift_cards"));
  const empty = !hasAmounts && !(await hasAny(engine, project, "customers"));
  const timezone = empty ? zone : stored.timezone;
  if (mapping.currency === undefined) {
    const usual = stored.currency === newProject(project).currency;
    const open = usual && !hasAmounts && mapping.columns.currency !== undefined;
    const defined = open || empty ? { timezone, currency: stored.currency } : undefined;
    return { zone, currency: open ? undefined : stored.currency, defined };
  }
  if (!empty && mapping.currency !== stored.currency) {
    throw new ImportError(
      `Project ${project} counts in ${stored.currency} and the mapping in ${mapping.currency}; amounts are not converted. ` +
        "Import into another project.",
    );
  }
  const { currency } = mapping;
  return { zone, currency, defined: empty ? { timezone, currency } : undefined };
}

async function sortRows(
  { file, tally, rejects, options }: Work,
  mapping: OrdersMapping,
  target: Target,
  rows: Sorter<OrderRow>,
): Promise<OrderRowReader> {
  let reader: OrderRowReader | undefined;
  let header: readonly string[] = [];
  const tell = (): void => {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: "rows", done: tally.rows, bytes: file.bytesRead(), totalBytes: file.size });
  };
  for await (const { line, fields } of csvRows(file, mapping)) {
    if (reader === undefined) {
      header = fields.map((name) => name.trim());
      reader = orderRowReader(mapping, target, header, file.path);
      continue;
    }
    tally.rows += 1;
    const { read } = reader;
    const result = attempt(() => read(fields, line));
    if ("reason" in result) {
      tally.rejectedRows += 1;
      rejects.add({ file: file.path, line, reason: result.reason, record: namedFields(header, fields) });
    } else if (result.value === undefined) tally.skippedRows += 1;
    else rows.add(sortKey(result.value.order, line), result.value);
    if (tally.rows % rowsAtOnce === 0) tell();
  }
  tell();
  return reader!;
}

/** Sorts by the text and then by the line, whatever characters the text has. */
function sortKey(text: string, line: number): string {
  return `${text}\u0001${String(line).padStart(12, "0")}`;
}

/** An order that can be written, and what its customer gets to be, should that be a new one. */
interface CustomersOrder {
  readonly line: number;
  readonly record: Readonly<Record<string, unknown>>;
  readonly customer: string;
  readonly profile?: NewProfile;
}

/** Makes orders of the rows and sorts them by customer, so that a summary is made once. Returns how many there are. */
function sortOrders(
  { file, tally, rejects }: Work,
  gathered: Iterable<GatheredOrder>,
  orders: Sorter<CustomersOrder>,
): number {
  let total = 0;
  for (const order of gathered) {
    if ("skippedRows" in order) tally.skippedRows += order.skippedRows;
    else if ("problem" in order) {
      tally.count("orders", "rejected");
      rejects.add({ file: file.path, line: order.line, reason: order.problem, record: order.record });
    } else {
      orders.add(sortKey(order.customer, order.line), order);
      total += 1;
    }
  }
  return total;
}

interface OrderToWrite extends CustomersOrder {
  /** It is the first of its customer's, which decides what a new customer gets to be. */
  readonly first: boolean;
}

async function writeOrders(work: Work, orders: Sorter<CustomersOrder>, total: number): Promise<void> {
  const { engine, project, file, tally, rejects, options } = work;
  const knownProducts = new Set<string>();
  let done = 0;
  const write = async (batch: readonly OrderToWrite[]): Promise<void> => {
    options.signal?.throwIfAborted();
    await writeNewCustomers(
      work,
      batch.filter((order) => order.first),
    );
    const records = batch.map((order) => order.record);
    const results = await upsertRecords(engine, project, "orders", records, { knownProducts });
    for (const [index, result] of results.entries()) {
      tally.count("orders", result.status);
      if (result.status !== "rejected") continue;
      const { line, record } = batch[index]!;
      rejects.add({ file: file.path, line, reason: result.reason, record });
    }
    done += batch.length;
    options.onProgress?.({ phase: "orders", done, total });
  };
  await writeInLanes<OrderToWrite>(engine.store, batchSize, write, async ({ add }) => {
    let last: string | undefined;
    for (const order of orders.sorted()) {
      await add(order.customer, String(order.record.source_id), { ...order, first: order.customer !== last });
      last = order.customer;
    }
  });
}

async function writeNewCustomers(
  { engine, project, source, file, tally, rejects }: Work,
  firstOrders: readonly OrderToWrite[],
): Promise<void> {
  if (firstOrders.length === 0) return;
  const ids = firstOrders.map((order) => customerId(project, order.customer));
  const stored = await engine.store.getMany("customers", ids);
  const missing = firstOrders.filter((_, index) => stored[index] === undefined);
  tally.count("customers", "unchanged", firstOrders.length - missing.length);
  const profiles = missing.map(({ customer, profile }) => ({ source_id: customer, source, ...profile }));
  const results = await upsertCustomers(engine, project, profiles);
  for (const [index, result] of results.entries()) {
    tally.count("customers", result.status);
    if (result.status !== "rejected") continue;
    rejects.add({
      file: file.path,
      line: missing[index]!.line,
      reason: result.reason,
      record: profiles[index],
    });
  }
}
