// Converts a query between text and tree and checks it against a project's catalogue, for visual editors.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { QueryTree } from "../../grammar/query-tree.js";
import { checkQuery } from "../check/check.js";
import { readQueryTree, treeOf, withPaths } from "../check/tree.js";
import type { Engine } from "../engine.js";
import { recentProject } from "../projects/projects.js";
import { catalogFor } from "./catalog.js";
import { reportedDiagnostics } from "./missing-values.js";

/** A query that was checked, but not answered. */
export interface CheckedText {
  /** The text, as given or printed from the tree; undefined if the tree could not be read. */
  readonly text?: string;
  /** The query in canonical form; undefined if it has errors. */
  readonly canonical?: string;
  /** Undefined if a part of the text could not be parsed. */
  readonly tree?: QueryTree;
  /** Each with its place in the text and in the tree. */
  readonly diagnostics: readonly Diagnostic[];
  /** The instant that the query was checked for, in milliseconds since the epoch. */
  readonly asOf: number;
}

export interface QueryCheckOptions {
  /** Milliseconds since the epoch; by default now. */
  readonly asOf?: number;
  /** False to omit warnings about values that no customer has, which read the store. */
  readonly values?: boolean;
}

/** Checks a text. */
export async function checkText(
  engine: Engine,
  project: string,
  text: string,
  { asOf = engine.clock(), values = true }: QueryCheckOptions = {},
): Promise<CheckedText> {
  const definition = await recentProject(engine, project);
  const catalog = await catalogFor(engine, definition, text);
  const checked = checkQuery(text, catalog, asOf);
  const { diagnostics, canonical, meant } = checked;
  const parsed = meant ?? checked.tree;
  const tree = treeOf(parsed, diagnostics);
  const all = values ? await reportedDiagnostics(engine, project, checked) : diagnostics;
  return {
    text,
    canonical,
    tree,
    diagnostics: tree === undefined ? all : withPaths(parsed, all),
    asOf,
  };
}

/** Checks a tree from outside, which may be any JSON, in the same way as its text. */
export async function checkTree(
  engine: Engine,
  project: string,
  json: unknown,
  options: QueryCheckOptions = {},
): Promise<CheckedText> {
  const { text, tree, diagnostics } = readQueryTree(json);
  if (tree === undefined) return { text, diagnostics, asOf: options.asOf ?? engine.clock() };
  return checkText(engine, project, text, options);
}
