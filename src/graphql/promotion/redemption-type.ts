// Redemptions, and the obstacles to one, as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { CodeRedemptionDocument } from "../../documents/promotion-documents.js";
import { promotionKey } from "../../promotions/names.js";
import type { Obstacle, ObstacleKind } from "../../promotions/obstacles.js";
import { pointsOf } from "../../promotions/redemptions.js";
import type { Validation } from "../../promotions/validate.js";
import type { Explain } from "../../promotions/why.js";
import { CustomerType } from "../customer/customer-type.js";
import { SegmentWhyType } from "../customer/why-type.js";
import { connectionType, edgeType } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { MoneyType } from "../server/money-type.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";
import { CampaignType, PromotionCodeType } from "./campaign-type.js";
import { ValidationRuleType } from "./rule-type.js";

const obstacleKinds: Readonly<Record<ObstacleKind, string>> = {
  UNKNOWN_CODE: "There is no such code.",
  INACTIVE_CODE: "The code is not active.",
  CODE_REQUIRED: "The campaign is redeemed by one of its codes, and none is given.",
  CODE_OF_ANOTHER_CUSTOMER: "The code was published to another customer.",
  INACTIVE_CAMPAIGN: "The campaign is not active.",
  NOT_YET: "A rule allows it later.",
  ENDED: "A rule allowed it earlier.",
  MINIMUM_ORDER: "The order's amount is below the least that a rule demands.",
  AUDIENCE: "A rule does not allow the customer: see `why`.",
  BROKEN_RULE: "The query of a rule is no longer valid.",
  CODE_LIMIT: "The code was redeemed as often as it may be.",
  TOTAL_LIMIT: "The campaign was redeemed as often as it may be.",
  CUSTOMER_LIMIT: "The customer has redeemed the campaign as often as one customer may.",
  DAY_LIMIT: "The campaign was redeemed today as often as it may be in a day.",
  ORDER_REQUIRED: "A gift card pays for an order, and none is given.",
  NO_BALANCE: "Nothing is left of the gift card.",
  TOO_FEW_POINTS: "The customer has fewer points.",
  POINTS_EXCEED_ORDER: "The points are worth more than the order.",
  NO_REFERRER: "The code of a referral belongs to no customer.",
  OWN_REFERRAL: "The code of a referral is the customer's own.",
  ALREADY_REFERRED: "The customer was referred by the campaign before.",
};

const obstacleEnumeration = Object.fromEntries(Object.keys(obstacleKinds).map((kind) => [kind, kind])) as {
  readonly [Kind in ObstacleKind]: Kind;
};

registerEnumType(obstacleEnumeration, {
  name: "RedemptionObstacleKind",
  description: "Why a redemption is not allowed.",
  valuesConfig: Object.fromEntries(
    Object.entries(obstacleKinds).map(([kind, description]) => [kind, { description }]),
  ),
});

const statuses = { REDEEMED: "redeemed", ROLLED_BACK: "rolled_back" } as const;

registerEnumType(statuses, {
  name: "CodeRedemptionStatus",
  description: "Whether a redemption counts.",
  valuesConfig: {
    REDEEMED: { description: "It counts." },
    ROLLED_BACK: { description: "It was rolled back, and no longer counts." },
  },
});

@ObjectType("CodeRedemption", {
  implements: NodeType,
  description:
    "A redemption by this service. Its record, which queries see, is among the customer's `redemptions`.",
})
export class CodeRedemptionType implements NodeType {
  readonly #document: CodeRedemptionDocument;

  constructor(document: CodeRedemptionDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("CodeRedemption", this.#document.redemption_id);
  }

  @Field(() => statuses, { description: "Whether it counts." })
  get status(): CodeRedemptionDocument["status"] {
    return this.#document.status;
  }

  @Field(() => String, { nullable: true, description: "The code; null if none was presented." })
  get code(): string | undefined {
    return this.#document.code;
  }

  @Field(() => CampaignType, {
    nullable: true,
    complexity: costs(2),
    description: "The campaign.",
  })
  async campaign(@Ctx() { loaders, project }: RequestContext): Promise<CampaignType | undefined> {
    const found = await loaders.document("campaigns", promotionKey(project, this.#document.campaign));
    return found && new CampaignType(found);
  }

  @Field(() => CustomerType, {
    nullable: true,
    complexity: costs(2),
    description: "The customer; null if it was erased in the meantime.",
  })
  async customer(@Ctx() { loaders }: RequestContext): Promise<CustomerType | undefined> {
    const [found, { currency }] = await Promise.all([
      loaders.document("customers", this.#document.customer),
      loaders.definition(),
    ]);
    return found && new CustomerType(found, currency);
  }

  @Field(() => GraphQLDateTime, { description: "When it happened." })
  get at(): Date {
    return this.#document.at;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was rolled back; null if it was not.",
  })
  get rolledBackAt(): Date | undefined {
    return this.#document.rolled_back_at;
  }

  @Field(() => MoneyType, { nullable: true, description: "Amount of the order; null if none was given." })
  orderAmount(@Ctx() context: RequestContext): Promise<MoneyType | undefined> {
    return money(context, this.#document.order_amount);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "What it took off the order; null if none was given.",
  })
  discountAmount(@Ctx() context: RequestContext): Promise<MoneyType | undefined> {
    return money(context, this.#document.discount_amount);
  }

  @Field(() => Int, {
    nullable: true,
    description: "Points that it spent; null unless the campaign is of points.",
  })
  get points(): number | undefined {
    return pointsOf(this.#document);
  }

  @Field(() => String, {
    nullable: true,
    description: "Id of the order in the source system; null if none was given.",
  })
  get orderSourceId(): string | undefined {
    return this.#document.order;
  }
}

async function money(
  { loaders }: RequestContext,
  amount: number | undefined,
): Promise<MoneyType | undefined> {
  return amount === undefined ? undefined : new MoneyType(amount, (await loaders.definition()).currency);
}

const CodeRedemptionEdgeType = edgeType<CodeRedemptionType>("CodeRedemptionEdge", () => CodeRedemptionType);
export const CodeRedemptionConnectionType = connectionType<CodeRedemptionType>(
  "CodeRedemptionConnection",
  "A page of redemptions.",
  () => CodeRedemptionType,
  () => CodeRedemptionEdgeType,
);
export type CodeRedemptionConnectionType = InstanceType<typeof CodeRedemptionConnectionType>;

@ObjectType("RedemptionObstacle", { description: "A reason why a redemption is not allowed." })
export class RedemptionObstacleType {
  readonly #obstacle: Obstacle;
  readonly #asOf: number;
  readonly #explain: Explain;

  constructor(obstacle: Obstacle, asOf: number, explain: Explain) {
    this.#obstacle = obstacle;
    this.#asOf = asOf;
    this.#explain = explain;
  }

  @Field(() => obstacleEnumeration, { description: "Kind of reason." })
  get kind(): ObstacleKind {
    return this.#obstacle.kind;
  }

  @Field(() => String, { description: "The reason in plain words." })
  get message(): string {
    return this.#obstacle.message;
  }

  @Field(() => ValidationRuleType, {
    nullable: true,
    description: "The rule that is not satisfied; null if the reason is not a rule.",
  })
  get rule(): ValidationRuleType | undefined {
    return this.#obstacle.rule && new ValidationRuleType(this.#obstacle.rule);
  }

  @Field(() => SegmentWhyType, {
    nullable: true,
    complexity: costs(1_000),
    description:
      "Clause by clause, why the customer does not belong to the audience, and the nearest change that would let them in; null for any other obstacle.",
  })
  async why(@Ctx() { loaders }: RequestContext): Promise<SegmentWhyType | undefined> {
    const { kind, rule } = this.#obstacle;
    if (kind !== "AUDIENCE" || rule === undefined) return undefined;
    const [answer, { currency }] = await Promise.all([this.#explain(rule, this.#asOf), loaders.definition()]);
    return answer && new SegmentWhyType(answer, currency);
  }
}

@ObjectType("RedemptionValidation", { description: "Whether a redemption would be allowed." })
export class RedemptionValidationType {
  readonly #validation: Validation;
  readonly #explain: Explain;

  constructor(validation: Validation, explain: Explain) {
    this.#validation = validation;
    this.#explain = explain;
  }

  @Field(() => Boolean, { description: "True if it is allowed." })
  get valid(): boolean {
    return this.#validation.obstacles.length === 0;
  }

  @Field(() => [RedemptionObstacleType], {
    complexity: costs(0, { assumedSize: 3 }),
    description: "All reasons why it is not allowed; empty if it is.",
  })
  get obstacles(): readonly RedemptionObstacleType[] {
    return obstacleTypes(this.#validation.obstacles, this.#validation.asOf, this.#explain);
  }

  @Field(() => GraphQLDateTime, { description: "The moment that it was answered for." })
  get asOf(): Date {
    return new Date(this.#validation.asOf);
  }

  @Field(() => CampaignType, { nullable: true, description: "The campaign; null for an unknown code." })
  get campaign(): CampaignType | undefined {
    return this.#validation.campaign && new CampaignType(this.#validation.campaign);
  }

  @Field(() => PromotionCodeType, {
    nullable: true,
    description: "The code; null if it is unknown, or none is given.",
  })
  get code(): PromotionCodeType | undefined {
    return this.#validation.code && new PromotionCodeType(this.#validation.code);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "What it takes off the order; null without an order, and for an unknown code.",
  })
  discountAmount(@Ctx() context: RequestContext): Promise<MoneyType | undefined> {
    return money(context, this.#validation.discount);
  }
}

/** The obstacles of one person at an instant. @param explain explains to that person. */
export function obstacleTypes(
  obstacles: readonly Obstacle[],
  asOf: number,
  explain: Explain,
): readonly RedemptionObstacleType[] {
  return obstacles.map((obstacle) => new RedemptionObstacleType(obstacle, asOf, explain));
}

@ObjectType("RedemptionRedeemPayload", { description: "Result of redeeming." })
export class RedemptionRedeemPayloadType {
  @Field(() => CodeRedemptionType, {
    nullable: true,
    description: "The redemption; null if it is not allowed, or there are user errors.",
  })
  readonly redemption?: CodeRedemptionType | undefined;
  @Field(() => [RedemptionObstacleType], {
    complexity: costs(0, { assumedSize: 3 }),
    description: "All reasons why it is not allowed. Each is a user error `NOT_REDEEMABLE`, too.",
  })
  readonly obstacles!: readonly RedemptionObstacleType[];
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("RedemptionRollbackPayload", { description: "Result of taking a redemption back." })
export class RedemptionRollbackPayloadType {
  @Field(() => CodeRedemptionType, {
    nullable: true,
    description: "The redemption; null if there are user errors.",
  })
  readonly redemption?: CodeRedemptionType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}
