// The messages of a distribution as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  type MessageDocument,
  type MessageStatus,
  type SkipReason,
  skipReasons,
} from "../../documents/message-documents.js";
import { CustomerType } from "../customer/customer-type.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";

export const messageStatuses = {
  PLANNED: "planned",
  SENDING: "sending",
  SENT: "sent",
  FAILED: "failed",
  IN_DOUBT: "in_doubt",
  SKIPPED: "skipped",
} as const;
export type ShownStatus = (typeof messageStatuses)[keyof typeof messageStatuses];

registerEnumType(messageStatuses, {
  name: "MessageStatus",
  description: "Status of a message.",
  valuesConfig: {
    PLANNED: { description: "To be sent." },
    SENDING: { description: "Being sent at this moment." },
    SENT: { description: "Accepted by the receiver." },
    FAILED: { description: "Refused by the receiver, or not accepted at any of several attempts." },
    IN_DOUBT: {
      description: "Cut off while it was being sent: it may have been sent. `messageResolve` decides.",
    },
    SKIPPED: { description: "Not sent, for the reason in `skipReason`." },
  },
});

export const messageSkipReasons = {
  NO_CONSENT: "no_consent",
  NO_ADDRESS: "no_address",
  INVALID_ADDRESS: "invalid_address",
  ERASED: "erased",
  NOT_IN_AUDIENCE: "not_in_audience",
  CANCELED: "canceled",
} as const satisfies Readonly<Record<string, SkipReason>>;

registerEnumType(messageSkipReasons, {
  name: "MessageSkipReason",
  description: "Why a message was not sent.",
  valuesConfig: {
    NO_CONSENT: { description: "The customer has not granted the distribution's consent." },
    NO_ADDRESS: { description: "The customer has no e-mail address." },
    INVALID_ADDRESS: { description: "The customer's e-mail address is none." },
    ERASED: { description: "The customer was erased." },
    NOT_IN_AUDIENCE: { description: "The customer was not in the audience when it was to be sent." },
    CANCELED: { description: "The distribution was canceled." },
  },
});

/** The stored statuses of a status as it is shown. */
export function storedStatuses(shown: ShownStatus): readonly MessageStatus[] {
  return shown === "skipped" ? skipReasons : [shown];
}

function isSkipReason(status: MessageStatus): status is SkipReason {
  return (skipReasons as readonly MessageStatus[]).includes(status);
}

@ObjectType("Message", {
  implements: NodeType,
  description: "The message of a distribution to one customer.",
})
export class MessageType implements NodeType {
  readonly #document: MessageDocument;

  constructor(document: MessageDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Message", this.#document._id);
  }

  @Field(() => String, {
    description:
      "Id that the receiver gets: the same at each attempt, so that it can recognise a repetition.",
  })
  get deliveryId(): string {
    return this.#document.message_id;
  }

  @Field(() => CustomerType, {
    nullable: true,
    complexity: costs(5),
    description: "The customer; null once the customer was erased.",
  })
  async customer(@Ctx() { loaders }: RequestContext): Promise<CustomerType | undefined> {
    const { customer } = this.#document;
    if (customer === undefined) return undefined;
    const [found, { currency }] = await Promise.all([
      loaders.document("customers", customer),
      loaders.definition(),
    ]);
    return found && new CustomerType(found, currency);
  }

  @Field(() => messageStatuses, { description: "Its status." })
  get status(): ShownStatus {
    const { status } = this.#document;
    return isSkipReason(status) ? "skipped" : status;
  }

  @Field(() => messageSkipReasons, {
    nullable: true,
    description: "Why it was not sent; null unless it is `SKIPPED`.",
  })
  get skipReason(): SkipReason | undefined {
    const { status } = this.#document;
    return isSkipReason(status) ? status : undefined;
  }

  @Field(() => String, {
    nullable: true,
    description: "What went wrong at the last attempt; null if nothing.",
  })
  get problem(): string | undefined {
    return this.#document.problem;
  }

  @Field(() => Int, { description: "Number of attempts that the receiver did not accept." })
  get attempts(): number {
    return this.#document.attempts;
  }

  @Field(() => String, {
    nullable: true,
    description: "The code that was handed out; null if there is none.",
  })
  get code(): string | undefined {
    return this.#document.code;
  }

  @Field(() => GraphQLDateTime, { description: "When its status last changed." })
  get changedAt(): Date {
    return this.#document.at;
  }
}

const MessageEdgeType = edgeType<MessageType>("MessageEdge", () => MessageType);
export const MessageConnectionType = connectionType<MessageType>(
  "MessageConnection",
  "A page of messages.",
  () => MessageType,
  () => MessageEdgeType,
);
export type MessageConnectionType = InstanceType<typeof MessageConnectionType>;

@ObjectType("MessagePayload", { description: "Result of resolving a message." })
export class MessagePayloadType {
  @Field(() => MessageType, { nullable: true, description: "The message; null if there are user errors." })
  readonly message?: MessageType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}
