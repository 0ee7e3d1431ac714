// `segmentql webhook`: webhooks, which receive the entries and exits of segments over HTTP.
import { systemClock } from "../../clock.js";
import type { WebhookEventType } from "../../documents/outgoing-documents.js";
import {
  countDeadLetters,
  deadLettersOf,
  maxDeadLetters,
  replayDeadLetters,
} from "../../outbox/dead-letters.js";
import { eventTypesOf } from "../../outbox/events.js";
import { progressOf } from "../../outbox/progress.js";
import { webhookSender } from "../../outbox/webhook-sender.js";
import { createWebhook, deleteWebhook, updateWebhook, webhooksOf } from "../../outbox/webhooks.js";
import { findProject } from "../../projects/projects.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { engineSegments } from "../segment/engine-segments.js";
import type { Segments } from "../segment/segments.js";
import { serverSegments } from "../server/segments.js";
import {
  type ChangedWebhook,
  changeWebhookOver,
  deadLettersOver,
  removeWebhookOver,
  replayOver,
  webhooksOver,
} from "../server/webhooks.js";
import { type GlobalOptions, withEither } from "../session.js";
import { complain, print } from "../terminal/output.js";
import { type Column, tableLines } from "../terminal/table.js";
import type { ShownDeadLetter, ShownWebhook, WebhookUpdate } from "./shown-webhook.js";

export interface WebhookOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly segment?: readonly string[];
  readonly event?: readonly WebhookEventType[];
  readonly secret?: string;
}

export interface WebhookUpdateOptions extends WebhookOptions {
  readonly url?: string;
  readonly everySegment?: boolean;
  readonly enable?: boolean;
  readonly disable?: boolean;
  readonly rotateSecret?: boolean;
}

/** Adds a webhook. Its secret is printed only now. */
export async function addWebhookCommand(url: string, options: WebhookOptions): Promise<void> {
  const { project, event: eventTypes } = options;
  const {
    id,
    segmentIds,
    eventTypes: types,
    secret,
  } = await withEither<Omit<ChangedWebhook, "enabled">>(options, true, {
    engine: async (engine) => {
      const segments = engineSegments(engine, project);
      await segments.definition();
      const segmentIds = await segmentIdsOf(segments, options);
      const made = await createWebhook(engine, project, {
        url,
        segmentIds,
        eventTypes,
        secret: options.secret,
      });
      return {
        id: made.webhook_id,
        url,
        segmentIds: segmentIds ?? null,
        eventTypes: eventTypesOf(made),
        secret: made.secret,
      };
    },
    server: async (client) => {
      const segmentIds = await segmentIdsOf(serverSegments(client), options);
      return changeWebhookOver(client, undefined, { url, segmentIds, eventTypes, secret: options.secret });
    },
  });
  if (options.json) {
    print(JSON.stringify({ id, url, segmentIds, eventTypes: types, secret }, null, 2));
    return;
  }
  print(`Webhook ${id}\nSecret  ${secret}`);
  complain("The secret is not shown again: keep it where the receiver finds it.");
}

/** The ids of the named segments; undefined if none is named. */
async function segmentIdsOf(
  segments: Segments,
  { segment = [] }: WebhookOptions,
): Promise<readonly string[] | undefined> {
  const found = await Promise.all(segment.map((name) => segments.named(name)));
  return found.length === 0 ? undefined : found.map(({ id }) => id);
}

/** Changes a webhook. A new secret is printed only now. */
export async function updateWebhookCommand(id: string, options: WebhookUpdateOptions): Promise<void> {
  const { project, url, secret, rotateSecret, enable, disable, everySegment } = options;
  if (enable && disable) throw new CommandFailure(exitCodes.usage, "Enable it or disable it: not both.");
  if (everySegment && options.segment !== undefined)
    throw new CommandFailure(exitCodes.usage, "Name segments or take every one: not both.");
  const enabled = enable ? true : disable ? false : undefined;
  const changesOf = async (segments: Segments): Promise<WebhookUpdate> => {
    const segmentIds = everySegment ? null : await segmentIdsOf(segments, options);
    return { url, segmentIds, eventTypes: options.event, enabled, secret, rotateSecret };
  };
  const isNew = secret !== undefined || rotateSecret === true;
  const changed = await withEither<ChangedWebhook>(options, true, {
    engine: async (engine) => {
      const segments = engineSegments(engine, project);
      await segments.definition();
      const webhook = await updateWebhook(engine, project, id, await changesOf(segments));
      const { url: present, enabled: isEnabled, segments: only } = webhook;
      const eventTypes = eventTypesOf(webhook);
      return {
        id,
        url: present,
        enabled: isEnabled,
        segmentIds: only ?? null,
        eventTypes,
        secret: webhook.secret,
      };
    },
    server: async (client) => changeWebhookOver(client, id, await changesOf(serverSegments(client))),
  });
  if (options.json) {
    const { url: present, segmentIds, eventTypes, enabled: isEnabled } = changed;
    const report = { id, url: present, segmentIds, eventTypes, enabled: isEnabled };
    print(JSON.stringify({ ...report, ...(isNew ? { secret: changed.secret } : {}) }, null, 2));
    return;
  }
  print(`Webhook ${id}${isNew ? `\nSecret  ${changed.secret}` : ""}`);
  if (isNew)
    complain("The secret is not shown again. For a day, deliveries are signed with the one before as well.");
}

/** Lists the webhooks. */
export async function listWebhooksCommand(options: WebhookOptions): Promise<void> {
  const report = await withEither<readonly ShownWebhook[]>(options, false, {
    engine: async (engine) => {
      await findProject(engine, options.project);
      return Promise.all(
        (await webhooksOf(engine, options.project)).map(async (webhook) => ({
          id: webhook.webhook_id,
          url: webhook.url,
          segmentIds: webhook.segments ?? null,
          eventTypes: eventTypesOf(webhook),
          enabled: webhook.enabled,
          ...(await progressOf(engine, webhook)),
          dead: await countDeadLetters(engine, webhook),
          disabledBecause: webhook.problem,
        })),
      );
    },
    server: webhooksOver,
  });
  if (options.json) {
    print(JSON.stringify(report, null, 2));
    return;
  }
  const rows = report.map(({ id, url, enabled, waiting, dead, problem, disabledBecause }) => [
    id,
    url,
    enabled ? waiting.toLocaleString("en") : "disabled",
    dead.toLocaleString("en"),
    problem ?? disabledBecause ?? "",
  ]);
  for (const line of tableLines(webhookColumns, rows)) print(line);
}

const webhookColumns: readonly Column[] = [
  { title: "id", align: "left", widest: 36 },
  { title: "url", align: "left", widest: 60 },
  { title: "waiting", align: "right", widest: 12 },
  { title: "dead", align: "right", widest: 9 },
  { title: "problem", align: "left", widest: 80 },
];

/** Removes a webhook. */
export async function removeWebhookCommand(id: string, options: WebhookOptions): Promise<void> {
  await withEither(options, true, {
    engine: (engine) => deleteWebhook(engine, options.project, id),
    server: (client) => removeWebhookOver(client, id),
  });
  print("Removed.");
}

/** Lists dead letters. */
export async function deadLettersCommand(id: string | undefined, options: WebhookOptions): Promise<void> {
  const letters = await withEither<readonly ShownDeadLetter[]>(options, false, {
    engine: async (engine) => {
      await findProject(engine, options.project);
      const found = await deadLettersOf(engine, options.project, id, maxDeadLetters);
      return found.map(({ _id, webhook, sequences, attempts, since, at, problem }) => ({
        id: _id,
        webhookId: webhook,
        events: sequences.length,
        attempts,
        since,
        at,
        problem,
      }));
    },
    server: (client) => deadLettersOver(client, id, maxDeadLetters),
  });
  if (options.json) {
    print(JSON.stringify(letters, null, 2));
    return;
  }
  for (const { webhookId, events, attempts, at, problem } of letters) {
    print(
      `${at.toISOString()}  ${webhookId}  ${events.toLocaleString("en")} events, ${attempts} attempts: ${problem}`,
    );
  }
  print(`${letters.length.toLocaleString("en")} dead letters.`);
}

/** Sends dead letters again. If one fails, the command ends with a special exit code. */
export async function replayCommand(
  id: string,
  options: WebhookOptions & { readonly deadLetter?: readonly string[] },
): Promise<void> {
  const { replayed, remaining, problem } = await withEither<Replayed>(options, true, {
    engine: async (engine) => {
      const sender = webhookSender(engine.allowPrivateWebhooks ?? false);
      try {
        const tools = { engine, sender, clock: systemClock, random: Math.random };
        return await replayDeadLetters(tools, options.project, id, options.deadLetter);
      } finally {
        sender.close();
      }
    },
    server: (client) => replayOver(client, id, options.deadLetter),
  });
  print(`${replayed.toLocaleString("en")} delivered, ${remaining.toLocaleString("en")} left.`);
  if (problem !== undefined) throw new CommandFailure(exitCodes.failure, problem);
}

interface Replayed {
  readonly replayed: number;
  readonly remaining: number;
  readonly problem?: string | undefined;
}
