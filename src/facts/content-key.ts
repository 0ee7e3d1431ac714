// Identifies a record without an id: by its content, and by its number among the records with equal content in one request or
// file. So two equal records in one request are two records, and repeating the request or file, or a part of it, writes none of
// them twice.
import { createHash } from "node:crypto";

/**
 * 22 characters (132 bits) of the SHA-256 of a record's content, whatever the order of its keys. It hashes the parsed content
 * rather than its notation, so that an exported record has the same hash when it is imported again.
 */
export function contentHash(content: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(content)))
    .digest("base64url")
    .slice(0, 22);
}

/** Numbers equal records in their order: repeated calls with the same hash return 1, 2, and so on. */
export type Numbering = (hash: string) => number;

/** A numbering that keeps its counts in memory. */
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
