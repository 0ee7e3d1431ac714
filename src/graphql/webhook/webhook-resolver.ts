// Webhooks: who is told over HTTP of those who come and go.
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from "type-graphql";
import { systemClock } from "../../clock.js";
import { deadLettersOf, maxDeadLetters, replayDeadLetters } from "../../outbox/dead-letters.js";
import { webhookSender } from "../../outbox/webhook-sender.js";
import {
  createWebhook,
  deleteWebhook,
  maxSegments,
  maxWebhooks,
  updateWebhook,
  webhooksOf,
} from "../../outbox/webhooks.js";
import { recentProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { withUserErrors } from "../server/user-error-type.js";
import {
  WebhookDeadLetterType,
  WebhookDeletePayloadType,
  WebhookPayloadType,
  WebhookReplayPayloadType,
  WebhookType,
} from "./webhook-type.js";

const secretDescription = "`whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it.";

@InputType("WebhookInput", { description: "A webhook." })
export class WebhookInput {
  @Field(() => String, { description: "Where deliveries are posted to: a public address, by https." })
  readonly url!: string;

  @Field(() => [ID], {
    nullable: true,
    description: `Only these segments, up to ${maxSegments}; every one where it is left out.`,
  })
  readonly segmentIds?: readonly string[] | null;

  @Field(() => Boolean, { defaultValue: true, description: "False to deliver nothing yet." })
  readonly enabled!: boolean;

  @Field(() => String, {
    nullable: true,
    description: `What deliveries are signed with; made where it is left out. ${secretDescription}`,
  })
  readonly secret?: string | null;
}

@InputType("WebhookUpdateInput", { description: "What changes of a webhook; what is left out stays." })
export class WebhookUpdateInput {
  @Field(() => String, { nullable: true, description: "Another address." }) readonly url?: string | null;

  @Field(() => [ID], { nullable: true, description: "Other segments; null for every one." })
  readonly segmentIds?: readonly string[] | null;

  @Field(() => Boolean, { nullable: true, description: "False to deliver nothing, true to go on." })
  readonly enabled?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: `Another secret. For a day, deliveries are signed with the one before as well. ${secretDescription}`,
  })
  readonly secret?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for a new secret, which is made. The one before signs too for a day.",
  })
  readonly rotateSecret?: boolean | null;
}

const idDescription = "The webhook's `id`.";

@Resolver()
export class WebhookResolver {
  @Query(() => [WebhookType], {
    complexity: ({ childComplexity }) => 10 + maxWebhooks * childComplexity,
    description: "The project's webhooks, the oldest first.",
  })
  async webhooks(@Ctx() { engine, project }: RequestContext): Promise<readonly WebhookType[]> {
    await recentProject(engine, project);
    return (await webhooksOf(engine, project)).map((webhook) => new WebhookType(webhook));
  }

  @Query(() => [WebhookDeadLetterType], {
    complexity: ({ childComplexity, args }) => 50 + Math.max(Number(args.first), 1) * childComplexity,
    description: "Deliveries that were given up, the oldest first.",
  })
  async webhookDeadLetters(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { nullable: true, description: "Only this webhook's." })
    id: string | null | undefined,
    @Arg("first", () => Int, {
      defaultValue: 100,
      description: `How many at most, up to ${maxDeadLetters}.`,
    })
    first: number,
  ): Promise<readonly WebhookDeadLetterType[]> {
    await recentProject(engine, project);
    const found = await deadLettersOf(engine, project, id ?? undefined, first);
    return found.map((letter) => new WebhookDeadLetterType(letter));
  }

  @Mutation(() => WebhookPayloadType, {
    complexity: ({ childComplexity }) => 100 + childComplexity,
    description: `Makes a webhook, which is told of what happens from now on. A project has ${maxWebhooks} at most.`,
  })
  async webhookCreate(
    @Ctx() { engine, project }: RequestContext,
    @Arg("input", () => WebhookInput, { description: "The webhook." }) input: WebhookInput,
  ): Promise<WebhookPayloadType> {
    const { url, segmentIds, enabled, secret } = input;
    const { value, userErrors } = await withUserErrors(["input"], () =>
      createWebhook(engine, project, {
        url,
        segmentIds: segmentIds ?? undefined,
        enabled,
        secret: secret ?? undefined,
      }),
    );
    return {
      webhook: value === undefined ? undefined : new WebhookType(value),
      secret: value?.secret,
      userErrors,
    };
  }

  @Mutation(() => WebhookPayloadType, {
    complexity: ({ childComplexity }) => 100 + childComplexity,
    description: "Changes a webhook.",
  })
  async webhookUpdate(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { description: idDescription }) id: string,
    @Arg("input", () => WebhookUpdateInput, { description: "What changes." }) input: WebhookUpdateInput,
  ): Promise<WebhookPayloadType> {
    const { url, segmentIds, enabled, secret, rotateSecret } = input;
    const { value, userErrors } = await withUserErrors(["input"], () =>
      updateWebhook(engine, project, id, {
        url: url ?? undefined,
        segmentIds,
        enabled: enabled ?? undefined,
        secret: secret ?? undefined,
        rotateSecret: rotateSecret ?? undefined,
      }),
    );
    const isNew = typeof secret === "string" || rotateSecret === true;
    return {
      webhook: value === undefined ? undefined : new WebhookType(value),
      secret: isNew ? value?.secret : undefined,
      userErrors,
    };
  }

  @Mutation(() => WebhookDeletePayloadType, {
    complexity: 100,
    description: "Takes a webhook away, with what could not be delivered to it.",
  })
  async webhookDelete(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { description: idDescription }) id: string,
  ): Promise<WebhookDeletePayloadType> {
    const { userErrors } = await withUserErrors([], () => deleteWebhook(engine, project, id));
    return { deletedId: userErrors.length === 0 ? id : undefined, userErrors };
  }

  @Mutation(() => WebhookReplayPayloadType, {
    complexity: 1_000,
    description:
      "Sends a webhook's dead letters once more, the oldest first, until one fails or 20 seconds are over.",
  })
  async webhookReplay(
    @Ctx() { engine, project, signal }: RequestContext,
    @Arg("id", () => ID, { description: idDescription }) id: string,
    @Arg("deadLetterIds", () => [ID], {
      nullable: true,
      description: "Only these; all where it is left out.",
    })
    deadLetterIds?: readonly string[] | null,
  ): Promise<WebhookReplayPayloadType> {
    const sender = webhookSender(engine.allowPrivateWebhooks ?? false);
    const tools = { engine, sender, clock: systemClock, random: Math.random, signal };
    try {
      const { value, userErrors } = await withUserErrors([], () =>
        replayDeadLetters(tools, project, id, deadLetterIds ?? undefined),
      );
      if (value === undefined) return { replayed: 0, userErrors };
      const { replayed, remaining, problem } = value;
      const failure = { field: ["id"], code: "DELIVERY_FAILED", message: problem ?? "" };
      return { replayed, remaining, userErrors: problem === undefined ? [] : [failure] };
    } finally {
      sender.close();
    }
  }
}
