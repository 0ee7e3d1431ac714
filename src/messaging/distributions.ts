// Distributions: who is written to, why, when, and by which channel.
import { randomUUID } from "node:crypto";
import type { ProjectDocument } from "../documents/documents.js";
import type {
  DistributionChannel,
  DistributionDocument,
  DistributionTrigger,
  MessageTemplate,
} from "../documents/message-documents.js";
import type { Engine } from "../engine.js";
import { newSecret, readSecret } from "../outbox/signature.js";
import { readUrl } from "../outbox/webhooks.js";
import { normaliseText } from "../plan/text.js";
import { countCreated, countDeleted } from "../projects/inventory.js";
import { findProject } from "../projects/projects.js";
import { type AudienceRequest, readAudience, segmentsOfAudience } from "../promotions/audience.js";
import { campaignIn, findCampaign, refuseOtherKind } from "../promotions/campaigns.js";
import { promotionKey, readPromotionName } from "../promotions/names.js";
import { checkWhole, shortened, unknownPromotion } from "../promotions/promotion-error.js";
import { namesOf, readSegments, segmentsChanged } from "../query/catalog.js";
import { changeUses } from "../segments/auto-update.js";
import { distributionUser, nameKey } from "../segments/identity.js";
import { inBatches } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { MessageError } from "./message-error.js";
import { checkTemplate } from "./templates/template.js";
import { fieldsOf } from "./templates/template-fields.js";

/** The most distributions of a project. */
export const maxDistributions = 100;
/** The most messages a minute of one distribution, and how many if the request does not say. */
export const [maxRate, defaultRate] = [12_000, 600];
const maxPurposeLength = 500;
/** How often saving is attempted if the segments that it names change meanwhile. */
const attempts = 5;
/** How many messages one transaction removes. */
const removeBatch = 500;

export interface ChannelRequest {
  readonly kind: DistributionChannel["kind"];
  /** Required of a webhook, and only there. */
  readonly url?: string | undefined;
  /** Of a webhook; generated if it is omitted. */
  readonly secret?: string | undefined;
}

export interface DistributionRequest extends AudienceRequest {
  readonly name: string;
  readonly purpose: string;
  readonly template: MessageTemplate;
  readonly trigger: DistributionTrigger;
  readonly channel: ChannelRequest;
  /** A consent of the project's definition. */
  readonly consent: string;
  /** The name of a campaign. */
  readonly campaign?: string | undefined;
  readonly rate?: number | undefined;
}

/** What may change before a distribution is started, and while it is paused; omitted parts do not change. */
export interface DistributionChanges {
  readonly purpose?: string | undefined;
  readonly template?: MessageTemplate | undefined;
  /** The address of a webhook. */
  readonly url?: string | undefined;
  readonly rate?: number | undefined;
}

/** The project's distributions, by name. */
export function distributionsOf(
  { store }: Engine,
  project: string,
): Promise<readonly DistributionDocument[]> {
  return store.reads.messaging.distributions(project);
}

/** The distribution with a name, whatever its case. @throws PromotionError `NOT_FOUND`. */
export async function findDistribution(
  { store }: Engine,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  return distributionIn(store, project, name);
}

/** The distribution with a name, inside a transaction. @throws PromotionError `NOT_FOUND`. */
export async function distributionIn(
  reading: Pick<Transaction, "getMany">,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  const [found] = await reading.getMany("distributions", [promotionKey(project, nameKey(name))]);
  if (found === undefined) throw unknownPromotion("distribution", name, "by");
  return found;
}

/** Creates a distribution, which sends nothing until it is started. @throws MessageError; PromotionError; WebhookError. */
export async function createDistribution(
  engine: Engine,
  project: string,
  request: DistributionRequest,
): Promise<DistributionDocument> {
  const { name, key } = readPromotionName(request.name);
  const definition = await findProject(engine, project);
  const campaign =
    request.campaign === undefined ? undefined : await findCampaign(engine, project, request.campaign);
  if (campaign !== undefined) refuseOtherKind(campaign, "discount", "referral");
  const parts = {
    purpose: readPurpose(request.purpose),
    trigger: readTrigger(request.trigger, definition),
    channel: readChannel(engine, request.channel),
    consent: readConsent(request.consent, definition),
    rate: readRate(request.rate ?? defaultRate),
    ...(campaign === undefined ? {} : { campaign: campaign.name_key }),
  };
  const template = templateFor(definition, { ...parts, template: request.template });
  const listed = (await distributionsOf(engine, project)).length;
  return saving(
    engine,
    project,
    definition,
    { ...request, trigger: parts.trigger },
    key,
    async (transaction, audience) => {
      const _id = promotionKey(project, key);
      const [taken] = await transaction.getMany("distributions", [_id]);
      if (taken !== undefined)
        throw new MessageError(
          "NAME_TAKEN",
          "name",
          `There is a distribution "${taken.name}" already. Choose another name.`,
        );
      if ((await countCreated(transaction, project, "distributions", listed)) > maxDistributions)
        throw new MessageError(
          "INVALID_INPUT",
          "name",
          `The project has ${maxDistributions} distributions, the most there may be. Delete one that has ended.`,
        );
      if (campaign !== undefined) await campaignIn(transaction, project, campaign.name, "campaign");
      const now = new Date(engine.clock());
      const distribution: DistributionDocument = {
        ...{ _id, project, name, name_key: key, distribution_id: randomUUID() },
        ...parts,
        ...{ template, audience, state: "draft", created_at: now, updated_at: now },
      };
      await transaction.put("distributions", [distribution]);
      return distribution;
    },
  );
}

/** Saves a distribution, again if the segments that it names have changed since they were checked. */
async function saving(
  engine: Engine,
  project: string,
  definition: ProjectDocument,
  request: AudienceRequest & { readonly trigger: DistributionTrigger },
  key: string,
  save: (
    transaction: Transaction,
    audience: DistributionDocument["audience"],
  ) => Promise<DistributionDocument>,
): Promise<DistributionDocument> {
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const segments = namesOf(await readSegments(engine, project));
      refuseOtherSegment(request.trigger, segments);
      const audience = readAudience(request, definition, segments, engine.clock());
      const uses = usesOf({ audience, trigger: request.trigger });
      const saved = await engine.store.write(async (transaction) => {
        const distribution = await save(transaction, audience);
        return (await changeUses(transaction, project, distributionUser(key), [], uses))
          ? distribution
          : undefined;
      });
      if (saved !== undefined) return saved;
    }
  } finally {
    segmentsChanged(engine, project);
  }
  throw new MessageError(
    "BUSY",
    "query",
    "The segments that this distribution names are being changed at this moment. Save it again.",
  );
}

/** @throws MessageError unless the segment of a trigger exists and has entries and exits. */
function refuseOtherSegment(trigger: DistributionTrigger, segments: ReturnType<typeof namesOf>): void {
  if (trigger.kind !== "entered" && trigger.kind !== "left") return;
  const found = segments.byId.get(trigger.segment);
  if (found !== undefined && !found.archived && found.query !== undefined) return;
  throw new MessageError(
    "UNKNOWN_SEGMENT",
    "trigger",
    found === undefined
      ? `There is no segment of the id "${shortened(trigger.segment)}". List the segments.`
      : found.archived
        ? `The segment "${found.name}" is archived. Unarchive it, or name another one.`
        : `"${found.name}" is a static segment, whose entries and exits are not recorded. Name an auto-update segment.`,
  );
}

/** The segments that a distribution names, by `segment_id`. */
function usesOf({
  audience,
  trigger,
}: Pick<DistributionDocument, "audience" | "trigger">): readonly string[] {
  const ofTrigger = trigger.kind === "entered" || trigger.kind === "left" ? [trigger.segment] : [];
  return [...new Set([...segmentsOfAudience(audience), ...ofTrigger])];
}

function readPurpose(written: string): string {
  const purpose = written.trim();
  if (purpose !== "" && purpose.length <= maxPurposeLength) return purpose;
  throw new MessageError(
    "INVALID_INPUT",
    "purpose",
    `A purpose has 1 to ${maxPurposeLength} characters. Say why the customers are written to.`,
  );
}

function readRate(rate: number): number {
  return checkWhole(rate, "ratePerMinute", 1, maxRate);
}

function readConsent(written: string, { consents }: ProjectDocument): string {
  const found = consents.find((consent) => normaliseText(consent) === normaliseText(written));
  if (found !== undefined) return found;
  const known = consents.slice(0, 20).join(", ");
  throw new MessageError(
    "INVALID_INPUT",
    "consent",
    `"${shortened(written)}" is no consent of the project${known === "" ? "" : ` (there are: ${known})`}. Name one, or define it: segmentql define consent.`,
  );
}

function readTrigger(trigger: DistributionTrigger, { eventSchemas }: ProjectDocument): DistributionTrigger {
  if (trigger.kind !== "event") return trigger;
  const type = trigger.type.trim();
  if (Object.hasOwn(eventSchemas, type)) return { kind: "event", type };
  throw new MessageError(
    "INVALID_INPUT",
    "trigger",
    `"${shortened(type)}" is no type of events of the project. Define it: segmentql define event.`,
  );
}

function readChannel(engine: Engine, request: ChannelRequest): DistributionChannel {
  const { kind, url, secret } = request;
  if (kind === "email") {
    if (url === undefined && secret === undefined) return { kind };
    throw new MessageError(
      "INVALID_INPUT",
      url === undefined ? "secret" : "url",
      "An e-mail goes through the mail server of the service. Leave `url` and `secret` out.",
    );
  }
  if (url === undefined)
    throw new MessageError("INVALID_INPUT", "url", "Say to which URL messages are posted.");
  return {
    kind,
    url: readUrl(engine, url),
    secret: secret === undefined ? newSecret() : readSecret(secret),
  };
}

/** A template that was checked for a distribution. */
function templateFor(
  definition: ProjectDocument,
  {
    template,
    trigger,
    channel,
    campaign,
  }: Pick<DistributionDocument, "template" | "trigger" | "channel" | "campaign">,
): MessageTemplate {
  const eventType = trigger.kind === "event" ? trigger.type : undefined;
  return checkTemplate(
    template,
    channel.kind,
    fieldsOf({ definition, hasCode: campaign !== undefined, eventType }),
  );
}

/** Changes a distribution that is not started, or is paused. @throws MessageError; PromotionError; WebhookError. */
export async function updateDistribution(
  engine: Engine,
  project: string,
  name: string,
  changes: DistributionChanges,
): Promise<DistributionDocument> {
  const definition = await findProject(engine, project);
  return engine.store.write(async (transaction) => {
    const before = await distributionIn(transaction, project, name);
    if (before.state !== "draft" && before.state !== "paused")
      throw new MessageError(
        "IN_USE",
        "by",
        before.state === "active"
          ? `"${before.name}" is being sent. Pause it first.`
          : `"${before.name}" has ended. Create another distribution.`,
      );
    const { url, template = before.template } = changes;
    if (url !== undefined && before.channel.kind !== "webhook")
      throw new MessageError("INVALID_INPUT", "url", "An e-mail has no URL. Leave it out.");
    const after: DistributionDocument = {
      ...before,
      purpose: changes.purpose === undefined ? before.purpose : readPurpose(changes.purpose),
      rate: changes.rate === undefined ? before.rate : readRate(changes.rate),
      template: templateFor(definition, { ...before, template }),
      channel:
        url !== undefined && before.channel.kind === "webhook"
          ? { ...before.channel, url: readUrl(engine, url) }
          : before.channel,
      updated_at: new Date(engine.clock()),
    };
    await transaction.put("distributions", [after]);
    return after;
  });
}

/**
 * Deletes a distribution that is not started or has ended, with its messages: before it, so that after a crash the deletion can be
 * repeated, and those that were planned at the same time after it.
 * @throws MessageError `IN_USE`; PromotionError `NOT_FOUND`.
 */
export async function deleteDistribution(
  engine: Engine,
  project: string,
  name: string,
): Promise<DistributionDocument> {
  const { store } = engine;
  const ended = await findDistribution(engine, project, name);
  refuseOpen(ended);
  await removeMessages(engine, ended);
  try {
    const deleted = await store.write(async (transaction) => {
      const found = await distributionIn(transaction, project, name);
      refuseOpen(found);
      await changeUses(transaction, project, distributionUser(found.name_key), usesOf(found), []);
      await transaction.remove("distributions", [found._id]);
      await transaction.remove("distribution_work", [found._id]);
      await countDeleted(transaction, project, "distributions");
      return found;
    });
    await removeMessages(engine, deleted);
    return deleted;
  } finally {
    segmentsChanged(engine, project);
  }
}

function refuseOpen({ name, state }: DistributionDocument): void {
  if (!["draft", "canceled", "finished"].includes(state))
    throw new MessageError("IN_USE", "by", `"${name}" has not ended. Cancel it first.`);
}

async function removeMessages(
  { store }: Engine,
  { project, distribution_id }: DistributionDocument,
): Promise<void> {
  const window = { backwards: false, limit: removeBatch };
  await inBatches(
    () => store.reads.messaging.messagePage(project, distribution_id, window),
    (messages) =>
      store.write((transaction) =>
        transaction.remove(
          "messages",
          messages.map(({ _id }) => _id),
        ),
      ),
  );
}
