// One turn of the work on a distribution: it is planned, and its due messages are sent, paced, until nothing is due or the turn is over.
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { runInBackground } from "../background.js";
import type { DistributionDocument } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { wantedTypes } from "../ingest/outgoing-events.js";
import { presentPosition } from "../membership/reads/feed.js";
import { publishCode } from "../promotions/codes.js";
import { PromotionError } from "../promotions/promotion-error.js";
import { StoreError } from "../store/port.js";
import type { Channels } from "./channels.js";
import { batchOf, type Claimed, claimDue, markCanceled, markInDoubt } from "./claim.js";
import { noteFinished } from "./events.js";
import {
  type DistributionLease,
  giveBack,
  isFree,
  LostDistributionLeaseError,
  renewLease,
  takeLease,
  type Worker,
} from "./lease.js";
import { messageCounts } from "./messages.js";
import { DistributionProblem, planAudience, planTransitions } from "./plan.js";
import { putAside, type Result, storeResults } from "./results.js";
import { type Renderer, rendererOf, TemplateError } from "./templates/template.js";
import { sampleCode, valuesOf } from "./templates/template-fields.js";

/** How often the lease is renewed, in milliseconds. */
const renewMs = 3_000;
/** How long a turn lasts at most before others have theirs, in milliseconds. */
const turnMs = 10_000;
/** The longest wait for the pace within a turn, in milliseconds. */
const maxPauseMs = 1_000;
/** How often storing outcomes is attempted, and the first wait between attempts, in milliseconds; it doubles. */
const [storeAttempts, firstStoreWaitMs] = [5, 100];
/** How many messages are looked at if most of them are not to be sent. */
const largeBatch = 200;

export interface WorkTools {
  readonly engine: Engine;
  readonly worker: Worker;
  readonly channels: Channels;
  readonly report: (error: unknown) => void;
  /** Aborted when the process stops: nothing more is claimed. */
  readonly stopping: AbortSignal;
  /** Aborted when deliveries under way are to be cut off. */
  readonly breaking: AbortSignal;
}

/**
 * How long a worker has nothing to do for an open distribution, in milliseconds: 0 if there is something now, Infinity if it is not
 * known until when there is nothing.
 */
export async function timeUntilWork(
  { store, clock }: Engine,
  worker: Worker,
  { _id, project, distribution_id, state, trigger, start_position }: DistributionDocument,
): Promise<number> {
  const [known] = await store.getMany("distribution_work", [_id]);
  const work = known?.distribution === distribution_id ? known : undefined;
  const now = worker.clock();
  // The other process may have ended.
  if (work !== undefined && !isFree(work, worker)) return Math.max(1, work.expires_at.getTime() - now);
  if (state === "canceling") return 0;
  const pauseMs = Math.max(
    trigger.kind === "at" ? trigger.at.getTime() - clock() : 0,
    (work?.next_at.getTime() ?? 0) - now,
  );
  if (pauseMs > 0) return pauseMs;
  const isOnce = trigger.kind === "now" || trigger.kind === "at";
  if (isOnce && work?.is_planned !== true) return 0;
  if (trigger.kind === "entered" || trigger.kind === "left") {
    const reached = work?.position ?? start_position ?? [];
    const present = await presentPosition({ store, clock }, project);
    if (present.some((last, partition) => last > (reached[partition] ?? 0))) return 0;
  }
  const { dueMessages, messagePage } = store.reads.messaging;
  if ((await dueMessages(project, distribution_id, new Date(now), 1)).length > 0) return 0;
  const window = (statuses: readonly ["planned" | "sending"]) => ({ backwards: false, limit: 1, statuses });
  if ((await messagePage(project, distribution_id, window(["sending"]))).length > 0) return 0;
  // If nothing is left, it is to be finished.
  const isDone = isOnce && (await messagePage(project, distribution_id, window(["planned"]))).length === 0;
  return isDone ? 0 : Number.POSITIVE_INFINITY;
}

/** Works on a distribution for a turn, if no other process does. Never rejects: failures are reported, or put the distribution aside. */
export async function takeTurn(tools: WorkTools, distribution: DistributionDocument): Promise<void> {
  const { engine, worker, report, stopping } = tools;
  const lost = new AbortController();
  let lease: DistributionLease | undefined;
  const loseLease = (error: unknown): void => {
    lost.abort(error);
    if (error instanceof LostDistributionLeaseError) return;
    report(new Error(`The lease on ${described(distribution)} could not be renewed.`, { cause: error }));
  };
  let renewing: { readonly stop: () => Promise<void> } | undefined;
  try {
    lease = await takeLease(engine, distribution, worker);
    if (lease === undefined) return;
    const held = lease;
    renewing = runInBackground(
      async () => {
        await renewLease(engine, held, worker);
        return renewMs;
      },
      { report: loseLease, afterErrorMs: renewMs, firstAfterMs: renewMs },
    );
    await doTurn(tools, lease, AbortSignal.any([stopping, lost.signal]));
  } catch (error) {
    await handle(tools, distribution, error, stopping.aborted || lost.signal.aborted);
  } finally {
    await renewing?.stop();
    if (lease !== undefined && stopping.aborted) await giveBack(engine, lease, worker).catch(report);
  }
}

/** Puts a distribution aside because of an error that would come again; other errors are reported, and it is tried again. */
async function handle(
  { engine, report }: WorkTools,
  distribution: DistributionDocument,
  error: unknown,
  isInterrupted: boolean,
): Promise<void> {
  if (error instanceof LostDistributionLeaseError || isInterrupted) return;
  const about = described(distribution);
  if (error instanceof StoreError) {
    report(new Error(`Working on ${about} failed.`, { cause: error }));
    return;
  }
  const isKnown = error instanceof DistributionProblem;
  if (!isKnown) report(new Error(`Work on ${about} was put aside.`, { cause: error }));
  const problem = isKnown
    ? error.message
    : "Something went wrong in the service; its log says what. Resume it once that is mended.";
  await engine.store
    .write((transaction) => putAside(transaction, distribution, problem, new Date(engine.clock())))
    .catch(report);
}

function described({ name, project }: DistributionDocument): string {
  return `the distribution "${name}" of project ${project}`;
}

async function doTurn(tools: WorkTools, lease: DistributionLease, signal: AbortSignal): Promise<void> {
  const { engine, worker } = tools;
  const { distribution } = lease;
  await markInDoubt(engine, lease, worker);
  if (distribution.state === "canceling") {
    await markCanceled(engine, lease, worker);
    await end(engine, distribution, "canceling", "canceled");
    return;
  }
  if (distribution.state !== "active") return;
  await plan(tools, lease, signal);
  await sendDue(tools, lease, signal);
  if (!signal.aborted) await finishIfDone(engine, distribution);
}

/** Plans the messages that are not planned yet. */
async function plan(
  { engine, worker }: WorkTools,
  lease: DistributionLease,
  signal: AbortSignal,
): Promise<void> {
  const { _id, trigger } = lease.distribution;
  switch (trigger.kind) {
    case "now":
    case "at": {
      const [work] = await engine.store.getMany("distribution_work", [_id]);
      if (work?.is_planned !== true) await planAudience(engine, lease, worker, signal);
      return;
    }
    case "entered":
    case "left":
      return planTransitions(engine, lease, worker, trigger, signal);
    case "event":
      // The transaction that records an event plans its message.
      return;
    default:
      return trigger satisfies never;
  }
}

/** Sends due messages until nothing is due, the turn is over, or the pace asks for a longer wait. */
async function sendDue(tools: WorkTools, lease: DistributionLease, signal: AbortSignal): Promise<void> {
  const { engine, worker, channels } = tools;
  const { _id, channel, rate } = lease.distribution;
  let { template } = lease.distribution;
  // Before anything is claimed, since it fails for a template that is one no longer.
  let render = rendererOf(template, channel.kind);
  const until = worker.clock() + turnMs;
  let limit = batchOf(rate);
  while (!signal.aborted && worker.clock() < until) {
    const [work] = await engine.store.getMany("distribution_work", [_id]);
    const pauseMs = (work?.next_at.getTime() ?? 0) - worker.clock();
    if (pauseMs > maxPauseMs) return;
    if (pauseMs > 0) await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const { distribution, claimed, skipped } = await claimDue(
      engine,
      lease,
      worker,
      channels[channel.kind],
      limit,
    );
    if (claimed.length + skipped === 0) return;
    limit = skipped > claimed.length ? largeBatch : batchOf(distribution.rate);
    if (!isDeepStrictEqual(template, distribution.template)) {
      template = distribution.template;
      render = rendererOf(template, channel.kind);
    }
    const sent = await Promise.allSettled(claimed.map((each) => sendOne(tools, distribution, each, render)));
    const results = sent.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    if (results.length > 0) await storeSurely(tools, lease, results);
    const failure = sent.find((each) => each.status === "rejected");
    if (failure !== undefined) throw failure.reason;
  }
}

/** Stores outcomes, again if the store fails: without them, the messages would be in doubt. @throws the last failure. */
async function storeSurely(
  { engine, worker, breaking }: WorkTools,
  lease: DistributionLease,
  results: readonly Result[],
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await storeResults(engine, lease, worker, results);
      return;
    } catch (error) {
      if (!(error instanceof StoreError) || attempt >= storeAttempts || breaking.aborted) throw error;
      await wait(firstStoreWaitMs * 2 ** (attempt - 1), undefined, { signal: breaking }).catch(
        () => undefined,
      );
    }
  }
}

async function sendOne(
  { engine, channels, breaking }: WorkTools,
  distribution: DistributionDocument,
  claimed: Claimed,
  render: Renderer,
): Promise<Result> {
  const { message, customer, refusal } = claimed;
  if (refusal !== undefined) return { claimed, outcome: { kind: "refused", problem: refusal } };
  const { project, campaign } = distribution;
  const rendered = (code?: string) =>
    render(valuesOf(distribution, customer, { code, event: message.event }));
  let code: string | undefined;
  try {
    if (campaign !== undefined) {
      // No code is handed out for a message that can't be rendered.
      rendered(sampleCode);
      code = (await publishCode(engine, project, campaign, customer._id)).code;
    }
    const outcome = await channels[distribution.channel.kind].send(
      { distribution, messageId: message.message_id, customer, rendered: rendered(code), code },
      breaking,
    );
    return { claimed, outcome, code };
  } catch (error) {
    // Nothing of it was sent: a channel never rejects.
    if (error instanceof TemplateError)
      return { claimed, outcome: { kind: "refused", problem: error.message }, code };
    if (error instanceof PromotionError) {
      // The customer was erased meanwhile, or codes are being published at once: it is looked at again.
      if (error.code === "UNKNOWN_CUSTOMER" || error.code === "BUSY")
        return { claimed, outcome: { kind: "released" } };
      return { claimed, outcome: { kind: "misconfigured", problem: error.message } };
    }
    if (error instanceof StoreError) return { claimed, outcome: { kind: "released" } };
    throw error;
  }
}

/** Ends a distribution to an audience if no message is left to be sent. */
async function finishIfDone(engine: Engine, { _id }: DistributionDocument): Promise<void> {
  const { store } = engine;
  const [before] = await store.getMany("distributions", [_id]);
  const [work] = await store.getMany("distribution_work", [_id]);
  if (before?.state !== "active" || work?.is_planned !== true) return;
  const { project, distribution_id } = before;
  const window = { backwards: false, limit: 1, statuses: ["planned", "sending"] as const };
  if ((await store.reads.messaging.messagePage(project, distribution_id, window)).length > 0) return;
  await end(engine, before, "active", "finished");
}

/** Ends a distribution that has not changed since it was read. */
async function end(
  engine: Engine,
  distribution: DistributionDocument,
  from: DistributionDocument["state"],
  state: "canceled" | "finished",
): Promise<void> {
  const { store, clock } = engine;
  const { _id, project, distribution_id, updated_at } = distribution;
  const wanted = await wantedTypes(engine, project);
  const counts = wanted.has("distribution.finished") ? await messageCounts(engine, distribution) : {};
  await store.write(async (transaction) => {
    const [found] = await transaction.getMany("distributions", [_id]);
    if (found?.state !== from || found.distribution_id !== distribution_id) return;
    if (found.updated_at.getTime() !== updated_at.getTime()) return;
    const now = new Date(clock());
    await transaction.put("distributions", [{ ...found, state, ended_at: now, updated_at: now }]);
    await noteFinished(transaction, found, state, counts, wanted, now);
  });
}
