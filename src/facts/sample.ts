// Samples: a fixed slice of the customers, told by a hash of who they are.
import { hash } from "node:crypto";

/**
 * Where a customer stands in a sample of a name (empty for the nameless one): the first 32 bits of SHA-256 of
 * `NAME/source_id` in UTF-8, from 0 to 2^32 - 1. A customer is in a share of the sample where this is below share * 2^32.
 */
export function sampleNumber(name: string, sourceId: string): number {
  // In one step and as hexadecimal: a quarter of the time that a Hash object and a Buffer take.
  return Number.parseInt(hash("sha256", `${name}/${sourceId}`, "hex").slice(0, 8), 16);
}
