// `in segment "VIP"`: a static segment is its list of members, an auto-update segment is its own query, at the same
// instant. Segments may name segments, within bounds and never in a cycle.
import type { Diagnostic, Span } from "../../grammar/diagnostic.js";
import { Source } from "../../grammar/source.js";
import type { Expression, Membership, Name, Value } from "../../grammar/tree.js";
import { resolveName } from "../catalog/catalog.js";
import { type CatalogSegment, resolveSegment } from "../catalog/segments.js";
import { depthOf } from "../plan/depth.js";
import type { PlanNode } from "../plan/plan.js";
import type { Simple } from "../plan/simplify.js";
import { diagnostic, Failed, fail } from "./failure.js";
import {
  type CheckedCondition,
  type Inlined,
  nothingAround,
  type Scope,
  type SegmentNesting,
  type Size,
} from "./scope.js";

/** How deep segments can be nested. */
const deepest = 8;
/** The limits over all segments that a query names, each counted as often as it is named. */
const most = { segments: 100, conditions: 1_000, events: 50 } as const;

const nothing: Size = { segments: 0, conditions: 0, events: 0, levels: 0 };

/** The state at the beginning of a check; `ofSegment` is the id of the segment whose query is checked. */
export function newNesting(ofSegment?: string): SegmentNesting {
  return { path: ofSegment === undefined ? [] : [ofSegment], met: { size: nothing }, known: new Map() };
}

type CheckPart = (scope: Scope, node: Expression) => { readonly simple: Simple } | undefined;

/** `checkPart` checks an expression. */
export function checkMembership(
  scope: Scope,
  node: Membership,
  checkPart: CheckPart,
): CheckedCondition<Membership> | Failed {
  const segment = nameOfSegment(scope, node);
  if (segment instanceof Failed) return segment;
  const plan =
    segment.query === undefined ? memberOf(segment) : inline(scope, node, segment, segment.query, checkPart);
  if (plan instanceof Failed) return plan;
  const canonical = { ...node, segment: { ...node.segment, text: segment.name }, segmentId: segment.id };
  return { plan, canonical };
}

function nameOfSegment(scope: Scope, node: Membership): CatalogSegment | Failed {
  const { segment: written, segmentId } = node;
  const { segments } = scope.catalog;
  const found = resolveSegment(segments, written.text, segmentId);
  if (found?.archived === false) return found;
  if (found !== undefined) return fail("ARCHIVED_SEGMENT", [found.name], written.span);
  const names = [...segments.byId.values()].filter(({ archived }) => !archived).map(({ name }) => name);
  return fail("UNKNOWN_SEGMENT", [written.text, undefined, names], written.span, {
    expected: ["a segment"],
    condition: node,
    value: written,
  });
}

/** A customer holds the ids of the segments that it is in. */
function memberOf({ id }: CatalogSegment): PlanNode {
  return {
    kind: "predicate",
    field: { attribute: "segments", scope: "profile", path: "segments", set: true },
    test: { kind: "hasAny", values: [{ from: id, to: id }] },
  };
}

type SegmentQuery = NonNullable<CatalogSegment["query"]>;

function inline(
  scope: Scope,
  node: Membership,
  segment: CatalogSegment,
  query: SegmentQuery,
  checkPart: CheckPart,
): PlanNode | Failed {
  const { path, met, known } = scope.segments;
  const { span } = node.segment;
  if (path.includes(segment.id)) {
    const circle = [...path.slice(path.indexOf(segment.id)), segment.id];
    const names = circle.map((id) => scope.catalog.segments.byId.get(id)?.name ?? "this segment");
    return fail("SEGMENT_CYCLE", [names], span);
  }
  if (path.length >= deepest) return fail("SEGMENTS_TOO_DEEP", [segment.name, deepest], span);
  const inlined = known.get(segment.id) ?? checkSegment(scope, segment, query, checkPart);
  known.set(segment.id, inlined);
  if ("mistake" in inlined) return failedInside(node, segment, inlined.mistake);
  met.size = joined(met.size, inlined.size);
  if (path.length + met.size.levels > deepest)
    return fail("SEGMENTS_TOO_DEEP", [segment.name, deepest], span);
  const passed = (["segments", "conditions", "events"] as const).find((what) => met.size[what] > most[what]);
  if (passed !== undefined) return fail("SEGMENTS_TOO_LARGE", [segment.name, bounds[passed]], span);
  return inlined.plan;
}

const bounds = {
  segments: `${most.segments} segments`,
  conditions: `${most.conditions.toLocaleString("en")} conditions`,
  events: `${most.events} conditions on events`,
} as const;

/** What a segment's own query means, at the same instant as the query that names it. */
function checkSegment(
  scope: Scope,
  segment: CatalogSegment,
  { canonical, tree }: SegmentQuery,
  checkPart: CheckPart,
): Inlined {
  const { path, known } = scope.segments;
  const met = { size: nothing };
  const inside: Scope = {
    catalog: scope.catalog,
    asOf: scope.asOf,
    isSaved: true,
    diagnostics: [],
    source: new Source(canonical),
    segments: { path: [...path, segment.id], met, known },
    around: nothingAround,
  };
  const checked = checkPart(inside, tree.expression);
  const mistake = inside.diagnostics.find(({ severity }) => severity === "ERROR");
  if (mistake !== undefined) return { mistake };
  if (checked === undefined)
    throw new Error(`The query of the segment ${segment.id} has an unknown mistake.`);
  const own = { ...countConditions(tree.expression), segments: 1, levels: met.size.levels + 1 };
  const size = { ...joined(own, met.size), levels: own.levels };
  return { plan: checked.simple.node, size };
}

// A mistake in how segments are nested is a mistake of the query itself; any other mistake is that segment's.
const passedOn: ReadonlySet<string> = new Set(["SEGMENT_CYCLE", "SEGMENTS_TOO_DEEP", "SEGMENTS_TOO_LARGE"]);

function failedInside(
  node: Membership,
  segment: CatalogSegment,
  mistake: Extract<Inlined, { readonly mistake: unknown }>["mistake"],
): Failed {
  const { span } = node.segment;
  if (passedOn.has(mistake.code)) return new Failed([], [{ ...mistake, span }]);
  return fail("SEGMENT_HAS_MISTAKES", [segment.name, mistake.message], span);
}

function joined(one: Size, other: Size): Size {
  return {
    segments: one.segments + other.segments,
    conditions: one.conditions + other.conditions,
    events: one.events + other.events,
    levels: Math.max(one.levels, other.levels),
  };
}

const none = { conditions: 0, events: 0 } as const;

function countConditions(node: Expression): { readonly conditions: number; readonly events: number } {
  switch (node.kind) {
    case "And":
    case "Or":
    case "Group":
      return sum(node.operands.map(countConditions));
    case "Not":
      return countConditions(node.operand);
    case "Event":
    case "Measure":
    case "Occurrence": {
      const where = "where" in node && node.where !== undefined ? countConditions(node.where).conditions : 0;
      return { conditions: 1 + where, events: 1 };
    }
    case "Sequence": {
      const wheres = sum(
        node.steps.map(({ where }) => (where === undefined ? none : countConditions(where))),
      );
      return { conditions: node.steps.length + wheres.conditions, events: node.steps.length };
    }
    case "Comparison":
      return { conditions: 1, events: node.window === undefined ? 0 : 1 };
    case "Item":
      return sum([{ conditions: 1, events: 0 }, countConditions(node.operand)]);
    case "Flag":
    case "Membership":
    case "Sample":
    case "Everyone":
    case "Invalid":
      return { conditions: 1, events: 0 };
    default:
      return node satisfies never;
  }
}

function sum(counts: readonly { readonly conditions: number; readonly events: number }[]) {
  return counts.reduce(
    (total, count) => ({
      conditions: total.conditions + count.conditions,
      events: total.events + count.events,
    }),
    { conditions: 0, events: 0 },
  );
}

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
