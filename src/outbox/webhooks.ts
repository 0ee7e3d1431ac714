// A project's webhooks, which receive its events.

import { randomUUID } from "node:crypto";
import type { WebhookDocument } from "../documents/membership-documents.js";
import { type WebhookEventType, webhookEventTypes } from "../documents/outgoing-documents.js";
import type { Engine } from "../engine.js";
import { webhooksChanged } from "../ingest/outgoing-events.js";
import { presentPosition } from "../membership/reads/feed.js";
import { countCreated, countDeleted } from "../projects/inventory.js";
import { findProject } from "../projects/projects.js";
import { segmentKey } from "../segments/identity.js";
import { inBatches } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { isRefusedAddress } from "./addresses.js";
import { formerSecrets } from "./replaced-secrets.js";
import { newSecret, readSecret } from "./signature.js";
import { noSuchWebhook, WebhookError } from "./webhook-error.js";

/** The most webhooks of a project, and the most segments that one names. */
export const maxWebhooks = 20;
export const maxSegments = 100;
const maxUrlLength = 2_000;

export interface WebhookRequest {
  readonly url: string;
  /** Only transitions of these segments; of all if it is omitted. */
  readonly segmentIds?: readonly string[];
  /** Only events of these types; entries and exits if it is omitted. */
  readonly eventTypes?: readonly WebhookEventType[];
  readonly enabled?: boolean;
  /** Generated if it is omitted. */
  readonly secret?: string;
}

export interface WebhookChanges {
  readonly url?: string;
  /** Null for every segment. */
  readonly segmentIds?: readonly string[] | null;
  readonly eventTypes?: readonly WebhookEventType[];
  readonly enabled?: boolean;
  readonly secret?: string;
  /** True to generate a new secret. Deliveries are also signed with the previous one for a day. */
  readonly rotateSecret?: boolean;
}

/** The `_id` of the webhook document. */
export function webhookKey(project: string, webhookId: string): string {
  return `${project}/${webhookId}`;
}

/** The project's webhooks, the oldest first. */
export async function webhooksOf(engine: Engine, project: string): Promise<readonly WebhookDocument[]> {
  return engine.store.reads.webhooks.all(project);
}

/** Finds a webhook by its id. @throws WebhookError `NOT_FOUND`. */
export async function findWebhook(
  engine: Engine,
  project: string,
  webhookId: string,
): Promise<WebhookDocument> {
  const [found] = await engine.store.getMany("webhooks", [webhookKey(project, webhookId)]);
  if (found === undefined) throw noSuchWebhook(webhookId);
  return found;
}

/**
 * Creates a webhook, which receives the transitions from now on.
 * @throws WebhookError; UnknownProjectError.
 */
export async function createWebhook(
  engine: Engine,
  project: string,
  request: WebhookRequest,
): Promise<WebhookDocument> {
  await findProject(engine, project);
  const url = readUrl(engine, request.url);
  const secret = request.secret === undefined ? newSecret() : readSecret(request.secret);
  const events = readEventTypes(request.eventTypes);
  const listed = (await webhooksOf(engine, project)).length;
  const since = await presentPosition(engine, project);
  const webhookId = randomUUID();
  const created = await engine.store.write(async (transaction) => {
    if ((await countCreated(transaction, project, "webhooks", listed)) > maxWebhooks)
      throw new WebhookError(
        "TOO_MANY_WEBHOOKS",
        "url",
        `The project has ${maxWebhooks} webhooks, which is the most. Delete one, or change one.`,
      );
    const segments = await readSegmentIds(transaction, project, request.segmentIds);
    const now = new Date(engine.clock());
    const webhook: WebhookDocument = {
      _id: webhookKey(project, webhookId),
      project,
      webhook_id: webhookId,
      url,
      ...(segments === undefined ? {} : { segments }),
      ...(events === undefined ? {} : { events }),
      enabled: request.enabled ?? true,
      secret,
      since,
      created_at: now,
      updated_at: now,
    };
    await transaction.put("webhooks", [webhook]);
    return webhook;
  });
  webhooksChanged(engine, project);
  return created;
}

/**
 * Changes a webhook; omitted fields are unchanged. A webhook that is enabled again continues where it stopped, as far back as
 * history is kept.
 * @throws WebhookError.
 */
export async function updateWebhook(
  engine: Engine,
  project: string,
  webhookId: string,
  changes: WebhookChanges,
): Promise<WebhookDocument> {
  const url = changes.url === undefined ? undefined : readUrl(engine, changes.url);
  if (changes.secret !== undefined && changes.rotateSecret === true) {
    throw new WebhookError("INVALID_SECRET", "secret", "Give a secret or have one made: not both.");
  }
  const secret =
    changes.secret !== undefined
      ? readSecret(changes.secret)
      : changes.rotateSecret === true
        ? newSecret()
        : undefined;
  const events = readEventTypes(changes.eventTypes);
  const changed = await engine.store.write(async (transaction) => {
    const [known] = await transaction.getMany("webhooks", [webhookKey(project, webhookId)]);
    if (known === undefined) throw noSuchWebhook(webhookId);
    const { segments: before, problem, former_secrets: _former, ...rest } = known;
    const now = engine.clock();
    const segments =
      changes.segmentIds === undefined
        ? before
        : await readSegmentIds(transaction, project, changes.segmentIds ?? undefined);
    const enabled = changes.enabled ?? known.enabled;
    const webhook: WebhookDocument = {
      ...rest,
      ...(url === undefined ? {} : { url }),
      ...(segments === undefined ? {} : { segments }),
      ...(events === undefined ? {} : { events }),
      ...formerSecrets(known, secret, now),
      ...(secret === undefined ? {} : { secret }),
      ...(enabled || problem === undefined ? {} : { problem }),
      enabled,
      updated_at: new Date(now),
    };
    await transaction.put("webhooks", [webhook]);
    return webhook;
  });
  webhooksChanged(engine, project);
  return changed;
}

/** How many documents are removed in one transaction. */
const removeBatch = 500;

/**
 * Deletes a webhook, with its dead letters.
 * @throws WebhookError `NOT_FOUND`.
 */
export async function deleteWebhook(engine: Engine, project: string, webhookId: string): Promise<void> {
  const id = webhookKey(project, webhookId);
  await engine.store.write(async (transaction) => {
    const [known] = await transaction.getMany("webhooks", [id]);
    if (known === undefined) throw noSuchWebhook(webhookId);
    await transaction.remove("webhooks", [id]);
    await countDeleted(transaction, project, "webhooks");
  });
  webhooksChanged(engine, project);
  const { store } = engine;
  await inBatches(
    () => store.reads.webhooks.cursorIds(project, webhookId, removeBatch),
    (ids) => store.write((transaction) => transaction.remove("webhook_cursors", ids)),
  );
  await inBatches(
    () => store.reads.webhooks.deadLetters(project, { webhook: webhookId }, removeBatch),
    (letters) =>
      store.write((transaction) =>
        transaction.remove(
          "dead_letters",
          letters.map(({ _id }) => _id),
        ),
      ),
  );
}

/** Checks the address of a receiver. @throws WebhookError `INVALID_URL`. */
export function readUrl({ allowPrivateWebhooks = false }: Engine, written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isPlain = url?.protocol === "http:";
  const problem =
    url === undefined || !(isPlain || url.protocol === "https:")
      ? "is to be a whole web address, as https://example.com/hooks/segments"
      : written.length > maxUrlLength
        ? `has ${written.length} characters, and ${maxUrlLength} is the most`
        : url.username !== "" || url.password !== ""
          ? "holds a name or a password, which would be kept in the clear: let the receiver check the signature"
          : url.hash !== ""
            ? "has a part behind #, which no server sees: leave it out"
            : isPlain && !allowPrivateWebhooks
              ? "begins with http:, which anybody on the way can read: use https:, or start the service with --allow-private-webhooks"
              : !allowPrivateWebhooks && isInside(url.hostname)
                ? "leads into a private network, or is otherwise not public: use a public one, or start the service with --allow-private-webhooks"
                : undefined;
  if (url !== undefined && problem === undefined) return url.href;
  throw new WebhookError("INVALID_URL", "url", `The URL ${problem}.`);
}

/** Checks what needs no lookup of a name; the addresses that a name resolves to are checked when a connection is made. */
function isInside(host: string): boolean {
  const isAddress = host.startsWith("[") || /^[\d.]+$/.test(host);
  return isAddress ? isRefusedAddress(host) : host === "localhost" || host.endsWith(".localhost");
}

/** @throws WebhookError `INVALID_INPUT` for an empty list, and for a type that does not exist. */
function readEventTypes(
  types: readonly WebhookEventType[] | undefined,
): readonly WebhookEventType[] | undefined {
  if (types === undefined) return undefined;
  const unknown = types.find((type) => !webhookEventTypes.includes(type));
  if (types.length > 0 && unknown === undefined)
    return webhookEventTypes.filter((type) => types.includes(type));
  const problem =
    unknown === undefined
      ? "Name at least one type of events"
      : `There is no type "${String(unknown).slice(0, 80)}"`;
  throw new WebhookError(
    "INVALID_INPUT",
    "eventTypes",
    `${problem}. There are: ${webhookEventTypes.join(", ")}.`,
  );
}

async function readSegmentIds(
  transaction: Transaction,
  project: string,
  ids: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  if (ids === undefined) return undefined;
  const distinct = [...new Set(ids)];
  if (distinct.length === 0 || distinct.length > maxSegments) {
    throw new WebhookError(
      "INVALID_SEGMENTS",
      "segmentIds",
      `Name 1 to ${maxSegments} segments, or leave \`segmentIds\` out for all of them.`,
    );
  }
  const found = await transaction.getMany(
    "segments",
    distinct.map((id) => segmentKey(project, id)),
  );
  const missing = distinct.find((_, index) => found[index] === undefined);
  if (missing === undefined) return distinct;
  throw new WebhookError(
    "UNKNOWN_SEGMENT",
    "segmentIds",
    `There is no segment of the id "${missing.slice(0, 80)}". List the segments.`,
  );
}
