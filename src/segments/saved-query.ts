// Saved queries: the canonical text and its tree, which identifies segments by id, so that a renamed segment is printed under its
// new name.
import {
  type Expression,
  isConnective,
  type Membership,
  type Query,
  treeVersion,
  type Value,
} from "../../grammar/tree.js";
import { catalogOf } from "../catalog/catalog.js";
import type { Catalog } from "../catalog/model.js";
import { type CatalogSegment, resolveSegment, type SegmentNames } from "../catalog/segments.js";
import { type CheckedQuery, checkParsed, checkQuery, formatQuery, parseQuery } from "../check/check.js";
import type { ProjectDocument, SavedQuery } from "../documents/documents.js";
import { refuseManySamples } from "../query/samples.js";
import { invalidQuery } from "./segment-error.js";

/**
 * Checks a query for saving.
 * @param ofSegment the id of the segment whose query it becomes, if that exists already.
 * @throws SegmentError `INVALID_QUERY`; SampleError.
 */
export function queryToSave(
  text: string,
  definition: ProjectDocument,
  segments: SegmentNames,
  asOf: number,
  ofSegment?: string,
): SavedQuery {
  const catalog = catalogOf(definition, segments);
  const checked = checkQuery(text, catalog, asOf, ofSegment);
  if (checked.canonical === undefined) throw invalidQuery(checked.diagnostics);
  refuseManySamples(checked.plan);
  const { canonical } = checked;
  // The canonical form may be longer than the written text, so the parser's limits are checked for it, too.
  const { tree, diagnostics } = parseQuery(canonical);
  if (diagnostics.length > 0) throw invalidQuery(diagnostics);
  const uses = new Set<string>();
  const expression = mapMemberships(tree.expression, (node) => {
    const segment = resolveSegment(segments, node.segment.text, undefined);
    if (segment === undefined) return node;
    uses.add(segment.id);
    return { ...node, segmentId: segment.id };
  });
  return {
    written: text,
    canonical,
    language_version: treeVersion,
    tree: { ...tree, expression },
    uses: [...uses].sort(),
  };
}

/** The query in canonical form, with the present names of the segments that it names. */
export function printQuery({ tree, canonical, uses }: SavedQuery, segments: SegmentNames): string {
  if (uses.length === 0) return canonical;
  const expression = mapMemberships(tree.expression, (node) => {
    const segment = resolveSegment(segments, node.segment.text, node.segmentId);
    return segment === undefined ? node : { ...node, segment: { ...node.segment, text: segment.name } };
  });
  return formatQuery({ ...(tree as Query), expression });
}

/**
 * Checks a saved query again, in its version of the language, against the present catalogue; it is valid if the result has a
 * plan.
 */
export function checkSaved(
  query: SavedQuery,
  catalog: Catalog,
  asOf: number,
  ofSegment: string,
): CheckedQuery {
  return savedChecker(query, catalog, ofSegment)(asOf);
}

/** Checks a saved query as of several instants; prints and parses it only once. */
export function savedChecker(
  query: SavedQuery,
  catalog: Catalog,
  ofSegment: string,
): (asOf: number) => CheckedQuery {
  const text = printQuery(query, catalog.segments);
  const parsed = parseQuery(text, query.tree.version);
  return (asOf) => checkParsed(text, parsed, catalog, asOf, { ofSegment, isSaved: true });
}

/** The tree of `in segment` for a segment by its id. It has no text, so the spans of its nodes are empty. */
export function membershipQuery({ id, name }: CatalogSegment): Query {
  const nowhere = { span: { start: 0, end: 0, line: 1, column: 1 }, raw: "" };
  const segment: Value = { kind: "Value", text: name, ...nowhere };
  const expression: Membership = { kind: "Membership", segment, segmentId: id, ...nowhere };
  return { kind: "Query", version: treeVersion, expression, comments: [], ...nowhere };
}

function mapMemberships(node: Expression, change: (node: Membership) => Membership): Expression {
  if (!isConnective(node)) return node.kind === "Membership" ? change(node) : node;
  switch (node.kind) {
    case "And":
    case "Or":
    case "Group":
      return { ...node, operands: node.operands.map((operand) => mapMemberships(operand, change)) };
    case "Not":
      return { ...node, operand: mapMemberships(node.operand, change) };
    default:
      return node satisfies never;
  }
}
