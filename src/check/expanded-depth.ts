// The name in a query that makes it nest conditions too deep: a segment's, or a computed attribute's.
import type { Diagnostic, Span } from "../../grammar/diagnostic.js";
import type { Expression, Membership, Name, Value } from "../../grammar/tree.js";
import { resolveName } from "../catalog/catalog.js";
import { resolveSegment } from "../catalog/segments.js";
import { depthOf } from "../plan/depth.js";
import { diagnostic } from "./failure.js";
import type { Scope } from "./scope.js";

interface Named {
  readonly kind: "segment" | "attribute";
  readonly name: string;
  readonly span: Span;
  readonly depth: number;
}

/** The diagnostic for an expression that is nested too deep, at the deepest name in it. @param scope that it was checked in. */
export function tooDeep(scope: Scope, expression: Expression): Diagnostic {
  const [deepest] = namesIn(scope, expression).toSorted((one, other) => other.depth - one.depth);
  return diagnostic(
    "EXPANDED_TOO_DEEP",
    [deepest?.kind, deepest?.name ?? ""],
    deepest?.span ?? expression.span,
  );
}

/** The segments and the computed attributes that a part of the tree names, at any depth. */
function namesIn(scope: Scope, part: unknown): readonly Named[] {
  if (typeof part !== "object" || part === null) return [];
  const own = "kind" in part ? namedBy(scope, part as Membership | Name | Value) : undefined;
  if (own !== undefined) return [own];
  return Object.values(part).flatMap((each: unknown) => namesIn(scope, each));
}

function namedBy({ catalog, segments }: Scope, node: Membership | Name | Value): Named | undefined {
  if (node.kind === "Membership") {
    const segment = resolveSegment(catalog.segments, node.segment.text, node.segmentId);
    const inlined = segment === undefined ? undefined : segments.known.get(segment.id);
    if (segment === undefined || inlined === undefined || !("plan" in inlined)) return undefined;
    return {
      kind: "segment",
      name: segment.name,
      span: node.segment.span,
      depth: depthOf(inlined.plan),
    };
  }
  const words = node.kind === "Name" ? node.text : node.kind === "Value" ? node.attribute : undefined;
  const attribute = words === undefined ? undefined : resolveName(catalog, words)?.attribute;
  if (attribute?.computed === undefined) return undefined;
  const depth = depthOf({ kind: "predicate", field: attribute.field, test: { kind: "known" } });
  return { kind: "attribute", name: attribute.computed.name, span: node.span, depth };
}
