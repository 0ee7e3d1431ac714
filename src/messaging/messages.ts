// The messages of a distribution, one for each recipient: their statuses, and the resolution of those in doubt.

import type { DistributionDocument, MessageDocument, MessageStatus } from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { markDirty } from "../ingest/dirty-marks.js";
import { wantedTypes } from "../ingest/outgoing-events.js";
import { shortened } from "../promotions/promotion-error.js";
import {
  CursorError,
  pageOfRows,
  type RowsPage,
  readWindow,
  type WindowRequest,
} from "../query/pages/window.js";
import type { Transaction } from "../store/port.js";
import type { StatusCounts } from "../store/reads/messaging.js";
import { messageMark } from "./events.js";
import { MessageError } from "./message-error.js";
import { distributionsChanged } from "./wakeups.js";

/** The most messages of one page. */
const maxPage = 1_000;

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
  engine: Engine,
  project: string,
  key: string,
  resolution: "sent" | "send_again",
): Promise<MessageDocument> {
  const { store, clock } = engine;
  const types = await wantedTypes(engine, project);
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
    } else await noteSent(transaction, after, now);
    await transaction.put("messages", [after]);
    return after;
  });
  distributionsChanged(store);
  return resolved;

  async function distributionOf(
    transaction: Transaction,
    { distribution }: MessageDocument,
  ): Promise<DistributionDocument | undefined> {
    const all = await store.reads.messaging.distributions(project);
    const listed = all.find(({ distribution_id }) => distribution_id === distribution);
    const [found] = listed === undefined ? [] : await transaction.getMany("distributions", [listed._id]);
    return found?.distribution_id === distribution ? found : undefined;
  }

  /** Adds the event of a message that counts as sent, if a webhook receives it. */
  async function noteSent(transaction: Transaction, message: MessageDocument, now: Date): Promise<void> {
    if (message.customer === undefined || !types.has("message.sent")) return;
    const distribution = await distributionOf(transaction, message);
    const [customer] = await transaction.getMany("customers", [message.customer]);
    if (distribution === undefined || customer === undefined) return;
    const mark = messageMark(distribution, message, customer, types, now);
    if (mark !== undefined) await markDirty(transaction, [mark]);
  }

  async function resume(transaction: Transaction, message: MessageDocument, now: Date): Promise<void> {
    const found = await distributionOf(transaction, message);
    if (found === undefined) throw new MessageError("NOT_FOUND", "id", "The distribution was deleted.");
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
