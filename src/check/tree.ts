// Queries as trees: the reader of clients' trees, and the places of diagnostics in a tree.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { type QueryTree, queryTreeSchema, unplacedTree } from "../../grammar/query-tree.js";
import type { Query } from "../../grammar/tree.js";
import { createTreeReader, pathTo } from "../../grammar/tree-reader.js";
import { operators } from "../operators/index.js";
import { formatQuery, parseQuery } from "./check.js";

/** Reads a client's tree, and returns its text. */
export const readQueryTree = createTreeReader(operators, parseQuery, formatQuery);

/** The tree as clients see it; undefined if a part of the text could not be parsed. */
export function treeOf(tree: Query, diagnostics: readonly Diagnostic[]): QueryTree | undefined {
  return holdsInvalid(tree.expression, diagnostics) ? undefined : unplacedTree(tree);
}

// An Invalid node always has a diagnostic: most trees need no search.
function holdsInvalid(node: unknown, diagnostics: readonly Diagnostic[]): boolean {
  if (diagnostics.length === 0 || typeof node !== "object" || node === null) return false;
  if ("kind" in node && node.kind === "Invalid") return true;
  return Object.values(node).some((value) => holdsInvalid(value, diagnostics));
}

/** The diagnostics of a text, with their places in its tree. */
export function withPaths(tree: Query, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((diagnostic) => ({ ...diagnostic, path: pathTo(tree, diagnostic.span) }));
}

/** The JSON Schema of trees, as schema/query-tree.schema.json holds it. */
export function treeSchemaText(): string {
  return `${JSON.stringify(queryTreeSchema(operators), null, 2)}\n`;
}
