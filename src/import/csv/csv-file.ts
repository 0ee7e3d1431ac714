// Parses a CSV file into rows.
import { Readable, type Transform } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import type { InputFile } from "../files/input-file.js";
import { ImportError } from "../import-error.js";
import type { FileFormat } from "./columns.js";
import { type Delimiter, delimiterOf, withoutSeparatorLine } from "./delimiter.js";
import { decoderOf } from "./encoding/decoding.js";
import type { SingleByteEncoding } from "./encoding/single-byte.js";

const maxRowLength = 1024 * 1024;

/** A row below the header. */
interface CsvRow {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A file whose first line has been read. */
export interface CsvFile {
  /** The columns' names, trimmed. */
  readonly header: readonly string[];
  readonly delimiter: Delimiter;
  /** The file's encoding, as far as the file has been read. */
  encoding(): string;
  /** The encoding that the file may be in as well, as far as the file has been read. */
  uncertainEncoding(): SingleByteEncoding["uncertain"];
  /**
   * The rows, one by one, without blank ones. Can be read once.
   * @throws ImportError if the file is no CSV, or not in the format's encoding.
   */
  rows(): AsyncGenerator<CsvRow>;
  /** Closes the file, if its rows are not read. */
  close(): Promise<void>;
}

/**
 * Opens a CSV file and reads its header. The encoding and the delimiter are those of the format or, if it names none, detected.
 * @throws ImportError if the file is empty, or its first line can't be read.
 */
export async function openCsv(
  file: InputFile,
  { encoding, delimiter: given }: Pick<FileFormat, "encoding" | "delimiter">,
): Promise<CsvFile> {
  const decoder = decoderOf(encoding, () => `${file.path}: near byte ${file.bytesRead()} of the file`);
  const text = decoded(file, decoder);
  const { beginning, done } = await firstLine(text);
  const { text: start, separator } = withoutSeparatorLine(beginning);
  const delimiter = given ?? separator ?? delimiterOf(start);
  const rows = rowsOf(joined(start, done ? undefined : text), file.path, delimiter);
  const first = await rows.next();
  if (first.done) throw new ImportError(`${file.path} is empty; its first line must name the columns.`);
  return {
    header: first.value.fields.map((name) => name.trim()),
    delimiter,
    encoding: decoder.encoding,
    uncertainEncoding: decoder.uncertain,
    rows: () => rows,
    close: async () => {
      await rows.return(undefined);
    },
  };
}

/** A row's fields under the columns' names, for the rejects file. */
export function namedFields(
  header: readonly string[],
  fields: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map((value, index) => [header[index] || `column ${index + 1}`, value.slice(0, 1_000)]),
  );
}

/** The text up to the end of the header, including a `sep=` line before it; at most the length of a row. */
async function firstLine(text: AsyncIterator<string>): Promise<{ beginning: string; done: boolean }> {
  let beginning = "";
  for (;;) {
    const next = await text.next();
    if (next.done) return { beginning, done: true };
    beginning += next.value;
    if (hasTwoLines(beginning) || beginning.length > maxRowLength) return { beginning, done: false };
  }
}

/** True if the text contains the ends of two lines that are not blank; in linear time, however long a line is. */
function hasTwoLines(text: string): boolean {
  let found = 0;
  let start = 0;
  for (const { index } of text.matchAll(/[\n\r]/g)) {
    if (text.slice(start, index).trim() !== "") found += 1;
    if (found === 2) return true;
    start = index + 1;
  }
  return false;
}

async function* joined(start: string, rest: AsyncGenerator<string> | undefined): AsyncGenerator<string> {
  yield start;
  if (rest !== undefined) yield* rest;
}

async function* decoded(file: InputFile, decoder: ReturnType<typeof decoderOf>): AsyncGenerator<string> {
  for await (const chunk of file.chunks()) {
    const text = decoder.decode(chunk);
    if (text !== "") yield text;
  }
  yield decoder.end();
}

async function* rowsOf(
  text: AsyncIterable<string>,
  path: string,
  delimiter: Delimiter,
): AsyncGenerator<CsvRow, undefined> {
  // The parser's line, which is ahead of the rows that were taken from it.
  let parsedLines = 0;
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: maxRowLength,
    // Files that were put together from several may have several line ends.
    record_delimiter: ["\r\n", "\n", "\r"],
    on_record: (record, { lines }) => {
      parsedLines = lines;
      return record;
    },
    relax_column_count: true,
    // A quote inside a cell, as for inches in a product's name (12" RULER), is no error.
    relax_quotes: true,
    skip_empty_lines: true,
  });
  try {
    for await (const { info, record } of parsed(text, parser)) {
      // `lines` is the line of the row's end, and quoted fields may contain line breaks.
      const line = info.lines - record.reduce((breaks, field) => breaks + field.split("\n").length - 1, 0);
      // Spreadsheets write cleared rows as delimiters only.
      if (record.some((field) => field !== "")) yield { line, fields: record };
    }
  } catch (error) {
    throw csvProblem(error, path, parsedLines);
  }
  return undefined;
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
