// `segmentql import`: imports a folder of records, a file or stream of one collection, or a CSV file into the project.
import { stat } from "node:fs/promises";
import { type Delimiter, delimiters } from "../../import/csv/delimiter.js";
import { isEncoding } from "../../import/csv/encoding/decoding.js";
import { engineTarget } from "../../import/engine-target.js";
import { inputFromStream, openInputFile } from "../../import/files/input-file.js";
import { importFolderInto } from "../../import/folder.js";
import { formatOf, importFileInto } from "../../import/import-file.js";
import {
  type ImportCounts,
  type ImportedCollection,
  type ImportOptions,
  type ImportProgress,
  type ImportSummary,
  importedCollections,
} from "../../import/summary.js";
import type { ImportTarget } from "../../import/target.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { serverTarget } from "../server/import-target.js";
import { type GlobalOptions, withEither } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { complain, print } from "../terminal/output.js";
import { progressDisplay } from "../terminal/progress.js";
import { currentStreams } from "../terminal/streams.js";
import { type Column, tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";

export interface ImportCommandOptions extends GlobalOptions {
  readonly as?: ImportedCollection;
  readonly map?: string;
  readonly rejects?: string;
  readonly mode?: "merge" | "replace";
  readonly clearEmpty?: boolean;
  readonly encoding?: string;
  readonly delimiter?: string;
}

export async function importCommand(path: string, options: ImportCommandOptions): Promise<void> {
  const run = await importOf(path, options);
  const display = progressDisplay(currentStreams().stderr);
  let stored: ImportProgress | undefined;
  const imported = (signal: AbortSignal): ImportOptions => ({
    rejectsFile: options.rejects,
    signal,
    onProgress: (progress) => {
      // The phase `rows` only reads.
      if (progress.phase !== "rows" && progress.done > 0) stored = progress;
      display.update(progress);
    },
  });
  const message = "Stopped. What is in stays in; run the same command again and it goes on to the same end.";
  const summary = await stoppable(message, (signal) =>
    withEither(options, true, {
      engine: (engine) => run(engineTarget(engine, options.project), imported(signal)),
      server: (client) => run(serverTarget(client), imported(signal)),
    })
      .finally(display.stop)
      .catch((error: unknown) => {
        if (stored !== undefined && !signal.aborted) complain(keptLine(stored));
        throw error;
      }),
  );
  printSummary(summary, options.project);
}

/** What an import that fails in the middle has stored. */
function keptLine({ phase, done }: ImportProgress): string {
  return (
    `Stopped in the middle of ${phase}, of which ${done.toLocaleString("en")} are stored and stay. ` +
    "The reason is below; without it, the same command run again continues to the same end."
  );
}

type Import = (target: ImportTarget, options: ImportOptions) => Promise<ImportSummary>;

/** Decides what to import, and how. Mistakes in the arguments are reported before any data is read. */
async function importOf(path: string, options: ImportCommandOptions): Promise<Import> {
  const { as, map, mode, clearEmpty } = options;
  const csvOptions = {
    mode,
    clearEmpty,
    encoding: encodingOption(options),
    delimiter: delimiterOption(options),
  };
  if (clearEmpty && mode === "replace") {
    throw new CommandFailure(
      exitCodes.usage,
      "--clear-empty is for --mode merge: with replace, a row is the whole customer anyway. Leave one of the two out.",
    );
  }
  if (path === "-") {
    if (as === undefined) throw unsaid("standard input");
    // A stream: JSON by lines or, with a mapping, CSV.
    const format = map === undefined ? "json" : "csv";
    return (target, { signal, ...rest }) => {
      const file = inputFromStream(currentStreams().stdin, "stdin", signal);
      return importFileInto(target, file, { as, mapping: map, format }, { ...csvOptions, ...rest, signal });
    };
  }
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new CommandFailure(exitCodes.failure, `There is no ${path}. Check the path.`);
  if (found.isDirectory()) {
    if (map === undefined && as === undefined && mode === undefined)
      return (target, rest) => importFolderInto(target, path, rest);
    throw new CommandFailure(
      exitCodes.usage,
      `${path} is a folder, and --as, --map and --mode are for single files. Leave them out.`,
    );
  }
  const format = formatOf(path);
  if (format === undefined) {
    throw new CommandFailure(
      exitCodes.usage,
      `${path} is neither a folder nor a .csv, .tsv, .txt, .json or .ndjson file (or one with .gz). To import records, name the folder that holds them.`,
    );
  }
  if (format === "json" && map !== undefined)
    throw new CommandFailure(exitCodes.usage, `--map is for CSV files, and ${path} is none. Leave it out.`);
  if (format === "json" && as === undefined) throw unsaid(path);
  return async (target, rest) =>
    importFileInto(
      target,
      await openInputFile(path),
      { as, mapping: map, format },
      { ...csvOptions, ...rest },
    );
}

function encodingOption({ encoding }: ImportCommandOptions): string | undefined {
  if (encoding === undefined || isEncoding(encoding)) return encoding;
  throw new CommandFailure(
    exitCodes.usage,
    `"${encoding.slice(0, 40)}" is no encoding. Write one as utf-8, utf-16le or windows-1252.`,
  );
}

const delimiterNames: Readonly<Record<string, Delimiter>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  "\\t": "\t",
  bar: "|",
  pipe: "|",
};

function delimiterOption({ delimiter }: ImportCommandOptions): Delimiter | undefined {
  if (delimiter === undefined) return undefined;
  const found = delimiters.find((each) => each === delimiter) ?? delimiterNames[delimiter.toLowerCase()];
  if (found !== undefined) return found;
  throw new CommandFailure(
    exitCodes.usage,
    `"${delimiter.slice(0, 40)}" is no delimiter. Write comma, semicolon, tab or bar.`,
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
  if (summary.rows.read > 0) print(`${rowsText(summary.rows.read)} read.`);
  if (summary.skippedRows > 0) print(`${rowsText(summary.skippedRows)} left out, without a customer.`);
  for (const { message } of summary.warnings) complain(printable(message));
  if (summary.rejected === 0) return;
  complain(
    `${number(summary.rejected)} rejected; each with its line and the reason in ${summary.rejectsFile}`,
  );
  throw new CommandFailure(exitCodes.rejects, "");
}

function countsRow(title: string, counts: ImportCounts): readonly string[] {
  return [title, ...[counts.read, counts.written, counts.unchanged, counts.rejected].map(number)];
}

function rowsText(count: number): string {
  return `${number(count)} ${count === 1 ? "row" : "rows"}`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
