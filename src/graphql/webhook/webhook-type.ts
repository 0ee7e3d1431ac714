// A webhook as GraphQL answers it, and what could not be delivered. The secret is in no type but the payload that first tells it.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { DeadLetterDocument, WebhookDocument } from "../../documents/membership-documents.js";
import { countDeadLetters } from "../../outbox/dead-letters.js";
import { progressOf } from "../../outbox/progress.js";
import type { RequestContext } from "../server/context.js";
import { UserErrorType } from "../server/user-error-type.js";

@ObjectType("WebhookProgress", { description: "How far the deliveries of a webhook are." })
export class WebhookProgressType {
  @Field(() => Int, {
    description: "How many comings and goings are still to be looked at, of all segments.",
  })
  readonly waiting!: number;

  @Field(() => Int, {
    description: "In how many of the parts into which customers are divided it fails now.",
  })
  readonly failing!: number;

  @Field(() => String, { nullable: true, description: "Why it failed last; null where it does not fail." })
  readonly problem?: string;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it is tried next; null where it does not fail.",
  })
  readonly retryAt?: Date;
}

@ObjectType("Webhook", { description: "A web address that is told who comes into segments and who leaves." })
export class WebhookType {
  readonly #document: WebhookDocument;

  constructor(document: WebhookDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "It stays the same, whatever changes." })
  get id(): string {
    return this.#document.webhook_id;
  }

  @Field(() => String, { description: "Where deliveries are posted to." })
  get url(): string {
    return this.#document.url;
  }

  @Field(() => [ID], { nullable: true, description: "The segments that it is told of; null for every one." })
  get segmentIds(): readonly string[] | undefined {
    return this.#document.segments;
  }

  @Field(() => Boolean, {
    description: "False while nothing is delivered. Enabled again, it goes on where it was.",
  })
  get enabled(): boolean {
    return this.#document.enabled;
  }

  @Field(() => String, {
    nullable: true,
    description: "Why it was disabled, where its receiver asked for that.",
  })
  get disabledBecause(): string | undefined {
    return this.#document.problem;
  }

  @Field(() => GraphQLDateTime, { description: "When it was made: it is told of what has happened since." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When it last changed." })
  get updatedAt(): Date {
    return this.#document.updated_at;
  }

  @Field(() => WebhookProgressType, { complexity: 5, description: "How far its deliveries are." })
  progress(@Ctx() { engine }: RequestContext): Promise<WebhookProgressType> {
    return progressOf(engine, this.#document);
  }

  @Field(() => Int, { complexity: 5, description: "How many of its deliveries were given up." })
  deadLettersCount(@Ctx() { engine }: RequestContext): Promise<number> {
    return countDeadLetters(engine, this.#document);
  }
}

@ObjectType("WebhookDeadLetter", {
  description: "A delivery that was given up. It holds nothing of the customers that it is about.",
})
export class WebhookDeadLetterType {
  readonly #document: DeadLetterDocument;

  constructor(document: DeadLetterDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "For `webhookReplay`." })
  get id(): string {
    return this.#document._id;
  }

  @Field(() => ID, { description: "The webhook's `id`." })
  get webhookId(): string {
    return this.#document.webhook;
  }

  @Field(() => Int, { description: "How many comings and goings it tells of." })
  get events(): number {
    return this.#document.sequences.length;
  }

  @Field(() => Int, { description: "How often it was tried." })
  get attempts(): number {
    return this.#document.attempts;
  }

  @Field(() => GraphQLDateTime, { description: "When it was tried first." })
  get since(): Date {
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

@ObjectType("WebhookPayload", { description: "The webhook, or what is wrong with the input." })
export class WebhookPayloadType {
  @Field(() => WebhookType, { nullable: true, description: "The webhook; null where there are user errors." })
  readonly webhook?: WebhookType;

  @Field(() => String, {
    nullable: true,
    description:
      "The secret that deliveries are signed with, where it is new. It is told this once: keep it where the receiver finds it.",
  })
  readonly secret?: string;

  @Field(() => [UserErrorType], { description: "What is wrong with the input." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("WebhookDeletePayload", { description: "Which webhook was taken away, or why none was." })
export class WebhookDeletePayloadType {
  @Field(() => ID, { nullable: true, description: "The id that it had; null where there are user errors." })
  readonly deletedId?: string;

  @Field(() => [UserErrorType], { description: "Why it was not taken away." })
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("WebhookReplayPayload", { description: "What became of dead letters that were sent once more." })
export class WebhookReplayPayloadType {
  @Field(() => Int, { description: "How many were taken, and are dead letters no more." })
  readonly replayed!: number;

  @Field(() => Int, {
    nullable: true,
    description: "How many dead letters the webhook has left; null where it is not known.",
  })
  readonly remaining?: number;

  @Field(() => [UserErrorType], { description: "Why the one after these was not taken." })
  readonly userErrors!: readonly UserErrorType[];
}
