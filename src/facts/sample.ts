// Samples: a fixed slice of the customers, told by a hash of who they are.
import { createHash } from "node:crypto";

/**
 * Where a customer stands in a sample of a name (empty for the nameless one): the first 32 bits of SHA-256 of
 * `NAME/source_id` in UTF-8, from 0 to 2^32 - 1. A customer is in a share of the sample where this is below share * 2^32.
 */
export function sampleNumber(name: string, sourceId: string): number {
  return createHash("sha256").update(`${name}/${sourceId}`, "utf8").digest().readUInt32BE(0);
}
