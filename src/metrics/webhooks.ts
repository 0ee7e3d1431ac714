// The backlogs of a project's webhooks, by a few bounded reads: their number does not grow with the webhooks.
import type { Engine } from "../engine.js";
import { transitionId } from "../membership/maintain/transitions.js";
import { presentPosition } from "../membership/reads/feed.js";
import { cursorsOf, lanesOf, waitingBehind } from "../outbox/cursors.js";
import { webhooksOf } from "../outbox/webhooks.js";

export interface WebhookBacklog {
  readonly webhook: string;
  /** Events of all types and segments that it has yet to process, also if it is disabled. */
  readonly waiting: number;
  /** How long ago the first of these happened; 0 if none waits. */
  readonly oldestSeconds: number;
  /** Batches that were given up and not replayed. */
  readonly deadLetters: number;
}

export async function webhookBacklogsOf(engine: Engine, project: string): Promise<readonly WebhookBacklog[]> {
  const webhooks = await webhooksOf(engine, project);
  if (webhooks.length === 0) return [];
  const [cursors, end, letters] = await Promise.all([
    cursorsOf(engine, lanesOf(webhooks)),
    presentPosition(engine, project),
    engine.store.reads.webhooks.deadLetterCounts(project),
  ]);
  const behind = cursors
    .map((cursor) => ({
      webhook: cursor.webhook,
      waiting: waitingBehind(cursor, end),
      next: transitionId(project, cursor.partition, cursor.sequence + 1),
    }))
    .filter(({ waiting }) => waiting > 0);
  const next = behind.map((lane) => lane.next);
  const [transitions, events] = await Promise.all([
    engine.store.getMany("transitions", next),
    engine.store.getMany("outgoing_events", next),
  ]);
  const now = engine.clock();
  return webhooks.map(({ webhook_id: webhook }) => {
    let [waiting, oldestSeconds] = [0, 0];
    for (const [index, lane] of behind.entries()) {
      if (lane.webhook !== webhook) continue;
      waiting += lane.waiting;
      const at = (transitions[index] ?? events[index])?.at.getTime() ?? now;
      oldestSeconds = Math.max(oldestSeconds, (now - at) / 1_000);
    }
    const deadLetters = letters.get(webhook) ?? 0;
    return { webhook, waiting, oldestSeconds, deadLetters };
  });
}
