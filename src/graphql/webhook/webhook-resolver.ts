// Creates, changes and deletes webhooks, and replays their dead letters.
import { Arg, Args, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from "type-graphql";
import { systemClock } from "../../clock.js";
import type { WebhookDocument } from "../../documents/membership-documents.js";
import type { WebhookEventType } from "../../documents/outgoing-documents.js";
import { replayDeadLetters } from "../../outbox/dead-letters.js";
import { webhookSender } from "../../outbox/webhook-sender.js";
import {
  createWebhook,
  deleteWebhook,
  maxSegments,
  maxWebhooks,
  updateWebhook,
  webhookKey,
  webhooksOf,
} from "../../outbox/webhooks.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId, keyOf } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import { webhookEventEnumeration } from "./event-type.js";
import {
  WebhookConnectionType,
  WebhookDeletePayloadType,
  WebhookPayloadType,
  WebhookReplayPayloadType,
  WebhookType,
} from "./webhook-type.js";

const secretDescription = "`whsec_` and 24 to 64 bytes in base64, as defined by Standard Webhooks.";
const idField = { description: "Id of the webhook." } as const;

@InputType("WebhookInput", { description: "A webhook." })
export class WebhookInput {
  @Field(() => String, { description: "Address that deliveries are posted to: public, and https." })
  readonly url!: string;

  @Field(() => [ID], {
    nullable: true,
    description: `Only these segments, up to ${maxSegments}; all if omitted.`,
  })
  readonly segmentIds?: readonly string[] | null;

  @Field(() => [webhookEventEnumeration], {
    nullable: true,
    description: "Only events of these types; entries and exits if omitted.",
  })
  readonly eventTypes?: readonly WebhookEventType[] | null;

  @Field(() => Boolean, { defaultValue: true, description: "False to deliver nothing yet." })
  readonly enabled!: boolean;

  @Field(() => String, {
    nullable: true,
    description: `Secret that deliveries are signed with; generated if omitted. ${secretDescription}`,
  })
  readonly secret?: string | null;
}

@InputType("WebhookUpdateInput", { description: "Changes of a webhook; omitted fields are unchanged." })
export class WebhookUpdateInput {
  @Field(() => ID, idField) readonly id!: string;

  @Field(() => String, { nullable: true, description: "New address." }) readonly url?: string | null;

  @Field(() => [ID], { nullable: true, description: "New segments; null for all segments." })
  readonly segmentIds?: readonly string[] | null;

  @Field(() => [webhookEventEnumeration], {
    nullable: true,
    description: "New types of events. What has not been delivered yet is delivered by the new types.",
  })
  readonly eventTypes?: readonly WebhookEventType[] | null;

  @Field(() => Boolean, { nullable: true, description: "False to stop deliveries, true to continue." })
  readonly enabled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `New secret. For a day, deliveries are signed with the previous one, too. ${secretDescription}`,
  })
  readonly secret?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True to generate a new secret. For a day, deliveries are signed with the previous one, too.",
  })
  readonly rotateSecret?: boolean | null;
}

@InputType("WebhookDeleteInput", { description: "A webhook to delete." })
export class WebhookDeleteInput {
  @Field(() => ID, idField) readonly id!: string;
}

@InputType("WebhookReplayInput", { description: "Dead letters to send again." })
export class WebhookReplayInput {
  @Field(() => ID, idField) readonly id!: string;

  @Field(() => [ID], { nullable: true, description: "Only these dead letters; all if omitted." })
  readonly deadLetterIds?: readonly string[] | null;
}

@Resolver()
export class WebhookResolver {
  @Query(() => WebhookConnectionType, {
    complexity: pageComplexity(10),
    description: "The project's webhooks, the oldest first.",
  })
  async webhooks(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<WebhookConnectionType> {
    await loaders.definition();
    const all = await webhooksOf(engine, project);
    const page = pageOfList(all, orderKey, windowOf(given), maxPageSize, "webhooks");
    return new WebhookConnectionType(
      pageConnection(
        page,
        (webhook) => new WebhookType(webhook),
        async () => exactly(all.length),
      ),
    );
  }

  @Query(() => WebhookType, { nullable: true, description: "One webhook; null if there is none." })
  async webhook(
    @Ctx() { project, loaders }: RequestContext,
    @Arg("id", () => ID, idField) id: string,
  ): Promise<WebhookType | null> {
    await loaders.definition();
    const found = await loaders.document("webhooks", webhookKey(project, keyOf("Webhook", id)));
    return found === undefined ? null : new WebhookType(found);
  }

  @Mutation(() => WebhookPayloadType, {
    complexity: costs(100),
    description: `Creates a webhook, which receives what happens from now on. A project has ${maxWebhooks} at most.`,
  })
  async webhookCreate(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => WebhookInput, { description: "The webhook." }) input: WebhookInput,
  ): Promise<WebhookPayloadType> {
    const { url, segmentIds, eventTypes, enabled, secret } = input;
    const { value, userErrors } = await withUserErrors(["input"], () =>
      createWebhook(engine, project, {
        url,
        segmentIds: segmentIds?.map((id) => keyOf("Segment", id, "segmentIds")),
        eventTypes: eventTypes ?? undefined,
        enabled,
        secret: secret ?? undefined,
      }),
    );
    refresh();
    return {
      webhook: value === undefined ? undefined : new WebhookType(value),
      secret: value?.secret,
      userErrors,
    };
  }

  @Mutation(() => WebhookPayloadType, {
    complexity: costs(100),
    description: "Changes a webhook.",
  })
  async webhookUpdate(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => WebhookUpdateInput, { description: "The changes." }) input: WebhookUpdateInput,
  ): Promise<WebhookPayloadType> {
    const { url, segmentIds, eventTypes, enabled, secret, rotateSecret } = input;
    const id = keyOf("Webhook", input.id);
    const { value, userErrors } = await withUserErrors(["input"], () =>
      updateWebhook(engine, project, id, {
        url: url ?? undefined,
        segmentIds:
          segmentIds?.map((each) => keyOf("Segment", each, "segmentIds")) ?? (segmentIds as null | undefined),
        eventTypes: eventTypes ?? undefined,
        enabled: enabled ?? undefined,
        secret: secret ?? undefined,
        rotateSecret: rotateSecret ?? undefined,
      }),
    );
    refresh();
    const isNew = typeof secret === "string" || rotateSecret === true;
    return {
      webhook: value === undefined ? undefined : new WebhookType(value),
      secret: isNew ? value?.secret : undefined,
      userErrors,
    };
  }

  @Mutation(() => WebhookDeletePayloadType, {
    complexity: costs(100),
    description: "Deletes a webhook, with its dead letters.",
  })
  async webhookDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => WebhookDeleteInput, { description: "The webhook." }) input: WebhookDeleteInput,
  ): Promise<WebhookDeletePayloadType> {
    const id = keyOf("Webhook", input.id);
    const { userErrors } = await withUserErrors(["input"], () => deleteWebhook(engine, project, id));
    refresh();
    return { deletedId: userErrors.length === 0 ? globalId("Webhook", id) : undefined, userErrors };
  }

  @Mutation(() => WebhookReplayPayloadType, {
    complexity: costs(1_000),
    description:
      "Sends dead letters of a webhook again, the oldest first, until one fails or 20 seconds have passed.",
  })
  async webhookReplay(
    @Ctx() { engine, project, signal }: RequestContext,
    @Arg("input", () => WebhookReplayInput, { description: "The dead letters." }) input: WebhookReplayInput,
  ): Promise<WebhookReplayPayloadType> {
    const id = keyOf("Webhook", input.id);
    const letters = input.deadLetterIds?.map((each) => keyOf("WebhookDeadLetter", each, "deadLetterIds"));
    const sender = webhookSender(engine.allowPrivateWebhooks ?? false);
    const tools = { engine, sender, clock: systemClock, random: Math.random, signal };
    try {
      const { value, userErrors } = await withUserErrors(["input"], () =>
        replayDeadLetters(tools, project, id, letters),
      );
      if (value === undefined) return { replayed: 0, userErrors };
      const { replayed, remaining, problem } = value;
      const failure = { field: ["input", "id"], code: "DELIVERY_FAILED" as const, message: problem ?? "" };
      return { replayed, remaining, userErrors: problem === undefined ? [] : [failure] };
    } finally {
      sender.close();
    }
  }
}

/** Webhooks are listed by the time of their creation. */
function orderKey({ created_at, _id }: WebhookDocument): string {
  return `${created_at.toISOString()} ${_id}`;
}
