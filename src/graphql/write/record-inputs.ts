// The inputs for customers' records: the interchange folder's shape in GraphQL's naming. The domain validates the values.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, Float, ID, InputType } from "type-graphql";
import { customerId, sourceIdOf } from "../../facts/identity.js";
import { CustomerByInput } from "../customer/customer-by-input.js";
import { type OrderStatus, orderStatuses } from "../customer/record-types.js";
import { keyOf } from "../server/global-id.js";
import { MoneyInput, minorAmountOf } from "../server/money-type.js";

type Given = Readonly<Record<string, unknown>>;

/** The context in which inputs are read. */
export interface InputScope {
  readonly project: string;
  readonly currency: string;
}

@InputType("RecordByInput", { description: "Identifies a record, by one of its ids." })
export class RecordByInput {
  @Field(() => ID, { nullable: true, description: "Global id." })
  readonly id?: string | null;

  @Field(() => String, { nullable: true, description: "Id in the source system." })
  readonly sourceId?: string | null;
}

/** The object without undefined values: GraphQL inputs may have them, records may not. */
export function given(object: Given): Given {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** The source id of the customer that an input names. One of another project names no customer of this one. */
export function customerOf(by: CustomerByInput | null | undefined, project: string): string | undefined {
  if (by === null || by === undefined) return undefined;
  if (typeof by.id !== "string") return by.sourceId ?? "";
  const key = keyOf("Customer", by.id, "customer");
  return key.startsWith(customerId(project, "")) ? sourceIdOf(project, key) : "(of another project)";
}

const customerField = { nullable: true, description: "The customer; required for a new record." } as const;
const sourceIdField = {
  nullable: true,
  description:
    "Id in the source system, unique in the project. Without one, a record is identified by its content: the n-th of several equal records in a request is the same record as the n-th in any other request or file.",
} as const;

@InputType("OrderItemInput", { description: "A line of an order." })
export class OrderItemInput {
  @Field(() => String, { nullable: true, description: "Id of the product." }) readonly productId?:
    | string
    | null;
  @Field(() => String, { nullable: true, description: "Stock keeping unit." }) readonly sku?: string | null;
  @Field(() => String, { nullable: true, description: "Name of the product." }) readonly name?: string | null;
  @Field(() => Float, { nullable: true, description: "Number of units; 1 if omitted." })
  readonly quantity?: number | null;
  @Field(() => MoneyInput, { nullable: true, description: "Price of one unit." })
  readonly price?: MoneyInput | null;
}

@InputType("OrderInput", { description: "An order. One with a known `sourceId` is replaced." })
export class OrderInput {
  @Field(() => String, { description: "Id in the source system, unique in the project." })
  readonly sourceId!: string;
  @Field(() => CustomerByInput, customerField) readonly customer?: CustomerByInput | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was placed; required for a new order.",
  })
  readonly createdAt?: Date | null;
  @Field(() => orderStatuses, { nullable: true, description: "Its status; `CREATED` if omitted." })
  readonly status?: OrderStatus | null;
  @Field(() => String, { nullable: true, description: "Its status in other words, if `status` is `OTHER`." })
  readonly statusText?: string | null;
  @Field(() => MoneyInput, { nullable: true, description: "Total amount; the sum of the lines if omitted." })
  readonly amount?: MoneyInput | null;
  @Field(() => [OrderItemInput], { nullable: true, description: "Its lines." })
  readonly items?: readonly OrderItemInput[] | null;
  @Field(() => GraphQLJSON, { nullable: true, description: "Custom attributes: an object." })
  readonly metadata?: unknown;
}

@InputType("EventInput", {
  description: "Something that a customer did. The same event sent again is one event.",
})
export class EventInput {
  @Field(() => String, sourceIdField) readonly sourceId?: string | null;
  @Field(() => CustomerByInput, customerField) readonly customer?: CustomerByInput | null;
  @Field(() => String, {
    nullable: true,
    description: "Name of the event, as `page viewed`; required for a new event.",
  })
  readonly type?: string | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it happened; required for a new event.",
  })
  readonly at?: Date | null;
  @Field(() => GraphQLJSON, { nullable: true, description: "Properties: an object." })
  readonly properties?: unknown;
}

@InputType("RedemptionInput", { description: "An attempt to redeem a voucher or a discount." })
export class RedemptionInput {
  @Field(() => String, sourceIdField) readonly sourceId?: string | null;
  @Field(() => CustomerByInput, customerField) readonly customer?: CustomerByInput | null;
  @Field(() => String, { nullable: true, description: "Name of the campaign; required for a new record." })
  readonly campaign?: string | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it happened; required for a new record.",
  })
  readonly at?: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "Result; only `SUCCESS` is counted. Required for a new record.",
  })
  readonly result?: string | null;
}

@InputType("GiftCardInput", { description: "A gift card of a customer." })
export class GiftCardInput {
  @Field(() => String, sourceIdField) readonly sourceId?: string | null;
  @Field(() => CustomerByInput, customerField) readonly customer?: CustomerByInput | null;
  @Field(() => String, { nullable: true, description: "Name of the campaign; required for a new card." })
  readonly campaign?: string | null;
  @Field(() => MoneyInput, {
    nullable: true,
    description: "Amount that it was issued with; required for a new card.",
  })
  readonly amount?: MoneyInput | null;
  @Field(() => MoneyInput, { nullable: true, description: "Amount spent; 0 if omitted." })
  readonly spent?: MoneyInput | null;
}

@InputType("LoyaltyCardInput", { description: "A loyalty card of a customer." })
export class LoyaltyCardInput {
  @Field(() => String, sourceIdField) readonly sourceId?: string | null;
  @Field(() => CustomerByInput, customerField) readonly customer?: CustomerByInput | null;
  @Field(() => String, { nullable: true, description: "Name of the campaign; required for a new card." })
  readonly campaign?: string | null;
  @Field(() => Float, { nullable: true, description: "Points collected so far; required for a new card." })
  readonly points?: number | null;
  @Field(() => Float, { nullable: true, description: "Points spent; 0 if omitted." })
  readonly spent?: number | null;
  @Field(() => Float, { nullable: true, description: "Points expired; 0 if omitted." })
  readonly expired?: number | null;
}

@InputType("ReferralInput", { description: "A referral of one customer by another." })
export class ReferralInput {
  @Field(() => String, sourceIdField) readonly sourceId?: string | null;
  @Field(() => CustomerByInput, {
    nullable: true,
    description: "The customer who referred; required for a new record.",
  })
  readonly referrer?: CustomerByInput | null;
  @Field(() => String, {
    nullable: true,
    description: "Source id of the customer who was referred; required for a new record.",
  })
  readonly refereeSourceId?: string | null;
  @Field(() => String, { nullable: true, description: "Name of the campaign; required for a new record." })
  readonly campaign?: string | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it happened; required for a new record.",
  })
  readonly at?: Date | null;
}

/** The order in the domain's shape. @throws RecordError if an amount is not valid in the currency. */
export function orderOf(input: OrderInput, { project, currency }: InputScope): Given {
  const { sourceId, customer, createdAt, status, statusText, amount, items, metadata } = input;
  return given({
    source_id: sourceId,
    customer: customerOf(customer, project),
    created_at: createdAt?.toISOString(),
    status: status && status !== "OTHER" ? status : (statusText ?? status ?? undefined),
    amount: minorAmountOf(amount, currency, "amount"),
    items: items?.map(({ productId, price, ...line }, index) =>
      given({
        ...line,
        product_id: productId,
        price: minorAmountOf(price, currency, `items.${index}.price`),
      }),
    ),
    metadata,
  });
}

export function eventOf({ sourceId, customer, at, ...rest }: EventInput, { project }: InputScope): Given {
  return given({ ...rest, id: sourceId, customer: customerOf(customer, project), at: at?.toISOString() });
}

export function redemptionOf(
  { sourceId, customer, at, ...rest }: RedemptionInput,
  { project }: InputScope,
): Given {
  return given({ ...rest, id: sourceId, customer: customerOf(customer, project), at: at?.toISOString() });
}

/** @throws RecordError if an amount is not valid in the currency. */
export function giftCardOf(input: GiftCardInput, { project, currency }: InputScope): Given {
  const { sourceId, customer, campaign, amount, spent } = input;
  return given({
    id: sourceId,
    customer: customerOf(customer, project),
    campaign,
    amount: minorAmountOf(amount, currency, "amount"),
    spent: minorAmountOf(spent, currency, "spent"),
  });
}

export function loyaltyCardOf(
  { sourceId, customer, ...rest }: LoyaltyCardInput,
  { project }: InputScope,
): Given {
  return given({ ...rest, id: sourceId, customer: customerOf(customer, project) });
}

export function referralOf(
  { sourceId, referrer, refereeSourceId, campaign, at }: ReferralInput,
  { project }: InputScope,
): Given {
  return given({
    id: sourceId,
    referrer: customerOf(referrer, project),
    referee: refereeSourceId,
    campaign,
    at: at?.toISOString(),
  });
}
