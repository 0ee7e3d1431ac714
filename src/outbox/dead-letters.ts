// Dead letters, the batches that were given up, and their replay: the process that receives the request sends them immediately.

import type { DeadLetterDocument, WebhookDocument } from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import { readPlace, writePlace } from "../query/pages/place.js";
import { pageOfRows, type RowsPage, readWindow, type WindowRequest } from "../query/pages/window.js";
import type { DeliveryTools } from "./deliver.js";
import { eventsByNumber } from "./events.js";
import { messageOf } from "./message.js";
import { secretsOf } from "./replaced-secrets.js";
import { signedHeaders } from "./signature.js";
import { WebhookError } from "./webhook-error.js";
import { findWebhook } from "./webhooks.js";

/** The most dead letters of one list, and of one replay. */
export const maxDeadLetters = 1_000;
/** The longest time of one replay, in milliseconds; the rest is left for the next one. */
const maxReplayMs = 20_000;

/** A project's dead letters, oldest first. @param webhookId only those of this webhook. */
export async function deadLettersOf(
  engine: Engine,
  project: string,
  webhookId: string | undefined,
  first: number,
): Promise<readonly DeadLetterDocument[]> {
  if (!Number.isInteger(first) || first < 0 || first > maxDeadLetters) {
    const message = `\`first\` is ${first}; ask for 0 to ${maxDeadLetters.toLocaleString("en")} at once.`;
    throw new WebhookError("INVALID_INPUT", "first", message);
  }
  const filter = webhookId === undefined ? {} : { webhook: webhookId };
  return engine.store.reads.webhooks.deadLetters(project, filter, first);
}

/** One page of a webhook's dead letters, the oldest first. @throws CursorError. */
export async function deadLetterPage(
  { store }: Engine,
  project: string,
  webhookId: string,
  request: WindowRequest,
): Promise<RowsPage<DeadLetterDocument> & { readonly cursors: readonly string[] }> {
  const window = readWindow(request, maxDeadLetters, "dead letters");
  const behind = window.cursor === undefined ? undefined : readPlace(window.cursor, window.argument);
  const range = { newestFirst: window.backwards, behind, limit: window.count + 1 };
  const page = pageOfRows(window, await store.reads.webhooks.deadLetterPage(project, webhookId, range));
  return { ...page, cursors: page.nodes.map(writePlace) };
}

/** How many dead letters a webhook has. */
export async function countDeadLetters(engine: Engine, webhook: WebhookDocument): Promise<number> {
  const { project, webhook_id } = webhook;
  return (await engine.store.reads.webhooks.deadLetterCounts(project)).get(webhook_id) ?? 0;
}

export interface Replay {
  /** How many the receiver has accepted; they are no longer dead letters. */
  readonly replayed: number;
  readonly remaining: number;
  /** Why the next one failed; absent if none failed. */
  readonly problem?: string;
}

/**
 * Sends a webhook's dead letters again, oldest first, until one fails. They arrive after later batches: the ids and instants of
 * their events say where they belong.
 * @param ids only these dead letters.
 * @throws WebhookError.
 */
export async function replayDeadLetters(
  tools: DeliveryTools,
  project: string,
  webhookId: string,
  ids?: readonly string[],
): Promise<Replay> {
  const { engine, clock } = tools;
  const webhook = await findWebhook(engine, project, webhookId);
  const letters =
    ids === undefined
      ? await deadLettersOf(engine, project, webhookId, maxDeadLetters)
      : await deadLettersById(engine, webhook, ids);
  const over = clock() + maxReplayMs;
  let replayed = 0;
  let problem: string | undefined;
  for (const letter of letters) {
    if (clock() >= over || tools.signal?.aborted) break;
    problem = await sendAgain(tools, webhook, letter);
    if (problem !== undefined) break;
    await engine.store.write((transaction) => transaction.remove("dead_letters", [letter._id]));
    replayed += 1;
  }
  const remaining = await countDeadLetters(engine, webhook);
  return { replayed, remaining, ...(problem === undefined ? {} : { problem }) };
}

/** Some dead letters of a webhook, oldest first. @throws WebhookError `INVALID_INPUT`; `NOT_FOUND` if one is missing. */
async function deadLettersById(
  { store }: Engine,
  { project, webhook_id }: WebhookDocument,
  ids: readonly string[],
): Promise<readonly DeadLetterDocument[]> {
  if (ids.length > maxDeadLetters) {
    const message = `Name up to ${maxDeadLetters.toLocaleString("en")} dead letters at once.`;
    throw new WebhookError("INVALID_INPUT", "deadLetterIds", message);
  }
  const distinct = [...new Set(ids)];
  const found = await store.getMany("dead_letters", distinct);
  const letters = found.filter(
    (letter) => letter !== undefined && letter.project === project && letter.webhook === webhook_id,
  ) as readonly DeadLetterDocument[];
  const missing = distinct.find((id) => !letters.some(({ _id }) => _id === id));
  if (missing !== undefined) {
    const message = `There is no dead letter "${missing.slice(0, 200)}" of this webhook. List them.`;
    throw new WebhookError("NOT_FOUND", "deadLetterIds", message);
  }
  return letters.toSorted(
    (one, other) => one.at.getTime() - other.at.getTime() || (one._id < other._id ? -1 : 1),
  );
}

/** @returns why the delivery failed; undefined if it succeeded, or if none of its events is still stored. */
async function sendAgain(
  { engine, sender, clock, signal }: DeliveryTools,
  webhook: WebhookDocument,
  { project, partition, sequences }: DeadLetterDocument,
): Promise<string | undefined> {
  const events = await eventsByNumber(engine, project, partition, sequences);
  if (events.length === 0) return undefined;
  const { id, body } = messageOf(webhook.webhook_id, events);
  const headers = signedHeaders(secretsOf(webhook, clock()), id, clock(), body);
  return (await sender.post({ url: webhook.url, headers, body }, signal)).problem;
}
