// The messages of a distribution, one for each recipient: their statuses, and the resolution of those in doubt.

import type {
  DistributionDocument,
  MessageDocument,
  MessageStatus,
  SkipReason,
} from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { shortened } from "../promotions/promotion-error.js";
import {
  CursorError,
  pageOfRows,
  type RowsPage,
  readWindow,
  type WindowRequest,
} from "../query/pages/window.js";
import type { StatusCounts } from "../store/reads/messaging.js";
import { MessageError } from "./message-error.js";
import { distributionsChanged } from "./wakeups.js";

/** The most messages of one page. */
const maxPage = 1_000;

/** The statuses of messages that are not sent, for a reason. */
export const skipReasons: readonly SkipReason[] = [
  "no_consent",
  "no_address",
  "invalid_address",
  "erased",
  "not_in_audience",
  "canceled",
];

/** The `_id` that a message has once its customer was erased. */
export function erasedMessageKey({
  project,
  distribution,
  message_id,
}: Pick<MessageDocument, "project" | "distribution" | "message_id">): string {
  return `${project}/${distribution}/erased/${message_id}`;
}

/** How many messages have each status. */
export function messageCounts(
  { store }: Engine,
  { project, distribution_id }: DistributionDocument,
): Promise<StatusCounts> {
  return store.reads.messaging.statusCounts(project, distribution_id);
}

/** One page of a distribution's messages. @throws CursorError. */
export async function messagePage(
  { store }: Engine,
  { project, distribution_id }: DistributionDocument,
  request: WindowRequest,
  statuses?: readonly MessageStatus[],
): Promise<RowsPage<MessageDocument> & { readonly cursors: readonly string[] }> {
  const window = readWindow(request, maxPage, "messages");
  const prefix = `${project}/${distribution_id}/`;
  const behind = window.cursor === undefined ? undefined : readCursor(window.cursor, prefix, window.argument);
  const range = { backwards: window.backwards, behind, limit: window.count + 1, statuses };
  const page = pageOfRows(window, await store.reads.messaging.messagePage(project, distribution_id, range));
  return { ...page, cursors: page.nodes.map(({ _id }) => writeCursor(_id.slice(prefix.length))) };
}

function writeCursor(key: string): string {
  return Buffer.from(key, "utf8").toString("base64url");
}

function readCursor(cursor: string, prefix: string, argument: string): string {
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (key !== "" && writeCursor(key) === cursor) return `${prefix}${key}`;
  throw new CursorError(`\`${argument}\` is not a cursor. Use a cursor of an earlier page.`);
}

/**
 * Resolves a message in doubt, as a person decides: it counts as sent, or is sent again. Sending again resumes a finished distribution.
 * A repetition of the same resolution changes nothing.
 * @param key its `_id`.
 * @throws MessageError `NOT_FOUND`, `IN_USE`.
 */
export async function resolveMessage(
  { store, clock }: Engine,
  project: string,
  key: string,
  resolution: "sent" | "send_again",
): Promise<MessageDocument> {
  const resolved = await store.write(async (transaction) => {
    const [found] = await transaction.getMany("messages", [key]);
    if (found?.project !== project)
      throw new MessageError("NOT_FOUND", "id", "There is no such message. List the messages in doubt.");
    const wanted = resolution === "sent" ? "sent" : "planned";
    if (found.status === wanted && found.claim === undefined) return found;
    if (found.status !== "in_doubt")
      throw new MessageError("IN_USE", "id", "The message is not in doubt. There is nothing to resolve.");
    const now = new Date(clock());
    const { problem: _, claim: __, ...rest } = found;
    const after: MessageDocument = { ...rest, status: wanted, due_at: new Date(0), at: now };
    if (resolution === "send_again") {
      if (found.customer === undefined)
        throw new MessageError(
          "IN_USE",
          "id",
          "The customer was erased. The message can only count as sent.",
        );
      await resume(transaction, found, now);
    }
    await transaction.put("messages", [after]);
    return after;
  });
  distributionsChanged(store);
  return resolved;

  async function resume(
    transaction: Parameters<Parameters<typeof store.write>[0]>[0],
    { distribution }: MessageDocument,
    now: Date,
  ): Promise<void> {
    const all = await store.reads.messaging.distributions(project);
    const listed = all.find(({ distribution_id }) => distribution_id === distribution);
    const [found] = listed === undefined ? [] : await transaction.getMany("distributions", [listed._id]);
    if (found === undefined || found.distribution_id !== distribution)
      throw new MessageError("NOT_FOUND", "id", "The distribution was deleted.");
    if (found.state === "canceled" || found.state === "canceling")
      throw new MessageError(
        "IN_USE",
        "id",
        `"${shortened(found.name)}" was canceled. The message can only count as sent.`,
      );
    await transaction.put("distributions", [reopened(found, now)]);
  }
}

/** A distribution with a message to be sent again: active if it was finished, and changed in any case, so that finishing it at the same time conflicts. */
export function reopened(distribution: DistributionDocument, now: Date): DistributionDocument {
  const { ended_at: _, ...rest } = distribution;
  const updated_at = new Date(Math.max(now.getTime(), distribution.updated_at.getTime() + 1));
  return distribution.state === "finished"
    ? { ...rest, state: "active", updated_at }
    : { ...distribution, updated_at };
}
