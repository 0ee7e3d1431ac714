// Population: finds and marks the customers that a new, changed or deleted segment concerns. The partitions' owners evaluate them
// like all other marked customers.

import { stopwatch } from "../../clock.js";
import type {
  LiveSegmentDocument,
  ReevaluationKind,
  WorkDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type DirtyMark, type MarkedCustomer, markDirty } from "../../ingest/dirty-marks.js";
import { holdersQuestion } from "../../query/holders.js";
import { answerPlan } from "../../query/preview.js";
import { segmentKey } from "../../segments/identity.js";
import { inChunks, inPartsIfContended } from "../../store/batches.js";
import { type LiveSet, readUnsettledSegments } from "../live/live-set.js";
import type { CoordinatorWork } from "./coordinator.js";
import { isOfStore, putAside, revive } from "./failures.js";
import { withLease, writeBriefly } from "./lease.js";

/** How many customers are marked in one transaction. */
const markBatch = 500;

/** The longest that finding a segment's members may take, in milliseconds. */
export const findingMs = 600_000;

/**
 * Marks the customers that new, changed and deleted segments concern, and updates how many of those marked before are left. A
 * segment that fails is put aside, and the others continue.
 * @param maxMs after this time, in milliseconds, no other segment is begun.
 * @returns whether anything was done.
 * @throws LostLeaseError, and StoreError if the store itself does not work.
 */
export async function populateSegments(
  work: CoordinatorWork,
  set: LiveSet,
  report?: (error: unknown) => void,
  maxMs: number = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const { engine, lease, holder } = work;
  const { project } = lease;
  const elapsed = stopwatch();
  const pending = await readUnsettledSegments(engine, project);
  let [done, settled] = [false, false];
  for (const segment of pending) {
    if ((segment.failing?.retry_at.getTime() ?? 0) > holder.clock()) continue;
    try {
      if (segment.status === "failed") done = (await revive(engine, project, segment.segment_id)) || done;
      else if (segment.total === undefined) {
        if (done && elapsed() > maxMs) continue;
        done = (await populate(work, set, segment)) || done;
      } else settled = (await follow(work, segment)) || settled;
    } catch (error) {
      if (isOfStore(error)) throw error;
      await putAside(engine, project, segment.segment_id, error, holder.clock());
      report?.(new Error(`Segment ${segment.segment_id} could not be populated.`, { cause: error }));
    }
  }
  // From the next epoch on, populated segments are evaluated only if a change may flip them.
  if (settled)
    await writeBriefly(engine, (transaction) =>
      withLease(transaction, lease, ({ epoch = 0 }) => ({ epoch: epoch + 1 })),
    );
  return done || settled;
}

/**
 * Puts the live segments aside whose queries are not valid now, as after a new version of the program refuses one: nothing would
 * be evaluated for them, and their members would pass for those of now.
 * @param set of the present epoch.
 * @returns whether there were any.
 */
export async function putInvalidAside(
  { engine, lease, holder }: CoordinatorWork,
  set: LiveSet,
): Promise<boolean> {
  let done = false;
  for (const { id, document, eventTypes, problemAt } of set.segments.values()) {
    if (document.status !== "live" || eventTypes !== undefined) continue;
    await putAside(engine, lease.project, id, problemAt(engine.clock()), holder.clock());
    done = true;
  }
  return done;
}

async function populate(
  work: CoordinatorWork,
  set: LiveSet,
  { segment_id: segment, cause, status }: LiveSegmentDocument,
): Promise<boolean> {
  const { engine, lease, holder } = work;
  const kind: ReevaluationKind = status === "removing" ? "SEGMENT_DELETED" : cause;
  const found = status === "removing" ? [] : await membersByQuery(engine, set, segment, engine.clock());
  if (found === undefined) {
    const error = set.segments.get(segment)?.problemAt(engine.clock()) ?? "";
    await putAside(engine, lease.project, segment, error, holder.clock());
    return false;
  }
  const held = await holdersOf(engine, lease.project, segment);
  const [wanted, present] = [new Set(found), new Set(held)];
  // Customers whose stored membership is right need no mark: if they change meanwhile, they are marked by that.
  const ids = [...found.filter((id) => !present.has(id)), ...held.filter((id) => !wanted.has(id))];
  await markAll(work, ids, () => ({ reasons: [{ segment, kind }] }));
  // Except customers that changed before the query ran and are not evaluated yet: their stored membership may not match their
  // state before the change. A transition of theirs is caused by their own change.
  const changed = status === "removing" ? [] : await engine.store.reads.dirtyMarks.changedIds(lease.project);
  await markAll(work, changed, () => ({ reasons: [{ segment, kind: "TIME" }] }));
  const computed_at = new Date(engine.clock());
  await changeLive(work, segment, ({ problem: _mended, failing: _over, ...known }) => ({
    ...known,
    total: ids.length,
    populated: 0,
    computed_at,
  }));
  return true;
}

/** The `_id`s of the customers that a live segment's query finds at an instant; undefined if the query is not valid then. */
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

/** The `_id`s of the members of a segment by its stored membership. */
export async function holdersOf(
  engine: Engine,
  project: string,
  segment: string,
): Promise<readonly string[]> {
  return engine.store.customers.ids(holdersQuestion(project, segment), { maxTimeMs: findingMs });
}

/**
 * Marks customers, except those that no longer exist.
 * @param change the holder's changes to the document of its work, stored when all customers are marked: with the last of them if
 * no other transaction is in the way.
 * @throws LostLeaseError.
 */
export async function markAll(
  { engine, lease }: CoordinatorWork,
  ids: readonly string[],
  why: (id: string) => Omit<DirtyMark, "customer">,
  change?: Partial<WorkDocument>,
): Promise<void> {
  const mark = (batch: readonly string[], noted?: Partial<WorkDocument>): Promise<void> =>
    writeBriefly(engine, async (transaction) => {
      await withLease(transaction, lease, noted);
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
  let isNoted = change === undefined;
  let left = ids.length;
  for (const batch of inChunks(ids, markBatch)) {
    left -= batch.length;
    await inPartsIfContended(batch, async (part) => {
      const isLast = left === 0 && part.length === batch.length;
      await mark(part, isLast ? change : undefined);
      isNoted = isNoted || isLast;
    });
  }
  if (!isNoted) await writeBriefly(engine, (transaction) => withLease(transaction, lease, change));
}

/**
 * Updates the progress of a segment's population, which is done when no customer is marked for it. @returns whether it is done.
 */
async function follow(work: CoordinatorWork, known: LiveSegmentDocument): Promise<boolean> {
  const { engine, lease } = work;
  const { segment_id: segment, total = 0, status, populated } = known;
  // If a rebuild was requested meanwhile, the population starts again, and this progress is not its own.
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
  // An erased customer is no member any more, but the exit is still to be written.
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
