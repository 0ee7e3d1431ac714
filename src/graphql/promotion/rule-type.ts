// Validation rules as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ID, Int, ObjectType } from "type-graphql";
import type { RedemptionLimits, ValidationRuleDocument } from "../../documents/promotion-documents.js";
import { audienceOf } from "../../promotions/why.js";
import { segmentTypeOf } from "../segment/segment-of.js";
import { SegmentType } from "../segment/segment-type.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { globalId } from "../server/global-id.js";
import { MoneyType } from "../server/money-type.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";

const ofSegments = {
  complexity: ({ childComplexity }: { readonly childComplexity: number }) => 5 + 5 * childComplexity,
};

@ObjectType("RedemptionLimits", {
  description:
    "Maximum numbers of redemptions, counted separately for each campaign that the rule is assigned to.",
})
export class RedemptionLimitsType {
  readonly #limits: RedemptionLimits;

  constructor(limits: RedemptionLimits) {
    this.#limits = limits;
  }

  @Field(() => Int, { nullable: true, description: "In all; null for no limit." })
  get total(): number | undefined {
    return this.#limits.total;
  }

  @Field(() => Int, { nullable: true, description: "By one customer; null for no limit." })
  get perCustomer(): number | undefined {
    return this.#limits.per_customer;
  }

  @Field(() => Int, {
    nullable: true,
    description: "On one calendar day, in the project's time zone; null for no limit.",
  })
  get perDay(): number | undefined {
    return this.#limits.per_day;
  }
}

@ObjectType("ValidationRule", {
  implements: NodeType,
  description: "Who may redeem, when, and how often.",
})
export class ValidationRuleType implements NodeType {
  readonly #document: ValidationRuleDocument;

  constructor(document: ValidationRuleDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("ValidationRule", this.#document.name_key);
  }

  @Field(() => String, { description: "Name, unique in the project." })
  get name(): string {
    return this.#document.name;
  }

  @Field(() => [SegmentType], { ...ofSegments, description: "A customer has to be in each of these." })
  allOf(@Ctx() context: RequestContext): Promise<readonly SegmentType[]> {
    return segmentsOf(context, this.#document.audience.all_of);
  }

  @Field(() => [SegmentType], {
    ...ofSegments,
    description: "A customer has to be in at least one of these, if there are any.",
  })
  anyOf(@Ctx() context: RequestContext): Promise<readonly SegmentType[]> {
    return segmentsOf(context, this.#document.audience.any_of);
  }

  @Field(() => [SegmentType], { ...ofSegments, description: "A customer has to be in none of these." })
  noneOf(@Ctx() context: RequestContext): Promise<readonly SegmentType[]> {
    return segmentsOf(context, this.#document.audience.none_of);
  }

  @Field(() => String, { nullable: true, description: "The query that a customer has to match, as written." })
  get query(): string | undefined {
    return this.#document.audience.query?.written;
  }

  @Field(() => String, {
    nullable: true,
    complexity: 5,
    description:
      "Segments and query together as one query of the language; null for everyone. `segmentPreview` lists the customers.",
  })
  audience(@Ctx() { engine }: RequestContext): Promise<string | undefined> {
    return audienceOf(engine, this.#document);
  }

  @Field(() => RedemptionLimitsType, { description: "How often it allows a redemption." })
  get limits(): RedemptionLimitsType {
    return new RedemptionLimitsType(this.#document.limits);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Start of the period in which redemptions are allowed; null if it has no start.",
  })
  get from(): Date | undefined {
    return this.#document.from;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "End of that period, exclusive; null if it has no end.",
  })
  get until(): Date | undefined {
    return this.#document.until;
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "The least amount of the order; null if any will do.",
  })
  async minimumOrder(@Ctx() { loaders }: RequestContext): Promise<MoneyType | undefined> {
    const least = this.#document.minimum_order;
    return least === undefined ? undefined : new MoneyType(least, (await loaders.definition()).currency);
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When it last changed." })
  get updatedAt(): Date {
    return this.#document.updated_at;
  }
}

async function segmentsOf(context: RequestContext, ids: readonly string[]): Promise<readonly SegmentType[]> {
  const found = await Promise.all(ids.map((id) => segmentTypeOf(context, id)));
  return found.filter((segment) => segment !== undefined);
}

const ValidationRuleEdgeType = edgeType<ValidationRuleType>("ValidationRuleEdge", () => ValidationRuleType);
export const ValidationRuleConnectionType = connectionType<ValidationRuleType>(
  "ValidationRuleConnection",
  "A page of validation rules.",
  () => ValidationRuleType,
  () => ValidationRuleEdgeType,
);
export type ValidationRuleConnectionType = InstanceType<typeof ValidationRuleConnectionType>;

@ObjectType("ValidationRulePayload", { description: "Result of saving a validation rule." })
export class ValidationRulePayloadType {
  @Field(() => ValidationRuleType, {
    nullable: true,
    description: "The rule; null if there are user errors.",
  })
  readonly rule?: ValidationRuleType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("PromotionDeletePayload", {
  description: "Result of deleting a validation rule or a campaign.",
})
export class PromotionDeletePayloadType {
  @Field(() => ID, { nullable: true, description: "Id of what was deleted; null if there are user errors." })
  readonly deletedId?: string | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}
