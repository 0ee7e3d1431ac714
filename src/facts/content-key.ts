// How a record without an id is known again: by its content, and by its number among the records of equal content in one request
// or file. So two equal records of one request are two, and the same request or file again, or a part of it, writes none of them twice.
import { createHash } from "node:crypto";

/**
 * 22 characters (132 bits) of the SHA-256 of a record's content, whatever the order of its keys. It is taken of what was
 * understood, not of how it was written, so that a record that was exported is the same one when it comes back.
 */
export function contentHash(content: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(content)))
    .digest("base64url")
    .slice(0, 22);
}

/** Numbers equal records in the order in which they come: called with a hash, it returns 1, then 2, and so on. */
export type Numbering = (hash: string) => number;

/** A numbering that remembers in memory. */
export function numberInMemory(): Numbering {
  const seen = new Map<string, number>();
  return (hash) => {
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return number;
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
