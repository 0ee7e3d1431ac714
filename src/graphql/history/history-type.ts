// Transitions of customers into and out of segments, as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Cause, TransitionDocument } from "../../documents/membership-documents.js";
import { identityOf } from "../../membership/reads/feed.js";
import { CustomerType } from "../customer/customer-type.js";
import { ownerOf } from "../customer/record-types.js";
import { segmentTypeOf } from "../segment/segment-of.js";
import { SegmentType } from "../segment/segment-type.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";

const kinds = { ENTERED: "entered", LEFT: "left" } as const;

registerEnumType(kinds, {
  name: "SegmentTransitionKind",
  description: "Whether a customer entered a segment or left it.",
  valuesConfig: {
    ENTERED: { description: "The customer entered." },
    LEFT: { description: "The customer left." },
  },
});

export const causes = {
  PROFILE: "PROFILE",
  ORDER: "ORDER",
  EVENT: "EVENT",
  REDEMPTION: "REDEMPTION",
  GIFT_CARD: "GIFT_CARD",
  LOYALTY: "LOYALTY",
  REFERRAL: "REFERRAL",
  TIME: "TIME",
  POPULATED: "POPULATED",
  QUERY_CHANGED: "QUERY_CHANGED",
  REBUILT: "REBUILT",
  SEGMENT_DELETED: "SEGMENT_DELETED",
  ERASED: "ERASED",
} as const satisfies { readonly [Kind in Cause["kind"]]: Kind };

registerEnumType(causes, {
  name: "SegmentTransitionCause",
  description: "Why a customer entered or left.",
  valuesConfig: {
    PROFILE: { description: "The customer's profile changed." },
    ORDER: { description: "An order was written." },
    EVENT: { description: "An event was written." },
    REDEMPTION: { description: "A redemption was written." },
    GIFT_CARD: { description: "A gift card was written." },
    LOYALTY: { description: "A loyalty card was written." },
    REFERRAL: { description: "A referral was written." },
    TIME: { description: "Time passed." },
    POPULATED: { description: "The segment was new; the customer has been a member from the start." },
    QUERY_CHANGED: { description: "The segment's query changed, or a segment that it names." },
    REBUILT: { description: "The membership was rebuilt from the query, and differed." },
    SEGMENT_DELETED: { description: "The segment was deleted." },
    ERASED: { description: "The customer was erased." },
  },
});

@ObjectType("SegmentTransition", {
  implements: NodeType,
  description: "A customer entered a segment, or left it.",
})
export class SegmentTransitionType implements NodeType {
  readonly #document: TransitionDocument;

  constructor(document: TransitionDocument) {
    this.#document = document;
  }

  @Field(() => ID, {
    description: "Global id. Stable across redeliveries; use it to deduplicate.",
  })
  get id(): string {
    return globalId("SegmentTransition", identityOf(this.#document));
  }

  @Field(() => SegmentType, {
    nullable: true,
    complexity: costs(2),
    description: "The segment; null if it was deleted.",
  })
  segment(@Ctx() context: RequestContext): Promise<SegmentType | undefined> {
    return segmentTypeOf(context, this.#document.segment);
  }

  @Field(() => ID, { description: "Global id of the segment, which may have been deleted." })
  get segmentId(): string {
    return globalId("Segment", this.#document.segment);
  }

  @Field(() => CustomerType, {
    nullable: true,
    complexity: costs(2),
    description: "The customer; null if it was erased.",
  })
  customer(@Ctx() context: RequestContext): Promise<CustomerType | undefined> {
    return ownerOf(context, this.#document.customer);
  }

  @Field(() => ID, {
    description:
      "Global id of the customer. After an erasure it is an id that identifies no one, except in the last transition, which reports that the customer left.",
  })
  get customerId(): string {
    return globalId("Customer", this.#document.customer);
  }

  @Field(() => kinds, { description: "Whether the customer entered or left." })
  get kind() {
    return this.#document.kind;
  }

  @Field(() => GraphQLDateTime, { description: "When the customer entered or left." })
  get at(): Date {
    return this.#document.at;
  }

  @Field(() => causes, { description: "Why." })
  get cause() {
    return this.#document.cause.kind;
  }

  @Field(() => GraphQLDateTime, { description: "When the cause happened." })
  get causedAt(): Date {
    return this.#document.cause.at;
  }
}

const SegmentTransitionEdgeType = edgeType<SegmentTransitionType>(
  "SegmentTransitionEdge",
  () => SegmentTransitionType,
);

export const SegmentTransitionConnectionType = connectionType<SegmentTransitionType>(
  "SegmentTransitionConnection",
  "A page of transitions.",
  () => SegmentTransitionType,
  () => SegmentTransitionEdgeType,
);
export type SegmentTransitionConnectionType = InstanceType<typeof SegmentTransitionConnectionType>;
