// `segmentql import`: reads a folder of records, or a CSV file of orders, into the project.
import { stat } from "node:fs/promises";
import { importCsv } from "../import/csv.js";
import { importFolder } from "../import/folder.js";
import {
  type ImportCounts,
  type ImportOptions,
  type ImportSummary,
  importedCollections,
} from "../import/summary.js";
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";
import { complain, print } from "./output.js";
import { progressDisplay } from "./progress.js";
import { type GlobalOptions, withEngine } from "./session.js";
import { type Column, tableLines } from "./table.js";

export interface ImportCommandOptions extends GlobalOptions {
  readonly as?: "orders";
  readonly map?: string;
  readonly rejects?: string;
}

export async function importCommand(path: string, options: ImportCommandOptions): Promise<void> {
  const mapping = await mappingFor(path, options);
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  };
  process.on("SIGINT", interrupt);
  const display = progressDisplay(process.stderr);
  try {
    const summary = await withEngine(options, true, (engine) => {
      const importOptions: ImportOptions = {
        rejectsFile: options.rejects,
        signal: interruption.signal,
        onProgress: display.update,
      };
      return mapping === undefined
        ? importFolder(engine, options.project, path, importOptions)
        : importCsv(engine, options.project, path, mapping, importOptions);
    });
    display.stop();
    tell(summary, options.project);
  } catch (error) {
    display.stop();
    if (!interruption.signal.aborted) throw error;
    const message =
      "Stopped. What is in stays in; run the same command again and it goes on to the same end.";
    throw new CommandFailure(exitCodes.interrupted, message, { cause: error });
  } finally {
    process.off("SIGINT", interrupt);
  }
}

/** The mapping of a CSV file; undefined for a folder. */
async function mappingFor(path: string, options: ImportCommandOptions): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CommandFailure(exitCodes.failure, `There is no ${path}. Check the path.`);
  if (found.isDirectory()) {
    if (options.map === undefined && options.as === undefined) return undefined;
    throw new CommandFailure(
      exitCodes.usage,
      `${path} is a folder, and --as and --map are for CSV files. Leave them out.`,
    );
  }
  if (!/\.csv(\.gz)?$/i.test(path)) {
    throw new CommandFailure(
      exitCodes.usage,
      `${path} is neither a folder nor a .csv or .csv.gz file. To import records, name the folder that holds them.`,
    );
  }
  if (options.as === undefined || options.map === undefined) {
    throw new CommandFailure(
      exitCodes.usage,
      `Say what the rows of ${path} are and which columns they have, as --as orders --map online-retail.`,
    );
  }
  return options.map;
}

const columns: readonly Column[] = [
  { title: "", align: "left", widest: 16 },
  { title: "READ", align: "right", widest: 16 },
  { title: "NEW OR CHANGED", align: "right", widest: 16 },
  { title: "AS BEFORE", align: "right", widest: 16 },
  { title: "REJECTED", align: "right", widest: 16 },
];

function tell(summary: ImportSummary, project: string): void {
  const rows = importedCollections
    .filter((collection) => summary[collection].read > 0)
    .map((collection) => countsRow(collection.replace("_", " "), summary[collection]));
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
