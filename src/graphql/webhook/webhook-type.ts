// Webhooks and their dead letters, as GraphQL returns them. The secret is only in the payload that first returns it.
import { GraphQLDateTime } from "graphql-scalars";
import { Args, Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { DeadLetterDocument, WebhookDocument } from "../../documents/membership-documents.js";
import type { WebhookEventType } from "../../documents/outgoing-documents.js";
import { countDeadLetters, deadLetterPage } from "../../outbox/dead-letters.js";
import { eventTypesOf } from "../../outbox/events.js";
import { progressOf } from "../../outbox/progress.js";
import { webhookKey } from "../../outbox/webhooks.js";
import { pageConnection } from "../page-connection.js";
import { segmentTypeOf } from "../segment/segment-of.js";
import { SegmentType } from "../segment/segment-type.js";
import {
  connectionType,
  edgeType,
  exactly,
  PageArguments,
  pageComplexity,
  windowOf,
} from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";
import { webhookEventEnumeration } from "./event-type.js";

@ObjectType("WebhookProgress", { description: "State of the deliveries of a webhook." })
export class WebhookProgressType {
  @Field(() => Int, {
    description: "Number of events, of all types and segments, that are still to be processed.",
  })
  readonly waiting!: number;

  @Field(() => Int, { description: "Number of partitions of the customers whose deliveries fail now." })
  readonly failing!: number;

  @Field(() => String, { nullable: true, description: "Why the last attempt failed; null if none fails." })
  readonly problem?: string | undefined;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Time of the next attempt; null if none fails.",
  })
  readonly retryAt?: Date | undefined;
}

@ObjectType("WebhookDeadLetter", {
  implements: NodeType,
  description: "A delivery that was given up. It contains no data of customers.",
})
export class WebhookDeadLetterType implements NodeType {
  readonly #document: DeadLetterDocument;

  constructor(document: DeadLetterDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id, for `webhookReplay`." })
  get id(): string {
    return globalId("WebhookDeadLetter", this.#document._id);
  }

  @Field(() => WebhookType, {
    nullable: true,
    complexity: ({ childComplexity }) => 2 + childComplexity,
    description: "The webhook; null if it was deleted.",
  })
  async webhook(@Ctx() { loaders, project }: RequestContext): Promise<WebhookType | undefined> {
    const found = await loaders.document("webhooks", webhookKey(project, this.#document.webhook));
    return found === undefined ? undefined : new WebhookType(found);
  }

  @Field(() => Int, { description: "Number of events in it." })
  get transitionsCount(): number {
    return this.#document.sequences.length;
  }

  @Field(() => Int, { description: "Number of attempts." })
  get attempts(): number {
    return this.#document.attempts;
  }

  @Field(() => GraphQLDateTime, { description: "Time of the first attempt." })
  get firstAttemptAt(): Date {
    return this.#document.since;
  }

  @Field(() => GraphQLDateTime, { description: "When it was given up." })
  get at(): Date {
    return this.#document.at;
  }

  @Field(() => String, { description: "Why the last attempt failed." })
  get problem(): string {
    return this.#document.problem;
  }
}

const WebhookDeadLetterEdgeType = edgeType<WebhookDeadLetterType>(
  "WebhookDeadLetterEdge",
  () => WebhookDeadLetterType,
);
export const WebhookDeadLetterConnectionType = connectionType<WebhookDeadLetterType>(
  "WebhookDeadLetterConnection",
  "A page of dead letters.",
  () => WebhookDeadLetterType,
  () => WebhookDeadLetterEdgeType,
);
export type WebhookDeadLetterConnectionType = InstanceType<typeof WebhookDeadLetterConnectionType>;

@ObjectType("Webhook", {
  implements: NodeType,
  description:
    "An address that receives events: entries into segments and exits, and others that it asks for.",
})
export class WebhookType implements NodeType {
  readonly #document: WebhookDocument;

  constructor(document: WebhookDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Webhook", this.#document.webhook_id);
  }

  @Field(() => String, { description: "Address that deliveries are posted to." })
  get url(): string {
    return this.#document.url;
  }

  @Field(() => [SegmentType], {
    nullable: true,
    complexity: ({ childComplexity }) => 5 + 5 * childComplexity,
    description: "The segments that it receives transitions of; null for all segments.",
  })
  async segments(@Ctx() context: RequestContext): Promise<readonly SegmentType[] | undefined> {
    const ids = this.#document.segments;
    if (ids === undefined) return undefined;
    const found = await Promise.all(ids.map((id) => segmentTypeOf(context, id)));
    return found.filter((segment) => segment !== undefined);
  }

  @Field(() => [webhookEventEnumeration], { description: "The types of events that it receives." })
  get eventTypes(): readonly WebhookEventType[] {
    return eventTypesOf(this.#document);
  }

  @Field(() => Boolean, {
    description: "False while nothing is delivered. Once enabled again, it continues where it stopped.",
  })
  get enabled(): boolean {
    return this.#document.enabled;
  }

  @Field(() => String, {
    nullable: true,
    description: "Why it was disabled, if its receiver requested that.",
  })
  get disabledBecause(): string | undefined {
    return this.#document.problem;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created; it receives what has happened since." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When it last changed." })
  get updatedAt(): Date {
    return this.#document.updated_at;
  }

  @Field(() => WebhookProgressType, { complexity: 5, description: "State of its deliveries." })
  progress(@Ctx() { engine }: RequestContext): Promise<WebhookProgressType> {
    return progressOf(engine, this.#document);
  }

  @Field(() => WebhookDeadLetterConnectionType, {
    complexity: pageComplexity(50),
    description: "Deliveries that were given up, the oldest first.",
  })
  async deadLetters(
    @Ctx() { engine, project }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<WebhookDeadLetterConnectionType> {
    const page = await deadLetterPage(engine, project, this.#document.webhook_id, windowOf(given));
    return new WebhookDeadLetterConnectionType(
      pageConnection(
        page,
        (letter) => new WebhookDeadLetterType(letter),
        async () => exactly(await countDeadLetters(engine, this.#document)),
      ),
    );
  }
}

const WebhookEdgeType = edgeType<WebhookType>("WebhookEdge", () => WebhookType);
export const WebhookConnectionType = connectionType<WebhookType>(
  "WebhookConnection",
  "A page of webhooks.",
  () => WebhookType,
  () => WebhookEdgeType,
);
export type WebhookConnectionType = InstanceType<typeof WebhookConnectionType>;

@ObjectType("WebhookPayload", { description: "Result of creating or changing a webhook." })
export class WebhookPayloadType {
  @Field(() => WebhookType, { nullable: true, description: "The webhook; null if there are user errors." })
  readonly webhook?: WebhookType | undefined;

  @Field(() => String, {
    nullable: true,
    description:
      "Secret that deliveries are signed with, if it is new. It is returned only once: store it for the receiver.",
  })
  readonly secret?: string | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("WebhookDeletePayload", { description: "Result of deleting a webhook." })
export class WebhookDeletePayloadType {
  @Field(() => ID, {
    nullable: true,
    description: "Id of the deleted webhook; null if there are user errors.",
  })
  readonly deletedId?: string | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("WebhookReplayPayload", { description: "Result of sending dead letters again." })
export class WebhookReplayPayloadType {
  @Field(() => Int, { description: "Number of dead letters that the receiver accepted." })
  readonly replayed!: number;

  @Field(() => Int, {
    nullable: true,
    description: "Number of dead letters that the webhook still has; null if it is not known.",
  })
  readonly remaining?: number | undefined;

  @Field(() => [UserErrorType], { description: "Why the next dead letter was not accepted." })
  readonly userErrors!: readonly UserErrorType[];
}
