// Sorts more items than memory holds (external merge sort: Knuth, The Art of Computer Programming 3, 5.4.1): parts are sorted in
// memory and written to files, and the files are merged. Memory holds one part or, while merging, one piece of each file. A
// database file would do as well, but its pages count as the process's memory.
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

export interface Sorter<Item> {
  /** Adds a JSON value under a key without control characters other than U+0001. */
  add(key: string, item: Item): void;
  /** All items, by key as JavaScript compares strings; equal keys in any order. Call it once, after the last `add`. */
  sorted(): Generator<Item>;
}

/** A key that sorts by a text and then by a line; the text may contain any characters. */
export function sortKey(text: string, line: number): string {
  return `${text}\u0001${String(line).padStart(12, "0")}`;
}

interface Line {
  readonly key: string;
  /** JSON without line breaks. */
  readonly text: string;
}

const maxItems = 8_000;
const maxCharacters = 4 * 1024 * 1024;
const maxFilesOfALevel = 32;
const piece = 64 * 1024;

/** @param folder the folder of its temporary files. @param name the prefix of their names. */
export function openSorter<Item>(folder: string, name: string): Sorter<Item> {
  let lines: Line[] = [];
  let characters = 0;
  let files = 0;
  /** Files by how often their lines have been merged; merging full levels bounds the files to merge at the end. */
  const levels: string[][] = [];

  const write = (sorted: Iterable<Line>, level: number): void => {
    files += 1;
    const path = join(folder, `${name}-${files}`);
    writeLines(path, sorted);
    levels[level] ??= [];
    const same = levels[level];
    same.push(path);
    if (same.length < maxFilesOfALevel) return;
    levels[level] = [];
    write(mergedFiles(same), level + 1);
  };

  return {
    add(key, item) {
      const text = JSON.stringify(item);
      lines.push({ key, text });
      characters += key.length + text.length;
      if (lines.length < maxItems && characters < maxCharacters) return;
      write(sortedLines(lines), 0);
      [lines, characters] = [[], 0];
    },
    *sorted() {
      const rest = sortedLines(lines);
      lines = [];
      for (const { text } of merged([...levels.flat().map(linesOf), rest[Symbol.iterator]()])) {
        yield JSON.parse(text) as Item;
      }
    },
  };
}

function sortedLines(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted(compare);
}

function compare(one: Line, other: Line): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}

function mergedFiles(paths: readonly string[]): Iterable<Line> {
  return merged(paths.map(linesOf));
}

/** Merges sorted sources into one. */
function* merged(sources: readonly Iterator<Line>[]): Generator<Line> {
  // The next line of each source, the least line last, so that removing it moves no other.
  const heads: { readonly line: Line; readonly source: Iterator<Line> }[] = [];
  const put = (source: Iterator<Line>): void => {
    const next = source.next();
    if (next.done) return;
    let [low, high] = [0, heads.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(heads[middle]!.line, next.value) > 0) low = middle + 1;
      else high = middle;
    }
    heads.splice(low, 0, { line: next.value, source });
  };
  for (const source of sources) put(source);
  for (let least = heads.pop(); least !== undefined; least = heads.pop()) {
    yield least.line;
    put(least.source);
  }
}

function writeLines(path: string, lines: Iterable<Line>): void {
  const file = openSync(path, "wx", 0o600);
  try {
    let pending: string[] = [];
    let length = 0;
    for (const { key, text } of lines) {
      pending.push(key, "\t", text, "\n");
      length += key.length + text.length;
      if (length < piece) continue;
      writeWhole(file, pending.join(""));
      [pending, length] = [[], 0];
    }
    writeWhole(file, pending.join(""));
  } finally {
    closeSync(file);
  }
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** Reads a file's lines, and removes the file at its end. */
function* linesOf(path: string): Generator<Line> {
  const file = openSync(path, "r");
  try {
    const chunk = Buffer.allocUnsafe(piece);
    let rest = Buffer.alloc(0);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
        const tab = bytes.indexOf(0x09, start);
        yield { key: bytes.toString("utf8", start, tab), text: bytes.toString("utf8", tab + 1, end) };
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } finally {
    closeSync(file);
  }
  rmSync(path);
}
