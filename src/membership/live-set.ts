// The segments that are kept live, as one epoch has them: what each means at an instant.
import { catalogOf } from "../catalog/catalog.js";
import { segmentNames } from "../catalog/segments.js";
import type { Engine } from "../engine.js";
import { fieldsOf } from "../plan/fields.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import { findProject } from "../projects/projects.js";
import { namesOf, readSegments } from "../segments/catalog.js";
import { checkSaved } from "../segments/saved-query.js";
import type { LeaseDocument, LiveSegmentDocument } from "../store/documents.js";
import { coordinatorId } from "./lease.js";

export interface LiveSegment {
  readonly id: string;
  readonly document: LiveSegmentDocument;
  /** What it means at an instant; undefined where its query is not right now. */
  readonly planAt: (asOf: number) => Plan | undefined;
  /** Where customers hold what it asks of: paths of their document, `events` or `orders`. */
  readonly places: readonly string[];
  /** True where time alone may bring somebody in or out. */
  readonly timed: boolean;
}

export interface LiveSet {
  readonly project: string;
  readonly epoch: number;
  readonly zone: string;
  readonly segments: ReadonlyMap<string, LiveSegment>;
}

/** What the coordinator says; undefined where a project has never had one. */
export async function coordinatorOf(engine: Engine, project: string): Promise<LeaseDocument | undefined> {
  const [found] = await engine.store.getMany("maintenance", [coordinatorId(project)]);
  return found?.kind === "coordinator" ? found : undefined;
}

/** Every segment that is kept live, those that are being let go too. */
export async function readLiveSegments(
  engine: Engine,
  project: string,
): Promise<readonly LiveSegmentDocument[]> {
  return engine.store.aggregate<LiveSegmentDocument>("live_segments", [{ $match: { project } }]);
}

/** The segments that are live, all of one epoch. */
export async function readLiveSet(engine: Engine, project: string): Promise<LiveSet> {
  for (;;) {
    const epoch = (await coordinatorOf(engine, project))?.epoch ?? 0;
    const documents = await readLiveSegments(engine, project);
    const definition = await findProject(engine, project);
    const stored = namesOf(await readSegments(engine, project));
    if (((await coordinatorOf(engine, project))?.epoch ?? 0) !== epoch) continue;
    const queries = new Map(documents.map((document) => [document.segment_id, document.query]));
    // The queries are those of this epoch; what the segments are called, and which are static, is as it is now.
    const names = segmentNames(
      [...stored.byId.values()].flatMap((segment) => {
        const query = queries.get(segment.id);
        if (segment.query !== undefined && query === undefined) return [];
        return [{ ...segment, archived: false, ...(query === undefined ? {} : { query }) }];
      }),
    );
    const catalog = catalogOf(definition, names);
    const now = engine.clock();
    const segments = documents.map((document): [string, LiveSegment] => {
      const { segment_id: id, query, status } = document;
      const planAt = (asOf: number): Plan | undefined =>
        status === "removing" ? undefined : checkSaved(query, catalog, asOf, id).plan;
      const places = fieldsOf(planAt(now)?.where ?? nobody).map(({ path, figure, campaign }) =>
        figure === undefined ? (campaign?.listPath ?? path) : figure.records,
      );
      return [id, { id, document, planAt, places, timed: isTimed(planAt, now) }];
    });
    return { project, epoch, zone: definition.timezone, segments: new Map(segments) };
  }
}

const nobody: PlanNode = { kind: "constant", value: false };

const day = 86_400_000;

/** A query that means the same at three instants apart, some of them far, says nothing of time. */
function isTimed(planAt: LiveSegment["planAt"], now: number): boolean {
  const [first, ...others] = [now, now + 1.37 * day, now + 401.7 * day].map((asOf) => {
    const plan = planAt(Math.floor(asOf));
    return JSON.stringify(plan?.where);
  });
  return others.some((other) => other !== first);
}
