// The live segments of one epoch, and what each means at an instant.

import { catalogOf } from "../../catalog/catalog.js";
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
import { type Meaning, meaningOf, newPlanIntervals } from "./plan-at.js";

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
  /** The form that changes are looked up by; undefined if the segment is evaluated for every change. */
  readonly indexed: IndexedQuery | undefined;
}

export interface LiveSet {
  readonly project: string;
  readonly epoch: number;
  readonly zone: string;
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

/** The live segments, all of one epoch. @throws Error if they keep changing while they are read; try again later. */
export async function readLiveSet(engine: Engine, project: string): Promise<LiveSet> {
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
    const segments: LiveSegment[] = [];
    for (const document of documents) {
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
      const meaningAt = meaningOf(planAt, definition.timezone, intervals);
      segments.push({
        id,
        document,
        planAt,
        problemAt,
        meaningAt,
        ...analyseTimeDependence(planAt, now, status),
      });
      await pausing();
    }
    return {
      project,
      epoch,
      zone: definition.timezone,
      segments: new Map(segments.map((segment) => [segment.id, segment])),
      mayFlip: flipsAmong(segments),
    };
  }
  throw new Error(`The segments of project ${project} changed ${maxReads} times while they were read.`);
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
  status: LiveSegmentDocument["status"],
): Pick<LiveSegment, "dependencies" | "eventTypes" | "timed" | "timedLately" | "indexed"> {
  const nodes = [now, now + 1.37 * dayMs, now + 401.7 * dayMs].map((asOf) => planAt(Math.floor(asOf))?.where);
  const [first] = nodes;
  const timed = new Set(nodes.map((node) => JSON.stringify(node))).size > 1;
  const timedLately = timed || JSON.stringify(planAt(now - maxCatchUp)?.where) !== JSON.stringify(first);
  const dependencies = first === undefined ? [] : dependenciesOf(first);
  const eventTypes = first === undefined ? undefined : eventTypesOf(first);
  // While a segment is being populated, its stored membership is incomplete, and so no base for a lookup.
  const indexed = status === "live" && first !== undefined ? indexedQuery(first, nodes, timed) : undefined;
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
  const found = segments.filter(({ indexed }) => indexed !== undefined);
  const others = segments.filter(({ indexed }) => indexed === undefined);
  const { mayFlip } = indexPredicates(found.map(({ indexed }) => indexed!));
  return (before, after) => [...others, ...mayFlip(before, after).map((place) => found[place]!)];
}
