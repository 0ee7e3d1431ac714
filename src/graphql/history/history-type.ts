// Who came into segments and who left, as GraphQL answers it.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { Cause, TransitionDocument } from "../../documents/membership-documents.js";
import { identityOf } from "../../membership/reads/feed.js";

const directions = { ENTERED: "entered", LEFT: "left" } as const;

registerEnumType(directions, {
  name: "SegmentTransitionKind",
  description: "Whether a customer came into a segment or left it.",
  valuesConfig: {
    ENTERED: { description: "The customer came in." },
    LEFT: { description: "The customer left." },
  },
});

const causes = {
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
  description: "Why a customer came or left.",
  valuesConfig: {
    PROFILE: { description: "The customer's profile changed." },
    ORDER: { description: "An order was written." },
    EVENT: { description: "An event was written." },
    REDEMPTION: { description: "A redemption was written." },
    GIFT_CARD: { description: "A gift card was written." },
    LOYALTY: { description: "A loyalty card was written." },
    REFERRAL: { description: "A referral was written." },
    TIME: { description: "Time went on." },
    POPULATED: { description: "The segment was new, and the customer was in it from its beginning." },
    QUERY_CHANGED: { description: "The segment's query changed, or what that names." },
    REBUILT: { description: "The membership was made anew from the query, and differed." },
    SEGMENT_DELETED: { description: "The segment was taken away." },
    ERASED: { description: "The customer was erased." },
  },
});

@ObjectType("SegmentTransition", { description: "A customer came into a segment, or left it." })
export class SegmentTransitionType {
  readonly #document: TransitionDocument;

  constructor(document: TransitionDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "The same whenever this is told: told twice, it is known by it." })
  get id(): string {
    return identityOf(this.#document);
  }

  @Field(() => ID, { description: "The segment's `id`." })
  get segmentId(): string {
    return this.#document.segment;
  }

  @Field(() => ID, {
    description:
      "The customer's `id`. Of somebody who was erased since, a name that tells nobody, but in the last word that they left.",
  })
  get customerId(): string {
    return this.#document.customer;
  }

  @Field(() => directions, { description: "Whether the customer came or left." })
  get kind() {
    return this.#document.kind;
  }

  @Field(() => GraphQLDateTime, { description: "At which instant." })
  get at(): Date {
    return this.#document.at;
  }

  @Field(() => causes, { description: "Why." })
  get cause() {
    return this.#document.cause.kind;
  }

  @Field(() => GraphQLDateTime, { description: "When that happened which is the cause." })
  get causedAt(): Date {
    return this.#document.cause.at;
  }
}

@ObjectType("SegmentHistory", { description: "A part of what came and went." })
export class SegmentHistoryType {
  @Field(() => [SegmentTransitionType], { description: "In order for each customer." })
  readonly nodes!: readonly SegmentTransitionType[];

  @Field(() => String, {
    description: "Where to go on: `after` of the next question, which may be asked at any later time.",
  })
  readonly endCursor!: string;

  @Field(() => Boolean, { description: "Whether there is more already." })
  readonly hasNextPage!: boolean;
}
