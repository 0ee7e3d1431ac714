// Changes of facts that would make a customer match, as GraphQL returns them.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { createUnionType, Field, Float, ObjectType } from "type-graphql";
import type { GivenRecord, ProfileChange } from "../../why/change.js";
import { MoneyType } from "../server/money-type.js";

@ObjectType("FieldChange", { description: "A field of the profile is set." })
class FieldChangeType {
  @Field(() => String, { description: "Attribute, as queries name it." }) readonly attribute: string;
  @Field(() => [String], { description: "Path of the field in a customer's profile." })
  readonly path: readonly string[];
  @Field(() => GraphQLJSON, { nullable: true, description: "New value; null if it becomes unknown." })
  readonly value: unknown;

  constructor({ name, path, value }: Extract<ProfileChange, { kind: "set_field" }>) {
    this.attribute = name;
    this.path = path;
    this.value = value;
  }
}

@ObjectType("ConsentChange", { description: "A marketing permission is granted or withdrawn." })
class ConsentChangeType {
  @Field(() => String, { description: "The permission." }) readonly consent: string;
  @Field(() => Boolean, { description: "True if it is granted, false if it is withdrawn." })
  readonly granted: boolean;

  constructor(consent: string, granted: boolean) {
    this.consent = consent;
    this.granted = granted;
  }
}

@ObjectType("OrdersCanceled", { description: "Orders are canceled." })
class OrdersCanceledType {
  @Field(() => [String], { description: "Source ids of the orders." })
  readonly sourceIds: readonly string[];

  constructor(sourceIds: readonly string[]) {
    this.sourceIds = sourceIds;
  }
}

@ObjectType("TimePasses", { description: "Nothing changes except that time passes." })
class TimePassesType {
  @Field(() => GraphQLDateTime, { description: "Until when." }) readonly until: Date;

  constructor(instant: number) {
    this.until = new Date(instant);
  }
}

@ObjectType("AddedOrderItem", { description: "A line of an order that would be added." })
class AddedOrderItemType {
  @Field(() => String, { nullable: true, description: "Id of the product." }) readonly productId: unknown;
  @Field(() => String, { nullable: true, description: "Stock keeping unit." }) readonly sku: unknown;
  @Field(() => String, { nullable: true, description: "Name of the product." }) readonly name: unknown;
  @Field(() => Float, { description: "Number of units." }) readonly quantity: unknown;

  constructor({ product_id, sku, name, quantity = 1 }: GivenRecord) {
    this.productId = product_id;
    this.sku = sku;
    this.name = name;
    this.quantity = quantity;
  }
}

@ObjectType("AddedOrder", { description: "An order that would be added." })
class AddedOrderType {
  @Field(() => MoneyType, { description: "Total amount." }) readonly amount: MoneyType;
  @Field(() => GraphQLDateTime, { description: "When it is placed." }) readonly createdAt: Date;
  @Field(() => String, { nullable: true, description: "Its status, if the status matters." })
  readonly status: unknown;
  @Field(() => [AddedOrderItemType], { description: "Its lines." })
  readonly items: readonly AddedOrderItemType[];
  @Field(() => GraphQLJSON, { description: "Custom attributes." }) readonly metadata: unknown;

  constructor(order: GivenRecord, currency: string) {
    this.amount = new MoneyType(Number(order.amount ?? 0), currency);
    this.createdAt = dateOf(order.created_at);
    this.status = order.status;
    this.items = ((order.items ?? []) as readonly GivenRecord[]).map((item) => new AddedOrderItemType(item));
    this.metadata = order.metadata ?? {};
  }
}

@ObjectType("AddedEvent", { description: "An event that would be added." })
class AddedEventType {
  @Field(() => String, { description: "Name of the event." }) readonly type: string;
  @Field(() => GraphQLDateTime, { description: "When it happens." }) readonly at: Date;
  @Field(() => GraphQLJSON, { description: "Its properties." }) readonly properties: unknown;

  constructor({ type, at, properties = {} }: GivenRecord) {
    this.type = String(type);
    this.at = dateOf(at);
    this.properties = properties;
  }
}

@ObjectType("AddedRedemption", { description: "A successful redemption that would be added." })
class AddedRedemptionType {
  @Field(() => String, { description: "Name of the campaign." }) readonly campaign: string;
  @Field(() => GraphQLDateTime, { description: "When it happens." }) readonly at: Date;

  constructor({ campaign, at }: GivenRecord) {
    this.campaign = String(campaign);
    this.at = dateOf(at);
  }
}

@ObjectType("AddedReferral", { description: "A referral that would be added." })
class AddedReferralType {
  @Field(() => String, { description: "Name of the campaign." }) readonly campaign: string;
  @Field(() => GraphQLDateTime, { description: "When it happens." }) readonly at: Date;

  constructor({ campaign, at }: GivenRecord) {
    this.campaign = String(campaign);
    this.at = dateOf(at);
  }
}

@ObjectType("AddedGiftCard", { description: "A gift card that would be added." })
class AddedGiftCardType {
  @Field(() => String, { description: "Name of the campaign." }) readonly campaign: string;
  @Field(() => MoneyType, { description: "Amount that it is issued with." }) readonly amount: MoneyType;
  @Field(() => MoneyType, { description: "Amount spent." }) readonly spent: MoneyType;

  constructor({ campaign, amount, spent }: GivenRecord, currency: string) {
    this.campaign = String(campaign);
    this.amount = new MoneyType(Number(amount ?? 0), currency);
    this.spent = new MoneyType(Number(spent ?? 0), currency);
  }
}

@ObjectType("AddedLoyaltyCard", { description: "A loyalty card that would be added." })
class AddedLoyaltyCardType {
  @Field(() => String, { description: "Name of the campaign." }) readonly campaign: string;
  @Field(() => Float, { description: "Points collected." }) readonly points: number;
  @Field(() => Float, { description: "Points spent." }) readonly spent: number;

  constructor({ campaign, points, spent }: GivenRecord) {
    this.campaign = String(campaign);
    this.points = Number(points ?? 0);
    this.spent = Number(spent ?? 0);
  }
}

export const ProfileChangeType = createUnionType({
  name: "ProfileChange",
  description: "A change of a customer: of the profile or of the records, or because time passes.",
  types: () =>
    [
      FieldChangeType,
      ConsentChangeType,
      AddedOrderType,
      AddedEventType,
      AddedRedemptionType,
      AddedReferralType,
      AddedGiftCardType,
      AddedLoyaltyCardType,
      OrdersCanceledType,
      TimePassesType,
    ] as const,
});

/** A change as GraphQL returns it; added records one by one. @param currency the project's. */
export function profileChanges(change: ProfileChange, currency: string): readonly object[] {
  switch (change.kind) {
    case "set_field":
      return [new FieldChangeType(change)];
    case "grant_consent":
      return [new ConsentChangeType(change.consent, true)];
    case "withdraw_consent":
      return [new ConsentChangeType(change.consent, false)];
    case "cancel_orders":
      return [new OrdersCanceledType(change.sourceIds)];
    case "wait_until":
      return [new TimePassesType(change.instant)];
    case "add_records":
      return change.records.map((record) => added(change.collection, record, currency));
    default:
      return change satisfies never;
  }
}

function added(
  collection: Extract<ProfileChange, { kind: "add_records" }>["collection"],
  record: GivenRecord,
  currency: string,
): object {
  switch (collection) {
    case "orders":
      return new AddedOrderType(record, currency);
    case "events":
      return new AddedEventType(record);
    case "redemptions":
      return new AddedRedemptionType(record);
    case "referrals":
      return new AddedReferralType(record);
    case "gift_cards":
      return new AddedGiftCardType(record, currency);
    case "loyalty":
      return new AddedLoyaltyCardType(record);
    default:
      return collection satisfies never;
  }
}

function dateOf(written: unknown): Date {
  return new Date(String(written));
}
