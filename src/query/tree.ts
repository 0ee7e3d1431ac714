// A query from text to tree and back, checked against a project's catalogue, for editors that have no text.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import type { QueryTree } from "../../grammar/query-tree.js";
import { checkQuery } from "../check/check.js";
import { readQueryTree, treeOf, withPaths } from "../check/tree.js";
import type { Engine } from "../engine.js";
import { recentProject } from "../projects/projects.js";
import { catalogFor } from "./catalog.js";
import { reportedDiagnostics } from "./missing-values.js";

/** A query looked at, but not asked. */
export interface CheckedText {
  /** Its text, as it was given or as the tree says it; undefined where the tree could not be read. */
  readonly text?: string;
  /** In its one canonical form; undefined where it has errors. */
  readonly canonical?: string;
  /** Undefined where a part of the text could not be parsed. */
  readonly tree?: QueryTree;
  /** Each with its place in the text and in the tree. */
  readonly diagnostics: readonly Diagnostic[];
  /** The instant that it was checked for, in milliseconds since the epoch. */
  readonly asOf: number;
}

export interface CheckOptions {
  /** Milliseconds since the epoch; now where it is left out. */
  readonly asOf?: number;
  /** False to leave out warnings of values that no customer has, which ask the store. */
  readonly values?: boolean;
}

/** Checks a text. */
export async function checkText(
  engine: Engine,
  project: string,
  text: string,
  { asOf = engine.clock(), values = true }: CheckOptions = {},
): Promise<CheckedText> {
  const definition = await recentProject(engine, project);
  const catalog = await catalogFor(engine, definition, text);
  const checked = checkQuery(text, catalog, asOf);
  const { tree: parsed, diagnostics, canonical } = checked;
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

/** Checks a tree from outside, any JSON whatever, as its text is checked. */
export async function checkTree(
  engine: Engine,
  project: string,
  json: unknown,
  options: CheckOptions = {},
): Promise<CheckedText> {
  const { text, tree, diagnostics } = readQueryTree(json);
  if (tree === undefined) return { text, diagnostics, asOf: options.asOf ?? engine.clock() };
  return checkText(engine, project, text, options);
}
