// The work of a project's coordinator: it keeps the list of live segments, and marks the customers that a new, changed or deleted
// segment concerns. The partitions' owners evaluate the marked customers.
import { createHash } from "node:crypto";
import type { SavedQuery, SegmentDocument } from "../../documents/documents.js";
import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { partitionCount } from "../../ingest/dirty-marks.js";
import { advanceSummaries, type LeftOut } from "../../ingest/summaries.js";
import { findProject } from "../../projects/projects.js";
import { readSegments } from "../../query/catalog.js";
import { segmentKey } from "../../segments/identity.js";
import { coordinatorOf, readLiveSegments } from "../live/live-set.js";
import { raiseEpoch } from "./failures.js";
import { type Holder, type Lease, touchPartitions, withLease, writeBriefly } from "./lease.js";

export interface CoordinatorWork {
  readonly engine: Engine;
  readonly holder: Holder;
  readonly lease: Lease;
}

type LiveChange = Pick<LiveSegmentDocument, "cause" | "query" | "status"> & { readonly segment_id: string };

/** The state in which the live segments were last found in sync with the saved ones: until it changes, they are. */
export interface Synced {
  readonly epoch: number | undefined;
  /** Hashes of the project's definition, and of the segments' versions. */
  readonly definition: string;
  readonly segments: string;
}

/**
 * Syncs the live segments with the saved ones: adds new ones, updates the query of changed ones (and populates again those whose
 * queries name them), and removes those that are gone.
 * @param known the last result, which saves reading all queries again.
 * @returns undefined if something changed.
 * @throws LostLeaseError.
 */
export async function syncSegments(
  work: CoordinatorWork,
  known: Synced | undefined,
): Promise<Synced | undefined> {
  const { engine, lease } = work;
  const { project } = lease;
  const definition = await findProject(engine, project);
  const { metadataIndexes: _indexes, ...meaning } = definition;
  const hash = hashOf(meaning);
  const coordinator = await coordinatorOf(engine, project);
  // Read before the segments themselves: what changes in between is found the next time.
  const present: Synced = {
    epoch: coordinator?.epoch,
    definition: hash,
    segments: await segmentsFingerprint(engine, project),
  };
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(present)) return known;
  const live = new Map((await readLiveSegments(engine, project)).map((each) => [each.segment_id, each]));
  const wanted = (await readSegments(engine, project)).filter(
    (segment): segment is SegmentDocument & { query: SavedQuery } =>
      segment.state === "active" && segment.query !== undefined,
  );
  const redefined = coordinator?.definition !== undefined && coordinator.definition !== hash;
  const changes = changesOf(wanted, live, redefined);
  const isNew = coordinator?.cursor === undefined || coordinator.definition !== hash;
  if (changes.length === 0 && !isNew) return present;
  const since = new Date(engine.clock());
  await writeBriefly(engine, async (transaction) => {
    const { epoch: before = 0 } = await withLease(transaction, lease, ({ epoch = 0, cursor }) => ({
      epoch: epoch + 1,
      definition: hash,
      // While no segment was live, time was not scanned.
      cursor: cursor === undefined || live.size === 0 ? since : cursor,
    }));
    // A batch that evaluates by the old queries is written before this, or conflicts and starts again with the new ones.
    await touchPartitions(transaction, project, partitionCount, before + 1);
    await transaction.put(
      "live_segments",
      changes.map(({ segment_id, ...change }) => {
        const {
          total: _total,
          populated: _populated,
          computed_at: _at,
          failing: _failing,
          problem: _problem,
          ...known
        } = live.get(segment_id) ?? {
          _id: segmentKey(project, segment_id),
          project,
          segment_id,
        };
        return { ...known, ...change, since };
      }),
    );
  });
  return undefined;
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url");
}

/** A hash that changes when a segment's query does, without reading the queries' trees, which are large. */
async function segmentsFingerprint(engine: Engine, project: string): Promise<string> {
  const rows = await engine.store.reads.segments.versions(project);
  return hashOf(rows.toSorted((one, other) => (one._id < other._id ? -1 : 1)));
}

function changesOf(
  wanted: readonly (SegmentDocument & { query: SavedQuery })[],
  live: ReadonlyMap<string, LiveSegmentDocument>,
  redefined: boolean,
): readonly LiveChange[] {
  const changes: LiveChange[] = [];
  const changed = new Set(
    wanted
      .filter(({ segment_id, query }) => {
        const known = live.get(segment_id);
        return redefined || known === undefined || !sameQuery(known.query, query);
      })
      .map(({ segment_id }) => segment_id),
  );
  const names = new Map(wanted.map(({ segment_id, query }) => [segment_id, query.uses]));
  // A segment's meaning changes with that of the segments that its query names.
  for (let grown = true; grown; ) {
    grown = false;
    for (const [segment, uses] of names) {
      if (changed.has(segment) || !uses.some((used) => changed.has(used))) continue;
      changed.add(segment);
      grown = true;
    }
  }
  for (const { segment_id, query } of wanted) {
    const known = live.get(segment_id);
    if (known === undefined || known.status === "removing")
      changes.push({ segment_id, query, status: "populating", cause: "POPULATED" });
    else if (changed.has(segment_id)) {
      // Still being populated for the first time, so it has no former members.
      const first = known.status !== "live" && known.cause === "POPULATED";
      const cause = first ? "POPULATED" : "QUERY_CHANGED";
      changes.push({ segment_id, query, status: "populating", cause });
    }
  }
  for (const { segment_id, status, query, cause } of live.values()) {
    if (!names.has(segment_id) && status !== "removing")
      changes.push({ segment_id, query, cause, status: "removing" });
  }
  return changes;
}

function sameQuery(one: SavedQuery, other: SavedQuery): boolean {
  return JSON.stringify([one.canonical, one.tree]) === JSON.stringify([other.canonical, other.tree]);
}

/**
 * Requests that the project's coordinator rebuild a live segment's membership from its query.
 * @returns false if the segment is not live.
 */
export async function rebuildSegment(engine: Engine, project: string, segment: string): Promise<boolean> {
  return engine.store.write(async (transaction) => {
    const [known] = await transaction.getMany("live_segments", [segmentKey(project, segment)]);
    if (known === undefined || known.status === "removing") return false;
    const { total: _total, populated: _populated, failing: _failing, problem: _problem, ...rest } = known;
    // An unfinished population keeps its cause.
    const cause = known.status === "live" ? "REBUILT" : known.cause;
    await transaction.put("live_segments", [{ ...rest, status: "populating", cause }]);
    // Evaluation relies on stored membership, which may be wrong here.
    await raiseEpoch(transaction, project);
    return true;
  });
}

/** Counts the records that were in the future and no longer are at `now`, and marks their customers. */
export async function advance(
  { engine, lease }: CoordinatorWork,
  now: number,
  leftOut?: LeftOut,
): Promise<boolean> {
  const { store } = engine;
  const brief: Engine = { ...engine, store: { ...store, write: (work) => writeBriefly(engine, work) } };
  return (await advanceSummaries(brief, lease.project, now, leftOut)) > 0;
}
