// `segmentql import`: reads a folder of records, a file or a stream of one collection, or a CSV file, into the project.
import { stat } from "node:fs/promises";
import type { Engine } from "../../engine.js";
import { importCustomersCsv } from "../../import/csv/customers-csv.js";
import { importCsv } from "../../import/csv/orders-csv.js";
import { type InputFile, inputFromStream } from "../../import/files/input-file.js";
import { importFolder } from "../../import/folder.js";
import { importRecords } from "../../import/records.js";
import {
  type ImportCounts,
  type ImportedCollection,
  type ImportOptions,
  type ImportSummary,
  importedCollections,
} from "../../import/summary.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { complain, print } from "../terminal/output.js";
import { progressDisplay } from "../terminal/progress.js";
import { currentStreams } from "../terminal/streams.js";
import { type Column, tableLines } from "../terminal/table.js";

export interface ImportCommandOptions extends GlobalOptions {
  readonly as?: ImportedCollection;
  readonly map?: string;
  readonly rejects?: string;
}

export async function importCommand(path: string, options: ImportCommandOptions): Promise<void> {
  const run = await importOf(path, options);
  const display = progressDisplay(currentStreams().stderr);
  const message = "Stopped. What is in stays in; run the same command again and it goes on to the same end.";
  const summary = await stoppable(message, (signal) =>
    withEngine(options, true, (engine) =>
      run(engine, { rejectsFile: options.rejects, signal, onProgress: display.update }),
    ).finally(display.stop),
  );
  printSummary(summary, options.project);
}

type Import = (engine: Engine, options: ImportOptions) => Promise<ImportSummary>;

/** What to import, and how. Every mistake in the words is reported before any data is read. */
async function importOf(path: string, { as, map, project }: ImportCommandOptions): Promise<Import> {
  if (path === "-") return standardInput(as, map, project);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CommandFailure(exitCodes.failure, `There is no ${path}. Check the path.`);
  if (found.isDirectory()) {
    if (map === undefined && as === undefined)
      return (engine, options) => importFolder(engine, project, path, options);
    throw new CommandFailure(
      exitCodes.usage,
      `${path} is a folder, and --as and --map are for single files. Leave them out.`,
    );
  }
  if (/\.csv(\.gz)?$/i.test(path)) return csvImport(path, () => path, as, map, project);
  if (!/\.(nd)?json(\.gz)?$/i.test(path)) {
    throw new CommandFailure(
      exitCodes.usage,
      `${path} is neither a folder nor a .csv, .json or .ndjson file (or one with .gz). To import records, name the folder that holds them.`,
    );
  }
  if (map !== undefined)
    throw new CommandFailure(exitCodes.usage, `--map is for CSV files, and ${path} is none. Leave it out.`);
  if (as === undefined) throw unsaid(path);
  return (engine, options) => importRecords(engine, project, as, path, options);
}

/** Records by lines or, with a mapping, CSV. */
function standardInput(as: ImportedCollection | undefined, map: string | undefined, project: string): Import {
  const open = ({ signal }: ImportOptions) => inputFromStream(currentStreams().stdin, "stdin", signal);
  if (as === undefined) throw unsaid("standard input");
  if (map !== undefined) return csvImport("standard input", open, as, map, project);
  return (engine, options) => importRecords(engine, project, as, open(options), options);
}

function csvImport(
  label: string,
  open: (options: ImportOptions) => string | InputFile,
  as: ImportedCollection | undefined,
  map: string | undefined,
  project: string,
): Import {
  if (as === "customers")
    return (engine, options) => importCustomersCsv(engine, project, open(options), map, options);
  if (as === "orders" && map !== undefined)
    return (engine, options) => importCsv(engine, project, open(options), map, options);
  throw new CommandFailure(
    exitCodes.usage,
    `Say what the rows of ${label} are and which columns they have, as --as orders --map online-retail, or --as customers.`,
  );
}

function unsaid(label: string): CommandFailure {
  return new CommandFailure(
    exitCodes.usage,
    `Say what the records of ${label} are: --as ${importedCollections.join(", --as ")}.`,
  );
}

const columns: readonly Column[] = [
  { title: "", align: "left", widest: 16 },
  { title: "READ", align: "right", widest: 16 },
  { title: "NEW OR CHANGED", align: "right", widest: 16 },
  { title: "AS BEFORE", align: "right", widest: 16 },
  { title: "REJECTED", align: "right", widest: 16 },
];

function printSummary(summary: ImportSummary, project: string): void {
  const rows = importedCollections
    .filter((collection) => summary[collection].read > 0)
    .map((collection) => countsRow(collection.replace("_", " "), summary[collection]));
  if (summary.segments !== undefined) rows.push(countsRow("segments", summary.segments));
  print(
    rows.length === 0 ? `Nothing was imported into project ${project}.` : `Imported into project ${project}:`,
  );
  if (rows.length > 0) for (const line of tableLines(columns, rows)) print(line);
  if (summary.rows.read > 0) print(`${number(summary.rows.read)} rows read.`);
  if (summary.skippedRows > 0) print(`${number(summary.skippedRows)} rows left out: they name no customer.`);
  if (summary.rejected === 0) return;
  complain(
    `${number(summary.rejected)} rejected; each with its line and the reason in ${summary.rejectsFile}`,
  );
  throw new CommandFailure(exitCodes.rejects, "");
}

function countsRow(title: string, counts: ImportCounts): readonly string[] {
  return [title, ...[counts.read, counts.written, counts.unchanged, counts.rejected].map(number)];
}

function number(value: number): string {
  return value.toLocaleString("en");
}
