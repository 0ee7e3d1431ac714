// One step of a lane: the next batch of a webhook's events in one partition is sent, postponed, or given up. Later batches
// wait for it, so that the transitions of a customer are delivered in order.
import type { Clock } from "../clock.js";
import type {
  DeadLetterDocument,
  WebhookCursorDocument,
  WebhookDocument,
} from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import type { Lease } from "../membership/maintain/lease.js";
import { erasureTransitionsAfter, isOrdinary, untilErased } from "../membership/reads/erasure-transitions.js";
import { endOfRead, feedBounds } from "../membership/reads/feed.js";
import { type CursorStep, moveCursor } from "./cursors.js";
import {
  areStored,
  type Deliverable,
  deliveredTypesOf,
  eventsInRange,
  isTransition,
  typeOf,
} from "./events.js";
import { messageOf } from "./message.js";
import { secretsOf } from "./replaced-secrets.js";
import { signedHeaders } from "./signature.js";
import type { WebhookSender } from "./webhook-sender.js";

/** The most events of one delivery. */
export const batchSize = 100;
/** How often a batch is tried before it is given up: about four hours, with the waits below. */
export const maxAttempts = 12;
/** The first wait and the longest, in milliseconds. */
const [firstWaitMs, maxWaitMs] = [5_000, 3_600_000];

/** The outcome of sending a batch once. `given_up` is the last failure, which makes the batch a dead letter. */
export type AttemptOutcome = "delivered" | "failed" | "given_up";

export interface DeliveryTools {
  readonly engine: Engine;
  readonly sender: WebhookSender;
  /** The machine's clock: receivers compare the signed time with theirs. */
  readonly clock: Clock;
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number;
  /** Receives each attempt. */
  readonly attempted?: (webhook: WebhookDocument, outcome: AttemptOutcome) => void;
  readonly signal?: AbortSignal;
}

/** `idle`: there is nothing to send, or a retry is not due yet. `moved`: the cursor or its events changed meanwhile. */
export type StepResult = "idle" | "delivered" | "failed" | "moved";

/**
 * How long to wait after a failed attempt, in milliseconds: twice as long each time, half of it random, so that batches that
 * failed together are not retried together (exponential backoff with equal jitter,
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param attempts how many have failed, from 1.
 */
export function waitAfter(attempts: number, random: () => number): number {
  const whole = Math.min(firstWaitMs * 2 ** (attempts - 1), maxWaitMs);
  return Math.round(whole / 2 + (whole / 2) * random());
}

/**
 * Sends the next batch of a lane, and stores the outcome.
 * @param end the number of the partition's last event, as it was read before.
 * @throws LostLeaseError; StoreError.
 */
export async function deliverNext(
  tools: DeliveryTools,
  webhook: WebhookDocument,
  lease: Lease,
  cursor: WebhookCursorDocument,
  end: number,
): Promise<StepResult> {
  const { engine, clock } = tools;
  const { failing, partition } = cursor;
  if (failing !== undefined && failing.retry_at.getTime() > clock()) return "idle";
  const batch = await nextBatch(engine, webhook, cursor, end);
  if (batch === "idle" || batch === "moved") return batch;
  const { events, ...reached } = batch;
  const move = (step: CursorStep) => moveCursor(engine, lease, cursor, step);
  if (events.length === 0) return (await move({ change: reached })) ? "delivered" : "moved";
  const message = messageOf(webhook.webhook_id, events);
  const { status, problem } = await tools.sender.post(
    {
      url: webhook.url,
      headers: signedHeaders(secretsOf(webhook, clock()), message.id, clock(), message.body),
      body: message.body,
    },
    tools.signal,
  );
  if (problem === undefined) {
    tools.attempted?.(webhook, "delivered");
    return (await move({ change: reached })) ? "delivered" : "moved";
  }
  // An abort, because the process stops, is no failure of the receiver.
  if (tools.signal?.aborted) return "idle";
  const now = new Date(clock());
  const attempts = (failing?.attempts ?? 0) + 1;
  const since = failing?.since ?? now;
  // By the Standard Webhooks specification, 410 disables the endpoint.
  const disabled = status === 410 ? "The receiver answered 410: it wants no more deliveries." : undefined;
  tools.attempted?.(webhook, attempts >= maxAttempts ? "given_up" : "failed");
  if (attempts >= maxAttempts) {
    const dead: DeadLetterDocument = {
      _id: `${cursor._id}/${String(events[0]!.sequence).padStart(15, "0")}`,
      project: webhook.project,
      webhook: webhook.webhook_id,
      partition,
      sequences: events.map(({ sequence }) => sequence),
      attempts,
      since,
      at: now,
      problem,
    };
    return (await move({ change: reached, dead, disabled })) ? "failed" : "moved";
  }
  const retry_at = new Date(now.getTime() + waitAfter(attempts, tools.random));
  const { sequence: last } = reached;
  const change = {
    sequence: cursor.sequence,
    ...(cursor.erasures_seen === undefined ? {} : { erasures_seen: cursor.erasures_seen }),
    failing: { last, attempts, since, retry_at, problem },
  };
  return (await move({ change, disabled })) ? "failed" : "moved";
}

interface Batch {
  readonly events: readonly Deliverable[];
  /** The cursor's position after the delivery. */
  readonly sequence: number;
  readonly erasures_seen: number;
}

/** The next batch: first the exits of erased persons whose entries were delivered. */
async function nextBatch(
  engine: Engine,
  webhook: WebhookDocument,
  { failing, partition, sequence, erasures_seen: seen = sequence }: WebhookCursorDocument,
  end: number,
): Promise<Batch | "idle" | "moved"> {
  const { project, segments } = webhook;
  const types = deliveredTypesOf(webhook);
  const isWanted = (event: Deliverable) => types.has(typeOf(event));
  const erasureOf = async () => (await feedBounds(engine, project)).erasures[partition]!;
  const erasure = await erasureOf();
  if (seen < Math.min(erasure, end)) {
    // If a person is erased again meanwhile, the batch has the later erasure: a retry may differ from the failed attempt.
    const found = await erasureTransitionsAfter(engine, project, {
      ...{ partition, segments, position: sequence, seen, first: batchSize },
      last: end,
    });
    return { events: found.transitions.filter(isWanted), sequence, erasures_seen: found.seen };
  }
  const last = endOfRead(sequence, Math.min(end, Math.max(failing?.last ?? end, sequence + 1)));
  if (last <= sequence) return "idle";
  const found = await eventsInRange(engine, webhook, { partition, from: sequence, last, first: batchSize });
  const present = await untilErased(engine, found);
  // Events of a person who was erased during the read may be missing from it, or be removed since.
  if ((await erasureOf()) !== erasure || !(await areStored(engine, present.events))) return "moved";
  // A full batch may end before `last`; otherwise everything up to `last` was read, also other segments' transitions.
  const whole = found.length === batchSize ? found.at(-1)!.sequence : last;
  const reached = present.isBlocked ? found[present.events.length]!.sequence - 1 : whole;
  if (reached <= sequence) return "idle";
  const events = found.filter(
    (event) => event.sequence <= reached && isWanted(event) && (!isTransition(event) || isOrdinary(event)),
  );
  return { events, sequence: reached, erasures_seen: end };
}
