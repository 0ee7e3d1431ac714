// `segmentql webhook`: webhooks, which receive the entries and exits of segments over HTTP.
import { systemClock } from "../../clock.js";
import type { Engine } from "../../engine.js";
import {
  countDeadLetters,
  deadLettersOf,
  maxDeadLetters,
  replayDeadLetters,
} from "../../outbox/dead-letters.js";
import { progressOf } from "../../outbox/progress.js";
import { webhookSender } from "../../outbox/webhook-sender.js";
import { createWebhook, deleteWebhook, updateWebhook, webhooksOf } from "../../outbox/webhooks.js";
import { findProject } from "../../projects/projects.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { segmentCalled } from "../segment/segment-command.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { complain, print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";

export interface WebhookOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly segment?: readonly string[];
  readonly secret?: string;
}

export interface WebhookUpdateOptions extends WebhookOptions {
  readonly url?: string;
  readonly everySegment?: boolean;
  readonly enable?: boolean;
  readonly disable?: boolean;
  readonly rotateSecret?: boolean;
}

/** Adds a webhook. The secret is printed this once. */
export async function addWebhookCommand(url: string, options: WebhookOptions): Promise<void> {
  await withEngine(options, true, async (engine) => {
    const { project } = options;
    await findProject(engine, project);
    const segmentIds = await segmentIdsOf(engine, options);
    const { webhook_id, secret } = await createWebhook(engine, project, {
      url,
      segmentIds,
      secret: options.secret,
    });
    if (options.json) {
      print(JSON.stringify({ id: webhook_id, url, segmentIds: segmentIds ?? null, secret }, null, 2));
      return;
    }
    print(`Webhook ${webhook_id}\nSecret  ${secret}`);
    complain("The secret is not shown again: keep it where the receiver finds it.");
  });
}

/** The ids of the segments that are named; undefined where none is. */
async function segmentIdsOf(
  engine: Engine,
  { project, segment = [] }: WebhookOptions,
): Promise<readonly string[] | undefined> {
  const found = await Promise.all(segment.map((name) => segmentCalled(engine, project, name)));
  return found.length === 0 ? undefined : found.map(({ segment_id }) => segment_id);
}

/** Changes a webhook. A secret that is new is printed this once. */
export async function updateWebhookCommand(id: string, options: WebhookUpdateOptions): Promise<void> {
  const { project, url, secret, rotateSecret, enable, disable, everySegment } = options;
  if (enable && disable) throw new CommandFailure(exitCodes.usage, "Enable it or disable it: not both.");
  if (everySegment && options.segment !== undefined)
    throw new CommandFailure(exitCodes.usage, "Name segments or take every one: not both.");
  await withEngine(options, true, async (engine) => {
    await findProject(engine, project);
    const isNew = secret !== undefined || rotateSecret === true;
    const webhook = await updateWebhook(engine, project, id, {
      url,
      segmentIds: everySegment ? null : await segmentIdsOf(engine, options),
      enabled: enable ? true : disable ? false : undefined,
      secret,
      rotateSecret,
    });
    if (options.json) {
      const { url: present, segments, enabled } = webhook;
      const report = { id, url: present, segmentIds: segments ?? null, enabled };
      print(JSON.stringify({ ...report, ...(isNew ? { secret: webhook.secret } : {}) }, null, 2));
      return;
    }
    print(`Webhook ${id}${isNew ? `\nSecret  ${webhook.secret}` : ""}`);
    if (isNew)
      complain(
        "The secret is not shown again. For a day, deliveries are signed with the one before as well.",
      );
  });
}

/** Lists the webhooks. */
export async function listWebhooksCommand(options: WebhookOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    await findProject(engine, options.project);
    const webhooks = await webhooksOf(engine, options.project);
    const report = await Promise.all(
      webhooks.map(async (webhook) => ({
        id: webhook.webhook_id,
        url: webhook.url,
        segmentIds: webhook.segments ?? null,
        enabled: webhook.enabled,
        ...(await progressOf(engine, webhook)),
        dead: await countDeadLetters(engine, webhook),
        disabledBecause: webhook.problem,
      })),
    );
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
    for (const line of tableLines(
      [
        { title: "id", align: "left", widest: 36 },
        { title: "url", align: "left", widest: 60 },
        { title: "waiting", align: "right", widest: 12 },
        { title: "dead", align: "right", widest: 9 },
        { title: "problem", align: "left", widest: 80 },
      ],
      rows,
    ))
      print(line);
  });
}

/** Takes a webhook away. */
export async function removeWebhookCommand(id: string, options: WebhookOptions): Promise<void> {
  await withEngine(options, true, async (engine) => {
    await deleteWebhook(engine, options.project, id);
    print("Removed.");
  });
}

/** Lists what was given up. */
export async function deadLettersCommand(id: string | undefined, options: WebhookOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    await findProject(engine, options.project);
    const letters = await deadLettersOf(engine, options.project, id, maxDeadLetters);
    if (options.json) {
      const report = letters.map(({ _id, webhook, sequences, attempts, since, at, problem }) => ({
        id: _id,
        webhookId: webhook,
        events: sequences.length,
        attempts,
        since,
        at,
        problem,
      }));
      print(JSON.stringify(report, null, 2));
      return;
    }
    for (const { webhook, sequences, attempts, at, problem } of letters) {
      const events = sequences.length.toLocaleString("en");
      print(`${at.toISOString()}  ${webhook}  ${events} events, ${attempts} attempts: ${problem}`);
    }
    print(`${letters.length.toLocaleString("en")} dead letters.`);
  });
}

/** Sends what was given up once more. One that is not taken ends the command with an exit code of its own. */
export async function replayCommand(
  id: string,
  options: WebhookOptions & { readonly deadLetter?: readonly string[] },
): Promise<void> {
  await withEngine(options, true, async (engine) => {
    const sender = webhookSender(engine.allowPrivateWebhooks ?? false);
    try {
      const tools = { engine, sender, clock: systemClock, random: Math.random };
      const { replayed, remaining, problem } = await replayDeadLetters(
        tools,
        options.project,
        id,
        options.deadLetter,
      );
      print(`${replayed.toLocaleString("en")} delivered, ${remaining.toLocaleString("en")} left.`);
      if (problem !== undefined) throw new CommandFailure(exitCodes.failure, problem);
    } finally {
      sender.close();
    }
  });
}
