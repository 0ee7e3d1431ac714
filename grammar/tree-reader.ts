// From a client's tree to its text. It is read as a text is, within the same limits: printed, parsed,
// and accepted only if the parsed tree equals the given one. Mistakes are reported by their place in the tree, as JSON Pointers.
import type { z } from "zod";
import type { Diagnostic, Span } from "./diagnostic.js";
import type { Format } from "./format.js";
import { limits } from "./limits.js";
import { type TreeCode, treeMessages } from "./messages.js";
import type { OperandShape, OperatorSyntax } from "./operator-syntax.js";
import type { Parse } from "./parser/parser.js";
import { placedTree, queryTreeShape, type TreeExpression, unplacedTree } from "./query-tree.js";
import type { Query } from "./tree.js";

/** A tree read: its text, or what is wrong with it. */
type ReadTree =
  | { readonly text: string; readonly tree: Query; readonly diagnostics?: undefined }
  /** The text is present if the tree had a shape that could be printed. */
  | { readonly text?: string; readonly tree?: undefined; readonly diagnostics: readonly Diagnostic[] };

/** Reads a tree; any JSON. */
export type ReadQueryTree = (json: unknown) => ReadTree;

// The deepest tree within the limits has an `or`, an `and`, a `not` and a list in each level; deeper JSON is rejected unread.
const deepestJson = 12 * (limits.levels + 1);
// More than any tree whose text is within the limit has.
const maxParts = 8 * limits.bytes;
const maxCharacters = 64 * limits.bytes;

const nowhere: Span = { start: 0, end: 0, line: 1, column: 1 };

/** Makes a reader of trees of the language with these operators. */
export function createTreeReader(
  operators: readonly OperatorSyntax[],
  parse: Parse,
  format: Format,
): ReadQueryTree {
  const shape = queryTreeShape(operators);
  const byName = new Map(operators.map((operator) => [operator.name, operator]));
  return (json) => {
    if (isTooLarge(json)) return { diagnostics: [mistake("TREE_TOO_LARGE", [], "")] };
    const read = shape.safeParse(json);
    if (!read.success) return { diagnostics: read.error.issues.slice(0, limits.diagnostics).map(ofIssue) };
    const misused = misuses(read.data.expression, "/expression", byName);
    if (misused.length > 0) return { diagnostics: misused.slice(0, limits.diagnostics) };
    const text = format(placedTree(read.data));
    const { tree, diagnostics } = parse(text, read.data.version);
    if (diagnostics.length > 0) {
      return {
        text,
        diagnostics: diagnostics.map((diagnostic) => ({
          ...diagnostic,
          path: known(json, pathTo(tree, diagnostic.span)),
        })),
      };
    }
    const difference = differs(read.data.expression, unplacedTree(tree).expression, "/expression");
    if (difference === undefined) return { text, tree };
    return { text, diagnostics: [mistake("READS_OTHERWISE", [text], difference)] };
  };
}

function mistake<Code extends TreeCode>(
  code: Code,
  parameters: Parameters<(typeof treeMessages)[Code]>,
  path: string,
): Diagnostic {
  const message = (treeMessages[code] as (...values: unknown[]) => string)(...parameters);
  return { code, severity: "ERROR", message, span: nowhere, expected: [], path };
}

/** Without recursion, since untrusted JSON may be as deep as it is long. */
function isTooLarge(json: unknown): boolean {
  let waiting: unknown[] = [json];
  let parts = 0;
  let characters = 0;
  for (let depth = 0; waiting.length > 0; depth += 1) {
    if (depth > deepestJson) return true;
    const inside: unknown[] = [];
    for (const value of waiting) {
      parts += 1;
      if (typeof value === "string") characters += value.length;
      if (parts + inside.length > maxParts || characters > maxCharacters) return true;
      if (typeof value !== "object" || value === null) continue;
      for (const [key, held] of Object.entries(value)) {
        characters += key.length;
        inside.push(held);
      }
    }
    waiting = inside;
  }
  return false;
}

function ofIssue(issue: z.core.$ZodIssue): Diagnostic {
  const path = pointer(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return mistake("UNKNOWN_FIELD", [issue.keys], path);
    case "invalid_value":
      return mistake("NOT_A_TREE", [issue.values.map((value) => JSON.stringify(value))], path);
    case "invalid_union":
      return mistake("NOT_A_TREE", [optionsOf(issue).map((value) => JSON.stringify(value))], path);
    case "invalid_type":
      return mistake("NOT_A_TREE", [[article(issue.expected)]], path);
    case "too_small":
      return mistake("TOO_FEW_OPERANDS", [Number(issue.minimum)], path);
    case "too_big":
      return mistake("NOT_A_TREE", [[`at most ${Number(issue.maximum).toLocaleString("en")} of them`]], path);
    // Codes that this schema does not cause: the library's own message is the best there is.
    default:
      return mistake("NOT_A_TREE", [[issue.message]], path);
  }
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return "options" in issue && Array.isArray(issue.options) ? issue.options : [];
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/** A JSON Pointer (RFC 6901). */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** What the shape allows and the language does not: operators with operands that they don't take, a Not of a Not. */
function misuses(
  node: TreeExpression,
  path: string,
  operators: ReadonlyMap<string, OperatorSyntax>,
): readonly Diagnostic[] {
  const below = (inner: TreeExpression, key: string) => misuses(inner, `${path}/${key}`, operators);
  switch (node.kind) {
    case "And":
    case "Or":
    case "Group":
      return node.operands.flatMap((operand, index) => below(operand, `operands/${index}`));
    case "Not":
      if (node.operand.kind === "Not") return [mistake("NOT_OF_NOT", [], path)];
      return below(node.operand, "operand");
    case "Event":
      return [
        ...(node.negated && node.count !== undefined ? [mistake("COUNT_OF_NONE", [], `${path}/count`)] : []),
        ...windowMisuses(node.window, path),
        ...(node.where === undefined ? [] : below(node.where, "where")),
      ];
    case "Item":
      return below(node.operand, "operand");
    case "Sequence":
      return node.steps.flatMap(({ window, where }, index) => [
        ...windowMisuses(window, `${path}/steps/${index}`),
        ...(where === undefined ? [] : below(where, `steps/${index}/where`)),
      ]);
    case "Measure":
      return [
        ...windowMisuses(node.window, path),
        ...(node.where === undefined ? [] : below(node.where, "where")),
        ...operationMisuses(node, path, operators),
      ];
    case "Comparison":
      return [...windowMisuses(node.window, path), ...operationMisuses(node, path, operators)];
    case "Occurrence":
      return operationMisuses(node, path, operators);
    case "Flag":
    case "Membership":
    case "Sample":
    case "Everyone":
      return [];
    default:
      return node satisfies never;
  }
}

type TreeOperation = Extract<TreeExpression, { kind: "Comparison" | "Occurrence" | "Measure" }>;

function operationMisuses(
  { operator, operands }: TreeOperation,
  path: string,
  operators: ReadonlyMap<string, OperatorSyntax>,
): readonly Diagnostic[] {
  const syntax = operators.get(operator.name);
  if (syntax === undefined) return [];
  const [form = ""] = operator.negated ? syntax.negatedSpellings : syntax.spellings;
  if (form === "") return [mistake("NO_COMPLEMENT", [operator.name], `${path}/operator/negated`)];
  const wanted = operandCounts[syntax.operand];
  const fits = wanted === undefined ? operands.length > 0 : operands.length === wanted;
  return fits ? [] : [mistake("WRONG_OPERANDS", [form, wanted, operands.length], `${path}/operands`)];
}

const operandCounts: Readonly<Record<OperandShape, number | undefined>> = {
  none: 0,
  value: 1,
  duration: 1,
  period: 1,
  pair: 2,
  distance: 3,
  list: undefined,
};

type Window = Extract<TreeExpression, { kind: "Event" }>["window"];

function windowMisuses(window: Window, path: string): readonly Diagnostic[] {
  if (window === undefined) return [];
  const wanted = window.form === "between" ? 2 : window.form === "within" ? 3 : 1;
  if (window.operands.length === wanted) return [];
  const words = window.form.replaceAll("_", " ");
  return [mistake("WRONG_OPERANDS", [words, wanted, window.operands.length], `${path}/window/operands`)];
}

/** Where two trees first differ, comments aside; undefined if they are the same. */
function differs(one: unknown, other: unknown, path: string): string | undefined {
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null)
    return one === other ? undefined : path;
  const [given, read] = [entriesOf(one), entriesOf(other)];
  const kinds = [given.get("kind"), read.get("kind")];
  if (kinds[0] !== kinds[1] || given.size !== read.size) return path;
  for (const [key, value] of given) {
    const difference = differs(value, read.get(key), `${path}/${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function entriesOf(node: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(node).filter(([key, value]) => key !== "comments" && value !== undefined));
}

/** The JSON Pointer to the innermost node of a parsed tree that holds a stretch of its text. */
export function pathTo(tree: Query, place: Span): string {
  // Something missing at the end of the text may be reported after a trailing space.
  const { end } = tree.expression.span;
  const span = { ...place, start: Math.min(place.start, end), end: Math.min(place.end, end) };
  let path = "/expression";
  let node: unknown = tree.expression;
  for (;;) {
    const inner = childHolding(node, span);
    if (inner === undefined) return path;
    path += inner.path;
    node = inner.node;
  }
}

function childHolding(
  node: unknown,
  span: Span,
): { readonly path: string; readonly node: unknown } | undefined {
  for (const [key, value] of Object.entries(node ?? {})) {
    const children: readonly (readonly [string, unknown])[] = Array.isArray(value)
      ? value.map((item, index) => [`/${key}/${index}`, item])
      : [[`/${key}`, value]];
    for (const [path, child] of children) if (holds(child, span)) return { path, node: child };
  }
  return undefined;
}

function holds(node: unknown, span: Span): boolean {
  if (typeof node !== "object" || node === null || !("span" in node)) return false;
  const { start, end } = node.span as Span;
  return start <= span.start && span.end <= end;
}

/** The part of a path that the client's tree has: a tree with mistakes is parsed differently than it was given. */
function known(json: unknown, path: string): string {
  let node: unknown = json;
  let found = "";
  for (const key of path.split("/").slice(1)) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, key)) break;
    node = (node as Readonly<Record<string, unknown>>)[key];
    found += `/${key}`;
  }
  return found;
}
