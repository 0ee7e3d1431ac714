// What time does: as it advances, the customers whom it may move into a live segment, or out of one, are marked with the very
// instants, and are evaluated by the same code as those who change. The coordinator holds how far that is, stored after the
// marks: a mark is not evaluated before, so that marks which are made again after a crash are not evaluated twice.

import { stopwatch } from "../../clock.js";
import type { Activity } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { type CustomerRecords, datedRecords, summarise } from "../../facts/summarise.js";
import { comparable, reader } from "../../operators/encodings/encoding.js";
import { readSummarised } from "../../query/customer-records.js";
import { inChunks } from "../../store/batches.js";
import { noteGap } from "../gaps.js";
import type { CoordinatorWork } from "../maintain/coordinator.js";
import { isOfStore, putAside } from "../maintain/failures.js";
import { withLease, writeBriefly } from "../maintain/lease.js";
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
import { coordinatorOf, type LiveSegment, type LiveSet } from "./live-set.js";
import { endOfStretch, movementsOf } from "./schedule.js";

/** Past this, in milliseconds, every timed segment is evaluated from scratch instead of instant by instant. */
const maxCatchUp = 45 * 86_400_000;
/** How long one tick goes on before other work has its turn, in milliseconds. */
const sliceMs = 250;

/** What moves in an interval of time. Worked out once, and used by every tick in it. */
export interface TimeWindow {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly shared: readonly SharedMovement[];
}

/** What one tick did. */
export interface Tick {
  /** How many customers were marked. */
  readonly marked: number;
  /** Whether time is behind the clock still, so that another tick is due. */
  readonly isBehind: boolean;
}

/** The scan of time of one project, by one coordinator. */
export class TimeScan {
  #window: TimeWindow | undefined;
  /** Of segments that time does not move now: from when to when their query says the same, and what. By `segment_id`, of an epoch. */
  #constant = new Map<
    string,
    { readonly from: number; readonly to: number; readonly plan: string | undefined }
  >();
  #epoch: number | undefined;

  /**
   * Marks the customers whom time concerned since the last tick: all, or as many as one slice of time allows, the earliest first.
   * @param now the instant up to which, in milliseconds since the epoch; summaries are true of it.
   * @param report receives what fails with single segments, which are put aside; without it, it is thrown.
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
    // Customers are evaluated as of now at least from here on: who changes while this goes on is not missed.
    if ((coordinator?.scanning_to?.getTime() ?? 0) < now) {
      const scanning = { scanning_to: new Date(now) };
      await writeBriefly(engine, (transaction) => withLease(transaction, lease, scanning));
    }
    const { marked, reached } =
      now - cursor > maxCatchUp
        ? { marked: await markAllTimed(work, set, cursor, now, failing(work, report)), reached: now }
        : await this.#markSlice(work, set, cursor, now, failing(work, report));
    await writeBriefly(engine, (transaction) => withLease(transaction, lease, { cursor: new Date(reached) }));
    return { marked, isBehind: reached < now };
  }

  async #markSlice(
    work: CoordinatorWork,
    set: LiveSet,
    cursor: number,
    now: number,
    onFailure: OnFailure,
  ): Promise<{ readonly marked: number; readonly reached: number }> {
    const elapsed = stopwatch();
    const windows: TimeWindow[] = [];
    let marked = 0;
    let reached = cursor;
    while (reached < now && elapsed() < sliceMs) {
      const window = await this.windowAt(set, reached, now);
      const to = Math.min(now, window.to);
      windows.push(window);
      marked += await markDue(work, set, window, reached, to, onFailure);
      reached = to;
    }
    // Last: the customers whose summary was derived again while bounds were compared with what is stored are among these.
    marked += await markTransient(work, windows, cursor, reached);
    return { marked, reached };
  }

  /** What moves from an instant on, up to `wanted` if the calendar allows it, and for an hour at least. */
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
   * Whether a segment's query says the same from an instant to another. What time moves at all it moves one way over days and
   * weeks, so that what is the same at both ends was the same between them.
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

/** True of a segment that time moves no one into or out of. */
function isAside({ document }: LiveSegment): boolean {
  return document.status === "removing" || document.status === "failed";
}

interface Due {
  /** The instants of each segment. */
  readonly bySegment: Map<string, Set<number>>;
}

async function markDue(
  work: CoordinatorWork,
  set: LiveSet,
  { shared }: TimeWindow,
  from: number,
  to: number,
  onFailure: OnFailure,
): Promise<number> {
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
  return markFound(work, due);
}

/** Puts segments aside whose customers can't be found. */
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

async function markFound(work: CoordinatorWork, due: ReadonlyMap<string, Due>): Promise<number> {
  await markAll(work, [...due.keys()], (customer) => ({
    looks: [...due.get(customer)!.bySegment].map(([segment, instants]) => ({
      segment,
      kind: "TIME",
      due: [...instants].sort((one, other) => one - other).map((at) => new Date(at)),
    })),
  }));
  return due.size;
}

/** How many customers' records are read at once. */
const recordsBatch = 200;

/**
 * Marks the customers whose summary was another for a part of the time, if a bound crossed what it was then. Each of them is marked
 * already, for the records that came to count, and waits to be evaluated.
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
      const gone = (path: string): readonly number[] => valuesAt(summaries, path);
      for (const window of moving)
        findTransientCrossings(
          _id,
          gone,
          window.shared,
          Math.max(from, window.from),
          Math.min(to, window.to),
          onCrossing,
        );
    }
    marked += await markFound(work, due);
    await pausing();
  }
  return marked;
}

/** What records came to before an instant, and after each of those whose time came from then on. */
function summariesBetween(records: CustomerRecords, from: number, to: number): readonly Activity[] {
  const instants = datedRecords(records)
    .map(({ at }) => at)
    .filter((at) => at >= from && at <= to);
  return [...new Set([from - 1, ...instants])].map((at) => summarise(records, at));
}

/** The different instants that stand at a path of customers' documents. */
function valuesAt(summaries: readonly Activity[], path: string): readonly number[] {
  const read = reader(path);
  const values = summaries.map((activity) => comparable(read({ activity })));
  return [...new Set(values)].filter((value) => typeof value === "number");
}

/** Who is in a segment and not in its stored membership, or the other way round. */
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

/** Time went on for too long to follow it instant by instant: the history of what it did is not known. */
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
      const looks = [{ segment: id, kind: "TIME" as const, due: [new Date(now)] }];
      await markAll(work, ids, () => ({ looks }));
      marked += ids.length;
    } catch (error) {
      await onFailure([id], error);
    }
  }
  return marked;
}
