// Starts, pauses, resumes and cancels distributions. Each is idempotent: a repetition returns the distribution as it is.
import type { DistributionDocument, DistributionState } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { wantedTypes } from "../ingest/outgoing-events.js";
import { presentPosition } from "../membership/reads/feed.js";
import type { Transaction } from "../store/port.js";
import { distributionIn, findDistribution } from "./distributions.js";
import { noteStarted } from "./events.js";
import { MessageError, noMail } from "./message-error.js";
import { distributionsChanged } from "./wakeups.js";

/** Starts a distribution. From then on, entries, exits and events are noticed. @throws MessageError; PromotionError `NOT_FOUND`. */
export async function startDistribution(
  engine: Engine,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  const { channel, trigger } = await findDistribution(engine, project, name);
  if (channel.kind === "email" && engine.mail === undefined) throw noMail();
  const isOfTransitions = trigger.kind === "entered" || trigger.kind === "left";
  const position = isOfTransitions ? await presentPosition(engine, project) : undefined;
  const wanted = await wantedTypes(engine, project);
  const start = (found: DistributionDocument, now: Date): DistributionDocument => {
    if (found.state === "active") return found;
    refuseUnless(found, "started", "draft");
    return {
      ...found,
      state: "active",
      started_at: now,
      ...(position === undefined ? {} : { start_position: position }),
    };
  };
  return change(engine, project, name, start, (transaction, after, now) =>
    noteStarted(transaction, after, wanted, now),
  );
}

/** Pauses a distribution: no further message is claimed; those under way are finished. @throws as `startDistribution`. */
export function pauseDistribution(
  engine: Engine,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  return change(engine, project, name, (found) => {
    if (found.state === "paused") return found;
    refuseUnless(found, "paused", "active");
    return { ...found, state: "paused" };
  });
}

/** Continues a paused distribution. @throws as `startDistribution`. */
export function resumeDistribution(
  engine: Engine,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  return change(engine, project, name, (found) => {
    if (found.state === "active") return found;
    refuseUnless(found, "resumed", "paused");
    if (found.channel.kind === "email" && engine.mail === undefined) throw noMail();
    const { problem: _, ...rest } = found;
    return { ...rest, state: "active" };
  });
}

/** Cancels a distribution: what is planned is not sent. @throws as `startDistribution`. */
export function cancelDistribution(
  engine: Engine,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  return change(engine, project, name, (found, now) => {
    if (found.state === "canceled" || found.state === "canceling") return found;
    refuseUnless(found, "canceled", "draft", "active", "paused");
    const { problem: _, ...rest } = found;
    return found.state === "draft"
      ? { ...rest, state: "canceled", ended_at: now }
      : { ...rest, state: "canceling" };
  });
}

async function change(
  { store, clock }: Engine,
  project: string,
  name: string,
  make: (found: DistributionDocument, now: Date) => DistributionDocument,
  note?: (transaction: Transaction, after: DistributionDocument, now: Date) => Promise<void>,
): Promise<DistributionDocument> {
  const changed = await store.write(async (transaction) => {
    const found = await distributionIn(transaction, project, name);
    const now = new Date(clock());
    const after = make(found, now);
    if (after === found) return found;
    const stored = { ...after, updated_at: now };
    await transaction.put("distributions", [stored]);
    await note?.(transaction, stored, now);
    return stored;
  });
  distributionsChanged(store);
  return changed;
}

const stateWords: Readonly<Record<DistributionState, string>> = {
  draft: "is not started",
  active: "is being sent",
  paused: "is paused",
  canceling: "is canceled",
  canceled: "is canceled",
  finished: "is finished",
};

/** @throws MessageError `IN_USE` unless the distribution is in one of these states. */
function refuseUnless(
  { name, state }: DistributionDocument,
  what: string,
  ...states: readonly DistributionState[]
): void {
  if (states.includes(state)) return;
  throw new MessageError("IN_USE", "by", `"${name}" can't be ${what}: it ${stateWords[state]}.`);
}
