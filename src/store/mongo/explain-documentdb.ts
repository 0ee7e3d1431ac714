// Reads DocumentDB's answer to `explain`: PostgreSQL's plan, as EXPLAIN (ANALYZE, FORMAT JSON) prints it. A node of
// DocumentDB's own ("Custom Scan") stands over each reading of a collection and names it.

import type { ExplainedStep } from "../read-options.js";
import { asNumber, asObjects, asText, collectionOfNamespace, step, type Told } from "./explain-fields.js";

/** The steps of a plan, innermost first. */
export function readPostgresPlan(node: Told, collection: string | undefined): readonly ExplainedStep[] {
  const own = collectionOfNamespace(node.namespaceName) ?? collection;
  const inner = asObjects(node.Plans).flatMap((child) => readPostgresPlan(child, own));
  // What it hands on is what the scan below it hands on.
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

/** What was looked at is what was handed on and what was thrown away. */
const readFields = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"] as const;

/** PostgreSQL counts rows for one loop, on the average. */
function rowsOf(node: Told, fields: readonly string[]): number | undefined {
  if (asNumber(node["Actual Rows"]) === undefined) return undefined;
  const rows = fields.reduce((sum, field) => sum + (asNumber(node[field]) ?? 0), 0);
  return Math.round(rows * (asNumber(node["Actual Loops"]) ?? 1));
}
