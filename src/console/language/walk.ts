// Walks a syntax tree in the order of the text, and resolves its names.
import type { Measure, Name, OperatorUse, Value } from "../../../grammar/tree.js";
import { resolveName } from "../../catalog/catalog.js";
import { findEventType } from "../../catalog/events.js";
import { typeOfMeasure } from "../../catalog/measures.js";
import type { Attribute, Catalog, EventType } from "../../catalog/model.js";
import type { ValueType } from "../../plan/literals.js";

/** A node of any kind: what all of them have, and their own fields. */
export interface AnyNode {
  readonly kind: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly raw: string;
  readonly [field: string]: unknown;
}

/** What a comparison compares. */
export interface Compared {
  readonly type?: ValueType;
  readonly attribute?: Attribute;
  readonly event?: EventType;
}

/** A node that is visited. */
export interface Visit {
  readonly node: AnyNode;
  /** The node that holds it, and the field that it is in. */
  readonly parent?: AnyNode;
  readonly field?: string;
  /** The event whose `where` it is in. */
  readonly event?: EventType;
  /** What is compared by the comparison that contains it. */
  readonly compared?: Compared;
}

/** True of a node of the tree. */
function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value && "span" in value;
}

/** The direct children of a node, with the fields that hold them, in the order of the text. */
function childrenOf(node: AnyNode): readonly { readonly field: string; readonly child: AnyNode }[] {
  return Object.entries(node)
    .flatMap(([field, value]) => (Array.isArray(value) ? value : [value]).map((child) => ({ field, child })))
    .filter((entry): entry is { field: string; child: AnyNode } => isNode(entry.child))
    .sort((one, other) => one.child.span.start - other.child.span.start);
}

/** Calls `visit` with each node, parents first. */
export function walkTree(root: AnyNode, catalog: Catalog, visit: (visit: Visit) => void): void {
  const walk = (here: Visit): void => {
    visit(here);
    const { node } = here;
    const compared = comparedIn(node, catalog, here.event) ?? here.compared;
    const inside = "where" in node ? eventOf(node, catalog) : undefined;
    for (const { field, child } of childrenOf(node)) {
      if (node.kind === "Query" && field === "comments") continue;
      walk({
        node: child,
        parent: node,
        field,
        event: field === "where" ? inside : here.event,
        compared: field === "where" ? undefined : compared,
      });
    }
  };
  walk({ node: root });
}

function eventOf(node: AnyNode, catalog: Catalog): EventType | undefined {
  const { name } = node as { name?: Value };
  return name === undefined ? undefined : findEventType(catalog, name.text);
}

/** What a node compares, if it is a comparison. */
export function comparedIn(
  node: AnyNode,
  catalog: Catalog,
  within: EventType | undefined,
): Compared | undefined {
  if (!("operator" in node)) return undefined;
  if (node.kind === "Occurrence") return { type: "datetime" };
  if (node.kind === "Measure") return measured(node, catalog);
  const { attribute } = node as { attribute?: Name };
  if (attribute === undefined) return {};
  const resolved = resolveName(within?.catalog ?? catalog, attribute.text);
  if (resolved === undefined) return {};
  const { aspect } = resolved;
  return { type: aspect ?? resolved.attribute.type, attribute: resolved.attribute, event: within };
}

function measured(node: AnyNode, catalog: Catalog): Compared {
  const { aggregate, property } = node as unknown as Pick<Measure, "aggregate" | "property">;
  const event = eventOf(node, catalog);
  const attribute =
    property === undefined || event === undefined
      ? undefined
      : resolveName(event.catalog, property.text)?.attribute;
  return { type: typeOfMeasure(aggregate, attribute?.type) };
}

/** The operator of a comparison. */
export function operatorOf(node: AnyNode): OperatorUse | undefined {
  return (node as { operator?: OperatorUse }).operator;
}
