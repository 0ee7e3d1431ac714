// Deletes messages that came to their end long ago: they name customers, and what was written to them.
import { type BackgroundWork, runInBackground } from "../background.js";
import { dayMs } from "../clock.js";
import {
  type DistributionDocument,
  type MessageDocument,
  type MessageStatus,
  skipReasons,
} from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { listedProjects } from "../projects/directory.js";
import { defaultProject } from "../projects/projects.js";
import { inBatches } from "../store/batches.js";
import { distributionsOf } from "./distributions.js";

/** How often old messages are looked for, in milliseconds. */
const defaultEveryMs = 3_600_000;
/** How many messages one transaction deletes. */
const batchSize = 500;

/** The statuses that a message keeps. One that is planned, being sent or in doubt is never deleted for its age. */
const finalStatuses: readonly MessageStatus[] = ["sent", "failed", ...skipReasons];

/**
 * Deletes a project's messages whose final status is older than an instant. A distribution to an audience that has not ended keeps all of
 * its messages, since they say who was written to.
 * @param before milliseconds since the epoch.
 * @returns how many were deleted.
 */
export async function deleteOldMessages(engine: Engine, project: string, before: number): Promise<number> {
  let deleted = 0;
  for (const distribution of await distributionsOf(engine, project)) {
    if (distribution.state === "canceled") await cancelLatecomers(engine, distribution);
    if (mayForget(distribution)) deleted += await deleteOldOf(engine, distribution, new Date(before));
  }
  return deleted;
}

/** Cancels the messages that were planned by transactions that committed while the distribution was being canceled. */
async function cancelLatecomers(
  { store, clock }: Engine,
  { _id, project, distribution_id }: DistributionDocument,
): Promise<void> {
  const window = { backwards: false, limit: batchSize, statuses: ["planned"] as const };
  await inBatches(
    () => store.reads.messaging.messagePage(project, distribution_id, window),
    (messages) =>
      store.write(async (transaction) => {
        const [distribution] = await transaction.getMany("distributions", [_id]);
        const isCanceled =
          distribution?.distribution_id === distribution_id && distribution.state === "canceled";
        const ids = messages.map((message) => message._id);
        const found = isCanceled ? await transaction.getMany("messages", ids) : [];
        const planned = found.filter(
          (message) => message?.status === "planned",
        ) as readonly MessageDocument[];
        const at = new Date(clock());
        await transaction.put(
          "messages",
          planned.map((message) => ({ ...message, status: "canceled", at })),
        );
      }),
  );
}

function mayForget({ trigger, state }: DistributionDocument): boolean {
  const isToAudience = trigger.kind === "now" || trigger.kind === "at";
  return !isToAudience || state === "finished" || state === "canceled";
}

async function deleteOldOf(
  { store }: Engine,
  { project, distribution_id }: DistributionDocument,
  before: Date,
): Promise<number> {
  let deleted = 0;
  // A message was due before its status became final, but not always long before: those that are due are looked through.
  let from = new Date(0);
  for (;;) {
    const window = { statuses: finalStatuses, from, before, limit: batchSize };
    const due = await store.reads.messaging.messagesDueBetween(project, distribution_id, window);
    const removed = await store.write(async (transaction) => {
      const found = await transaction.getMany(
        "messages",
        due.map(({ _id }) => _id),
      );
      const old = found.filter((message): message is MessageDocument => isOld(message, before));
      await transaction.remove(
        "messages",
        old.map(({ _id }) => _id),
      );
      return old.length;
    });
    deleted += removed;
    if (due.length < batchSize) return deleted;
    // Those that were kept are not read again.
    if (removed === 0) from = new Date(due.at(-1)!.due_at.getTime() + 1);
  }
}

function isOld(message: MessageDocument | undefined, before: Date): boolean {
  return message !== undefined && finalStatuses.includes(message.status) && message.at < before;
}

/** Deletes old messages of all projects, in the background, until it is stopped. @param days how many days they are kept. */
export function runMessageRetention(
  engine: Engine,
  days: number,
  report: (error: unknown) => void,
  everyMs: number = defaultEveryMs,
): Pick<BackgroundWork, "stop"> {
  return runInBackground(
    async (stopping) => {
      for (const project of new Set([defaultProject, ...(await listedProjects(engine))])) {
        if (stopping.aborted) break;
        await deleteOldMessages(engine, project, engine.clock() - days * dayMs).catch(report);
      }
      return everyMs;
    },
    { report, afterErrorMs: everyMs },
  );
}
