// Sources, as GraphQL returns them. The secret is only in the payload that first returns it.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  type SourceDocument,
  type SourceKind,
  type SourceProblem,
  sourceKinds,
} from "../../documents/source-documents.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";

export const sourceKindEnumeration = Object.fromEntries(sourceKinds.map((kind) => [kind, kind])) as {
  readonly [Kind in SourceKind]: Kind;
};

registerEnumType(sourceKindEnumeration, {
  name: "SourceKind",
  description: "System that a source receives from.",
  valuesConfig: {
    SHOPIFY: { description: "Shopify: customers and orders, signed." },
    MAILCHIMP: { description: "Mailchimp: contacts of audiences, with the secret in the address." },
    INTERCOM: { description: "Intercom: contacts, signed." },
    BIGCOMMERCE: {
      description: "BigCommerce: customers and orders, fetched from its API, with the secret in a header.",
    },
    ACTIVECAMPAIGN: { description: "ActiveCampaign: contacts and tags, with the secret in the address." },
  },
});

@ObjectType("SourceProblem", { description: "Why a delivery was rejected." })
class SourceProblemType {
  @Field(() => GraphQLDateTime, { description: "When the delivery arrived." })
  readonly at!: Date;

  @Field(() => String, {
    description: "Topic of the delivery, as the sender names it; empty if it has none.",
  })
  readonly topic!: string;

  @Field(() => String, { description: "What is wrong with it, in plain words." })
  readonly message!: string;
}

@ObjectType("Source", {
  implements: NodeType,
  description: "Another system that sends its customers and orders as they change.",
})
export class SourceType implements NodeType {
  readonly #document: SourceDocument;

  constructor(document: SourceDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Source", this.#document._id);
  }

  @Field(() => String, { description: "Name, for people." })
  get name(): string {
    return this.#document.name;
  }

  @Field(() => sourceKindEnumeration, { description: "System that it receives from." })
  get kind(): SourceKind {
    return this.#document.kind;
  }

  @Field(() => String, {
    description:
      "Address that deliveries are posted to, from the root of this service; systems that sign nothing add `?secret=` and the secret.",
  })
  get path(): string {
    return `/sources/${this.#document._id}`;
  }

  @Field(() => Boolean, { description: "False while deliveries are refused." })
  get enabled(): boolean {
    return this.#document.enabled;
  }

  @Field(() => Boolean, {
    description: "True if fields that have no place in a profile or an order are kept as metadata.",
  })
  get keepUnknown(): boolean {
    return this.#document.keep_unknown;
  }

  @Field(() => String, {
    nullable: true,
    description:
      "Address of the API that records are fetched from; null for systems that send whole records.",
  })
  get apiUrl(): string | undefined {
    return this.#document.api?.url;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When it was last changed." })
  get updatedAt(): Date {
    return this.#document.updated_at;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the last genuine delivery arrived; null if none has.",
  })
  get lastReceivedAt(): Date | undefined {
    return this.#document.received.last_at;
  }

  @Field(() => Int, { description: "Number of deliveries that changed something." })
  get acceptedCount(): number {
    return this.#document.received.accepted;
  }

  @Field(() => Int, {
    description:
      "Number of deliveries that were repeated, were older than what is stored, or changed nothing.",
  })
  get ignoredCount(): number {
    return this.#document.received.ignored;
  }

  @Field(() => Int, { description: "Number of genuine deliveries that were rejected." })
  get rejectedCount(): number {
    return this.#document.received.rejected;
  }

  @Field(() => [SourceProblemType], {
    description: "Why the last 20 rejected deliveries were rejected, the latest first.",
  })
  get problems(): readonly SourceProblem[] {
    return this.#document.received.problems;
  }
}

const SourceEdgeType = edgeType<SourceType>("SourceEdge", () => SourceType);
export const SourceConnectionType = connectionType<SourceType>(
  "SourceConnection",
  "A page of sources.",
  () => SourceType,
  () => SourceEdgeType,
);
export type SourceConnectionType = InstanceType<typeof SourceConnectionType>;

@ObjectType("SourcePayload", { description: "Result of creating or changing a source." })
export class SourcePayloadType {
  @Field(() => SourceType, { nullable: true, description: "The source; null if there are user errors." })
  readonly source?: SourceType | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Secret of the deliveries, if it is new. It is returned only once: store it for the sender.",
  })
  readonly secret?: string | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("SourceDeletePayload", { description: "Result of deleting a source." })
export class SourceDeletePayloadType {
  @Field(() => ID, {
    nullable: true,
    description: "Id of the deleted source; null if there are user errors.",
  })
  readonly deletedId?: string | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}
