// A document as the text that is stored of it, and back. JSON has no dates: where they stand is written beside the document. A
// checksum of the text tells a text that a disk changed.
import { crc32 } from "node:zlib";
import { StoreError } from "../port.js";

export interface StoredText {
  readonly text: string;
  readonly checksum: number;
}

/** The text of a document that `storedCopy` let through. */
export function documentText(document: object): StoredText {
  const dates: string[][] = [];
  findDates(document, [], dates);
  const text = JSON.stringify(dates.length === 0 ? { document } : { document, dates });
  return { text, checksum: crc32(text) };
}

function findDates(value: object, path: readonly string[], found: string[][]): void {
  for (const [name, part] of Object.entries(value)) {
    if (typeof part !== "object" || part === null) continue;
    if (part instanceof Date) found.push([...path, name]);
    else findDates(part, [...path, name], found);
  }
}

/** @throws StoreError `DAMAGED` where the text is not what was stored; `id` names it. */
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

function damaged(id: string, options?: ErrorOptions): StoreError {
  return new StoreError(
    "DAMAGED",
    `The stored document ${id} is damaged: it is not what was written. Run \`segmentql doctor\` to see what else is, and restore ` +
      "a backup (segmentql restore).",
    options,
  );
}
