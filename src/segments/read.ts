// Reads segments and their members.

import type { Diagnostic } from "../../grammar/diagnostic.js";
import { catalogOf } from "../catalog/catalog.js";
import { type CatalogSegment, type SegmentNames, segmentNames } from "../catalog/segments.js";
import { checkParsed } from "../check/check.js";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import type { Plan } from "../plan/plan.js";
import { recentProject } from "../projects/projects.js";
import { namesOf, readSegments } from "../query/catalog.js";
import { answerPlan, type PreviewAnswer } from "../query/preview.js";
import { nameClaim, segmentKey } from "./identity.js";
import { checkSaved, membershipQuery, printQuery } from "./saved-query.js";
import { noSuchSegment, SegmentError } from "./segment-error.js";

/** The segment with an id. @throws SegmentError `NOT_FOUND`. */
export async function findSegment(engine: Engine, project: string, id: string): Promise<SegmentDocument> {
  const [found] = await engine.store.getMany("segments", [segmentKey(project, id)]);
  if (found?.state === "active") return found;
  throw noSuchSegment(id);
}

/** The project's present segments as queries name them, including archived ones. */
export async function everySegment(engine: Engine, project: string): Promise<SegmentNames> {
  return withArchived(namesOf(await readSegments(engine, project)));
}

/** The segments with archived ones made nameable: their members can be read, though no query may name them. */
export function withArchived(names: SegmentNames): SegmentNames {
  return segmentNames([...names.byId.values()].map((segment) => ({ ...segment, archived: false })));
}

/**
 * The members of a segment at an instant (by default now).
 * @param identity identifies the members in cursors; by default their query does.
 * @throws SegmentError.
 */
export async function membersOf(
  engine: Engine,
  project: string,
  segmentId: string,
  asOf?: number,
  identity?: string,
): Promise<PreviewAnswer> {
  const names = await everySegment(engine, project);
  const { plan, canonical } = await planOf(engine, project, names, segmentId, asOf ?? engine.clock());
  return answerPlan(engine, plan, canonical, identity === undefined ? {} : { identity });
}

export interface SegmentPlan {
  readonly plan: Plan;
  readonly canonical: string;
  readonly segment: CatalogSegment;
}

/**
 * The plan of membership in a segment, at an instant.
 * @throws SegmentError `NOT_FOUND`, and `INVALID_QUERY` if its query is no longer valid.
 */
export async function planOf(
  engine: Engine,
  project: string,
  names: SegmentNames,
  segmentId: string,
  asOf: number,
): Promise<SegmentPlan> {
  const segment = names.byId.get(segmentId);
  if (segment === undefined) throw noSuchSegment(segmentId);
  const definition = await recentProject(engine, project);
  // The tree identifies the segment by id, so nothing is printed or parsed.
  const tree = membershipQuery(segment);
  const checked = checkParsed("", { tree, diagnostics: [] }, catalogOf(definition, names), asOf);
  if (checked.plan === undefined) {
    throw new SegmentError(
      "INVALID_QUERY",
      "id",
      checked.diagnostics[0]?.message ?? "Its query is not right.",
      checked.diagnostics,
    );
  }
  return { plan: checked.plan, canonical: checked.canonical, segment };
}

/**
 * The present text of a segment's query, with present names, and its diagnostics; undefined for a static segment.
 * @param names `everySegment`.
 */
export async function queryOf(
  engine: Engine,
  { project, segment_id, query }: SegmentDocument,
  names: SegmentNames,
): Promise<{ readonly text: string; readonly diagnostics: readonly Diagnostic[] } | undefined> {
  if (query === undefined) return undefined;
  const catalog = catalogOf(await recentProject(engine, project), names);
  const { diagnostics } = checkSaved(query, catalog, engine.clock(), segment_id);
  return { text: printQuery(query, names), diagnostics };
}

/** The active segments with these ids, in the same order. */
export async function segmentsOf(
  engine: Engine,
  project: string,
  ids: readonly string[],
): Promise<readonly SegmentDocument[]> {
  const found = await engine.store.getMany(
    "segments",
    ids.map((id) => segmentKey(project, id)),
  );
  return found.flatMap((segment) => (segment?.state === "active" ? [segment] : []));
}

/** The active segment with a name; undefined if there is none. */
export async function segmentNamed(
  engine: Engine,
  project: string,
  name: string,
): Promise<SegmentDocument | undefined> {
  const [key] = await engine.store.getMany("segment_keys", [nameClaim(project, name)]);
  return key === undefined ? undefined : (await segmentsOf(engine, project, [key.segment]))[0];
}
