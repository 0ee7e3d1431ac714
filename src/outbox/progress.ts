// The progress of a webhook's deliveries, for the API.

import type { WebhookDocument } from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import { presentPosition } from "../membership/reads/feed.js";
import { cursorsOf, lanesOf, waitingBehind } from "./cursors.js";

export interface WebhookProgress {
  /** How many events, of all types and segments, are after its cursors. */
  readonly waiting: number;
  /** The number of partitions with failing deliveries. */
  readonly failing: number;
  /** The problem of the partition that is retried next. */
  readonly problem?: string;
  readonly retryAt?: Date;
}

/** The progress of a webhook's deliveries. */
export async function progressOf(engine: Engine, webhook: WebhookDocument): Promise<WebhookProgress> {
  const cursors = await cursorsOf(engine, lanesOf([webhook]));
  const end = await presentPosition(engine, webhook.project);
  const waiting = cursors.reduce((sum, cursor) => sum + waitingBehind(cursor, end), 0);
  const failing = cursors
    .flatMap(({ failing }) => (failing === undefined ? [] : [failing]))
    .sort((one, other) => one.retry_at.getTime() - other.retry_at.getTime());
  const [next] = failing;
  return {
    waiting,
    failing: failing.length,
    ...(next === undefined ? {} : { problem: next.problem, retryAt: next.retry_at }),
  };
}
