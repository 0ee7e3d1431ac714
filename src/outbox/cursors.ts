// How far the deliveries of each webhook are in each partition.

import type {
  DeadLetterDocument,
  WebhookCursorDocument,
  WebhookDocument,
} from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import { partitionCount } from "../ingest/dirty-marks.js";
import { assertHeld, type Lease } from "../membership/maintain/lease.js";
import type { Position } from "../membership/reads/feed.js";
import { webhookKey } from "./webhooks.js";

/** A part of a webhook's work: one partition. */
export interface Lane {
  readonly webhook: WebhookDocument;
  readonly partition: number;
}

/** All parts of webhooks' work. */
export function lanesOf(webhooks: readonly WebhookDocument[]): readonly Lane[] {
  return webhooks.flatMap((webhook) =>
    Array.from({ length: partitionCount }, (_, partition) => ({ webhook, partition })),
  );
}

/** How many events, of all types and segments, a cursor has yet to process. @param end the last number of each partition. */
export function waitingBehind(
  { partition, sequence }: Pick<WebhookCursorDocument, "partition" | "sequence">,
  end: Position,
): number {
  return Math.max(0, (end[partition] ?? 0) - sequence);
}

function cursorKey({ webhook, partition }: Lane): string {
  return `${webhook._id}/${partition}`;
}

/** The cursors of lanes, in their order. A lane that was never served is at the position where its webhook began. */
export async function cursorsOf(
  engine: Engine,
  lanes: readonly Lane[],
): Promise<readonly WebhookCursorDocument[]> {
  const found = await engine.store.getMany("webhook_cursors", lanes.map(cursorKey));
  return lanes.map((lane, index) => found[index] ?? fresh(lane));
}

function fresh(lane: Lane): WebhookCursorDocument {
  const { project, webhook_id, since } = lane.webhook;
  return {
    _id: cursorKey(lane),
    project,
    webhook: webhook_id,
    partition: lane.partition,
    sequence: since[lane.partition] ?? 0,
    version: 0,
  };
}

/** A change of a cursor; without `failing`, the failure is over. */
type CursorChange = Pick<WebhookCursorDocument, "sequence" | "erasures_seen" | "failing">;

export interface CursorStep {
  readonly change: CursorChange;
  /** A batch that this step gives up. */
  readonly dead?: DeadLetterDocument;
  /** Why this step disables the webhook. */
  readonly disabled?: string;
}

/**
 * Moves a cursor, if it is unchanged since it was read and the lease is still held. This does not write the partition's document,
 * so that deliveries never make the work on membership start again. If two processes serve a lane while the lease changes hands,
 * the cursor's version lets only one of them continue: a batch is sent at most twice, and never before its predecessor.
 * @returns false if the cursor was moved in the meantime, or its webhook was deleted.
 * @throws LostLeaseError.
 */
export async function moveCursor(
  engine: Engine,
  lease: Lease,
  before: WebhookCursorDocument,
  { change, dead, disabled }: CursorStep,
): Promise<boolean> {
  return engine.store.write(async (transaction) => {
    await assertHeld(transaction, lease);
    const [webhook] = await transaction.getMany("webhooks", [webhookKey(before.project, before.webhook)]);
    const [stored] = await transaction.getMany("webhook_cursors", [before._id]);
    if (webhook === undefined || (stored?.version ?? 0) !== before.version) return false;
    const { failing: _over, ...rest } = before;
    await transaction.put("webhook_cursors", [{ ...rest, ...change, version: before.version + 1 }]);
    if (dead !== undefined) await transaction.put("dead_letters", [dead]);
    if (disabled !== undefined)
      await transaction.put("webhooks", [{ ...webhook, enabled: false, problem: disabled }]);
    return true;
  });
}
