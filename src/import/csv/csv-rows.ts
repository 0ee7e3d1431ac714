// The first pass over a CSV file, row by row, and the counts of its records' results.
import { attempt } from "../../facts/record-error.js";
import type { WriteResult } from "../../ingest/write-result.js";
import type { InputFile } from "../files/input-file.js";
import type { Rejects } from "../files/rejects.js";
import type { ImportOptions, Tally } from "../summary.js";
import { columnReport } from "./column-report.js";
import { type CsvFile, namedFields } from "./csv-file.js";

const rowsAtOnce = 20_000;

/** A file that is imported, and its counts. */
export interface CsvImport {
  readonly file: InputFile;
  readonly csv: CsvFile;
  readonly tally: Tally;
  readonly rejects: Rejects;
  readonly options: ImportOptions;
}

/**
 * Reads every row. A row is rejected if `take` throws a RecordError, and skipped if it returns false.
 * @param used returns the columns that the mapping reads; called after the last row.
 */
export async function readRows(
  { file, csv, tally, rejects, options }: CsvImport,
  used: () => ReadonlySet<number>,
  take: (fields: readonly string[], line: number) => boolean,
): Promise<void> {
  const report = columnReport(csv.header);
  const progress = (): void => {
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: "rows", done: tally.rows, bytes: file.bytesRead(), totalBytes: file.size });
  };
  for await (const { line, fields } of csv.rows()) {
    tally.rows += 1;
    report.observe(fields);
    const taken = attempt(() => take(fields, line));
    if ("reason" in taken) {
      tally.rejectedRows += 1;
      rejects.add({ file: file.path, line, reason: taken.reason, record: namedFields(csv.header, fields) });
    } else if (!taken.value) tally.skippedRows += 1;
    if (tally.rows % rowsAtOnce === 0) progress();
  }
  progress();
  tally.warnings.push(...report.warnings(used()));
}

/** Counts the results of records, in the order of the records, and reports the rejected ones. */
export function countResults(
  { file, tally, rejects }: Pick<CsvImport, "file" | "tally" | "rejects">,
  collection: "customers" | "orders",
  results: readonly WriteResult[],
  given: readonly { readonly line: number; readonly record: object }[],
): void {
  for (const [index, result] of results.entries()) {
    tally.count(collection, result.status);
    if (result.status !== "rejected") continue;
    const { line, record } = given[index]!;
    rejects.add({ file: file.path, line, reason: result.reason, record });
  }
}
