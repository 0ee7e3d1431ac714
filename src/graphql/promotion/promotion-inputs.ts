// The inputs about promotions.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int } from "type-graphql";
import type { CampaignChanges, CampaignRequest } from "../../promotions/campaigns.js";
import type { DiscountRequest } from "../../promotions/discount.js";
import { PromotionError } from "../../promotions/promotion-error.js";
import type { RuleTerms } from "../../promotions/rules.js";
import type { CampaignKind } from "../../promotions/terms.js";
import type { OrderGiven, RedemptionTarget } from "../../promotions/validate.js";
import { findCustomer } from "../../query/customer.js";
import type { Person } from "../../segments/of-customer.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import type { RequestContext } from "../server/context.js";
import { keyOf, type NodeName } from "../server/global-id.js";
import { MoneyInput, minorAmountOf } from "../server/money-type.js";
import { CustomerInput, profileOf } from "../write/customer-input.js";
import { campaignKinds } from "./campaign-type.js";

@InputType("PromotionByInput", { description: "Identifies a validation rule or a campaign." })
export class PromotionByInput {
  @Field(() => ID, { nullable: true, description: "Global id." }) readonly id?: string | null;
  @Field(() => String, { nullable: true, description: "Name; case is ignored." })
  readonly name?: string | null;
}

/** The name, or the key of the id, which identifies it as well. @throws GraphQLError `BAD_USER_INPUT` for an id of another type. */
export function promotionNameBy(type: NodeName, { id, name }: PromotionByInput): string {
  return typeof id === "string" ? keyOf(type, id) : (name ?? "");
}

@InputType("AudienceInput", {
  description:
    "The customers that a rule allows: those that satisfy every part that is given; all customers if no part is given.",
})
export class AudienceInput {
  @Field(() => [ID], { nullable: true, description: "In each of these segments." })
  readonly allOf?: readonly string[] | null;
  @Field(() => [ID], { nullable: true, description: "In at least one of these segments." })
  readonly anyOf?: readonly string[] | null;
  @Field(() => [ID], { nullable: true, description: "In none of these segments." })
  readonly noneOf?: readonly string[] | null;
  @Field(() => String, { nullable: true, description: "A query of the segment language that has to hold." })
  readonly query?: string | null;
}

@InputType("RedemptionLimitsInput", {
  description:
    "Maximum numbers of redemptions, counted separately for each campaign that the rule is assigned to. A limit that is omitted does not apply.",
})
export class RedemptionLimitsInput {
  @Field(() => Int, { nullable: true, description: "In all." }) readonly total?: number | null;
  @Field(() => Int, { nullable: true, description: "By one customer." })
  readonly perCustomer?: number | null;
  @Field(() => Int, { nullable: true, description: "On one calendar day, in the project's time zone." })
  readonly perDay?: number | null;
}

@InputType("ValidationRuleInput", {
  description: "A validation rule. Omitted parts do not restrict.",
})
export class ValidationRuleInput {
  @Field(() => String, { description: "Name, unique in the project; case is ignored. It does not change." })
  readonly name!: string;
  @Field(() => AudienceInput, { nullable: true, description: "Whom it allows." })
  readonly audience?: AudienceInput | null;
  @Field(() => RedemptionLimitsInput, { nullable: true, description: "How often it allows a redemption." })
  readonly limits?: RedemptionLimitsInput | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Start of the period in which redemptions are allowed.",
  })
  readonly from?: Date | null;
  @Field(() => GraphQLDateTime, { nullable: true, description: "End of that period, exclusive." })
  readonly until?: Date | null;
  @Field(() => MoneyInput, { nullable: true, description: "The least amount of the order." })
  readonly minimumOrder?: MoneyInput | null;
}

/** @throws RecordError for an amount that the currency does not have. */
export function termsOf(input: ValidationRuleInput, currency: string): RuleTerms {
  const { audience, limits, from, until, minimumOrder } = input;
  const ids = (list: readonly string[] | null | undefined, field: string) =>
    list?.map((id) => keyOf("Segment", id, field));
  return {
    allOf: ids(audience?.allOf, "allOf"),
    anyOf: ids(audience?.anyOf, "anyOf"),
    noneOf: ids(audience?.noneOf, "noneOf"),
    query: audience?.query ?? undefined,
    total: limits?.total ?? undefined,
    perCustomer: limits?.perCustomer ?? undefined,
    perDay: limits?.perDay ?? undefined,
    from: from ?? undefined,
    until: until ?? undefined,
    minimumOrder: minorAmountOf(minimumOrder, currency, "minimumOrder"),
  };
}

@InputType("PercentDiscountInput", { description: "A part of the order's amount." })
export class PercentDiscountInput {
  @Field(() => String, { description: "Percentage above 0, up to 100, as the decimal number `12.5`." })
  readonly percent!: string;
  @Field(() => MoneyInput, { nullable: true, description: "The most that it takes off." })
  readonly maximum?: MoneyInput | null;
}

@InputType("DiscountInput", { description: "Exactly one of: what a redemption takes off the order." })
export class DiscountInput {
  @Field(() => PercentDiscountInput, { nullable: true, description: "A part of the order's amount." })
  readonly percent?: PercentDiscountInput | null;
  @Field(() => MoneyInput, { nullable: true, description: "A fixed amount, the order's at most." })
  readonly amount?: MoneyInput | null;
}

function discountRequest({ percent, amount }: DiscountInput, currency: string): DiscountRequest {
  return {
    percent: percent?.percent,
    maximum: minorAmountOf(percent?.maximum, currency, "maximum"),
    amount: minorAmountOf(amount, currency, "amount"),
  };
}

@InputType("CampaignCreateInput", { description: "A campaign." })
export class CampaignCreateInput {
  @Field(() => String, { description: "Name, unique in the project; case is ignored. It does not change." })
  readonly name!: string;
  @Field(() => campaignKinds, { defaultValue: campaignKinds.DISCOUNT, description: "What it gives." })
  readonly kind!: CampaignKind;
  @Field(() => DiscountInput, {
    nullable: true,
    description:
      "What a redemption takes off the order: required for discounts and referrals, and only there.",
  })
  readonly discount?: DiscountInput | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description: "What a redeemed point takes off an order. Only of loyalty.",
  })
  readonly pointValue?: MoneyInput | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "On how many days points can be redeemed, including the day they are earned; without limit if omitted. Only for loyalty.",
  })
  readonly pointsDays?: number | null;
  @Field(() => [PromotionByInput], {
    nullable: true,
    description: "The validation rules that all have to allow a redemption.",
  })
  readonly rules?: readonly PromotionByInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Of a discount: true, as if omitted, if a redemption has to present one of the campaign's codes.",
  })
  readonly requiresCode?: boolean | null;
  @Field(() => Boolean, { defaultValue: true, description: "False to allow no redemption yet." })
  readonly active!: boolean;
}

@InputType("CampaignUpdateInput", {
  description:
    "Changes of a campaign. An omitted field is unchanged, and so is one that is null, except `pointValue` and `pointsDays`.",
})
export class CampaignUpdateInput {
  @Field(() => PromotionByInput, { description: "Which campaign." }) readonly by!: PromotionByInput;
  @Field(() => DiscountInput, { nullable: true, description: "New discount." })
  readonly discount?: DiscountInput | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description: "New value of a point; null for points that have none.",
  })
  readonly pointValue?: MoneyInput | null;
  @Field(() => Int, {
    nullable: true,
    description:
      "New number of days for points that are earned from now on; null for points that never expire.",
  })
  readonly pointsDays?: number | null;
  @Field(() => [PromotionByInput], {
    nullable: true,
    description: "New validation rules, which replace all present ones.",
  })
  readonly rules?: readonly PromotionByInput[] | null;
  @Field(() => Boolean, { nullable: true, description: "Whether a redemption has to present a code." })
  readonly requiresCode?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "False to allow no redemptions." })
  readonly active?: boolean | null;
}

/** What the two inputs have in common; omitted parts are undefined. */
function campaignParts(
  { discount, rules, requiresCode, active }: Partial<CampaignCreateInput> | CampaignUpdateInput,
  currency: string,
): Pick<CampaignRequest, "discount" | "rules" | "requiresCode" | "active"> {
  return {
    ...(discount ? { discount: discountRequest(discount, currency) } : {}),
    rules: rules?.map((rule) => promotionNameBy("ValidationRule", rule)),
    requiresCode: requiresCode ?? undefined,
    active: active ?? undefined,
  };
}

/** @throws RecordError for an amount that the currency does not have. */
export function campaignOf(input: CampaignCreateInput, currency: string): CampaignRequest {
  return {
    name: input.name,
    kind: input.kind,
    ...campaignParts(input, currency),
    pointValue: minorAmountOf(input.pointValue, currency, "pointValue"),
    pointsDays: input.pointsDays ?? undefined,
  };
}

/** Null of what is about points remains null, which clears it. @throws RecordError for an amount that the currency does not have. */
export function campaignChangesOf(input: CampaignUpdateInput, currency: string): CampaignChanges {
  const { pointValue, pointsDays } = input;
  return {
    ...campaignParts(input, currency),
    pointValue: pointValue === null ? null : minorAmountOf(pointValue, currency, "pointValue"),
    pointsDays,
  };
}

@InputType("RedemptionTargetInput", { description: "Exactly one of: what is redeemed." })
export class RedemptionTargetInput {
  @Field(() => String, { nullable: true, description: "A code; case is ignored." })
  readonly code?: string | null;
  @Field(() => PromotionByInput, { nullable: true, description: "A campaign that requires no code." })
  readonly campaign?: PromotionByInput | null;
}

export function targetOf({ code, campaign }: RedemptionTargetInput): RedemptionTarget {
  return campaign ? { campaign: promotionNameBy("Campaign", campaign) } : { code: code ?? "" };
}

@InputType("RedemptionOrderInput", { description: "The order that a redemption is for." })
export class RedemptionOrderInput {
  @Field(() => MoneyInput, { description: "Its amount before the discount." }) readonly amount!: MoneyInput;
  @Field(() => String, { nullable: true, description: "Id in the source system, 1 to 256 characters." })
  readonly sourceId?: string | null;
}

export function orderOf(
  order: RedemptionOrderInput | null | undefined,
  currency: string,
): OrderGiven | undefined {
  if (!order) return undefined;
  return {
    amount: minorAmountOf(order.amount, currency, "amount") ?? 0,
    sourceId: order.sourceId ?? undefined,
  };
}

@InputType("RedeemerInput", { description: "Exactly one of: who redeems." })
export class RedeemerInput {
  @Field(() => CustomerByInput, { nullable: true, description: "A customer." })
  readonly customer?: CustomerByInput | null;
  @Field(() => CustomerInput, { nullable: true, description: "The profile of a customer who is not stored." })
  readonly profile?: CustomerInput | null;
}

/** @throws PromotionError `UNKNOWN_CUSTOMER`. */
export async function personOf(
  { engine, project }: RequestContext,
  { customer, profile }: RedeemerInput,
): Promise<Person> {
  if (profile) return { profile: profileOf(profile) };
  const found = await findCustomer(engine, project, customerKey(customer ?? {}));
  if (found !== undefined) return { customer: found };
  throw new PromotionError(
    "UNKNOWN_CUSTOMER",
    "customer",
    "There is no such customer in this project. Give the profile instead, or add the customer first.",
  );
}
