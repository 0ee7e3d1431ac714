// What time does: as it goes on, those whom it may bring into a live segment, or out of one, are marked with the very instants,
// and go down the same path as who changes. How far that is stands with the coordinator, and is stored after the marks; nobody
// looks at a mark before that, so that marks which are made again after a crash are not looked at twice.

import type { Activity } from "../../documents/documents.js";
import type { LookKind } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { type CustomerRecords, datedRecords, summarise } from "../../facts/summarise.js";
import { comparable, reader } from "../../operators/encodings/encoding.js";
import { readSummarised } from "../../query/customer-records.js";
import { inChunks } from "../../store/batches.js";
import { type CoordinatorWork, holdersOf, markAll, membersByQuery } from "../maintain/coordinator.js";
import { withLease } from "../maintain/lease.js";
import {
  findDue,
  findTransientCrossings,
  isOfSummaries,
  type OnCrossing,
  type SharedMovement,
  shareMovements,
} from "./crossings.js";
import { coordinatorOf, type LiveSet } from "./live-set.js";
import { endOfStretch, movementsOf } from "./schedule.js";

/** Past this, in milliseconds, every timed segment is asked anew instead of instant by instant. */
const maxCatchUp = 45 * 86_400_000;

/** What moves in the stretch of time that the clock is in. Worked out once, and used by every tick in it. */
export interface TimeWindow {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly shared: readonly SharedMovement[];
}

/** What moves from an instant on, for at least as long as `wanted` where the calendar allows it. */
export function readStretch(set: LiveSet, from: number, wanted: number): TimeWindow {
  const to = endOfStretch(from, wanted, set.zone);
  const timed = [...set.segments.values()].filter(
    ({ timed, document }) => timed && document.status !== "removing",
  );
  const all = timed.map((segment) => ({
    segment: segment.id,
    movements: movementsOf(segment, from, to),
  }));
  return { epoch: set.epoch, from, to, shared: shareMovements(all) };
}

/**
 * Marks all whom time concerned since the last tick.
 * @param now the instant up to which, in milliseconds since the epoch; summaries are true of it.
 * @param known the stretch of the last tick.
 * @returns the stretch of this one, and how many customers were marked.
 * @throws LostLeaseError.
 */
export async function tick(
  work: CoordinatorWork,
  set: LiveSet,
  now: number,
  known: TimeWindow | undefined,
): Promise<{ readonly stretch: TimeWindow | undefined; readonly marked: number }> {
  const { engine, lease, holder } = work;
  const cursor = (await coordinatorOf(engine, lease.project))?.cursor?.getTime();
  if (cursor === undefined || now <= cursor || set.segments.size === 0) return { stretch: known, marked: 0 };
  const scanning = { scanning_to: new Date(now) };
  // Whoever is looked at from here on is looked at as of now at least: who changes while this goes on is not missed.
  await engine.store.write((transaction) => withLease(transaction, lease, holder, scanning));
  let marked = 0;
  let stretch = known;
  if (now - cursor > maxCatchUp) marked = await markAllTimed(work, set, now);
  else {
    const stretches: TimeWindow[] = [];
    for (let from = cursor; from < now; from = Math.min(now, stretch.to)) {
      if (stretch === undefined || stretch.epoch !== set.epoch || from < stretch.from || from >= stretch.to)
        stretch = readStretch(set, from, now);
      stretches.push(stretch);
      marked += await markDue(work, set, stretch, from, Math.min(now, stretch.to));
    }
    // Asked last: whose summary was made anew while bounds were compared with what is stored is among them.
    marked += await markGone(work, stretches, cursor, now);
  }
  await engine.store.write((transaction) => withLease(transaction, lease, holder, { cursor: new Date(now) }));
  return { stretch, marked };
}

interface Due {
  readonly instants: Set<number>;
  readonly segments: Set<string>;
}

async function markDue(
  work: CoordinatorWork,
  set: LiveSet,
  { shared }: TimeWindow,
  from: number,
  to: number,
): Promise<number> {
  const { due, tell } = collector();
  const { engine, lease } = work;
  for (const { segment, at } of await findDue(engine, lease.project, shared, from, to, tell)) {
    for (const customer of await membershipDifference(engine, set, segment, at))
      tell(customer, [at], [segment]);
  }
  return markFound(work, due);
}

function collector(): { readonly due: ReadonlyMap<string, Due>; readonly tell: OnCrossing } {
  const due = new Map<string, Due>();
  const tell: OnCrossing = (customer, instants, segments) => {
    const known = due.get(customer) ?? { instants: new Set(), segments: new Set() };
    due.set(customer, known);
    for (const at of instants) known.instants.add(at);
    for (const segment of segments) known.segments.add(segment);
  };
  return { due, tell };
}

async function markFound(work: CoordinatorWork, due: ReadonlyMap<string, Due>): Promise<number> {
  await markAll(work, [...due.keys()], (customer) => {
    const { instants, segments } = due.get(customer)!;
    const kind: LookKind = "TIME";
    return { due: [...instants], looks: [...segments].map((segment) => ({ segment, kind })) };
  });
  return due.size;
}

/** How many customers' records are read at once. */
const recordsBatch = 200;

/**
 * Marks those whose summary was another for a part of the time, where a bound passed by what it was then. Each of them is
 * marked already, for the records whose time came, and waits to be looked at.
 */
async function markGone(
  work: CoordinatorWork,
  stretches: readonly TimeWindow[],
  from: number,
  to: number,
): Promise<number> {
  const moving = stretches.map((stretch) => ({ ...stretch, shared: stretch.shared.filter(isOfSummaries) }));
  if (moving.every(({ shared }) => shared.length === 0)) return 0;
  const { engine, lease } = work;
  const changed = await engine.store.reads.dirtyMarks.withEffectiveTime(lease.project);
  let marked = 0;
  for (const batch of inChunks(changed, recordsBatch)) {
    const ids = batch.map(({ _id }) => _id);
    const records = await readSummarised(engine, lease.project, ids);
    const { due, tell } = collector();
    for (const { _id, effective_at } of batch) {
      const summaries = summariesBetween(records.get(_id)!, effective_at.getTime(), to);
      const gone = (path: string): readonly number[] => valuesAt(summaries, path);
      for (const stretch of moving)
        findTransientCrossings(
          _id,
          gone,
          stretch.shared,
          Math.max(from, stretch.from),
          Math.min(to, stretch.to),
          tell,
        );
    }
    marked += await markFound(work, due);
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

async function markAllTimed(work: CoordinatorWork, set: LiveSet, now: number): Promise<number> {
  let marked = 0;
  for (const { id, timed, document } of set.segments.values()) {
    if (!timed || document.status === "removing") continue;
    const ids = await membershipDifference(work.engine, set, id, now);
    await markAll(work, ids, () => ({ looks: [{ segment: id, kind: "TIME" }], due: [now] }));
    marked += ids.length;
  }
  return marked;
}
