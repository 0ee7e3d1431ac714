// The parts of a sentence that can be changed by themselves, each with the control that fits it, and the colour of each.
import type { Value } from "../../../grammar/tree.js";
import { resolveName } from "../../catalog/catalog.js";
import type { Catalog } from "../../catalog/model.js";
import { operatorsByName } from "../../operators/index.js";
import type { Control, Part, Token, TokenRole } from "./protocol.js";
import { type AnyNode, type Compared, operatorOf, type Visit, walkTree } from "./walk.js";

/** The parts of a tree, in the order of the text. */
export function partsOf(tree: AnyNode, catalog: Catalog): readonly Part[] {
  const parts: Part[] = [];
  walkTree(tree, catalog, (visit) => {
    const part = partOf(visit, catalog);
    if (part !== undefined && part.to > part.from) parts.push(part);
  });
  return parts.sort((one, other) => one.from - other.from);
}

function partOf(visit: Visit, catalog: Catalog): Part | undefined {
  const { node } = visit;
  switch (node.kind) {
    case "Name":
      return namePart(visit, catalog);
    case "Operator":
      return visit.parent === undefined ? undefined : part(node, "operator", { kind: "operator" });
    case "EventCount":
      return part(node, "clause", { kind: "count" });
    case "Value":
      return valuePart(visit);
    // Conditions and connectives are not parts: names, operators and values are.
    default:
      return undefined;
  }
}

function part(node: AnyNode, role: TokenRole, control: Control, attribute?: string): Part {
  const { start, end } = node.span;
  return {
    from: start,
    to: end,
    role,
    text: node.raw,
    control,
    ...(attribute === undefined ? {} : { attribute }),
  };
}

function namePart({ node, event }: Visit, catalog: Catalog): Part {
  const { text } = node as unknown as { text: string };
  const resolved = resolveName(event?.catalog ?? catalog, text);
  const kinds = event === undefined ? (["ATTRIBUTE"] as const) : (["PROPERTY"] as const);
  return part(node, "attribute", { kind: "suggest", kinds }, resolved?.attribute.name);
}

function valuePart(visit: Visit): Part | undefined {
  const { node, parent, field } = visit;
  if (parent === undefined) return undefined;
  // A count is changed as a whole.
  if (parent.kind === "EventCount") return undefined;
  if (field === "name" && parent.kind !== "Sample")
    return part(node, "event", { kind: "suggest", kinds: ["EVENT"] });
  if (field === "property") return part(node, "attribute", { kind: "suggest", kinds: ["PROPERTY"] });
  if (field === "operands") return operandPart(visit, parent);
  return part(node, "value", { kind: "suggest", kinds: ["VALUE"] });
}

function operandPart({ node, compared }: Visit, parent: AnyNode): Part {
  if (parent.kind === "EventWindow") {
    const form = (parent as unknown as { form: string }).form;
    const control: Control =
      form === "in_the_last" ? { kind: "duration" } : { kind: "date", relativeOnly: false };
    return part(node, "value", control);
  }
  return part(node, "value", operandControl(parent, compared), compared?.attribute?.name);
}

/** The control that changes a value, by the type that it is compared as and the operator before it. */
function operandControl(parent: AnyNode, compared: Compared | undefined): Control {
  const use = operatorOf(parent);
  const operator = use === undefined ? undefined : operatorsByName.get(use.name);
  const type = compared?.type;
  if (operator?.operandType === "number") return { kind: "number" };
  if (operator?.operand === "duration") return { kind: "duration" };
  switch (type) {
    case "number":
      return { kind: "number" };
    case "money":
      return { kind: "money", currency: "" };
    case "date":
    case "datetime":
      return { kind: "date", relativeOnly: operator?.relativeOnly?.includes(type) === true };
    case undefined:
    case "boolean":
    case "month":
    case "yearly":
    case "country":
    case "text":
    case "exact":
    case "enumeration":
    case "product":
    case "set":
      return { kind: "suggest", kinds: ["VALUE", "UNIT"] };
    default:
      return type satisfies never;
  }
}

const joining = /(?<![^\s()[\],])(?:and|or|not|all of|any of|none of)(?![^\s()[\],])/gi;
const clauseNodes: ReadonlySet<string> = new Set(["EventCount", "EventWindow", "Sample"]);

/** The colour of each stretch: parts, the words that join them, and comments. */
export function tokensOf(
  tree: AnyNode & { readonly comments: readonly AnyNode[] },
  catalog: Catalog,
  parts: readonly Part[],
): readonly Token[] {
  const tokens: Token[] = parts.map(({ from, to, role }) => ({ from, to, role }));
  for (const { span } of tree.comments) tokens.push({ from: span.start, to: span.end, role: "comment" });
  tokens.sort((one, other) => one.from - other.from);
  const clauses: Token[] = [];
  const conditions: Token[] = [];
  walkTree(tree, catalog, ({ node, parent, field }) => {
    const token = { from: node.span.start, to: node.span.end };
    if (clauseNodes.has(node.kind)) clauses.push({ ...token, role: "clause" });
    const isCondition =
      parent !== undefined &&
      (field === "expression" || field === "operands" || field === "operand" || field === "where");
    if (isCondition && !joins.has(node.kind) && node.kind !== "Value")
      conditions.push({ ...token, role: "clause" });
  });
  return [...tokens, ...gaps(tree.raw, tokens, clauses, conditions)].sort(
    (one, other) => one.from - other.from,
  );
}

const joins: ReadonlySet<string> = new Set(["And", "Or", "Not", "Group"]);

/** The words between the parts: words that join conditions, and words of a condition itself, as `performed` and `where`. */
function gaps(
  text: string,
  tokens: readonly Token[],
  clauses: readonly Token[],
  conditions: readonly Token[],
): readonly Token[] {
  const found: Token[] = [];
  let from = 0;
  for (const token of [...tokens, { from: text.length, to: text.length }]) {
    if (token.from > from) found.push(...gap(text, from, token.from, [...clauses, ...conditions]));
    from = Math.max(from, token.to);
  }
  return found;
}

function gap(text: string, from: number, to: number, conditions: readonly Token[]): readonly Token[] {
  const found: Token[] = [];
  const piece = text.slice(from, to);
  let rest = 0;
  const words = (start: number, end: number): void => {
    for (const { 0: word, index } of piece.slice(start, end).matchAll(/[^\s()[\],]+/g)) {
      const at = from + start + index;
      if (conditions.some((condition) => condition.from <= at && at < condition.to))
        found.push({ from: at, to: at + word.length, role: "clause" });
    }
  };
  for (const { 0: word, index } of piece.matchAll(joining)) {
    words(rest, index);
    found.push({ from: from + index, to: from + index + word.length, role: "connective" });
    rest = index + word.length;
  }
  words(rest, piece.length);
  return found;
}

/** Canonical names of the customers' attributes that a tree mentions, in order, each once. */
export function mentionsOf(tree: AnyNode, catalog: Catalog): readonly string[] {
  const names = new Set<string>();
  walkTree(tree, catalog, ({ node, event }) => {
    if (node.kind !== "Name" || event !== undefined) return;
    const resolved = resolveName(catalog, (node as unknown as Value).text);
    if (resolved !== undefined) names.add(resolved.attribute.name);
  });
  return [...names];
}
