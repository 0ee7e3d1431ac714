// The inputs about distributions.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int } from "type-graphql";
import type { DistributionTrigger, MessageTemplate } from "../../documents/message-documents.js";
import {
  type ChannelRequest,
  type DistributionRequest,
  defaultRate,
  maxRate,
} from "../../messaging/distributions.js";
import { maxBodyLength } from "../../messaging/templates/template.js";
import { CustomerByInput } from "../customer/customer-by-input.js";
import { AudienceInput, PromotionByInput, promotionNameBy } from "../promotion/promotion-inputs.js";
import { keyOf } from "../server/global-id.js";
import { channelKinds } from "./distribution-type.js";

@InputType("DistributionByInput", { description: "Identifies a distribution." })
export class DistributionByInput {
  @Field(() => ID, { nullable: true, description: "Global id." }) readonly id?: string | null;
  @Field(() => String, { nullable: true, description: "Name; case is ignored." })
  readonly name?: string | null;
}

/** The name, or the key of the id, which identifies it as well. @throws GraphQLError `BAD_USER_INPUT` for an id of another type. */
export function distributionNameBy({ id, name }: DistributionByInput): string {
  return typeof id === "string" ? keyOf("Distribution", id) : (name ?? "");
}

@InputType("MessageTemplateInput", {
  description:
    "What messages say: Liquid templates, which name the fields of `customer`, `distribution`, and `code` if codes are handed out.",
})
export class MessageTemplateInput {
  @Field(() => String, { nullable: true, description: "Subject: required of e-mail, and only there." })
  readonly subject?: string | null;
  @Field(() => String, {
    description: `HTML of e-mail, in which values are escaped; plain text of webhooks. Up to ${maxBodyLength.toLocaleString("en")} characters.`,
  })
  readonly body!: string;
}

export function templateOf({ subject, body }: MessageTemplateInput): MessageTemplate {
  return typeof subject === "string" ? { subject, body } : { body };
}

@InputType("DistributionTriggerInput", { description: "Exactly one of: when customers are written to." })
export class DistributionTriggerInput {
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "All customers of the audience, at this instant.",
  })
  readonly at?: Date | null;
  @Field(() => ID, { nullable: true, description: "Each customer who enters this segment, each time." })
  readonly entered?: string | null;
  @Field(() => ID, { nullable: true, description: "Each customer who leaves this segment, each time." })
  readonly left?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "A customer, each time that an event of this type is recorded for them.",
  })
  readonly event?: string | null;
}

function triggerOf(input: DistributionTriggerInput | null | undefined): DistributionTrigger {
  if (input?.at) return { kind: "at", at: input.at };
  if (typeof input?.entered === "string")
    return { kind: "entered", segment: keyOf("Segment", input.entered, "entered") };
  if (typeof input?.left === "string") return { kind: "left", segment: keyOf("Segment", input.left, "left") };
  if (typeof input?.event === "string") return { kind: "event", type: input.event };
  return { kind: "now" };
}

@InputType("DistributionCreateInput", { description: "A distribution." })
export class DistributionCreateInput {
  @Field(() => String, { description: "Name, unique in the project; case is ignored. It does not change." })
  readonly name!: string;
  @Field(() => String, { description: "Why the customers are written to, in up to 500 characters." })
  readonly purpose!: string;
  @Field(() => MessageTemplateInput, { description: "What its messages say." })
  readonly template!: MessageTemplateInput;
  @Field(() => AudienceInput, {
    nullable: true,
    description:
      "Whom it writes to; all customers if omitted. If entries, exits or events are awaited, the customer has to be in it when the message is sent.",
  })
  readonly audience?: AudienceInput | null;
  @Field(() => DistributionTriggerInput, {
    nullable: true,
    description: "When it writes; once, when it is started, if omitted.",
  })
  readonly trigger?: DistributionTriggerInput | null;
  @Field(() => channelKinds, { description: "How its messages are sent." })
  readonly channel!: ChannelRequest["kind"];
  @Field(() => String, {
    nullable: true,
    description: "Address of the webhook: required of one, and only there. Public, and https.",
  })
  readonly url?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Secret that messages to the webhook are signed with; generated if omitted.",
  })
  readonly secret?: string | null;
  @Field(() => String, { description: "The consent that a customer has to have granted." })
  readonly consent!: string;
  @Field(() => PromotionByInput, {
    nullable: true,
    description: "A campaign of discounts or referrals, of whose codes each customer gets one.",
  })
  readonly campaign?: PromotionByInput | null;
  @Field(() => Int, {
    defaultValue: defaultRate,
    description: `The most messages a minute, up to ${maxRate.toLocaleString("en")}.`,
  })
  readonly ratePerMinute!: number;
}

/** @throws GraphQLError `BAD_USER_INPUT` for ids of other types. */
export function distributionRequest(input: DistributionCreateInput): DistributionRequest {
  const { audience, campaign, channel, url, secret } = input;
  const ids = (list: readonly string[] | null | undefined, field: string) =>
    list?.map((id) => keyOf("Segment", id, field));
  return {
    name: input.name,
    purpose: input.purpose,
    template: templateOf(input.template),
    allOf: ids(audience?.allOf, "allOf"),
    anyOf: ids(audience?.anyOf, "anyOf"),
    noneOf: ids(audience?.noneOf, "noneOf"),
    query: audience?.query ?? undefined,
    trigger: triggerOf(input.trigger),
    channel: { kind: channel, url: url ?? undefined, secret: secret ?? undefined },
    consent: input.consent,
    campaign: campaign ? promotionNameBy("Campaign", campaign) : undefined,
    rate: input.ratePerMinute,
  };
}

@InputType("DistributionUpdateInput", {
  description: "Changes of a distribution that is not started, or is paused; omitted fields are unchanged.",
})
export class DistributionUpdateInput {
  @Field(() => DistributionByInput, { description: "Which distribution." }) readonly by!: DistributionByInput;
  @Field(() => String, { nullable: true, description: "New purpose." }) readonly purpose?: string | null;
  @Field(() => MessageTemplateInput, { nullable: true, description: "New template." })
  readonly template?: MessageTemplateInput | null;
  @Field(() => String, { nullable: true, description: "New address of the webhook." })
  readonly url?: string | null;
  @Field(() => Int, { nullable: true, description: "New maximum number of messages a minute." })
  readonly ratePerMinute?: number | null;
}

@InputType("DistributionTestInput", { description: "A test of a distribution." })
export class DistributionTestInput {
  @Field(() => DistributionByInput, { description: "Which distribution." }) readonly by!: DistributionByInput;
  @Field(() => CustomerByInput, { description: "The customer whose message is sent." })
  readonly customer!: CustomerByInput;
  @Field(() => String, {
    nullable: true,
    description: "E-mail address that it is sent to: required of e-mail, and only there.",
  })
  readonly to?: string | null;
}
