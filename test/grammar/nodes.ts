// Walking a tree by its fields alone, so that no kind of node can be forgotten.
import type { Span } from "../../grammar/diagnostic.js";
import type { Query } from "../../grammar/tree.js";

export interface AnyNode {
  readonly kind: string;
  readonly span: Span;
  readonly raw: string;
}

/** Every node of a tree with the one that it is in, from the outside in. */
export function nodesWithin(tree: Query): { readonly node: AnyNode; readonly parent: AnyNode | undefined }[] {
  const found: { node: AnyNode; parent: AnyNode | undefined }[] = [];
  const visit = (value: unknown, parent: AnyNode | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, parent);
    } else if (isNode(value)) {
      found.push({ node: value, parent });
      for (const field of Object.values(value)) visit(field, value);
    }
  };
  visit(tree, undefined);
  return found;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
