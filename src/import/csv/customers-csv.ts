// Imports a list of customers: a CSV file with a row for each. Rows are read twice, the second time from disk, sorted by
// customer: so the types of metadata are inferred from all rows, and the rows of one customer are merged, in memory that does not
// grow with the file.
import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../../engine.js";
import { type CustomerPatch, combinedPatches, patched } from "../../facts/profile-patch.js";
import { attempt } from "../../facts/record-error.js";
import { checkedId } from "../../facts/record-shape.js";
import { newProject } from "../../projects/projects.js";
import { engineTarget } from "../engine-target.js";
import type { InputFile } from "../files/input-file.js";
import { type Rejects, rejectsOf } from "../files/rejects.js";
import { openScratch, type Scratch } from "../files/scratch.js";
import { type Sorter, sortKey } from "../files/sorter.js";
import { batchSizeFor, writeInLanes } from "../lanes.js";
import { countryCounter } from "../odd-values.js";
import { type ImportOptions, type ImportSummary, Tally } from "../summary.js";
import type { ImportTarget } from "../target.js";
import { type CsvFile, namedFields } from "./csv-file.js";
import { countResults, readRows } from "./csv-rows.js";
import { type CustomerRowReader, customerRowReader } from "./customer-rows.js";
import type { CustomersMapping } from "./mapping-of-customers.js";
import { type CsvFormat, openMapped } from "./open-mapped.js";
import { type RepeatedRows, repeatedRows } from "./repeated-rows.js";

/** Options of an import of a CSV file, besides its mapping. */
export interface CsvOptions extends ImportOptions, CsvFormat {
  /**
   * `merge`: sets the values of the row, and leaves the rest of the profile unchanged; `replace`: the row is the whole profile.
   * `merge` by default.
   */
  readonly mode?: "merge" | "replace";
  /** With `merge`: a blank cell removes the stored value. By default, blank cells are ignored. */
  readonly clearEmpty?: boolean;
}

interface CustomerRow {
  readonly id: string;
  readonly line: number;
  readonly fields: readonly string[];
}

interface CustomerToWrite {
  readonly line: number;
  readonly record: CustomerPatch;
}

/**
 * Imports a CSV file, compressed or not. Rows with the same id are one customer, and later rows override earlier ones; rows
 * without an id are skipped and counted. The mapping's consents and metadata are added to the project's definition. The import is
 * idempotent, also after it was killed.
 * @param input a file's path, or an opened input.
 * @param mapping a shipped mapping's name, a JSON file's path, or the mapping itself.
 * @throws ImportError if the file or the mapping can't be read; ProjectError if the project has a key of the mapping's metadata
 *   with
 * another type.
 */
export async function importCustomersCsv(
  engine: Engine,
  project: string,
  input: string | InputFile,
  mapping: string | CustomersMapping = "plain",
  options: CsvOptions = {},
): Promise<ImportSummary> {
  const opened = await openMapped("customers", input, mapping, options);
  return importOpenedCustomers(
    engineTarget(engine, project),
    opened.file,
    opened.csv,
    opened.mapping,
    options,
  );
}

/** The same for a file whose header has been read. */
export async function importOpenedCustomers(
  target: ImportTarget,
  file: InputFile,
  csv: CsvFile,
  mapping: CustomersMapping,
  options: CsvOptions,
): Promise<ImportSummary> {
  const stored = (await target.definition()) ?? newProject(target.project);
  const reader = customerRowReader(mapping, {
    definition: stored,
    header: csv.header,
    delimiter: csv.delimiter,
    label: file.path,
    clearEmpty: options.clearEmpty === true && options.mode !== "replace",
    now: target.now(),
  });
  const tally = new Tally();
  const rejects = rejectsOf(file.path, options);
  const scratch: Scratch = await openScratch(options.scratchFolder);
  const work: Work = { target, file, csv, mapping, reader, tally, rejects, options };
  let rejectsFile: string | undefined;
  try {
    const rows = scratch.sorter<CustomerRow>("rows");
    await sortRows(work, rows);
    await target.define({
      metadataSchema: reader.metadata(),
      consents: [...Object.keys(mapping.consents ?? {}), ...reader.newConsents().names()],
    });
    tally.warnings.push(...reader.newConsents().warnings(), ...reader.warnings());
    await writeCustomers(work, rows);
  } finally {
    rejectsFile = rejects.close();
    await scratch.remove();
    await csv.close();
  }
  return tally.summary(rejectsFile);
}

interface Work {
  readonly target: ImportTarget;
  readonly file: InputFile;
  readonly csv: CsvFile;
  readonly mapping: CustomersMapping;
  readonly reader: CustomerRowReader;
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly options: CsvOptions;
}

async function sortRows(work: Work, rows: Sorter<CustomerRow>): Promise<void> {
  const { reader } = work;
  await readRows(work, reader.columns.used, (fields, line) => {
    const written = reader.sourceId(fields);
    if (written === "") return false;
    const id = checkedId(written, "the customer's id");
    reader.observe(fields);
    rows.add(sortKey(id, line), { id, line, fields });
    return true;
  });
}

async function writeCustomers(work: Work, rows: Sorter<CustomerRow>): Promise<void> {
  const { target, file, csv, mapping, reader, tally, rejects, options } = work;
  const read = reader.reader();
  const repeated = repeatedRows("customer");
  const countries = countryCounter();
  const defaults = mapping.source === undefined ? {} : { source: mapping.source };
  const upsert = (records: readonly CustomerPatch[]) =>
    options.mode === "replace"
      ? target.upsertCustomers(records.map((record) => ({ ...defaults, ...patched(undefined, record) })))
      : target.mergeCustomers(records, { defaults });
  let done = 0;
  const write = async (batch: readonly CustomerToWrite[]): Promise<void> => {
    options.signal?.throwIfAborted();
    const results = await upsert(batch.map(({ record }) => record));
    countResults(work, "customers", results, batch);
    done += batch.length;
    options.onProgress?.({ phase: "customers", done });
  };
  await writeInLanes<CustomerToWrite>(target, batchSizeFor(target), write, async ({ add }) => {
    const customers = customersOf(rows.sorted(), {
      read,
      reader,
      repeated,
      replace: options.mode === "replace",
    });
    for (const customer of customers) {
      if ("reason" in customer) {
        const { line, reason, fields } = customer;
        tally.rejectedRows += 1;
        rejects.add({ file: file.path, line, reason, record: namedFields(csv.header, fields) });
        continue;
      }
      countries.observe(customer.record.address?.country);
      await add(customer.record.source_id, customer.record.source_id, customer);
    }
  });
  tally.warnings.push(...repeated.warnings(), ...countries.warnings());
}

interface Grouping {
  readonly read: (fields: readonly string[], sourceId: string) => CustomerPatch;
  readonly reader: CustomerRowReader;
  readonly repeated: RepeatedRows;
  readonly replace: boolean;
}

type Grouped =
  | CustomerToWrite
  | { readonly line: number; readonly reason: string; readonly fields: readonly string[] };

/** Merges the rows of each customer. @param rows sorted by customer and then by line. */
function* customersOf(rows: Iterable<CustomerRow>, grouping: Grouping): Generator<Grouped> {
  const { read, reader, repeated, replace } = grouping;
  let open: (CustomerToWrite & { readonly id: string; readonly apart: string }) | undefined;
  for (const { id: written, line, fields } of rows) {
    const same = open?.id === written ? open : undefined;
    const apart = reader.apart(fields);
    // Another customer with the same id, as the members of a household have the same telephone number.
    const shares = same !== undefined && apart !== "" && same.apart !== "" && apart !== same.apart;
    const made = attempt(() => read(fields, shares ? apart : written));
    if ("reason" in made) {
      yield { line, reason: made.reason, fields };
      continue;
    }
    const record = made.value;
    if (shares) {
      repeated.shared(written, same.line, line, apart);
      yield { line, record };
      continue;
    }
    if (same === undefined) {
      if (open !== undefined) yield open;
      open = { id: written, apart, line, record };
      continue;
    }
    repeated.add(written, same.line, line, !isDeepStrictEqual(same.record, record));
    open = { ...same, record: replace ? record : combinedPatches(same.record, record) };
  }
  if (open !== undefined) yield open;
}
