// Splits a file into records, holding only one of them in memory: a JSON array, or JSON by lines.
import { parseExactJson } from "../../facts/exact-json.js";
import { RecordError } from "../../facts/record-error.js";
import { ImportError } from "../import-error.js";

/** A record, or text that is not one, with the reason. */
export type ReadRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly problem: string; readonly text: string };

/** The most bytes of a record as it is written, including white space. */
export const maxRecordLength = 4 * 1024 * 1024;

const [newline, quote, backslash, comma] = [0x0a, 0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Gathers the bytes of one record, up to `maxRecordLength`. */
class Gatherer {
  private parts: Buffer[] = [];
  private length = 0;

  add(part: Buffer): void {
    if (this.length <= maxRecordLength) this.parts.push(part.subarray(0, maxRecordLength + 1 - this.length));
    this.length += part.length;
  }

  /** Returns the record as text, or its problem, and starts the next record. */
  take(): { readonly text: string; readonly problem?: string } {
    const bytes = Buffer.concat(this.parts);
    const length = this.length;
    this.parts = [];
    this.length = 0;
    if (length > maxRecordLength) {
      const problem = `the record has ${length} bytes; ${maxRecordLength} is the most that one may have`;
      return { text: bytes.toString("utf8", 0, 1_000), problem };
    }
    try {
      return { text: utf8.decode(bytes) };
    } catch {
      return {
        text: bytes.toString("utf8", 0, 1_000),
        problem: "the record is not UTF-8; save the file in that encoding",
      };
    }
  }
}

// Also drops a byte order mark.
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The position in an array: before it, between two records, inside a record, or after it. */
type State = "before" | "between" | "inside" | "after";

/** Reads JSON by lines, one record on each. Blank lines are skipped; a line that is no JSON is a record with a problem. */
export async function* recordsByLine(chunks: AsyncIterable<Buffer>): AsyncGenerator<ReadRecord> {
  const gatherer = new Gatherer();
  let line = 1;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      gatherer.add(chunk.subarray(start, end));
      yield* recordOfLine(gatherer, line);
      line += 1;
      start = end + 1;
    }
    gatherer.add(chunk.subarray(start));
  }
  yield* recordOfLine(gatherer, line);
}

function* recordOfLine(gatherer: Gatherer, line: number): Generator<ReadRecord> {
  const { text, problem } = gatherer.take();
  if (problem !== undefined) yield { line, problem, text };
  else if (text.trim() !== "") {
    let value: unknown;
    try {
      value = parseExactJson(text);
    } catch (error) {
      const { message } = error as Error;
      const problem = error instanceof RecordError ? message : `the line is no JSON: ${message}`;
      yield { line, problem, text: text.slice(0, 1_000) };
      return;
    }
    yield { line, value };
  }
}

/**
 * Reads a JSON array; each element is a record.
 * @param path names the file in messages.
 * @throws ImportError naming the line, if the file is no array, is no JSON, or is truncated.
 */
export async function* recordsOfList(
  chunks: AsyncIterable<Buffer>,
  path: string,
): AsyncGenerator<ReadRecord> {
  const gatherer = new Gatherer();
  let state = "before" as State;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let line = 1;
  let startLine = 1;
  let records = 0;
  const fail = (what: string) => new ImportError(`${path}, line ${line}: ${what}`);
  const take = (): ReadRecord => {
    const { text, problem } = gatherer.take();
    records += 1;
    if (problem !== undefined) return { line: startLine, problem, text };
    try {
      return { line: startLine, value: parseExactJson(text) };
    } catch (error) {
      if (error instanceof RecordError) {
        return { line: startLine, problem: error.message, text: text.trim().slice(0, 1_000) };
      }
      throw new ImportError(
        `${path}, line ${startLine}: record ${records} is no JSON: ${(error as Error).message}`,
      );
    }
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index]!;
      if (byte === newline) line += 1;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      if (state === "inside") {
        if (byte === quote) inString = true;
        else if (byte === openBrace || byte === openBracket) depth += 1;
        else if (depth > 0 && (byte === closeBrace || byte === closeBracket)) depth -= 1;
        else if (depth === 0 && (byte === comma || byte === closeBracket)) {
          gatherer.add(chunk.subarray(start, index));
          yield take();
          state = byte === comma ? "between" : "after";
        }
      } else if (!isSpace(byte, line, state)) {
        if (state === "before") {
          if (byte !== openBracket) throw fail("the file must hold a list of records: [ {…}, {…} ]");
          state = "between";
        } else if (state === "after") throw fail("something follows the end of the list");
        else if (byte === closeBracket && records === 0) state = "after";
        else if (byte === comma || byte === closeBracket) throw fail("a comma has no record beside it");
        else {
          state = "inside";
          startLine = line;
          start = index;
          index -= 1;
        }
      }
    }
    if (state === "inside") gatherer.add(chunk.subarray(start));
  }
  if (state === "before") throw fail("the file is empty; it must hold a list of records: [ {…}, {…} ]");
  if (state !== "after")
    throw fail(`the file stops short before its closing ]; ${records} records of it are whole`);
}

/** True of JSON white space and, at the beginning of the file, of the bytes of a byte order mark. */
function isSpace(byte: number, line: number, state: State): boolean {
  if (byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09) return true;
  return state === "before" && line === 1 && (byte === 0xef || byte === 0xbb || byte === 0xbf);
}
