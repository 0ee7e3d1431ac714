// Serialises documents as text, and back. JSON has no dates, so the paths of the dates are stored with the document. A checksum
// detects text that the disk corrupted.
import { crc32 } from "node:zlib";
import { StoreError } from "../port.js";

export interface StoredText {
  readonly text: string;
  readonly checksum: number;
}

/** The text of a document that `storedCopy` returned. */
export function documentText(document: object): StoredText {
  const dates: string[][] = [];
  findDates(document, [], dates);
  const text = JSON.stringify(dates.length === 0 ? { document } : { document, dates });
  return { text, checksum: crc32(text) };
}

/** @param path the names that lead to `value`; the same list after the call as before. */
function findDates(value: object, path: string[], found: string[][]): void {
  for (const name of Object.keys(value)) {
    const part = (value as Container)[name];
    if (typeof part !== "object" || part === null) continue;
    path.push(name);
    if (part instanceof Date) found.push([...path]);
    else findDates(part, path, found);
    path.pop();
  }
}

/** @param id names the document in messages. @throws StoreError `DAMAGED` if the text is not what was stored. */
export function readDocument<Document>(text: string, checksum: number, id: string): Document {
  if (crc32(text) !== checksum) throw damaged(id);
  let read: { readonly document: Document; readonly dates?: readonly (readonly string[])[] };
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw damaged(id, { cause });
  }
  for (const path of read.dates ?? []) reviveDate(read.document as Container, path);
  return read.document;
}

type Container = Record<string, unknown>;

function reviveDate(document: Container, path: readonly string[]): void {
  let container = document;
  for (let index = 0; index < path.length - 1; index += 1) container = container[path[index]!] as Container;
  const name = path[path.length - 1]!;
  container[name] = new Date(container[name] as string);
}

export function damaged(id: string, options?: ErrorOptions): StoreError {
  return new StoreError(
    "DAMAGED",
    `The stored document ${id} is damaged: it is not what was written. Run \`segmentql doctor\` to see what else is, and restore ` +
      "a backup (segmentql restore).",
    options,
  );
}
