// Gift cards and points: issued, added, read.
import { GraphQLDateTime, GraphQLSafeInt } from "graphql-scalars";
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { LoyaltyAccountDocument } from "../../documents/promotion-documents.js";
import { customerId } from "../../facts/identity.js";
import { issueGiftCard } from "../../promotions/gift-cards.js";
import { addPoints, findAccount } from "../../promotions/loyalty.js";
import { pointsLeft } from "../../promotions/points.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { MoneyInput, minorAmountOf } from "../server/money-type.js";
import { UserErrorType, userErrorsField, withUserErrors } from "../server/user-error-type.js";
import { PromotionCodePayloadType, PromotionCodeType } from "./campaign-type.js";
import { PromotionByInput, promotionNameBy } from "./promotion-inputs.js";

const cost = costs(500);
const which = { description: "Which campaign." } as const;
const whose = { description: "Which customer." } as const;

@InputType("GiftCardIssueInput", { description: "A gift card to issue." })
export class GiftCardIssueInput {
  @Field(() => PromotionByInput, which) readonly campaign!: PromotionByInput;
  @Field(() => CustomerByInput, whose) readonly customer!: CustomerByInput;
  @Field(() => MoneyInput, { description: "What it holds." }) readonly amount!: MoneyInput;
  @Field(() => String, { nullable: true, description: "Its code; a random one if omitted." })
  readonly code?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Key of the request, 1 to 200 characters: a repetition with it returns the first card, and issues none.",
  })
  readonly idempotencyKey?: string | null;
}

@InputType("LoyaltyPointsAddInput", { description: "Points that a customer earns." })
export class LoyaltyPointsAddInput {
  @Field(() => PromotionByInput, which) readonly campaign!: PromotionByInput;
  @Field(() => CustomerByInput, whose) readonly customer!: CustomerByInput;
  @Field(() => Int, { description: "How many." }) readonly points!: number;
  @Field(() => String, {
    nullable: true,
    description:
      "Key of the request, 1 to 200 characters: a repetition with it returns the account, and adds nothing.",
  })
  readonly idempotencyKey?: string | null;
}

@ObjectType("LoyaltyAccount", { description: "A customer's points in a campaign." })
export class LoyaltyAccountType {
  readonly #document: LoyaltyAccountDocument;

  constructor(document: LoyaltyAccountDocument) {
    this.#document = document;
  }

  @Field(() => GraphQLSafeInt, { description: "All points that were earned." })
  get points(): number {
    return this.#document.points;
  }

  @Field(() => GraphQLSafeInt, { description: "Points that were spent." })
  get spent(): number {
    return this.#document.spent;
  }

  @Field(() => GraphQLSafeInt, { description: "Points that have expired." })
  get expired(): number {
    return this.#document.expired;
  }

  @Field(() => GraphQLSafeInt, { description: "Points that are left." })
  get balance(): number {
    return pointsLeft(this.#document);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the first of the points that are left expire; null if none do.",
  })
  get nextExpiryAt(): Date | undefined {
    return this.#document.next_expiry;
  }
}

@ObjectType("LoyaltyPointsAddPayload", { description: "Result of adding points." })
export class LoyaltyPointsAddPayloadType {
  @Field(() => LoyaltyAccountType, {
    nullable: true,
    description: "The customer's points; null if there are user errors.",
  })
  readonly account?: LoyaltyAccountType | undefined;
  @Field(() => [UserErrorType], userErrorsField) readonly userErrors!: readonly UserErrorType[];
}

function idOf(project: string, customer: CustomerByInput): string {
  const key = customerKey(customer);
  return "id" in key ? key.id : customerId(project, key.sourceId);
}

@Resolver()
export class BalanceResolver {
  @Query(() => LoyaltyAccountType, {
    complexity: costs(10),
    description: "A customer's points in a loyalty campaign; none for a customer who never earned any.",
  })
  async loyaltyAccount(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Arg("campaign", () => PromotionByInput, which) campaign: PromotionByInput,
    @Arg("customer", () => CustomerByInput, whose) customer: CustomerByInput,
  ): Promise<LoyaltyAccountType> {
    await loaders.definition();
    const name = promotionNameBy("Campaign", campaign);
    return new LoyaltyAccountType(await findAccount(engine, project, name, idOf(project, customer)));
  }

  @Mutation(() => PromotionCodePayloadType, {
    complexity: cost,
    description: "Issues a gift card to a customer, who may have several of a campaign.",
  })
  async giftCardIssue(
    @Ctx() { engine, project, loaders, refresh }: RequestContext,
    @Arg("input", () => GiftCardIssueInput, { description: "The gift card." })
    { campaign, customer, amount, code, idempotencyKey }: GiftCardIssueInput,
  ): Promise<PromotionCodePayloadType> {
    const { currency } = await loaders.definition();
    const { value, userErrors } = await withUserErrors(["input"], async () =>
      issueGiftCard(engine, project, {
        campaign: promotionNameBy("Campaign", campaign),
        customer: idOf(project, customer),
        amount: minorAmountOf(amount, currency, "amount") ?? 0,
        code: code ?? undefined,
        idempotencyKey: idempotencyKey ?? undefined,
      }),
    );
    refresh();
    return { code: value && new PromotionCodeType(value), userErrors };
  }

  @Mutation(() => LoyaltyPointsAddPayloadType, {
    complexity: cost,
    description:
      "Adds points to a customer's account. Give an `idempotencyKey`, so that a repetition adds nothing.",
  })
  async loyaltyPointsAdd(
    @Ctx() { engine, project, loaders, refresh }: RequestContext,
    @Arg("input", () => LoyaltyPointsAddInput, { description: "The points." })
    { campaign, customer, points, idempotencyKey }: LoyaltyPointsAddInput,
  ): Promise<LoyaltyPointsAddPayloadType> {
    await loaders.definition();
    const { value, userErrors } = await withUserErrors(["input"], () =>
      addPoints(engine, project, {
        campaign: promotionNameBy("Campaign", campaign),
        customer: idOf(project, customer),
        points,
        idempotencyKey: idempotencyKey ?? undefined,
      }),
    );
    refresh();
    return { account: value && new LoyaltyAccountType(value), userErrors };
  }
}
