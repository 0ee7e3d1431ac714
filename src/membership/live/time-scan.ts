// The scan of time: as time advances, the customers that it may move into or out of a live segment are marked, with the exact
// instants, and are evaluated by the same code as customers who change. The coordinator's cursor says how far time is scanned. It
// is stored with the last marks or after them, and a mark is not evaluated before that: marks that are made again after a crash are
// evaluated once.

import { stopwatch } from "../../clock.js";
import type { Activity } from "../../documents/documents.js";
import type { WorkDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type CustomerRecords, datedRecords, summarise } from "../../facts/summarise.js";
import { comparable, reader } from "../../operators/encodings/encoding.js";
import { readSummarised } from "../../query/customer-records.js";
import { inChunks } from "../../store/batches.js";
import { noteGap } from "../gaps.js";
import type { CoordinatorWork } from "../maintain/coordinator.js";
import { isOfStore, putAside } from "../maintain/failures.js";
import { withLease, writeBriefly } from "../maintain/lease.js";
import { defaultPace } from "../maintain/pace.js";
import { holdersOf, markAll, membersByQuery } from "../maintain/populate.js";
import { yielding } from "../yielding.js";
import {
  findDue,
  findTransientCrossings,
  isOfSummaries,
  type OnCrossing,
  type OnFailure,
  type SharedMovement,
  shareMovements,
} from "./crossings.js";
import { coordinatorOf, type LiveSegment, type LiveSet, maxCatchUp } from "./live-set.js";
import { endOfStretch, movementsOf } from "./schedule.js";

/** The movements in an interval of time, computed once and used by every tick in it. */
export interface TimeWindow {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly shared: readonly SharedMovement[];
}

/** The result of one tick. */
export interface Tick {
  /** How many customers were marked. */
  readonly marked: number;
  /** Whether the scan is still behind the clock, so that another tick is due. */
  readonly isBehind: boolean;
}

/** The scan of time of one project, by one coordinator. */
export class TimeScan {
  #window: TimeWindow | undefined;
  /** For segments whose plan is constant now: since when and until when, and the plan. By `segment_id`, for one epoch. */
  #constant = new Map<
    string,
    { readonly from: number; readonly to: number; readonly plan: string | undefined }
  >();
  #epoch: number | undefined;
  readonly #scanMs: number;

  /** @param scanMs how long one tick scans before other work has its turn, in milliseconds. */
  constructor(scanMs: number = defaultPace.scanMs) {
    this.#scanMs = scanMs;
  }

  /**
   * Marks the customers that time may have moved since the last tick, earliest first: all of them, or as many as fit into one
   * slice.
   * @param now the instant to scan up to, in milliseconds since the epoch; summaries are true at it.
   * @param report receives the failures of single segments, which are put aside; without it, they are thrown.
   * @throws LostLeaseError.
   */
  async tick(
    work: CoordinatorWork,
    set: LiveSet,
    now: number,
    report?: (error: unknown) => void,
  ): Promise<Tick> {
    const { engine, lease } = work;
    const coordinator = await coordinatorOf(engine, lease.project);
    const cursor = coordinator?.cursor?.getTime();
    if (cursor === undefined || now <= cursor || set.segments.size === 0)
      return { marked: 0, isBehind: false };
    // From here on, customers are evaluated at `now` or later, so that a change during the scan is not missed.
    if ((coordinator?.scanning_to?.getTime() ?? 0) < now) {
      const scanning = { scanning_to: new Date(now) };
      await writeBriefly(engine, (transaction) => withLease(transaction, lease, scanning));
    }
    if (now - cursor <= maxCatchUp) return this.#markSlice(work, set, cursor, now, failing(work, report));
    const marked = await markAllTimed(work, set, cursor, now, failing(work, report));
    await writeBriefly(engine, (transaction) => withLease(transaction, lease, { cursor: new Date(now) }));
    return { marked, isBehind: false };
  }

  /** Marks customers from `cursor` on, and stores how far it came. */

  async #markSlice(
    work: CoordinatorWork,
    set: LiveSet,
    cursor: number,
    now: number,
    onFailure: OnFailure,
  ): Promise<Tick> {
    const elapsed = stopwatch();
    const windows: TimeWindow[] = [];
    let found: ReadonlyMap<string, Due> = new Map();
    let marked = 0;
    let reached = cursor;
    do {
      marked += await markFound(work, found);
      const window = await this.windowAt(set, reached, now);
      const to = Math.min(now, window.to);
      windows.push(window);
      found = await findDueIn(work, set, window, reached, to, onFailure);
      reached = to;
    } while (reached < now && elapsed() < this.#scanMs);
    // Last, to include the customers whose summary was derived again while bounds were compared with stored values.
    marked += await markTransient(work, windows, cursor, reached);
    // In one transaction with the last marks, if these are few: most ticks are short.
    marked += await markFound(work, found, { cursor: new Date(reached) });
    return { marked, isBehind: reached < now };
  }

  /** The movements from an instant on, for at least an hour or up to `wanted`, but not past a midnight or offset change. */
  async windowAt(set: LiveSet, from: number, wanted: number): Promise<TimeWindow> {
    const known = this.#window;
    if (known !== undefined && known.epoch === set.epoch && from >= known.from && from < known.to)
      return known;
    if (this.#epoch !== set.epoch) this.#constant.clear();
    this.#epoch = set.epoch;
    const to = endOfStretch(from, wanted, set.zone);
    const pausing = yielding();
    const all: { segment: string; movements: ReturnType<typeof movementsOf> }[] = [];
    for (const segment of set.segments.values()) {
      if (isAside(segment)) continue;
      if (segment.timed || !this.#isConstant(segment, from, to, Math.max(to, wanted)))
        all.push({ segment: segment.id, movements: movementsOf(segment, from, to) });
      await pausing();
    }
    this.#window = { epoch: set.epoch, from, to, shared: shareMovements(all) };
    return this.#window;
  }

  /**
   * Whether a segment's plan is the same from one instant to another. Over days and weeks, time moves a bound in one direction
   * only, so that a plan that is equal at both ends is equal between them.
   */
  #isConstant(segment: LiveSegment, from: number, to: number, wanted: number): boolean {
    const known = this.#constant.get(segment.id);
    if (known !== undefined && from >= known.from && to <= known.to) return true;
    const written = (at: number) => JSON.stringify(segment.planAt(at)?.where);
    const plan = written(from);
    if (plan === written(wanted)) {
      this.#constant.set(segment.id, { from, to: wanted, plan });
      return true;
    }
    return plan === written(to);
  }
}

/** True of a segment that the scan leaves out. */
function isAside({ document }: LiveSegment): boolean {
  return document.status === "removing" || document.status === "failed";
}

interface Due {
  /** The instants of each segment. */
  readonly bySegment: Map<string, Set<number>>;
}

/** The customers that time may move, by `_id`. */
async function findDueIn(
  work: CoordinatorWork,
  set: LiveSet,
  { shared }: TimeWindow,
  from: number,
  to: number,
  onFailure: OnFailure,
): Promise<ReadonlyMap<string, Due>> {
  const { due, onCrossing } = collector();
  const { engine, lease } = work;
  const turned = await findDue(engine, lease.project, shared, from, to, onCrossing, onFailure);
  for (const { segment, at } of turned) {
    try {
      for (const customer of await membershipDifference(engine, set, segment, at))
        onCrossing(customer, [at], [segment]);
    } catch (error) {
      await onFailure([segment], error);
    }
  }
  return due;
}

/** Puts a segment aside if finding its customers fails. */
function failing({ engine, lease, holder }: CoordinatorWork, report?: (error: unknown) => void): OnFailure {
  const aside = new Set<string>();
  return async (segments, error) => {
    if (report === undefined || isOfStore(error)) throw error;
    for (const segment of segments) {
      if (aside.has(segment)) continue;
      aside.add(segment);
      await putAside(engine, lease.project, segment, error, holder.clock());
      report(new Error(`What time does to segment ${segment} could not be found.`, { cause: error }));
    }
  };
}

function collector(): { readonly due: ReadonlyMap<string, Due>; readonly onCrossing: OnCrossing } {
  const due = new Map<string, Due>();
  const onCrossing: OnCrossing = (customer, instants, segments) => {
    const { bySegment } = due.get(customer) ?? { bySegment: new Map<string, Set<number>>() };
    due.set(customer, { bySegment });
    for (const segment of segments) {
      const known = bySegment.get(segment) ?? new Set();
      bySegment.set(segment, known);
      for (const at of instants) known.add(at);
    }
  };
  return { due, onCrossing };
}

/** @param change is stored once all of them are marked. */
async function markFound(
  work: CoordinatorWork,
  due: ReadonlyMap<string, Due>,
  change?: Partial<WorkDocument>,
): Promise<number> {
  const why = (customer: string) => ({
    reasons: [...due.get(customer)!.bySegment].map(([segment, instants]) => ({
      segment,
      kind: "TIME" as const,
      due: [...instants].sort((one, other) => one - other).map((at) => new Date(at)),
    })),
  });
  await markAll(work, [...due.keys()], why, change);
  return due.size;
}

/** How many customers' records are read at once. */
const recordsBatch = 200;

/**
 * Marks the customers whose summary changed during the scanned time, if a bound crossed a value that it had meanwhile. Each of
 * them already has a dirty mark, for the records that began to count, and waits to be evaluated.
 */
async function markTransient(
  work: CoordinatorWork,
  windows: readonly TimeWindow[],
  from: number,
  to: number,
): Promise<number> {
  const moving = windows.map((window) => ({ ...window, shared: window.shared.filter(isOfSummaries) }));
  if (moving.every(({ shared }) => shared.length === 0)) return 0;
  const { engine, lease } = work;
  const changed = await engine.store.reads.dirtyMarks.withEffectiveTime(lease.project);
  const pausing = yielding();
  let marked = 0;
  for (const batch of inChunks(changed, recordsBatch)) {
    const ids = batch.map(({ _id }) => _id);
    const records = await readSummarised(engine, lease.project, ids);
    const { due, onCrossing } = collector();
    for (const { _id, effective_at } of batch) {
      const summaries = summariesBetween(records.get(_id)!, effective_at.getTime(), to);
      const formerValues = (path: string): readonly number[] => valuesAt(summaries, path);
      for (const window of moving)
        findTransientCrossings(
          _id,
          formerValues,
          window.shared,
          Math.max(from, window.from),
          Math.min(to, window.to),
          onCrossing,
        );
      await pausing();
    }
    marked += await markFound(work, due);
  }
  return marked;
}

/** The summaries of records just before `from`, and at each instant up to `to` at which a record began to count. */
function summariesBetween(records: CustomerRecords, from: number, to: number): readonly Activity[] {
  const instants = datedRecords(records)
    .map(({ at }) => at)
    .filter((at) => at >= from && at <= to);
  return [...new Set([from - 1, ...instants])].map((at) => summarise(records, at));
}

/** The distinct numbers at a path of customers' documents. */
function valuesAt(summaries: readonly Activity[], path: string): readonly number[] {
  const read = reader(path);
  const values = summaries.map((activity) => comparable(read({ activity })));
  return [...new Set(values)].filter((value) => typeof value === "number");
}

/** The customers whose stored membership of a segment differs from its query. */
async function membershipDifference(
  engine: Engine,
  set: LiveSet,
  segment: string,
  at: number,
): Promise<readonly string[]> {
  const found = new Set((await membersByQuery(engine, set, segment, at)) ?? []);
  const held = new Set(await holdersOf(engine, set.project, segment));
  return [...[...found].filter((id) => !held.has(id)), ...[...held].filter((id) => !found.has(id))];
}

/**
 * Too much time has passed to follow it instant by instant: notes a gap in the history, and marks the customers who differ now.
 */
async function markAllTimed(
  work: CoordinatorWork,
  set: LiveSet,
  cursor: number,
  now: number,
  onFailure: OnFailure,
): Promise<number> {
  const { engine, lease } = work;
  const timed = [...set.segments.values()].filter(({ timed, document, planAt }) => {
    const isMoved = JSON.stringify(planAt(cursor)?.where) !== JSON.stringify(planAt(now)?.where);
    return (timed || isMoved) && document.status !== "removing" && document.status !== "failed";
  });
  await writeBriefly(engine, async (transaction) => {
    await withLease(transaction, lease);
    await noteGap(
      transaction,
      lease.project,
      timed.map(({ id }) => id),
      cursor,
      now,
    );
  });
  let marked = 0;
  for (const { id } of timed) {
    try {
      const ids = await membershipDifference(engine, set, id, now);
      const reasons = [{ segment: id, kind: "TIME" as const, due: [new Date(now)] }];
      await markAll(work, ids, () => ({ reasons }));
      marked += ids.length;
    } catch (error) {
      await onFailure([id], error);
    }
  }
  return marked;
}
