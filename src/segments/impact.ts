// Previews another query for an auto-update segment: the customers who would enter, and those who would leave.
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { catalogOf } from "../catalog/catalog.js";
import { checkQuery } from "../check/check.js";
import type { Engine } from "../engine.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import { recentProject } from "../projects/projects.js";
import { namesOf, readSegments } from "../query/catalog.js";
import { answerPlan, type PreviewAnswer } from "../query/preview.js";
import { neverChanges } from "./auto-update.js";
import { refuseForUsers } from "./deeper-users.js";
import { findSegment, planOf, withArchived } from "./read.js";
import { queryToSave } from "./saved-query.js";

export interface SegmentImpact {
  readonly diagnostics: readonly Diagnostic[];
  /** The instant at which both queries are answered, in milliseconds since the epoch. */
  readonly asOf: number;
  /** Undefined if the query has errors. */
  readonly answer?: {
    readonly canonical: string;
    readonly before: PreviewAnswer;
    readonly after: PreviewAnswer;
    readonly entering: PreviewAnswer;
    readonly leaving: PreviewAnswer;
  };
}

/**
 * Compares a query with the one that a segment has, at one instant.
 * @throws SegmentError `NOT_FOUND`; `STATIC` for a static segment; `INVALID_QUERY` if the segment's present query is no longer
 * valid, or another query that names the segment would not be.
 */
export async function segmentImpact(
  engine: Engine,
  project: string,
  segmentId: string,
  query: string,
): Promise<SegmentImpact> {
  const asOf = engine.clock();
  const segment = await findSegment(engine, project, segmentId);
  if (segment.query === undefined) throw neverChanges(segment);
  const segments = await readSegments(engine, project);
  const names = withArchived(namesOf(segments));
  const definition = await recentProject(engine, project);
  const checked = checkQuery(query, catalogOf(definition, names), asOf, segmentId);
  if (checked.plan === undefined) return { diagnostics: checked.diagnostics, asOf };
  const saved = queryToSave(query, definition, names, asOf, segmentId);
  await refuseForUsers(engine, definition, segments, segmentId, saved);
  const { canonical, plan: next } = checked;
  const { plan: present } = await planOf(engine, project, names, segmentId, asOf);
  const answer = (plan: Plan, words: string) => answerPlan(engine, plan, words, { now: asOf });
  const [before, after, entering, leaving] = await Promise.all([
    answer(present, `in ${segmentId}`),
    answer(next, canonical),
    answer(without(next, present), `${canonical} but not in ${segmentId}`),
    answer(without(present, next), `in ${segmentId} but not ${canonical}`),
  ]);
  return { diagnostics: checked.diagnostics, asOf, answer: { canonical, before, after, entering, leaving } };
}

/** The plan for the customers of the first plan who are not in the second. */
function without(one: Plan, other: Plan): Plan {
  const outside: PlanNode = { kind: "not", operand: other.where };
  return { ...one, where: { kind: "and", operands: [one.where, outside] } };
}
