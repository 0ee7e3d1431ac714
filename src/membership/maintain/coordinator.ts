// The work of a project's coordinator: which segments are live, who is to be looked at because a segment is new, changed or
// gone, and how far that is. It marks customers; the partitions' owners do the rest.
import { createHash } from "node:crypto";
import type { SavedQuery, SegmentDocument } from "../../documents/documents.js";
import type { LiveSegmentDocument, LookKind } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type DirtyMark, type MarkedCustomer, markDirty, partitionCount } from "../../ingest/dirty-marks.js";
import { advanceSummaries } from "../../ingest/summaries.js";
import { findProject } from "../../projects/projects.js";
import { readSegments } from "../../query/catalog.js";
import { holdersQuestion } from "../../query/holders.js";
import { answerPlan } from "../../query/preview.js";
import { segmentKey } from "../../segments/identity.js";
import { inChunks } from "../../store/batches.js";
import { coordinatorOf, type LiveSet, readLiveSegments, readUnsettledSegments } from "../live/live-set.js";
import { coordinatorId, type Holder, type Lease, leaseMs, touchPartitions, withLease } from "./lease.js";

/** How many customers are marked in one transaction. */
const markBatch = 500;

/** Raising the epoch waits for whoever has a partition's lease in the middle of a transaction: not so long that one's own ends. */
const raising = { maxWaitMs: leaseMs / 2 };

/** The longest that finding a segment's members may take, in milliseconds. */
export const findingMs = 600_000;

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
  const { engine, lease, holder } = work;
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
  await engine.store.write(async (transaction) => {
    const { epoch: before = 0 } = await withLease(transaction, lease, holder, ({ epoch = 0, cursor }) => ({
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
          ...known
        } = live.get(segment_id) ?? {
          _id: segmentKey(project, segment_id),
          project,
          segment_id,
        };
        return { ...known, ...change, since };
      }),
    );
  }, raising);
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
      const first = known.status === "populating" && known.cause === "POPULATED";
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
 * Marks those whom new, changed and departed segments concern, and tells how far those marked before are.
 * @returns whether anything was done.
 * @throws LostLeaseError.
 */
export async function populateSegments(work: CoordinatorWork, set: LiveSet): Promise<boolean> {
  const { engine, lease } = work;
  const { project } = lease;
  const pending = await readUnsettledSegments(engine, project);
  let [done, settled] = [false, false];
  for (const segment of pending) {
    if (segment.total === undefined) done = (await populate(work, set, segment)) || done;
    else settled = (await follow(work, segment)) || settled;
  }
  // From the next epoch on, those that are populated are asked only where they may flip.
  if (settled)
    await engine.store.write((transaction) =>
      withLease(transaction, lease, work.holder, ({ epoch = 0 }) => ({ epoch: epoch + 1 })),
    );
  return done || settled;
}

async function populate(
  work: CoordinatorWork,
  set: LiveSet,
  { segment_id: segment, cause, status, problem }: LiveSegmentDocument,
): Promise<boolean> {
  const { engine, lease } = work;
  const kind: LookKind = status === "removing" ? "SEGMENT_DELETED" : cause;
  const found = status === "removing" ? [] : await membersByQuery(engine, set, segment, engine.clock());
  if (found === undefined) {
    if (problem === undefined) await noteProblem(work, segment);
    return false;
  }
  const held = await holdersOf(engine, lease.project, segment);
  const [wanted, present] = [new Set(found), new Set(held)];
  // Who is in and should be, or is out and should be, is seen to where they change meanwhile.
  const ids = [...found.filter((id) => !present.has(id)), ...held.filter((id) => !wanted.has(id))];
  await markAll(work, ids, () => ({ looks: [{ segment, kind }] }));
  // But who changed before this was asked, and has not been looked at yet, may have been otherwise then, and be so again: where
  // they come in or leave, it is by their own change.
  const changed = status === "removing" ? [] : await engine.store.reads.dirtyMarks.changedIds(lease.project);
  await markAll(work, changed, () => ({ looks: [{ segment, kind: "TIME" }] }));
  const computed_at = new Date(engine.clock());
  await changeLive(work, segment, ({ problem: _mended, ...known }) => ({
    ...known,
    total: ids.length,
    populated: 0,
    computed_at,
  }));
  return true;
}

/** The `_id`s of those whom a live segment's query finds at an instant; undefined where it is not right now. */
export async function membersByQuery(
  engine: Engine,
  set: LiveSet,
  segment: string,
  asOf: number,
): Promise<readonly string[] | undefined> {
  const plan = set.segments.get(segment)?.planAt(asOf);
  if (plan === undefined) return undefined;
  return answerPlan(engine, plan, segment, { now: asOf }).ids({ maxTimeMs: findingMs });
}

/** The `_id`s of those whom a segment's stored membership names. */
export async function holdersOf(
  engine: Engine,
  project: string,
  segment: string,
): Promise<readonly string[]> {
  return engine.store.customers.ids(holdersQuestion(project, segment), { maxTimeMs: findingMs });
}

/** Marks customers for the same reason; those who are gone are left out. @throws LostLeaseError. */
export async function markAll(
  { engine, lease, holder }: CoordinatorWork,
  ids: readonly string[],
  why: (id: string) => Omit<DirtyMark, "customer">,
): Promise<void> {
  for (const batch of inChunks(ids, markBatch)) {
    await engine.store.write(async (transaction) => {
      await withLease(transaction, lease, holder);
      const customers = await transaction.getMany("customers", batch);
      await markDirty(
        transaction,
        customers.flatMap((customer): DirtyMark[] =>
          customer === undefined
            ? []
            : [{ customer: customer satisfies MarkedCustomer, ...why(customer._id) }],
        ),
      );
    });
  }
}

/** How far a segment's population is; done where nobody is marked for it any more. */
async function follow(work: CoordinatorWork, known: LiveSegmentDocument): Promise<boolean> {
  const { engine, lease, holder } = work;
  const { segment_id: segment, total = 0, status, populated } = known;
  // One that was to be rebuilt meanwhile is to be asked anew, and is not that far.
  const note = (change: Partial<LiveSegmentDocument>) =>
    changeLive(work, segment, (live) => (live.total === undefined ? live : { ...live, ...change }));
  const { dirtyMarks } = engine.store.reads;
  const left = await dirtyMarks.countOfSegment(lease.project, segment);
  if (left > 0) {
    const now = Math.max(0, total - left);
    if (now !== populated) await note({ populated: now });
    return false;
  }
  if (status !== "removing") {
    const live_since = known.live_since ?? new Date(engine.clock());
    await note({ status: "live", populated: total, live_since });
    return true;
  }
  // Who was erased holds it no more, but that they left it has yet to be told.
  if (await dirtyMarks.anyErasedFrom(lease.project, segment)) return false;
  await engine.store.write(async (transaction) => {
    await withLease(transaction, lease, holder);
    await transaction.remove("live_segments", [known._id]);
  });
  return true;
}

/**
 * Has a live segment's membership made anew from its query, by whoever is the project's coordinator.
 * @returns false where the segment is not live.
 */
export async function rebuildSegment(engine: Engine, project: string, segment: string): Promise<boolean> {
  return engine.store.write(async (transaction) => {
    const [known] = await transaction.getMany("live_segments", [segmentKey(project, segment)]);
    if (known === undefined || known.status === "removing") return false;
    const { total: _total, populated: _populated, ...rest } = known;
    // What was never finished stays what it was.
    const cause = known.status === "populating" ? known.cause : "REBUILT";
    await transaction.put("live_segments", [{ ...rest, status: "populating", cause }]);
    // Whoever looks at customers is to know that its membership may be wrong.
    const [coordinator] = await transaction.getMany("maintenance", [coordinatorId(project)]);
    if (coordinator?.kind === "coordinator") {
      const { epoch = 0 } = coordinator;
      await touchPartitions(transaction, project, partitionCount, epoch + 1);
      await transaction.put("maintenance", [{ ...coordinator, epoch: epoch + 1 }]);
    }
    return true;
  });
}

async function noteProblem(work: CoordinatorWork, segment: string): Promise<void> {
  const problem = "Its query is no longer right, so that nobody comes or goes until it is changed.";
  await changeLive(work, segment, (live) => ({ ...live, problem }));
}

async function changeLive(
  { engine, lease, holder }: CoordinatorWork,
  segment: string,
  change: (known: LiveSegmentDocument) => LiveSegmentDocument,
): Promise<void> {
  await engine.store.write(async (transaction) => {
    await withLease(transaction, lease, holder);
    const [known] = await transaction.getMany("live_segments", [segmentKey(lease.project, segment)]);
    if (known !== undefined) await transaction.put("live_segments", [change(known)]);
  });
}

/** Counts what was in the future and is not at `now`; those whom it concerns are marked by that. */
export async function advance({ engine, lease }: CoordinatorWork, now: number): Promise<boolean> {
  return (await advanceSummaries(engine, lease.project, now)) > 0;
}
