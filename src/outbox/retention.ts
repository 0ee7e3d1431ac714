// Deletes history past its retention: transitions and outgoing events, and intervals that have ended. What an enabled webhook or an
// active distribution has yet to read is kept, and so is every open interval. The owner of a partition deletes its part, some documents
// at a time.
import { type BackgroundWork, runInBackground } from "../background.js";
import { dayMs } from "../clock.js";
import type { WebhookDocument } from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import type { HeldPartition } from "../membership/maintain/held-leases.js";
import { assertHeld, LostLeaseError } from "../membership/maintain/lease.js";
import { cursorsOf } from "./cursors.js";
import { inOrder, isTransition } from "./events.js";
import { webhooksOf } from "./webhooks.js";

/** How many documents are removed in one transaction. */
const batchSize = 500;
/** How many batches are deleted from a partition before the others have their turn. */
const batchesInTurn = 20;
/** How often history past its retention is looked for, in milliseconds. */
const defaultEveryMs = 60_000;
/** The wait before the next turn if there may be more to delete, in milliseconds. */
const betweenTurnsMs = 1_000;

/**
 * Deletes history older than an instant, in the held partitions.
 * @param before milliseconds since the epoch.
 * @param report receives the failures of single partitions, and the others continue; without it, they are thrown.
 * @returns how many documents were deleted; if it is not 0, there may be more.
 */
export async function forgetHistory(
  engine: Engine,
  partitions: readonly HeldPartition[],
  before: number,
  report?: (error: unknown) => void,
): Promise<number> {
  let forgotten = 0;
  for (const held of partitions) {
    try {
      for (let batch = 0; batch < batchesInTurn; batch += 1) {
        const removed =
          (await forgetEvents(engine, held, before)) +
          // Intervals have no partition: the owner of partition 0 deletes all of them.
          (held.partition === 0 ? await deleteIntervals(engine, held, before) : 0);
        if (removed === 0) break;
        forgotten += removed;
      }
    } catch (error) {
      if (error instanceof LostLeaseError) continue;
      if (report === undefined) throw error;
      report(new Error(`The history of ${held.lease._id} could not be forgotten.`, { cause: error }));
    }
  }
  return forgotten;
}

async function forgetEvents(
  engine: Engine,
  { lease, partition }: HeldPartition,
  before: number,
): Promise<number> {
  const { project } = lease;
  const [known] = await engine.store.getMany("maintenance", [lease._id]);
  const from = known?.kind === "partition" ? (known.deleted_sequence ?? 0) : 0;
  const receiving = (await webhooksOf(engine, project)).filter(({ enabled }) => enabled);
  const delivered = await deliveredUpTo(engine, receiving, partition);
  const last = Math.min(delivered, await plannedUpTo(engine, project, partition));
  const range = { partition, from, last, first: batchSize };
  const { transitions, outgoing } = engine.store.reads;
  const found = inOrder(
    await transitions.inRange(project, range),
    await outgoing.inRange(project, range),
  ).slice(0, batchSize);
  // They are deleted in the order of their numbers, so that a single number says up to where.
  const kept = found.findIndex(({ at }) => at.getTime() >= before);
  const old = kept < 0 ? found : found.slice(0, kept);
  const removed = old.at(-1)?.sequence;
  if (removed === undefined) return 0;
  const letters = await engine.store.reads.webhooks.deadLetters(project, { partition }, batchSize);
  const empty = letters.filter(({ sequences }) => sequences.at(-1)! <= removed);
  await engine.store.write(async (transaction) => {
    const now = await assertHeld(transaction, lease);
    await transaction.put("maintenance", [
      { ...now, deleted_sequence: Math.max(now.deleted_sequence ?? 0, removed) },
    ]);
    await transaction.remove("transitions", idsOf(old.filter(isTransition)));
    await transaction.remove("outgoing_events", idsOf(old.filter((event) => !isTransition(event))));
    await transaction.remove("dead_letters", idsOf(empty));
  });
  return old.length;
}

/** How long a delivered outgoing event is kept for dead letters and disabled webhooks, in milliseconds. */
const outgoingKeptMs = 30 * dayMs;

/**
 * Deletes the outgoing events in the held partitions that were delivered to every enabled webhook, and that no dead letter or
 * disabled webhook needs, or that are older than 30 days. Transitions are kept.
 * @param report receives the failures of single partitions, and the others continue; without it, they are thrown.
 * @returns how many events were deleted; if it is not 0, there may be more.
 */
export async function forgetDelivered(
  engine: Engine,
  partitions: readonly HeldPartition[],
  report?: (error: unknown) => void,
): Promise<number> {
  let forgotten = 0;
  for (const held of partitions) {
    try {
      let from: number | undefined = 0;
      for (let batch = 0; batch < batchesInTurn && from !== undefined; batch += 1) {
        const { removed, next } = await forgetOutgoing(engine, held, from);
        forgotten += removed;
        from = next;
      }
    } catch (error) {
      if (error instanceof LostLeaseError) continue;
      if (report === undefined) throw error;
      report(
        new Error(`The delivered events of ${held.lease._id} could not be forgotten.`, { cause: error }),
      );
    }
  }
  return forgotten;
}

/** Looks at a batch behind a number. @returns how many events were deleted, and the number to go on from; undefined at the end. */
async function forgetOutgoing(
  engine: Engine,
  { lease, partition }: HeldPartition,
  from: number,
): Promise<{ readonly removed: number; readonly next: number | undefined }> {
  const { project } = lease;
  const { outgoing, webhooks } = engine.store.reads;
  // Read once: a webhook that is enabled meanwhile counts as disabled, and keeps what it has not received.
  const known = await webhooksOf(engine, project);
  const receiving = known.filter(({ enabled }) => enabled);
  const last = await deliveredUpTo(engine, receiving, partition);
  const found = await outgoing.inRange(project, { partition, from, last, first: batchSize });
  const next = found.length < batchSize ? undefined : found.at(-1)!.sequence;
  if (found.length === 0) return { removed: 0, next };
  // Read after the cursors: a batch that is given up becomes a dead letter when the cursor moves.
  const letters = await webhooks.deadLetters(project, { partition }, batchSize);
  const needed = new Set(letters.flatMap(({ sequences }) => sequences));
  const others = known.filter(({ enabled }) => !enabled);
  const passed = letters.length === batchSize ? 0 : await deliveredUpTo(engine, others, partition);
  const before = engine.clock() - outgoingKeptMs;
  const old = found.filter(
    ({ sequence, at }) => at.getTime() < before || (sequence <= passed && !needed.has(sequence)),
  );
  if (old.length > 0)
    await engine.store.write(async (transaction) => {
      await assertHeld(transaction, lease);
      await transaction.remove("outgoing_events", idsOf(old));
    });
  return { removed: old.length, next };
}

/** The last event of a partition that has been delivered to each of the webhooks. */
async function deliveredUpTo(
  engine: Engine,
  webhooks: readonly WebhookDocument[],
  partition: number,
): Promise<number> {
  const cursors = await cursorsOf(
    engine,
    webhooks.map((webhook) => ({ webhook, partition })),
  );
  return Math.min(Number.MAX_SAFE_INTEGER, ...cursors.map(({ sequence }) => sequence));
}

/**
 * The last transition of a partition that every active distribution has planned messages for. A paused one keeps nothing, as a
 * disabled webhook does: otherwise one that is forgotten would keep all history.
 */
async function plannedUpTo({ store }: Engine, project: string, partition: number): Promise<number> {
  const open = await store.reads.messaging.openDistributions(project);
  const reading = open.filter(
    ({ state, trigger }) => state === "active" && (trigger.kind === "entered" || trigger.kind === "left"),
  );
  const works = await store.getMany(
    "distribution_work",
    reading.map(({ _id }) => _id),
  );
  const reached = reading.map(({ distribution_id, start_position = [] }, index) => {
    const work = works[index];
    const position = work?.distribution === distribution_id ? work.position : undefined;
    return (position ?? start_position)[partition] ?? 0;
  });
  return Math.min(Number.MAX_SAFE_INTEGER, ...reached);
}

async function deleteIntervals(engine: Engine, { lease }: HeldPartition, before: number): Promise<number> {
  const old = await engine.store.reads.intervals.endedBefore(lease.project, new Date(before), batchSize);
  const last = old.at(-1)?.left_at;
  if (last === undefined) return 0;
  await engine.store.write(async (transaction) => {
    const now = await assertHeld(transaction, lease);
    // An interval whose end was found late may be older than ones already deleted: `intervals_since` never goes back.
    const intervals_since =
      now.intervals_since !== undefined && now.intervals_since > last ? now.intervals_since : last;
    await transaction.put("maintenance", [{ ...now, intervals_since }]);
    await transaction.remove("memberships", idsOf(old));
  });
  return old.length;
}

function idsOf(documents: readonly { readonly _id: string }[]): readonly string[] {
  return documents.map(({ _id }) => _id);
}

export interface RetentionOptions {
  /** The partitions that this process holds now. */
  readonly partitions: () => readonly HeldPartition[];
  /** For how long history is kept, in milliseconds; without it, only delivered outgoing events are deleted. */
  readonly keepMs?: number;
  readonly everyMs?: number;
  /** Receives failures; the work continues. */
  readonly report: (error: unknown) => void;
}

/** Deletes delivered outgoing events and history past its retention, in the background, until it is stopped. */
export function runRetention(
  engine: Engine,
  { partitions, keepMs, everyMs = defaultEveryMs, report }: RetentionOptions,
): Pick<BackgroundWork, "stop"> {
  return runInBackground(
    async () => {
      const delivered = await forgetDelivered(engine, partitions(), report);
      const old =
        keepMs === undefined ? 0 : await forgetHistory(engine, partitions(), engine.clock() - keepMs, report);
      const removed = delivered + old;
      return removed > 0 ? betweenTurnsMs : everyMs;
    },
    { report, afterErrorMs: everyMs },
  );
}
