// How deep the conditions of a plan are nested, which databases limit: SQLite's parser has a stack of a hundred symbols, and
// MongoDB nests documents two hundred deep. What a text may nest by itself is within the limit; segments and computed attributes
// that name one another may pass it.
import { innerNodes } from "./fields.js";
import type { PlanNode } from "./plan.js";

/** What a condition on records, on lines of them, or on a figure compared with adds: a query within the query. */
const ofRecords = 8;

/** The greatest depth that a plan may have: with 16 levels, and records, lines and a figure among them, it is at most 41. */
export const maxDepth = 42;

/** The depth of a simplified node. An `and` adds nothing to the `or` around it, as it binds tighter. */
export function depthOf(node: PlanNode): number {
  switch (node.kind) {
    case "constant":
      return 0;
    case "not":
      return depthOf(node.operand);
    case "and":
      return deepest(node.operands);
    case "or":
      return 1 + deepest(node.operands);
    case "predicate":
      return node.field.figure === undefined ? 0 : ofRecords + deepest(innerNodes(node));
    case "compare": {
      const isPlain = node.left.field.figure === undefined && node.right.field.figure === undefined;
      return isPlain ? 0 : ofRecords + deepest(innerNodes(node));
    }
    case "line":
    case "sequence":
      return ofRecords + deepest(innerNodes(node));
    default:
      return node satisfies never;
  }
}

function deepest(nodes: readonly PlanNode[]): number {
  return nodes.reduce((most, node) => Math.max(most, depthOf(node)), 0);
}
