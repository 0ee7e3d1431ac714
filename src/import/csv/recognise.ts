// Finds the shipped mapping for a file by the columns of its header.
import { normaliseText } from "../../plan/text.js";
import type { MappedKind } from "./mapped-kinds.js";
import { type ShippedMapping, shippedMappings } from "./shipped-mappings.js";

/**
 * The shipped mapping with the largest signature that the header contains completely; undefined if there is none, or a tie.
 * @param kind considers only mappings of customers, or of orders.
 */
export function recognise(header: readonly string[], kind?: MappedKind): ShippedMapping | undefined {
  const columns = new Set(header.map(normaliseText));
  const all: readonly ShippedMapping[] = [...shippedMappings.customers, ...shippedMappings.orders];
  const fitting = all
    .filter((each) => kind === undefined || each.kind === kind)
    .map((each) => ({ each, found: matchedColumns(each.signatures, columns) }))
    .filter(({ found }) => found > 0)
    .sort((one, other) => other.found - one.found);
  const [best, second] = fitting;
  return best !== undefined && best.found !== second?.found ? best.each : undefined;
}

function matchedColumns(signatures: ShippedMapping["signatures"], columns: ReadonlySet<string>): number {
  const found = signatures.filter((signature) =>
    signature.every((column) => columns.has(normaliseText(column))),
  );
  return Math.max(0, ...found.map((signature) => signature.length));
}
