// Imports a list of customers: a CSV file with one row for each.

import { defineProject } from "../../definitions/define.js";
import type { Engine } from "../../engine.js";
import { attempt } from "../../facts/record-error.js";
import { upsertCustomers } from "../../ingest/customers.js";
import { findDefinedProject, newProject } from "../../projects/projects.js";
import { type InputFile, openInputFile } from "../files/input-file.js";
import { rejectsOf } from "../files/rejects.js";
import { writeInLanes } from "../lanes.js";
import { type ImportOptions, type ImportSummary, Tally } from "../summary.js";
import { csvRows, namedFields } from "./csv-file.js";
import { type CustomerRecord, type CustomerRowReader, customerRowReader } from "./customer-rows.js";
import { findMapping, readMapping } from "./mapping.js";
import type { CustomersMapping } from "./mapping-of-customers.js";

const batchSize = 500;

interface CustomerToWrite {
  readonly line: number;
  readonly record: CustomerRecord;
}

/**
 * Imports a CSV file, packed with gzip or not. A customer who is known gets the profile that the row says; of several rows
 * with one id, the last stays; rows without one are left out and counted. The mapping's consents and metadata are added to
 * the project's definition. Doing it again, also after it was killed, comes to the same.
 * @param input a file's path, or what is to be read.
 * @param mapping a shipped mapping's name, a JSON file's path, or the mapping itself.
 * @throws ImportError where the file or the mapping can't be read; ProjectError where the project has a key of the
 * mapping's metadata with another type.
 */
export async function importCustomersCsv(
  engine: Engine,
  project: string,
  input: string | InputFile,
  mapping: string | CustomersMapping = "plain",
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const read =
    typeof mapping === "string"
      ? await findMapping("customers", mapping)
      : readMapping("customers", mapping, "given");
  const file = typeof input === "string" ? await openInputFile(input) : input;
  const tally = new Tally();
  const rejects = rejectsOf(file.path, options.rejectsFile);
  let done = 0;
  const write = async (batch: readonly CustomerToWrite[]): Promise<void> => {
    options.signal?.throwIfAborted();
    const records = batch.map(({ record }) => record);
    const results = await upsertCustomers(engine, project, records);
    for (const [index, result] of results.entries()) {
      tally.count("customers", result.status);
      if (result.status !== "rejected") continue;
      const { line, record } = batch[index]!;
      rejects.add({ file: file.path, line, reason: result.reason, record });
    }
    done += batch.length;
    const totalBytes = file.size;
    options.onProgress?.({ phase: "customers", done, bytes: file.bytesRead(), totalBytes });
  };
  let rejectsFile: string | undefined;
  try {
    await writeInLanes<CustomerToWrite>(engine.store, batchSize, write, async ({ add }) => {
      let reader: CustomerRowReader | undefined;
      let header: readonly string[] = [];
      for await (const { line, fields } of csvRows(file, read)) {
        if (reader === undefined) {
          header = fields.map((name) => name.trim());
          reader = await readerOf(engine, project, read, header, file.path);
          continue;
        }
        tally.rows += 1;
        const known = reader;
        const result = attempt(() => known.read(fields));
        if ("reason" in result) {
          tally.rejectedRows += 1;
          rejects.add({ file: file.path, line, reason: result.reason, record: namedFields(header, fields) });
        } else if (result.value === undefined) tally.skippedRows += 1;
        else {
          const record = result.value;
          await add(record.source_id, record.source_id, { line, record });
        }
      }
    });
  } finally {
    rejectsFile = rejects.close();
  }
  return tally.summary(rejectsFile);
}

/** Makes the reader, and adds to the project's definition what the rows will need. */
async function readerOf(
  engine: Engine,
  project: string,
  mapping: CustomersMapping,
  header: readonly string[],
  label: string,
): Promise<CustomerRowReader> {
  const stored = (await findDefinedProject(engine, project)) ?? newProject(project);
  const reader = customerRowReader(mapping, stored, header, label);
  const mapped = Object.entries(mapping.metadata ?? {}).map(([key, { type }]) => [key, type] as const);
  await defineProject(engine, project, {
    metadataSchema: { ...Object.fromEntries(mapped), ...reader.metadata },
    consents: Object.keys(mapping.consents ?? {}),
  });
  return reader;
}
