// Distributions as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type {
  DistributionDocument,
  DistributionTrigger,
  MessageStatus,
} from "../../documents/message-documents.js";
import { messageCounts, messagePage } from "../../messaging/messages.js";
import { audienceQuery } from "../../messaging/plan.js";
import { type Reach, reachOf, renderedFor } from "../../messaging/preview.js";
import type { Rendered } from "../../messaging/templates/template.js";
import { promotionKey } from "../../promotions/names.js";
import { findCustomer } from "../../query/customer.js";
import type { StatusCounts } from "../../store/reads/messaging.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import { pageConnection } from "../page-connection.js";
import { CampaignType } from "../promotion/campaign-type.js";
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
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";
import {
  MessageConnectionType,
  MessageType,
  messageSkipReasons,
  messageStatuses,
  type ShownStatus,
  storedStatuses,
} from "./message-type.js";

export const channelKinds = { WEBHOOK: "webhook", EMAIL: "email" } as const;

registerEnumType(channelKinds, {
  name: "DistributionChannel",
  description: "How messages are sent.",
  valuesConfig: {
    WEBHOOK: { description: "Posted to a URL as JSON, signed as defined by Standard Webhooks." },
    EMAIL: { description: "By the mail server of the service." },
  },
});

const triggerKinds = {
  NOW: "now",
  AT: "at",
  ENTERED: "entered",
  LEFT: "left",
  EVENT: "event",
} as const satisfies Readonly<Record<string, DistributionTrigger["kind"]>>;

registerEnumType(triggerKinds, {
  name: "DistributionTriggerKind",
  description: "When customers are written to.",
  valuesConfig: {
    NOW: { description: "All customers of the audience, once, when the distribution is started." },
    AT: { description: "All customers of the audience, once, at an instant." },
    ENTERED: { description: "Each customer who enters a segment, each time." },
    LEFT: { description: "Each customer who leaves a segment, each time." },
    EVENT: { description: "A customer, each time that an event is recorded for them." },
  },
});

const states = {
  DRAFT: "draft",
  ACTIVE: "active",
  PAUSED: "paused",
  CANCELING: "canceling",
  CANCELED: "canceled",
  FINISHED: "finished",
} as const satisfies Readonly<Record<string, DistributionDocument["state"]>>;

registerEnumType(states, {
  name: "DistributionState",
  description: "State of a distribution.",
  valuesConfig: {
    DRAFT: { description: "Not started." },
    ACTIVE: { description: "Messages are planned and sent, or awaited." },
    PAUSED: { description: "Nothing is sent: a person paused it, or it was put aside because of `problem`." },
    CANCELING: { description: "What is planned is being marked as canceled." },
    CANCELED: { description: "Canceled." },
    FINISHED: { description: "Nothing is left to be sent. Messages may be in doubt." },
  },
});

@ObjectType("MessageTemplate", { description: "What messages say: Liquid templates." })
export class MessageTemplateType {
  @Field(() => String, { nullable: true, description: "Subject of e-mail; null for webhooks." })
  readonly subject?: string | undefined;
  @Field(() => String, { description: "HTML of e-mail, plain text of webhooks." })
  readonly body!: string;
}

@ObjectType("RenderedMessage", { description: "A message as a customer gets it." })
export class RenderedMessageType {
  @Field(() => String, { nullable: true, description: "Subject of e-mail; null for webhooks." })
  readonly subject?: string | undefined;
  @Field(() => String, { description: "HTML of e-mail, plain text of webhooks." })
  readonly body!: string;
}

@ObjectType("MessageSkipCount", { description: "Number of messages that were not sent for one reason." })
export class MessageSkipCountType {
  @Field(() => messageSkipReasons, { description: "The reason." })
  readonly reason!: MessageStatus;
  @Field(() => Int, { description: "The number." }) readonly count!: number;
}

@ObjectType("DistributionProgress", { description: "Numbers of messages, by status." })
export class DistributionProgressType {
  readonly #counts: StatusCounts;

  constructor(counts: StatusCounts) {
    this.#counts = counts;
  }

  @Field(() => Int, { description: "In all." })
  get total(): number {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }

  @Field(() => Int, { description: "To be sent." })
  get planned(): number {
    return this.#counts.planned ?? 0;
  }

  @Field(() => Int, { description: "Being sent at this moment." })
  get sending(): number {
    return this.#counts.sending ?? 0;
  }

  @Field(() => Int, { description: "Accepted by the receiver." })
  get sent(): number {
    return this.#counts.sent ?? 0;
  }

  @Field(() => Int, { description: "Not accepted by the receiver." })
  get failed(): number {
    return this.#counts.failed ?? 0;
  }

  @Field(() => Int, { description: "Cut off: they may have been sent." })
  get inDoubt(): number {
    return this.#counts.in_doubt ?? 0;
  }

  @Field(() => [MessageSkipCountType], { description: "Not sent, by reason; only reasons that there were." })
  get skipped(): readonly MessageSkipCountType[] {
    return storedStatuses("skipped").flatMap((reason) => {
      const count = this.#counts[reason] ?? 0;
      return count === 0 ? [] : [{ reason, count }];
    });
  }
}

@ObjectType("DistributionReach", {
  description: "How many customers of the audience would get a message now, and how many would not.",
})
export class DistributionReachType implements Reach {
  @Field(() => Int, { description: "Customers of the audience." }) readonly audience!: number;
  @Field(() => Int, { description: "Those who would get a message." }) readonly reachable!: number;
  @Field(() => Int, { description: "Those who have not granted the consent." }) readonly noConsent!: number;
  @Field(() => Int, { description: "Those who have granted it, and have no address." })
  readonly noAddress!: number;
}

@ObjectType("Distribution", {
  implements: NodeType,
  description: "Messages to the customers of an audience: why, when, and by which channel.",
})
export class DistributionType implements NodeType {
  readonly #document: DistributionDocument;

  constructor(document: DistributionDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Distribution", this.#document.name_key);
  }

  @Field(() => String, { description: "Name, unique in the project." })
  get name(): string {
    return this.#document.name;
  }

  @Field(() => String, { description: "Why the customers are written to." })
  get purpose(): string {
    return this.#document.purpose;
  }

  @Field(() => states, { description: "Its state." })
  get state(): DistributionDocument["state"] {
    return this.#document.state;
  }

  @Field(() => String, {
    nullable: true,
    description: "Why it was put aside; null unless it is paused for that.",
  })
  get problem(): string | undefined {
    return this.#document.problem;
  }

  @Field(() => MessageTemplateType, { description: "What its messages say." })
  get template(): MessageTemplateType {
    return this.#document.template;
  }

  @Field(() => String, {
    complexity: costs(5),
    description: "The audience as one query of the language. `segmentPreview` lists its customers.",
  })
  audience(@Ctx() { engine }: RequestContext): Promise<string> {
    return audienceQuery(engine, this.#document);
  }

  @Field(() => triggerKinds, { description: "When customers are written to." })
  get trigger(): DistributionTrigger["kind"] {
    return this.#document.trigger.kind;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The instant at which the audience is written to; null for another trigger.",
  })
  get sendAt(): Date | undefined {
    const { trigger } = this.#document;
    return trigger.kind === "at" ? trigger.at : undefined;
  }

  @Field(() => SegmentType, {
    nullable: true,
    complexity: costs(5),
    description: "The segment whose entries or exits are awaited; null for another trigger.",
  })
  async segment(@Ctx() context: RequestContext): Promise<SegmentType | undefined> {
    const { trigger } = this.#document;
    if (trigger.kind !== "entered" && trigger.kind !== "left") return undefined;
    return segmentTypeOf(context, trigger.segment);
  }

  @Field(() => String, {
    nullable: true,
    description: "The type of the events that are awaited; null for another trigger.",
  })
  get eventType(): string | undefined {
    const { trigger } = this.#document;
    return trigger.kind === "event" ? trigger.type : undefined;
  }

  @Field(() => channelKinds, { description: "How its messages are sent." })
  get channel(): DistributionDocument["channel"]["kind"] {
    return this.#document.channel.kind;
  }

  @Field(() => String, { nullable: true, description: "The URL of the webhook; null for e-mail." })
  get url(): string | undefined {
    const { channel } = this.#document;
    return channel.kind === "webhook" ? channel.url : undefined;
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The secret that signs the messages to the webhook; null for e-mail, and for callers without the scope `admin`.",
  })
  secret(@Ctx() { caller }: RequestContext): string | undefined {
    const { channel } = this.#document;
    return channel.kind === "webhook" && caller.scopes.has("admin") ? channel.secret : undefined;
  }

  @Field(() => String, { description: "The consent that a customer has to have granted." })
  get consent(): string {
    return this.#document.consent;
  }

  @Field(() => CampaignType, {
    nullable: true,
    complexity: costs(5),
    description: "The campaign whose codes are handed out, one to each customer; null if there is none.",
  })
  async campaign(@Ctx() { loaders, project }: RequestContext): Promise<CampaignType | undefined> {
    const { campaign } = this.#document;
    if (campaign === undefined) return undefined;
    const found = await loaders.document("campaigns", promotionKey(project, campaign));
    return found && new CampaignType(found);
  }

  @Field(() => Int, { description: "The most messages a minute." })
  get ratePerMinute(): number {
    return this.#document.rate;
  }

  @Field(() => DistributionProgressType, {
    complexity: costs(50),
    description: "How far it is.",
  })
  async progress(@Ctx() { engine }: RequestContext): Promise<DistributionProgressType> {
    return new DistributionProgressType(await messageCounts(engine, this.#document));
  }

  @Field(() => DistributionReachType, {
    complexity: costs(500),
    description: "Who would get a message now. The address of a customer is checked when it is sent.",
  })
  reach(@Ctx() { engine, signal }: RequestContext): Promise<DistributionReachType> {
    return reachOf(engine, this.#document, { signal });
  }

  @Field(() => RenderedMessageType, {
    nullable: true,
    complexity: costs(20),
    description:
      "The message to a customer as it would be sent now, with a sample of a code if the customer has none; null if there is no such customer.",
  })
  async preview(
    @Ctx() { engine, project }: RequestContext,
    @Arg("customer", () => CustomerByInput, { description: "Which customer." }) customer: CustomerByInput,
  ): Promise<Rendered | undefined> {
    const found = await findCustomer(engine, project, customerKey(customer));
    return found && renderedFor(engine, this.#document, found);
  }

  @Field(() => MessageConnectionType, {
    complexity: pageComplexity(20),
    description: "Its messages, in a stable order.",
  })
  async messages(
    @Ctx() { engine }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
    @Arg("status", () => messageStatuses, { nullable: true, description: "Only messages of this status." })
    status?: ShownStatus | null,
  ): Promise<MessageConnectionType> {
    const statuses = status ? storedStatuses(status) : undefined;
    const page = await messagePage(engine, this.#document, windowOf(given), statuses);
    const count = async () => {
      const counts = await messageCounts(engine, this.#document);
      const counted = Object.entries(counts).filter(
        ([each]) => statuses === undefined || statuses.includes(each as MessageStatus),
      );
      return exactly(counted.reduce((sum, [, number]) => sum + number, 0));
    };
    return new MessageConnectionType(pageConnection(page, (message) => new MessageType(message), count));
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was started; null for a draft." })
  get startedAt(): Date | undefined {
    return this.#document.started_at;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it finished or was canceled; null before.",
  })
  get endedAt(): Date | undefined {
    return this.#document.ended_at;
  }
}

const DistributionEdgeType = edgeType<DistributionType>("DistributionEdge", () => DistributionType);
export const DistributionConnectionType = connectionType<DistributionType>(
  "DistributionConnection",
  "A page of distributions.",
  () => DistributionType,
  () => DistributionEdgeType,
);
export type DistributionConnectionType = InstanceType<typeof DistributionConnectionType>;

@ObjectType("DistributionPayload", { description: "Result of creating or changing a distribution." })
export class DistributionPayloadType {
  @Field(() => DistributionType, {
    nullable: true,
    description: "The distribution; null if there are user errors.",
  })
  readonly distribution?: DistributionType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("DistributionDeletePayload", { description: "Result of deleting a distribution." })
export class DistributionDeletePayloadType {
  @Field(() => ID, { nullable: true, description: "Id of what was deleted; null if there are user errors." })
  readonly deletedId?: string | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("DistributionTestPayload", { description: "Result of sending a test." })
export class DistributionTestPayloadType {
  @Field(() => RenderedMessageType, {
    nullable: true,
    description: "The message that was sent; null if there are user errors.",
  })
  readonly rendered?: RenderedMessageType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}
