// The work of a project's coordinator: which segments are live, who is to be looked at because a segment is new, changed or
// gone, and how far that is. It marks customers; the partitions' owners do the rest.
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

/** What stood when what is live was found to be up to the segments: while it does, it is. */
export interface Synced {
  readonly epoch: number | undefined;
  /** Of the project's definition, and of the segments as `sketchOf` has them. */
  readonly definition: string;
  readonly segments: string;
}

/**
 * Brings what is live up to the segments that there are: takes new ones in, gives changed ones (and those whose queries name
 * them) their new query, lets go of those that are gone.
 * @param known what was told the last time, which spares reading all queries again.
 * @returns undefined where something changed.
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
      // While nothing was live, nobody saw to the clock.
      cursor: cursor === undefined || live.size === 0 ? since : cursor,
    }));
    // Whoever is being moved by the queries that were is moved before this, or by those that are.
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

/** What tells that a segment's query is another than it was, without the queries' trees, which are large. */
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
  // What a segment means changes with what those that its query names mean.
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
      // Nobody was in it yet: it is still being populated for the first time.
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
 * Has a live segment's membership made anew from its query, by whoever is the project's coordinator.
 * @returns false where the segment is not live.
 */
export async function rebuildSegment(engine: Engine, project: string, segment: string): Promise<boolean> {
  return engine.store.write(async (transaction) => {
    const [known] = await transaction.getMany("live_segments", [segmentKey(project, segment)]);
    if (known === undefined || known.status === "removing") return false;
    const { total: _total, populated: _populated, failing: _failing, problem: _problem, ...rest } = known;
    // What was never finished keeps its cause.
    const cause = known.status === "live" ? "REBUILT" : known.cause;
    await transaction.put("live_segments", [{ ...rest, status: "populating", cause }]);
    // Its membership may be wrong, which evaluating customers depends on.
    await raiseEpoch(transaction, project);
    return true;
  });
}

/** Counts the records that were in the future and are not at `now`; the customers whom that concerns are marked by it. */
export async function advance(
  { engine, lease }: CoordinatorWork,
  now: number,
  leftOut?: LeftOut,
): Promise<boolean> {
  const { store } = engine;
  const brief: Engine = { ...engine, store: { ...store, write: (work) => writeBriefly(engine, work) } };
  return (await advanceSummaries(brief, lease.project, now, leftOut)) > 0;
}
