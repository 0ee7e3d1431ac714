// Campaigns and their codes as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Args, Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { CampaignDocument, CodeDocument, Discount } from "../../documents/promotion-documents.js";
import { codePage, countCodes } from "../../promotions/codes.js";
import { discountText } from "../../promotions/discount.js";
import { cardBalance } from "../../promotions/gift-cards.js";
import { promotionKey } from "../../promotions/names.js";
import { countRedemptions } from "../../promotions/redemptions.js";
import { type CampaignKind, termsText } from "../../promotions/terms.js";
import { CustomerType } from "../customer/customer-type.js";
import { JobObjectType } from "../job/job-type.js";
import { pageConnection } from "../page-connection.js";
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
import { MoneyType } from "../server/money-type.js";
import { NodeType } from "../server/node-type.js";
import { UserErrorType, userErrorsField } from "../server/user-error-type.js";
import { ValidationRuleType } from "./rule-type.js";

@ObjectType("Discount", {
  description:
    "What a redemption takes off the order: a percentage or a fixed amount, never more than the order.",
})
export class DiscountType {
  readonly #discount: Discount;
  readonly #currency: string;

  constructor(discount: Discount, currency: string) {
    this.#discount = discount;
    this.#currency = currency;
  }

  @Field(() => String, {
    nullable: true,
    description: "The percentage, as the decimal number `12.5`; null for a fixed amount.",
  })
  get percent(): string | undefined {
    return this.#discount.kind === "percent" ? this.#discount.percent : undefined;
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "The most that a percentage takes off; null if there is no such limit.",
  })
  get maximum(): MoneyType | undefined {
    return this.#money(this.#discount.kind === "percent" ? this.#discount.maximum : undefined);
  }

  @Field(() => MoneyType, { nullable: true, description: "The fixed amount; null for a percentage." })
  get amount(): MoneyType | undefined {
    return this.#money(this.#discount.kind === "amount" ? this.#discount.amount : undefined);
  }

  @Field(() => String, { description: "The discount in words, as `12.5 %, at most $20.00`." })
  get text(): string {
    return discountText(this.#discount, this.#currency);
  }

  #money(amount: number | undefined): MoneyType | undefined {
    return amount === undefined ? undefined : new MoneyType(amount, this.#currency);
  }
}

export const campaignKinds = {
  DISCOUNT: "discount",
  GIFT_CARD: "gift_card",
  LOYALTY: "loyalty",
  REFERRAL: "referral",
} as const;

registerEnumType(campaignKinds, {
  name: "CampaignKind",
  description: "What a campaign gives.",
  valuesConfig: {
    DISCOUNT: { description: "A discount." },
    GIFT_CARD: { description: "Codes that hold an amount: the customers' `gift_cards`." },
    LOYALTY: { description: "Points: the customers' `loyalty`." },
    REFERRAL: {
      description:
        "Codes that customers pass on, with a discount for the customers that they refer: the `referrals`.",
    },
  },
});

@ObjectType("GiftCardBalance", { description: "The amounts of a gift card." })
export class GiftCardBalanceType {
  @Field(() => MoneyType, { description: "What it was issued with." }) readonly amount!: MoneyType;
  @Field(() => MoneyType, { description: "What was spent of it." }) readonly spent!: MoneyType;
  @Field(() => MoneyType, { description: "The remaining amount." }) readonly balance!: MoneyType;
}

@ObjectType("PromotionCode", { implements: NodeType, description: "A code of a campaign." })
export class PromotionCodeType implements NodeType {
  readonly #document: CodeDocument;

  constructor(document: CodeDocument) {
    this.#document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("PromotionCode", this.#document.code);
  }

  @Field(() => String, { description: "The code." })
  get code(): string {
    return this.#document.code;
  }

  @Field(() => CampaignType, {
    nullable: true,
    complexity: costs(2),
    description: "Its campaign.",
  })
  async campaign(@Ctx() { loaders, project }: RequestContext): Promise<CampaignType | undefined> {
    const found = await loaders.document("campaigns", promotionKey(project, this.#document.campaign));
    return found && new CampaignType(found);
  }

  @Field(() => Int, { nullable: true, description: "How often it may be redeemed; null for no limit." })
  get limit(): number | undefined {
    return this.#document.redemption_limit;
  }

  @Field(() => Int, { description: "Number of redemptions, without those that were rolled back." })
  get redemptionsCount(): number {
    return this.#document.redeemed;
  }

  @Field(() => Boolean, { description: "False if it can't be redeemed." })
  get active(): boolean {
    return this.#document.active;
  }

  @Field(() => Boolean, {
    description: "True if it was published to a customer: no one else may redeem it.",
  })
  get published(): boolean {
    return this.#document.status === "published";
  }

  @Field(() => CustomerType, {
    nullable: true,
    complexity: costs(2),
    description: "The customer that it was published to; null if there is none, or it was erased.",
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

  @Field(() => GiftCardBalanceType, {
    nullable: true,
    complexity: costs(5),
    description:
      "The amounts of a gift card; null for a code of another kind, and once its customer is erased.",
  })
  async giftCard(@Ctx() { loaders }: RequestContext): Promise<GiftCardBalanceType | undefined> {
    const { card } = this.#document;
    if (card === undefined) return undefined;
    const { amount, spent } = card;
    const { currency } = await loaders.definition();
    return {
      amount: new MoneyType(amount, currency),
      spent: new MoneyType(spent, currency),
      balance: new MoneyType(cardBalance(card), currency),
    };
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was published; null if it was not.",
  })
  get publishedAt(): Date | undefined {
    return this.#document.published_at;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.#document.created_at;
  }
}

const PromotionCodeEdgeType = edgeType<PromotionCodeType>("PromotionCodeEdge", () => PromotionCodeType);
export const PromotionCodeConnectionType = connectionType<PromotionCodeType>(
  "PromotionCodeConnection",
  "A page of codes.",
  () => PromotionCodeType,
  () => PromotionCodeEdgeType,
);
export type PromotionCodeConnectionType = InstanceType<typeof PromotionCodeConnectionType>;

@ObjectType("Campaign", {
  implements: NodeType,
  description: "What is redeemed: a discount, gift cards, points or referrals, with its rules and its codes.",
})
export class CampaignType implements NodeType {
  /** The document, for the relations. */
  readonly document: CampaignDocument;

  constructor(document: CampaignDocument) {
    this.document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Campaign", this.document.name_key);
  }

  @Field(() => String, { description: "Name, unique in the project." })
  get name(): string {
    return this.document.name;
  }

  @Field(() => campaignKinds, { description: "What it gives; it never changes." })
  get kind(): CampaignKind {
    return this.document.terms.kind;
  }

  @Field(() => String, { description: "What it gives in words, as `12.5 %, at most $20.00`." })
  async text(@Ctx() { loaders }: RequestContext): Promise<string> {
    return termsText(this.document.terms, (await loaders.definition()).currency);
  }

  @Field(() => DiscountType, {
    nullable: true,
    description: "What a redemption takes off the order; null for gift cards and points.",
  })
  async discount(@Ctx() { loaders }: RequestContext): Promise<DiscountType | undefined> {
    const { terms } = this.document;
    if (!("discount" in terms)) return undefined;
    return new DiscountType(terms.discount, (await loaders.definition()).currency);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "What a redeemed point takes off an order; null if it takes nothing, or it has no points.",
  })
  async pointValue(@Ctx() { loaders }: RequestContext): Promise<MoneyType | undefined> {
    const { terms } = this.document;
    if (terms.kind !== "loyalty" || terms.point_value === undefined) return undefined;
    return new MoneyType(terms.point_value, (await loaders.definition()).currency);
  }

  @Field(() => Int, {
    nullable: true,
    description:
      "On how many days points can be redeemed, including the day they are earned; null if they never expire, or if it has no points.",
  })
  get pointsDays(): number | undefined {
    const { terms } = this.document;
    return terms.kind === "loyalty" ? terms.points_days : undefined;
  }

  @Field(() => [ValidationRuleType], {
    complexity: costs(5, { assumedSize: 5 }),
    description: "The validation rules that all have to allow a redemption.",
  })
  async rules(@Ctx() { loaders, project }: RequestContext): Promise<readonly ValidationRuleType[]> {
    const found = await Promise.all(
      this.document.rules.map((key) => loaders.document("validation_rules", promotionKey(project, key))),
    );
    return found.flatMap((rule) => (rule === undefined ? [] : [new ValidationRuleType(rule)]));
  }

  @Field(() => Boolean, { description: "True if a redemption has to present one of the codes." })
  get requiresCode(): boolean {
    return this.document.requires_code;
  }

  @Field(() => Boolean, { description: "False while nothing can be redeemed." })
  get active(): boolean {
    return this.document.active;
  }

  @Field(() => PromotionCodeConnectionType, {
    complexity: pageComplexity(20),
    description: "Its codes, in alphabetical order.",
  })
  async codes(
    @Ctx() { engine, project }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<PromotionCodeConnectionType> {
    const { name_key } = this.document;
    const page = await codePage(engine, this.document, windowOf(given));
    const count = async () => exactly((await countCodes(engine, project, [name_key]))[0]!);
    return new PromotionCodeConnectionType(
      pageConnection(page, (code) => new PromotionCodeType(code), count),
    );
  }

  @Field(() => Int, {
    complexity: costs(5),
    description: "Number of redemptions, without those that were rolled back.",
  })
  async redemptionsCount(@Ctx() { engine, project }: RequestContext): Promise<number> {
    return (await countRedemptions(engine, project, [this.document.name_key]))[0]!;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When it last changed." })
  get updatedAt(): Date {
    return this.document.updated_at;
  }
}

const CampaignEdgeType = edgeType<CampaignType>("CampaignEdge", () => CampaignType);
export const CampaignConnectionType = connectionType<CampaignType>(
  "CampaignConnection",
  "A page of campaigns.",
  () => CampaignType,
  () => CampaignEdgeType,
);
export type CampaignConnectionType = InstanceType<typeof CampaignConnectionType>;

@ObjectType("CampaignPayload", { description: "Result of creating or changing a campaign." })
export class CampaignPayloadType {
  @Field(() => CampaignType, { nullable: true, description: "The campaign; null if there are user errors." })
  readonly campaign?: CampaignType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("PromotionCodePayload", { description: "Result of creating, changing or publishing a code." })
export class PromotionCodePayloadType {
  @Field(() => PromotionCodeType, { nullable: true, description: "The code; null if there are user errors." })
  readonly code?: PromotionCodeType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("CodesGeneratePayload", { description: "Result of generating codes." })
export class CodesGeneratePayloadType {
  @Field(() => [PromotionCodeType], {
    description: "The codes; empty if a job generates them, or there are user errors.",
  })
  readonly codes!: readonly PromotionCodeType[];
  @Field(() => JobObjectType, {
    nullable: true,
    description: "The job that generates them; null if they have been generated.",
  })
  readonly job?: JobObjectType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

@ObjectType("CodesPublishPayload", { description: "Result of publishing codes to a segment." })
export class CodesPublishPayloadType {
  @Field(() => JobObjectType, {
    nullable: true,
    description: "The job that publishes them; null if there are user errors.",
  })
  readonly job?: JobObjectType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}
