// The audience of a validation rule: segments and a query, as one query of the language, which the language's own machinery evaluates
// and explains.
import { LRUCache } from "lru-cache";
import { catalogOf } from "../catalog/catalog.js";
import type { SegmentNames } from "../catalog/segments.js";
import { checkParsed, parseQuery } from "../check/check.js";
import type { ProjectDocument } from "../documents/documents.js";
import type { Audience } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import type { PlanNode } from "../plan/plan.js";
import { compilePredicate } from "../predicate/compile.js";
import { recentProject } from "../projects/projects.js";
import { audienceText } from "../segments/audience-text.js";
import { recentSegmentsOf } from "../segments/named.js";
import { boundPlans, factsOf, type Person } from "../segments/of-customer.js";
import { queryToSave } from "../segments/saved-query.js";
import { SegmentError } from "../segments/segment-error.js";
import { PromotionError, shortened } from "./promotion-error.js";

/** The most segments of one list. */
const maxSegments = 50;

export interface AudienceRequest {
  /** `segment_id`s. */
  readonly allOf?: readonly string[] | undefined;
  readonly anyOf?: readonly string[] | undefined;
  readonly noneOf?: readonly string[] | undefined;
  /** A query of the language. */
  readonly query?: string | undefined;
}

/** The segments that an audience names, by `segment_id`. */
export function segmentsOfAudience({ all_of, any_of, none_of, query }: Audience): readonly string[] {
  return [...new Set([...all_of, ...any_of, ...none_of, ...(query?.uses ?? [])])];
}

/**
 * Checks an audience for saving.
 * @throws PromotionError `INVALID_QUERY`, `UNKNOWN_SEGMENT`, `INVALID_INPUT`.
 */
export function readAudience(
  { allOf = [], anyOf = [], noneOf = [], query }: AudienceRequest,
  definition: ProjectDocument,
  segments: SegmentNames,
  asOf: number,
): Audience {
  const listed = (ids: readonly string[], field: string) => readSegmentIds(ids, field, segments);
  const audience: Audience = {
    all_of: listed(allOf, "allOf"),
    any_of: listed(anyOf, "anyOf"),
    none_of: listed(noneOf, "noneOf"),
    ...(query === undefined ? {} : { query: savedQuery(query, definition, segments, asOf) }),
  };
  // The parts together may exceed the limits of one query.
  const text = audienceText(audience, segments);
  if (text !== undefined) savedQuery(text, definition, segments, asOf);
  return audience;
}

function readSegmentIds(ids: readonly string[], field: string, segments: SegmentNames): readonly string[] {
  if (ids.length > maxSegments)
    throw new PromotionError(
      "INVALID_INPUT",
      field,
      `\`${field}\` lists ${ids.length} segments, and ${maxSegments} are the most. Combine some of them into one segment.`,
    );
  for (const id of ids) {
    const segment = segments.byId.get(id);
    if (segment !== undefined && !segment.archived) continue;
    throw new PromotionError(
      "UNKNOWN_SEGMENT",
      field,
      segment === undefined
        ? `There is no segment of the id "${shortened(id)}". List the segments.`
        : `The segment "${segment.name}" is archived. Unarchive it, or name another one.`,
    );
  }
  return [...new Set(ids)];
}

function savedQuery(text: string, definition: ProjectDocument, segments: SegmentNames, asOf: number) {
  try {
    return queryToSave(text, definition, segments, asOf);
  } catch (error) {
    if (error instanceof SegmentError)
      throw new PromotionError("INVALID_QUERY", "query", error.message, error.diagnostics);
    throw error;
  }
}

/** `unanswerable`: the query is no longer valid, since a definition has changed. */
export type Belongs = boolean | "unanswerable";

/**
 * Whether a person is in each of several audiences at an instant, by the predicates and the person's present records. A segment
 * that another process has changed is seen within a second.
 * @throws RecordError for an invalid profile; TooManyRecordsError.
 */
export async function belongsTo(
  engine: Engine,
  project: string,
  person: Person,
  audiences: readonly Audience[],
  asOf: number,
): Promise<readonly Belongs[]> {
  if (audiences.every((audience) => isEveryone(audience))) return audiences.map(() => true);
  const definition = await recentProject(engine, project);
  const segments = await recentSegmentsOf(engine, project, audiences.flatMap(segmentsOfAudience));
  const catalog = catalogOf(definition, segments);
  const wheres = audiences.map((audience): PlanNode | "everyone" | undefined => {
    const text = audienceText(audience, segments);
    return text === undefined ? "everyone" : checkParsed(text, parsed(text), catalog, asOf).plan?.where;
  });
  const asked = wheres.flatMap((where) => (where === undefined || where === "everyone" ? [] : [where]));
  const bound = await boundPlans(engine, project, asked, asOf);
  const facts = await factsOf(engine, project, person, bound, asOf);
  const answers = bound.map((where) => compilePredicate(where)(facts));
  let next = 0;
  return wheres.map((where) => {
    if (where === undefined) return "unanswerable";
    if (where === "everyone") return true;
    const answer = answers[next];
    next += 1;
    return answer === true;
  });
}

/** The audiences that were parsed last. */
const parsedTexts = new LRUCache<string, ReturnType<typeof parseQuery>>({ max: 2_000 });

/** The tree of an audience's text: each redemption asks about the same few. */
function parsed(text: string): ReturnType<typeof parseQuery> {
  const known = parsedTexts.get(text) ?? parseQuery(text);
  parsedTexts.set(text, known);
  return known;
}

/** True if the audience does not restrict. */
export function isEveryone({ all_of, any_of, none_of, query }: Audience): boolean {
  return all_of.length + any_of.length + none_of.length === 0 && query === undefined;
}
