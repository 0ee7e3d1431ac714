// Imports a file or a stream of one collection's records, in the interchange folder's shape.

import type { Engine } from "../engine.js";
import { undefinedNames } from "../facts/undefined-names.js";
import type { WriteResult } from "../ingest/write-result.js";
import { defaultProject, newProject } from "../projects/projects.js";
import { engineTarget } from "./engine-target.js";
import { type InputFile, openInputFile } from "./files/input-file.js";
import { recordsByLine, recordsOfList } from "./files/json-records.js";
import { type Rejects, rejectsOf } from "./files/rejects.js";
import { openScratch, type Scratch } from "./files/scratch.js";
import { batchSizeFor, writeInLanes } from "./lanes.js";
import { countryCounter, undefinedNameWarnings } from "./odd-values.js";
import { type ImportedCollection, type ImportOptions, type ImportSummary, Tally } from "./summary.js";
import type { ImportTarget } from "./target.js";

/** Options of an import of records. */
export interface RecordsOptions extends ImportOptions {
  /** `replace`: a customer's record is the whole profile; `merge`: omitted fields are unchanged. `replace` by default. */
  readonly mode?: "merge" | "replace";
}

/**
 * Imports one collection: a `.json` file contains an array, any other file one record on each line. The import is idempotent,
 * also after it was killed.
 * @param input a file's path, or an opened input, as standard input.
 * @throws ImportError if the input can't be read (records before that are imported).
 */
export function importRecords(
  engine: Engine,
  project: string,
  collection: ImportedCollection,
  input: string | InputFile,
  options: RecordsOptions = {},
): Promise<ImportSummary> {
  return importRecordsInto(engineTarget(engine, project), collection, input, options);
}

/** The same for any target. */
export async function importRecordsInto(
  target: ImportTarget,
  collection: ImportedCollection,
  input: string | InputFile,
  options: RecordsOptions = {},
): Promise<ImportSummary> {
  const file = typeof input === "string" ? await openInputFile(input) : input;
  if (target.project !== defaultProject && (await target.definition()) === undefined) await target.define({});
  const tally = new Tally();
  const rejects = rejectsOf(file.path, options);
  const scratch = await openScratch(options.scratchFolder);
  let rejectsFile: string | undefined;
  try {
    await writeFileOf(target, collection, file, { tally, rejects, scratch, options });
  } finally {
    rejectsFile = rejects.close();
    await scratch.remove();
  }
  return tally.summary(rejectsFile);
}

/** The bookkeeping of an import. */
export interface Ledger {
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly scratch: Scratch;
  readonly options: RecordsOptions;
}

interface RecordToWrite {
  readonly line: number;
  readonly value: unknown;
}

/** Writes the records of one file. */
export async function writeFileOf(
  target: ImportTarget,
  collection: ImportedCollection,
  file: InputFile,
  { tally, rejects, scratch, options }: Ledger,
): Promise<void> {
  const isList = /\.json(\.gz)?$/i.test(file.path);
  const records = isList ? recordsOfList(file.chunks(), file.path) : recordsByLine(file.chunks());
  const upsertOptions = { numbering: scratch.numbering(collection), knownProducts: new Set<string>() };
  const upsert = (values: readonly unknown[]): Promise<readonly WriteResult[]> =>
    collection === "customers"
      ? options.mode === "merge"
        ? target.mergeCustomers(values)
        : target.upsertCustomers(values)
      : target.upsertRecords(collection, values, upsertOptions);
  const names = undefinedNames((await target.definition()) ?? newProject(target.project));
  const countries = countryCounter();
  const observe = (value: unknown): void => {
    if (collection === "customers") {
      const { address } = (value ?? {}) as { readonly address?: { readonly country?: string } | null };
      countries.observe(address?.country);
    }
    if (collection === "customers" || collection === "orders" || collection === "events")
      names.observe(collection, value);
  };
  let done = 0;
  let reported = false;
  const progress = (): void => {
    reported = true;
    const totalBytes = file.size;
    options.onProgress?.({ phase: collection, done, bytes: file.bytesRead(), totalBytes });
  };
  const reject = (line: number, reason: string, record: unknown): void => {
    tally.count(collection, "rejected");
    rejects.add({ file: file.path, line, reason, record });
  };
  const write = async (batch: readonly RecordToWrite[]): Promise<void> => {
    options.signal?.throwIfAborted();
    const results = await upsert(batch.map(({ value }) => value));
    for (const [index, result] of results.entries()) {
      const { line, value } = batch[index]!;
      if (result.status === "rejected") reject(line, result.reason, value);
      else {
        tally.count(collection, result.status);
        observe(value);
      }
    }
    done += batch.length;
    progress();
  };
  await writeInLanes<RecordToWrite>(target, batchSizeFor(target), write, async ({ add }) => {
    for await (const record of records) {
      if ("problem" in record) {
        reject(record.line, record.problem, record.text);
        done += 1;
      } else await add(customerOf(collection, record.value), identityOf(collection, record), record);
    }
  });
  if (!reported) progress();
  tally.warnings.push(...countries.warnings(), ...undefinedNameWarnings(names));
}

/** The customer's id, if the record has one; a record without one is rejected, and so may be in any lane. */
function customerOf(collection: ImportedCollection, value: unknown): string {
  const name =
    collection === "customers" ? "source_id" : collection === "referrals" ? "referrer" : "customer";
  return textOf(value, name) ?? "";
}

/** The record's identity, which an earlier record may have, too. */
function identityOf(collection: ImportedCollection, { line, value }: RecordToWrite): string {
  const name = collection === "customers" || collection === "orders" ? "source_id" : "id";
  const id = textOf(value, name);
  return id === undefined ? `line ${line}` : `id ${id}`;
}

function textOf(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const text = (value as Readonly<Record<string, unknown>>)[name];
  return typeof text === "string" ? text : undefined;
}
