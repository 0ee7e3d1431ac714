// Takes a CSV file apart into its rows.
import { Readable, type Transform } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import type { InputFile } from "../files/input-file.js";
import { ImportError } from "../import-error.js";
import type { FileFormat } from "./columns.js";

const maxRowLength = 1024 * 1024;

/** One row; the first of a file names the columns. */
export interface CsvRow {
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The rows of a file, one by one, without those that are blank.
 * @throws ImportError where the file is no CSV, or in another encoding than the format's.
 */
export async function* csvRows(file: InputFile, format: FileFormat): AsyncGenerator<CsvRow> {
  const parser = parse({
    bom: true,
    delimiter: format.delimiter ?? ",",
    info: true,
    max_record_size: maxRowLength,
    relax_column_count: true,
    // Inches in a product's name (12" RULER) are no reason to refuse a row.
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let line = 0;
  try {
    for await (const { info, record } of parsed(decoded(file, format), parser)) {
      // `lines` counts to the row's end, and a quoted field may have line breaks in it.
      line = info.lines - record.reduce((breaks, field) => breaks + field.split("\n").length - 1, 0);
      yield { line, fields: record };
    }
  } catch (error) {
    throw csvProblem(error, file.path, line);
  }
  if (line === 0) throw new ImportError(`${file.path} is empty; its first line must name the columns.`);
}

/** A row's fields under the columns' names, for the rejects file. */
export function namedFields(
  header: readonly string[],
  fields: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((value, index) => [header[index] ?? `column ${index + 1}`, value.slice(0, 1_000)]),
  );
}

async function* decoded(file: InputFile, format: FileFormat): AsyncGenerator<string> {
  const encoding = format.encoding ?? "utf-8";
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
      `${path}: the row after line ${line} has no end, or has more than ${maxRowLength} bytes. ` +
        "Is a quote opened there and not closed?",
      { cause: error },
    );
  }
  if (code?.startsWith("CSV_")) {
    return new ImportError(`${path}, after line ${line}: ${(error as Error).message}`, { cause: error });
  }
  return error;
}
