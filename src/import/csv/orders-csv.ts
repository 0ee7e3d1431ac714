// Imports a shop's export of orders: a CSV file with one row for each line of an order.

import type { Engine } from "../../engine.js";
import { newProject } from "../../projects/projects.js";
import { engineTarget } from "../engine-target.js";
import type { InputFile } from "../files/input-file.js";
import { type Rejects, rejectsOf } from "../files/rejects.js";
import { openScratch, type Scratch } from "../files/scratch.js";
import { type Sorter, sortKey } from "../files/sorter.js";
import { ImportError } from "../import-error.js";
import { batchSizeFor, writeInLanes } from "../lanes.js";
import { countryCounter } from "../odd-values.js";
import { type ImportSummary, Tally } from "../summary.js";
import type { ImportTarget } from "../target.js";
import type { CsvFile } from "./csv-file.js";
import { countResults, readRows } from "./csv-rows.js";
import type { CsvOptions } from "./customers-csv.js";
import type { OrdersMapping } from "./mapping-of-orders.js";
import { openMapped } from "./open-mapped.js";
import { type GatheredOrder, gatheredOrders } from "./orders/gathered-orders.js";
import {
  type NewProfile,
  type OrderRow,
  type OrderRowReader,
  type OrderRowSettings,
  orderRowReader,
} from "./orders/order-rows.js";

/**
 * Imports a CSV file, compressed or not. The rows of an order may be anywhere in it: rows are first sorted on disk, so that
 * memory doesn't grow with the file. Rows that name no customer are skipped and counted. A new customer gets the profile that the
 * mapping reads from the customer's first order; existing customers are unchanged. The import is idempotent, also after it was
 * killed.
 * @param input a file's path, or an opened input.
 * @param mapping a shipped mapping's name, a JSON file's path, or the mapping itself.
 * @throws ImportError if the file or the mapping can't be read, or the project has another currency.
 */
export async function importCsv(
  engine: Engine,
  project: string,
  input: string | InputFile,
  mapping: string | OrdersMapping,
  options: CsvOptions = {},
): Promise<ImportSummary> {
  const opened = await openMapped("orders", input, mapping, options);
  return importOpenedOrders(engineTarget(engine, project), opened.file, opened.csv, opened.mapping, options);
}

/** The same for a file whose header has been read. */
export async function importOpenedOrders(
  target: ImportTarget,
  file: InputFile,
  csv: CsvFile,
  mapping: OrdersMapping,
  options: CsvOptions,
): Promise<ImportSummary> {
  const amounts = await amountsOf(target, mapping);
  const { header, delimiter } = csv;
  const reader = orderRowReader(mapping, {
    ...amounts,
    header,
    delimiter,
    label: file.path,
    now: target.now(),
  });
  const tally = new Tally();
  const rejects = rejectsOf(file.path, options);
  const scratch = await openScratch(options.scratchFolder);
  const source = mapping.newCustomer?.source ?? "import";
  const work: Work = { target, source, file, csv, reader, scratch, tally, rejects, options };
  let rejectsFile: string | undefined;
  try {
    const rows = scratch.sorter<OrderRow>("rows");
    await sortRows(work, rows);
    await define(work, amounts);
    tally.warnings.push(...reader.warnings());
    const orders = scratch.sorter<CustomersOrder>("orders");
    const { instant, totalled } = reader;
    const meaning = { instant, totalled, metadata: reader.metadataReader() };
    const total = sortOrders(work, gatheredOrders(rows.sorted(), meaning), orders);
    await writeOrders(work, orders, total);
  } finally {
    rejectsFile = rejects.close();
    await scratch.remove();
    await csv.close();
  }
  return tally.summary(rejectsFile);
}

interface Work {
  readonly target: ImportTarget;
  /** The source of new customers. */
  readonly source: string;
  readonly file: InputFile;
  readonly csv: CsvFile;
  readonly reader: OrderRowReader;
  readonly scratch: Scratch;
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly options: CsvOptions;
}

interface Amounts extends Pick<OrderRowSettings, "zone" | "currency" | "orderMetadataSchema"> {
  /** The definition of the project before anything is written, if it takes the file's currency or zone. */
  readonly defined?: { readonly timezone: string; readonly currency: string };
}

/**
 * An empty project takes the mapping's currency and zone. If the mapping has no currency, it is that of the file's first row,
 * provided that the project has no amounts and the default currency.
 */
async function amountsOf(target: ImportTarget, mapping: OrdersMapping): Promise<Amounts> {
  const { project } = target;
  const stored = (await target.definition()) ?? newProject(project);
  const { orderMetadataSchema } = stored;
  const zone = mapping.date?.zone ?? stored.timezone;
  const hasAmounts = (await target.hasAny("orders")) || (await target.hasAny("gift_cards"));
  const empty = !hasAmounts && !(await target.hasAny("customers"));
  const timezone = empty ? zone : stored.timezone;
  if (mapping.currency === undefined) {
    const hasDefaultCurrency = stored.currency === newProject(project).currency;
    const open = hasDefaultCurrency && !hasAmounts && mapping.columns.currency !== undefined;
    const defined = open || empty ? { timezone, currency: stored.currency } : undefined;
    return { zone, currency: open ? undefined : stored.currency, orderMetadataSchema, defined };
  }
  if (!empty && mapping.currency !== stored.currency) {
    throw new ImportError(
      `Project ${project} counts in ${stored.currency} and the mapping in ${mapping.currency}; amounts are not converted. ` +
        "Import into another project.",
    );
  }
  const { currency } = mapping;
  return { zone, currency, orderMetadataSchema, defined: empty ? { timezone, currency } : undefined };
}

/** Adds what the orders need to the project's definition. */
async function define({ target, reader }: Work, { defined }: Amounts): Promise<void> {
  const metadata = reader.metadata();
  if (defined === undefined && Object.keys(metadata).length === 0) return;
  await target.define({
    ...(defined === undefined
      ? {}
      : { timezone: defined.timezone, currency: reader.currency() ?? defined.currency }),
    orderMetadataSchema: metadata,
  });
}

async function sortRows(work: Work, rows: Sorter<OrderRow>): Promise<void> {
  const { reader } = work;
  await readRows(work, reader.columns.used, (fields, line) => {
    const row = reader.read(fields, line);
    if (row === undefined) return false;
    rows.add(sortKey(row.order, line), row);
    return true;
  });
}

/** An order that can be written, with the profile of its customer in case the customer is new. */
interface CustomersOrder {
  readonly line: number;
  readonly record: Readonly<Record<string, unknown>>;
  readonly customer: string;
  readonly profile?: NewProfile;
}

/** Gathers rows into orders and sorts them by customer, so that each summary is computed once. @returns the number of orders. */
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
  /** True for the customer's first order, which gives a new customer's profile. */
  readonly first: boolean;
}

async function writeOrders(work: Work, orders: Sorter<CustomersOrder>, total: number): Promise<void> {
  const { target, tally, options } = work;
  const knownProducts = new Set<string>();
  const countries = countryCounter();
  let done = 0;
  const write = async (batch: readonly OrderToWrite[]): Promise<void> => {
    options.signal?.throwIfAborted();
    await writeNewCustomers(
      work,
      batch.filter((order) => order.first),
    );
    const records = batch.map((order) => order.record);
    const results = await target.upsertRecords("orders", records, { knownProducts });
    countResults(work, "orders", results, batch);
    done += batch.length;
    options.onProgress?.({ phase: "orders", done, total });
  };
  await writeInLanes<OrderToWrite>(target, batchSizeFor(target), write, async ({ add }) => {
    let last: string | undefined;
    for (const order of orders.sorted()) {
      const first = order.customer !== last;
      if (first) countries.observe((order.profile?.address as { country?: string } | undefined)?.country);
      await add(order.customer, String(order.record.source_id), { ...order, first });
      last = order.customer;
    }
  });
  tally.warnings.push(...countries.warnings());
}

async function writeNewCustomers(work: Work, firstOrders: readonly OrderToWrite[]): Promise<void> {
  if (firstOrders.length === 0) return;
  const { target, source, tally } = work;
  const existing = await target.existing(firstOrders.map((order) => order.customer));
  const missing = firstOrders.filter((order) => !existing.has(order.customer));
  tally.count("customers", "unchanged", firstOrders.length - missing.length);
  const profiles = missing.map(({ customer, profile }) => ({ source_id: customer, source, ...profile }));
  const results = await target.upsertCustomers(profiles);
  const given = profiles.map((record, index) => ({ line: missing[index]!.line, record }));
  countResults(work, "customers", results, given);
}
