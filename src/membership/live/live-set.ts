// The live segments of one epoch, and what each means at an instant.

import { catalogOf } from "../../catalog/catalog.js";
import type { Catalog } from "../../catalog/model.js";
import { segmentNames } from "../../catalog/segments.js";
import { dayMs } from "../../clock.js";
import type { LiveSegmentDocument, WorkDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import type { CustomerFacts } from "../../operators/encodings/encoding.js";
import { customerFieldsOf, eventTypesOf, predicatesOf, recordSetsOf } from "../../plan/fields.js";
import { predicateKey } from "../../plan/keys.js";
import type { Plan, PlanNode } from "../../plan/plan.js";
import { simplifyNode } from "../../plan/simplify.js";
import { type IndexedQuery, indexPredicates } from "../../predicate/predicate-index.js";
import { findProject } from "../../projects/projects.js";
import { namesOf, readSegments } from "../../query/catalog.js";
import { savedChecker } from "../../segments/saved-query.js";
import { coordinatorId } from "../maintain/lease.js";
import { yielding } from "../yielding.js";
import { type Meaning, meaningOf, newPlanIntervals, type PlanIntervals } from "./plan-at.js";

/** The longest time that is followed instant by instant, in milliseconds. */
export const maxCatchUp = 45 * dayMs;

export interface LiveSegment {
  readonly id: string;
  readonly document: LiveSegmentDocument;
  /** Its plan at an instant; undefined if its query is not valid then. */
  readonly planAt: (asOf: number) => Plan | undefined;
  /** Why its query is not valid at an instant. */
  readonly problemAt: (asOf: number) => string;
  /** The same as `planAt`, fast for instants that are close to one another. */
  readonly meaningAt: (asOf: number) => Meaning | undefined;
  /** What its query reads: paths of the customer document, `events` or `orders`. */
  readonly dependencies: readonly string[];
  /** The types of events that it reads; undefined if its query is not valid now. */
  readonly eventTypes: ReadonlySet<string> | undefined;
  /** True if time alone may move customers after the instant at which the segments were read; says nothing of the time before. */
  readonly timed: boolean;
  /** True if time alone may move customers then, or may have moved them in the 45 days before. */
  readonly timedLately: boolean;
  /** The form that changes are looked up by once the segment is live; undefined if its query is not valid now. */
  readonly indexed: IndexedQuery | undefined;
  /** The instant at which all of this was found out, in milliseconds since the epoch. */
  readonly analysedAt: number;
}

export interface LiveSet {
  readonly project: string;
  readonly epoch: number;
  readonly zone: string;
  /** The project's definition, as JSON. */
  readonly definition: string;
  readonly segments: ReadonlyMap<string, LiveSegment>;
  /** The segments that a customer may enter or leave, if its membership was right for `before`: no false negatives. */
  readonly mayFlip: (before: CustomerFacts, after: CustomerFacts) => readonly LiveSegment[];
}

/** The coordinator's document; undefined if the project has never had one. */
export async function coordinatorOf(engine: Engine, project: string): Promise<WorkDocument | undefined> {
  const [found] = await engine.store.getMany("maintenance", [coordinatorId(project)]);
  return found?.kind === "coordinator" ? found : undefined;
}

/** Every live segment, including those that are being removed. */
export async function readLiveSegments(
  engine: Engine,
  project: string,
): Promise<readonly LiveSegmentDocument[]> {
  return engine.store.reads.maintenance.liveSegments(project);
}

/** The live segments that are being populated or removed, or that have failed. */
export async function readUnsettledSegments(
  engine: Engine,
  project: string,
): Promise<readonly LiveSegmentDocument[]> {
  return engine.store.reads.maintenance.unsettledSegments(project);
}

/** How often reading starts again because segments changed meanwhile, before it gives up. */
const maxReads = 100;

/**
 * The live segments, all of one epoch.
 * @param former those of an earlier epoch: segments that mean the same as then are not analysed again.
 * @throws Error if they keep changing while they are read; try again later.
 */
export async function readLiveSet(engine: Engine, project: string, former?: LiveSet): Promise<LiveSet> {
  for (let read = 0; read < maxReads; read += 1) {
    const epoch = (await coordinatorOf(engine, project))?.epoch ?? 0;
    const documents = await readLiveSegments(engine, project);
    const definition = await findProject(engine, project);
    const stored = namesOf(await readSegments(engine, project));
    if (((await coordinatorOf(engine, project))?.epoch ?? 0) !== epoch) continue;
    const queries = new Map(documents.map((document) => [document.segment_id, document.query]));
    // Queries are those of this epoch; names, and which segments are static, are those of now.
    const names = segmentNames(
      [...stored.byId.values()].flatMap((segment) => {
        const query = queries.get(segment.id);
        if (segment.query !== undefined && query === undefined) return [];
        return [{ ...segment, archived: false, ...(query === undefined ? {} : { query }) }];
      }),
    );
    const catalog = catalogOf(definition, names);
    const now = engine.clock();
    const intervals = newPlanIntervals();
    const pausing = yielding();
    const written = JSON.stringify(definition);
    const known = former?.definition === written ? former.segments : new Map<string, LiveSegment>();
    const segments: LiveSegment[] = [];
    for (const document of documents) {
      const earlier = known.get(document.segment_id);
      segments.push(
        earlier !== undefined && meansTheSame(earlier, document, now)
          ? { ...earlier, document }
          : analyse(document, catalog, definition.timezone, now, intervals),
      );
      await pausing();
    }
    return {
      project,
      epoch,
      zone: definition.timezone,
      definition: written,
      segments: new Map(segments.map((segment) => [segment.id, segment])),
      mayFlip: flipsAmong(segments),
    };
  }
  throw new Error(`The segments of project ${project} changed ${maxReads} times while they were read.`);
}

/** How long the analysis of a segment is used for later epochs, in milliseconds. */
const maxReuse = dayMs / 24;

/** Whether a segment means the same as in an earlier epoch with the same definition. */
function meansTheSame(
  { document: { query: former, status: before }, analysedAt }: LiveSegment,
  { query, status }: LiveSegmentDocument,
  now: number,
): boolean {
  // What a query means that names other segments depends on them.
  const isOwn = former.uses.length === 0 && query.uses.length === 0;
  const isSame = former.canonical === query.canonical && former.language_version === query.language_version;
  const isRemoving = [before, status].includes("removing");
  return isOwn && isSame && !isRemoving && now >= analysedAt && now - analysedAt <= maxReuse;
}

function analyse(
  document: LiveSegmentDocument,
  catalog: Catalog,
  zone: string,
  now: number,
  intervals: PlanIntervals,
): LiveSegment {
  const { segment_id: id, query, status } = document;
  const check = savedChecker(query, catalog, id);
  const checked = (asOf: number) => attempted(() => check(asOf));
  const planAt = (asOf: number): Plan | undefined => {
    const found = status === "removing" ? undefined : checked(asOf);
    return found instanceof Error ? undefined : found?.plan;
  };
  const problemAt = (asOf: number): string => {
    const found = checked(asOf);
    return (
      (found instanceof Error ? found : found.diagnostics.find(({ severity }) => severity === "ERROR"))
        ?.message ?? ""
    );
  };
  const meaningAt = meaningOf(planAt, zone, intervals);
  const dependence = analyseTimeDependence(planAt, now);
  return { id, document, planAt, problemAt, meaningAt, analysedAt: now, ...dependence };
}

/** Returns the error instead of throwing it, so that a failing query affects no other. */
function attempted<Result>(work: () => Result): Result | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Analyses a query by its plans at three instants, one of them more than a year away: if they are equal, the query does not
 * depend on time. Another is before the longest time that is followed instant by instant: if it equals the first, time did not move
 * the query's bounds since, either.
 */
function analyseTimeDependence(
  planAt: LiveSegment["planAt"],
  now: number,
): Pick<LiveSegment, "dependencies" | "eventTypes" | "timed" | "timedLately" | "indexed"> {
  const nodes = [now, now + 1.37 * dayMs, now + 401.7 * dayMs].map((asOf) => planAt(Math.floor(asOf))?.where);
  const [first] = nodes;
  const timed = new Set(nodes.map((node) => JSON.stringify(node))).size > 1;
  const timedLately = timed || JSON.stringify(planAt(now - maxCatchUp)?.where) !== JSON.stringify(first);
  const dependencies = first === undefined ? [] : dependenciesOf(first);
  const eventTypes = first === undefined ? undefined : eventTypesOf(first);
  const indexed = first === undefined ? undefined : indexedQuery(first, nodes, timed);
  return { dependencies, eventTypes, timed, timedLately, indexed };
}

/** What a query reads: the customer's own fields, and the records of its figures and sequences. */
function dependenciesOf(node: PlanNode): readonly string[] {
  const own = customerFieldsOf(node).filter(({ figure }) => figure === undefined);
  return [
    ...new Set([...own.map(({ path, campaign }) => campaign?.listPath ?? path), ...recordSetsOf(node)]),
  ];
}

/** A time-dependent query is not simplified: two conditions may contradict each other on one day only. */
function indexedQuery(
  where: PlanNode,
  nodes: readonly (PlanNode | undefined)[],
  timed: boolean,
): IndexedQuery {
  if (!timed) return { where: simplifyNode(where) };
  const [first, ...others] = nodes.map(
    (node) => new Set(node === undefined ? [] : predicatesOf(node).map(predicateKey)),
  );
  const steady = new Set([...first!].filter((key) => others.every((keys) => keys.has(key))));
  // The days of a yearly condition are the same in most years, but differ in a leap year.
  return { where, isSteady: (leaf) => leaf.test.kind !== "yearly" && steady.has(predicateKey(leaf)) };
}

function flipsAmong(segments: readonly LiveSegment[]): LiveSet["mayFlip"] {
  // While a segment is being populated, its stored membership is incomplete, and so no base for a lookup.
  const isFound = ({ document, indexed }: LiveSegment) => document.status === "live" && indexed !== undefined;
  const found = segments.filter(isFound);
  const others = segments.filter((segment) => !isFound(segment));
  const { mayFlip } = indexPredicates(found.map(({ indexed }) => indexed!));
  return (before, after) => [...others, ...mayFlip(before, after).map((place) => found[place]!)];
}
