// Imports a shop's export of orders: a CSV file with one row for each line of an order.
import { Readable, type Transform } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import { upsertRecords } from "../activity/write.js";
import { customerId } from "../customers/identity.js";
import { upsertCustomers } from "../customers/write.js";
import { attempt } from "../customers/write-result.js";
import type { Engine } from "../engine.js";
import { defineProject, hasAny } from "../projects/define.js";
import { findDefinedProject, newProject } from "../projects/projects.js";
import { type GatheredOrder, gatheredOrders } from "./gathered-orders.js";
import { ImportError } from "./import-error.js";
import { type InputFile, openInputFile } from "./input-file.js";
import { findMapping, type Mapping, readMapping } from "./mapping.js";
import { type OrderRow, rowReader } from "./order-rows.js";
import { type Rejects, rejectsOf } from "./rejects.js";
import { openScratch, type Scratch, type ScratchCustomer } from "./scratch.js";
import { type ImportOptions, type ImportSummary, Tally } from "./summary.js";

const batchSize = 1_000;
const rowsAtOnce = 20_000;
const longestRow = 1024 * 1024;

/**
 * Imports a `.csv` or `.csv.gz` file. The rows of an order may stand anywhere in it: they are gathered on disk first, so
 * that memory doesn't grow with the file. A row without a customer is left out and counted; customers that are new get the
 * country of their first row, those that are known stay as they are. Doing it again, also after it was killed, comes to
 * the same.
 * @param mapping a shipped mapping's name, a JSON file's path, or the mapping itself.
 * @throws ImportError where the file or the mapping can't be read, or the project counts in another currency.
 */
export async function importCsv(
  engine: Engine,
  project: string,
  path: string,
  mapping: string | Mapping,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const read = typeof mapping === "string" ? await findMapping(mapping) : readMapping(mapping, "given");
  const file = await openInputFile(path);
  await agreeOnCurrency(engine, project, read);
  const tally = new Tally();
  const rejects = rejectsOf(path, options.rejectsFile);
  const scratch = await openScratch(options.scratchFolder);
  const work: Work = { engine, project, file, scratch, tally, rejects, options };
  let rejectsFile: string | undefined;
  try {
    await gatherRows(work, read);
    await writeCustomers(work);
    await writeOrders(work);
  } finally {
    rejectsFile = rejects.close();
    await scratch.remove();
  }
  return tally.summary(rejectsFile);
}

interface Work {
  readonly engine: Engine;
  readonly project: string;
  readonly file: InputFile;
  readonly scratch: Scratch;
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly options: ImportOptions;
}

/** An empty project takes the mapping's currency and zone. */
async function agreeOnCurrency(engine: Engine, project: string, mapping: Mapping): Promise<void> {
  const stored = await findDefinedProject(engine, project);
  const empty = !(await hasAny(engine, project, "customers")) && !(await hasAny(engine, project, "orders"));
  if (empty) {
    await defineProject(engine, project, { currency: mapping.currency, timezone: mapping.date.zone });
    return;
  }
  const { currency } = stored ?? newProject(project);
  if (currency !== mapping.currency) {
    throw new ImportError(
      `Project ${project} counts in ${currency} and the mapping in ${mapping.currency}; amounts are not converted. ` +
        "Import into another project.",
    );
  }
}

async function gatherRows({ file, scratch, tally, rejects, options }: Work, mapping: Mapping): Promise<void> {
  const parser = parse({
    bom: true,
    delimiter: mapping.delimiter ?? ",",
    info: true,
    max_record_size: longestRow,
    relax_column_count: true,
    // Inches in a product's name (12" RULER) are no reason to refuse a row.
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let read: ReturnType<typeof rowReader> | undefined;
  let header: readonly string[] = [];
  let batch: OrderRow[] = [];
  let line = 0;
  const flush = (): void => {
    options.signal?.throwIfAborted();
    scratch.addRows(batch);
    batch = [];
    options.onProgress?.({ phase: "rows", done: tally.rows, bytes: file.bytesRead(), totalBytes: file.size });
  };
  try {
    for await (const { info, record } of parsed(decoded(file, mapping), parser)) {
      // `lines` counts to the row's end, and a quoted field may have line breaks in it.
      line = info.lines - record.reduce((breaks, field) => breaks + field.split("\n").length - 1, 0);
      if (read === undefined) {
        header = record.map((name) => name.trim());
        read = rowReader(mapping, header, file.path);
        continue;
      }
      tally.rows += 1;
      const result = attempt(() => read!(record, line));
      if ("reason" in result) {
        tally.rejectedRows += 1;
        rejects.add({ file: file.path, line, reason: result.reason, record: namedFields(header, record) });
      } else if (result.value === undefined) tally.skippedRows += 1;
      else batch.push(result.value);
      if (tally.rows % rowsAtOnce === 0) flush();
    }
  } catch (error) {
    throw csvProblem(error, file.path, line);
  }
  if (read === undefined)
    throw new ImportError(`${file.path} is empty; its first line must name the columns.`);
  flush();
}

async function* decoded(file: InputFile, mapping: Mapping): AsyncGenerator<string> {
  const encoding = mapping.encoding ?? "utf-8";
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw new ImportError(
        `${file.path} is not in ${encoding}: near byte ${file.bytesRead()} of the file there is something else. ` +
          "Name its encoding in the mapping.",
        { cause: error },
      );
    }
  };
  for await (const chunk of file.chunks()) yield decode(chunk);
  yield decode();
}

async function* parsed(
  text: AsyncIterable<string>,
  parser: Transform,
): AsyncGenerator<{ readonly info: Info; readonly record: string[] }> {
  const source = Readable.from(text);
  source.on("error", (error) => parser.destroy(error));
  try {
    yield* source.pipe(parser);
  } finally {
    source.destroy();
  }
}

function csvProblem(error: unknown, path: string, line: number): unknown {
  const code = (error as CsvError).code;
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE") {
    return new ImportError(
      `${path}: the row after line ${line} has no end, or has more than ${longestRow} bytes. ` +
        "Is a quote opened there and not closed?",
      { cause: error },
    );
  }
  if (code?.startsWith("CSV_")) {
    return new ImportError(`${path}, after line ${line}: ${(error as Error).message}`, { cause: error });
  }
  return error;
}

function namedFields(header: readonly string[], fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((value, index) => [header[index] ?? `column ${index + 1}`, value.slice(0, 1_000)]),
  );
}

async function writeCustomers({
  engine,
  project,
  file,
  scratch,
  tally,
  rejects,
  options,
}: Work): Promise<void> {
  const total = scratch.customerCount();
  let done = 0;
  for (const batch of batches(scratch.customers(), batchSize)) {
    options.signal?.throwIfAborted();
    const ids = batch.map((customer) => customerId(project, customer.sourceId));
    const stored = await engine.store.getMany("customers", ids);
    const missing = batch.filter((_, index) => stored[index] === undefined);
    tally.count("customers", "unchanged", batch.length - missing.length);
    const results = await upsertCustomers(engine, project, missing.map(profileOf));
    for (const [index, result] of results.entries()) {
      tally.count("customers", result.status);
      if (result.status !== "rejected") continue;
      const customer = missing[index]!;
      rejects.add({
        file: file.path,
        line: customer.line,
        reason: result.reason,
        record: profileOf(customer),
      });
    }
    done += batch.length;
    options.onProgress?.({ phase: "customers", done, total });
  }
}

function profileOf({ sourceId, country }: ScratchCustomer) {
  return {
    source_id: sourceId,
    source: "import",
    ...(country === undefined ? {} : { address: { country } }),
  };
}

async function writeOrders({ engine, project, file, scratch, tally, rejects, options }: Work): Promise<void> {
  const total = scratch.orderCount();
  let done = 0;
  for (const batch of batches(gatheredOrders(scratch), batchSize)) {
    options.signal?.throwIfAborted();
    const whole = batch.filter((order) => order.problem === undefined);
    const results = await upsertRecords(
      engine,
      project,
      "orders",
      whole.map((order) => order.record),
    );
    const reject = (order: GatheredOrder, reason: string): void =>
      rejects.add({ file: file.path, line: order.line, reason, record: order.record });
    for (const [index, result] of results.entries()) {
      tally.count("orders", result.status);
      if (result.status === "rejected") reject(whole[index]!, result.reason);
    }
    for (const order of batch) {
      if (order.problem === undefined) continue;
      tally.count("orders", "rejected");
      reject(order, order.problem);
    }
    done += batch.length;
    options.onProgress?.({ phase: "orders", done, total });
  }
}

function* batches<Item>(items: Iterable<Item>, size: number): Generator<readonly Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
