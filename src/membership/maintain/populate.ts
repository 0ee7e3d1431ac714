// Population: the customers whom a new, changed or deleted segment concerns are found and marked, and the partitions' owners
// evaluate them like all others.

import type { LiveSegmentDocument, LookKind } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type DirtyMark, type MarkedCustomer, markDirty } from "../../ingest/dirty-marks.js";
import { holdersQuestion } from "../../query/holders.js";
import { answerPlan } from "../../query/preview.js";
import { segmentKey } from "../../segments/identity.js";
import { inChunks } from "../../store/batches.js";
import { type LiveSet, readUnsettledSegments } from "../live/live-set.js";
import type { CoordinatorWork } from "./coordinator.js";
import { isOfStore, putAside, revive } from "./failures.js";
import { withLease, writeBriefly } from "./lease.js";

/** How many customers are marked in one transaction. */
const markBatch = 500;

/** The longest that finding a segment's members may take, in milliseconds. */
export const findingMs = 600_000;

/**
 * Marks the customers whom new, changed and deleted segments concern, and follows how many of those marked before are left. Each
 * segment is worked on by itself: one that fails is put aside, and the others go on.
 * @returns whether anything was done.
 * @throws LostLeaseError, and StoreError if the store itself does not work.
 */
export async function populateSegments(
  work: CoordinatorWork,
  set: LiveSet,
  report?: (error: unknown) => void,
): Promise<boolean> {
  const { engine, lease, holder } = work;
  const { project } = lease;
  const pending = await readUnsettledSegments(engine, project);
  let [done, settled] = [false, false];
  for (const segment of pending) {
    if ((segment.failing?.retry_at.getTime() ?? 0) > holder.clock()) continue;
    try {
      if (segment.status === "failed") done = (await revive(engine, project, segment.segment_id)) || done;
      else if (segment.total === undefined) done = (await populate(work, set, segment)) || done;
      else settled = (await follow(work, segment)) || settled;
    } catch (error) {
      if (isOfStore(error)) throw error;
      await putAside(engine, project, segment.segment_id, error, holder.clock());
      report?.(new Error(`Segment ${segment.segment_id} could not be populated.`, { cause: error }));
    }
  }
  // From the next epoch on, those that are populated are asked only where they may flip.
  if (settled)
    await writeBriefly(engine, (transaction) =>
      withLease(transaction, lease, ({ epoch = 0 }) => ({ epoch: epoch + 1 })),
    );
  return done || settled;
}

async function populate(
  work: CoordinatorWork,
  set: LiveSet,
  { segment_id: segment, cause, status }: LiveSegmentDocument,
): Promise<boolean> {
  const { engine, lease, holder } = work;
  const kind: LookKind = status === "removing" ? "SEGMENT_DELETED" : cause;
  const found = status === "removing" ? [] : await membersByQuery(engine, set, segment, engine.clock());
  if (found === undefined) {
    const error = set.segments.get(segment)?.problemAt(engine.clock()) ?? "";
    await putAside(engine, lease.project, segment, error, holder.clock());
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
  await changeLive(work, segment, ({ problem: _mended, failing: _over, ...known }) => ({
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
  { engine, lease }: CoordinatorWork,
  ids: readonly string[],
  why: (id: string) => Omit<DirtyMark, "customer">,
): Promise<void> {
  for (const batch of inChunks(ids, markBatch)) {
    await writeBriefly(engine, async (transaction) => {
      await withLease(transaction, lease);
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
  const { engine, lease } = work;
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
  await writeBriefly(engine, async (transaction) => {
    await withLease(transaction, lease);
    await transaction.remove("live_segments", [known._id]);
  });
  return true;
}

async function changeLive(
  { engine, lease }: CoordinatorWork,
  segment: string,
  change: (known: LiveSegmentDocument) => LiveSegmentDocument,
): Promise<void> {
  await writeBriefly(engine, async (transaction) => {
    await withLease(transaction, lease);
    const [known] = await transaction.getMany("live_segments", [segmentKey(lease.project, segment)]);
    if (known !== undefined) await transaction.put("live_segments", [change(known)]);
  });
}
