// Who is who: a customer's id is made of the project and of the id that it has where it comes from.
import { createHash } from "node:crypto";

/** The customer document's `_id`. A project's name holds no slash, so no two customers share one. */
export function customerId(project: string, sourceId: string): string {
  return `${project}/${sourceId}`;
}

/**
 * Where a customer stands in a sample of a name (empty for the nameless one): the first 32 bits of SHA-256 of
 * `NAME/source_id` in UTF-8, from 0 to 2^32 - 1. A customer is in a share of the sample where this is below share * 2^32.
 */
export function sampleNumber(name: string, sourceId: string): number {
  return createHash("sha256").update(`${name}/${sourceId}`, "utf8").digest().readUInt32BE(0);
}
