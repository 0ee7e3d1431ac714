// Webhooks over a server.
import { type WebhookEventType, webhookEventTypes } from "../../documents/outgoing-documents.js";
import { globalId, keyOf } from "../../graphql/server/global-id.js";
import { eventTypeName } from "../../graphql/webhook/event-name.js";
import type { ShownDeadLetter, ShownWebhook, WebhookUpdate } from "../webhook/shown-webhook.js";
import { refuseUserErrors, type ServerClient, type UserError } from "./client.js";

interface WebhookNode {
  readonly id: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly disabledBecause: string | null;
  readonly eventTypes: readonly string[];
  readonly segments: readonly { readonly id: string }[] | null;
}

const webhookFields = "id url enabled disabledBecause eventTypes segments { id }";

interface Payload {
  readonly webhook: WebhookNode | null;
  readonly secret: string | null;
  readonly userErrors: readonly UserError[];
}

export interface ChangedWebhook {
  readonly id: string;
  readonly url: string;
  readonly enabled: boolean;
  readonly segmentIds: readonly string[] | null;
  readonly eventTypes: readonly WebhookEventType[];
  /** Present if it is new. */
  readonly secret: string | undefined;
}

/** Creates a webhook or, with an id, changes one. */
export async function changeWebhookOver(
  { ask }: ServerClient,
  id: string | undefined,
  { segmentIds, eventTypes, ...changes }: WebhookUpdate,
): Promise<ChangedWebhook> {
  const [field, type] =
    id === undefined ? ["webhookCreate", "WebhookInput"] : ["webhookUpdate", "WebhookUpdateInput"];
  const input = {
    ...changes,
    ...(id === undefined ? {} : { id: globalId("Webhook", id) }),
    ...(eventTypes === undefined ? {} : { eventTypes: eventTypes.map(eventTypeName) }),
    ...(segmentIds === undefined
      ? {}
      : { segmentIds: segmentIds?.map((segment) => globalId("Segment", segment)) ?? null }),
  };
  const answer = await ask<Record<string, Payload>>(
    `mutation ($input: ${type}!) { ${field}(input: $input) {
      webhook { ${webhookFields} } secret userErrors { code message } } }`,
    { input },
  );
  const { webhook, secret, userErrors } = answer[field!]!;
  refuseUserErrors(userErrors);
  const { url, enabled } = webhook!;
  return {
    id: keyOf("Webhook", webhook!.id),
    url,
    enabled,
    segmentIds: segmentIdsOf(webhook!),
    eventTypes: eventTypesOf(webhook!),
    secret: secret ?? undefined,
  };
}

function segmentIdsOf({ segments }: WebhookNode): readonly string[] | null {
  return segments?.map(({ id }) => keyOf("Segment", id)) ?? null;
}

function eventTypesOf({ eventTypes }: WebhookNode): readonly WebhookEventType[] {
  return webhookEventTypes.filter((type) => eventTypes.includes(eventTypeName(type)));
}

export async function webhooksOver({ ask }: ServerClient): Promise<readonly ShownWebhook[]> {
  const { webhooks } = await ask<{
    webhooks: {
      nodes: readonly (WebhookNode & {
        readonly progress: {
          readonly waiting: number;
          readonly failing: number;
          readonly problem: string | null;
          readonly retryAt: string | null;
        };
        readonly deadLetters: { readonly totalCount: number | null };
      })[];
    };
  }>(`{ webhooks(first: 100) { nodes { ${webhookFields}
    progress { waiting failing problem retryAt } deadLetters(first: 1) { totalCount } } } }`);
  return webhooks.nodes.map((node) => {
    const { url, enabled, disabledBecause, progress, deadLetters } = node;
    return {
      id: keyOf("Webhook", node.id),
      url,
      segmentIds: segmentIdsOf(node),
      eventTypes: eventTypesOf(node),
      enabled,
      waiting: progress.waiting,
      failing: progress.failing,
      problem: progress.problem ?? undefined,
      retryAt: progress.retryAt === null ? undefined : new Date(progress.retryAt),
      dead: deadLetters.totalCount ?? 0,
      disabledBecause: disabledBecause ?? undefined,
    };
  });
}

export async function removeWebhookOver({ ask }: ServerClient, id: string): Promise<void> {
  const { webhookDelete } = await ask<{ webhookDelete: { userErrors: readonly UserError[] } }>(
    "mutation ($input: WebhookDeleteInput!) { webhookDelete(input: $input) { userErrors { code message } } }",
    { input: { id: globalId("Webhook", id) } },
  );
  refuseUserErrors(webhookDelete.userErrors);
}

/** The first dead letters of a webhook, or of all. */
export async function deadLettersOver(
  client: ServerClient,
  id: string | undefined,
  most: number,
): Promise<readonly ShownDeadLetter[]> {
  const ids = id === undefined ? (await webhooksOver(client)).map((webhook) => webhook.id) : [id];
  const letters: ShownDeadLetter[] = [];
  for (const webhookId of ids) {
    const { webhook } = await client.ask<{
      webhook: { deadLetters: { nodes: readonly DeadLetterNode[] } } | null;
    }>(
      `query ($id: ID!, $first: Int) { webhook(id: $id) { deadLetters(first: $first) {
        nodes { id transitionsCount attempts firstAttemptAt at problem } } } }`,
      { id: globalId("Webhook", webhookId), first: most },
    );
    letters.push(
      ...(webhook?.deadLetters.nodes ?? []).map((node) => ({
        id: keyOf("WebhookDeadLetter", node.id),
        webhookId,
        events: node.transitionsCount,
        attempts: node.attempts,
        since: new Date(node.firstAttemptAt),
        at: new Date(node.at),
        problem: node.problem,
      })),
    );
  }
  return letters;
}

interface DeadLetterNode {
  readonly id: string;
  readonly transitionsCount: number;
  readonly attempts: number;
  readonly firstAttemptAt: string;
  readonly at: string;
  readonly problem: string;
}

export async function replayOver(
  { ask }: ServerClient,
  id: string,
  deadLetters: readonly string[] | undefined,
): Promise<{ readonly replayed: number; readonly remaining: number; readonly problem: string | undefined }> {
  const { webhookReplay } = await ask<{
    webhookReplay: { replayed: number; remaining: number | null; userErrors: readonly UserError[] };
  }>(
    `mutation ($input: WebhookReplayInput!) { webhookReplay(input: $input) {
      replayed remaining userErrors { code message } } }`,
    {
      input: {
        id: globalId("Webhook", id),
        deadLetterIds: deadLetters?.map((letter) => globalId("WebhookDeadLetter", letter)),
      },
    },
  );
  const { replayed, remaining, userErrors } = webhookReplay;
  if (remaining === null) refuseUserErrors(userErrors);
  return { replayed, remaining: remaining ?? 0, problem: userErrors[0]?.message };
}
