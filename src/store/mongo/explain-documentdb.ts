// Reads DocumentDB's answer to `explain`: PostgreSQL's plan, as EXPLAIN (ANALYZE, FORMAT JSON) prints it. DocumentDB adds a node
// of its own ("Custom Scan") above each scan of a collection, which names the collection.

import type { ExplainedStep } from "../read-options.js";
import { asNumber, asObjects, asText, collectionOfNamespace, type Fields, step } from "./explain-fields.js";

/** The steps of a plan, innermost first. */
export function readPostgresPlan(node: Fields, collection: string | undefined): readonly ExplainedStep[] {
  const own = collectionOfNamespace(node.namespaceName) ?? collection;
  const inner = asObjects(node.Plans).flatMap((child) => readPostgresPlan(child, own));
  // DocumentDB's node returns the same rows as the scan below it.
  if (node.namespaceName !== undefined && inner.length > 0) return inner;
  const index = asText(node["Index Name"]);
  const scans = index !== undefined || (asText(node["Relation Name"]) !== undefined && inner.length === 0);
  return [
    ...inner,
    step({
      name: asText(node["Node Type"]) ?? "unknown",
      collection: scans || asText(node["Relation Name"]) !== undefined ? own : undefined,
      index,
      rowsRead: scans ? rowsOf(node, readFields) : undefined,
      rowsReturned: rowsOf(node, ["Actual Rows"]),
    }),
  ];
}

/** The rows read are the rows returned plus the rows discarded. */
const readFields = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"] as const;

/** The rows of all loops: PostgreSQL reports the average for one loop. */
function rowsOf(node: Fields, fields: readonly string[]): number | undefined {
  if (asNumber(node["Actual Rows"]) === undefined) return undefined;
  const rows = fields.reduce((sum, field) => sum + (asNumber(node[field]) ?? 0), 0);
  return Math.round(rows * (asNumber(node["Actual Loops"]) ?? 1));
}
