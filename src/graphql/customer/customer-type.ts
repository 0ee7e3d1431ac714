// A customer as GraphQL returns it: the profile as it was given, and figures of the customer's activity.
import { GraphQLDateTime, GraphQLJSON, GraphQLLocalDate } from "graphql-scalars";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { sources } from "../../catalog/enumerations.js";
import type { Activity, CustomerDocument, Profile } from "../../documents/documents.js";
import { AddressType } from "../server/address-type.js";
import { globalId } from "../server/global-id.js";
import { MoneyType } from "../server/money-type.js";
import { NodeType } from "../server/node-type.js";

export const sourceEnumeration = Object.fromEntries(sources.map((source) => [source.toUpperCase(), source]));

registerEnumType(sourceEnumeration, {
  name: "CustomerSource",
  description: "The system that a customer was imported from.",
  valuesConfig: Object.fromEntries(
    sources.map((source) => [source.toUpperCase(), { description: `The source \`${source}\`.` }]),
  ),
});

@ObjectType("SourceMetadata", { description: "What the source system knows of a customer." })
class SourceMetadataType {
  @Field(() => String, { nullable: true, description: "Mailchimp list." })
  readonly mailchimpList?: string | null;
  @Field(() => String, { nullable: true, description: "Intercom type: `lead` or `user`." })
  readonly intercomType?: string | null;
  @Field(() => String, { nullable: true, description: "Id of the web widget." })
  readonly webWidgetId?: string | null;
}

@ObjectType("Customer", {
  implements: NodeType,
  description:
    "A customer of the project. Profile fields are as they were given. Figures are as of now: canceled orders and records dated in the future are not counted.",
})
export class CustomerType implements NodeType {
  /** What is stored. */
  readonly document: CustomerDocument;
  /** The project's. */
  readonly currency: string;

  constructor(document: CustomerDocument, currency: string) {
    this.document = document;
    this.currency = currency;
  }

  get #profile(): Profile {
    return this.document.profile;
  }

  get #activity(): Activity {
    return this.document.activity;
  }

  #money(minorAmount: number): MoneyType {
    return new MoneyType(minorAmount, this.currency);
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId("Customer", this.document._id);
  }

  @Field(() => String, {
    description: "Id in the source system: unique in the project, case-sensitive.",
  })
  get sourceId(): string {
    return this.document.source_id;
  }

  @Field(() => String, { nullable: true, description: "Full name." })
  get name() {
    return this.#profile.name;
  }

  @Field(() => String, { nullable: true, description: "E-mail address." })
  get email() {
    return this.#profile.email;
  }

  @Field(() => String, { nullable: true, description: "Phone number." })
  get phone() {
    return this.#profile.phone;
  }

  @Field(() => AddressType, { nullable: true, description: "Postal address." })
  get address(): AddressType | undefined {
    const { address } = this.#profile;
    return address ? new AddressType(address) : undefined;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When the customer was created in the source system.",
  })
  get createdAt() {
    return this.document.facts.created_at;
  }

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description: "Date of birth; null if the year is not known.",
  })
  get birthdate(): string | undefined {
    const { birthdate } = this.document.facts;
    return birthdate !== undefined && /^\d{4}-\d\d-\d\d$/.test(birthdate) ? birthdate : undefined;
  }

  @Field(() => String, { nullable: true, description: "Birthday as month and day, as `02-28`." })
  get birthday(): string | undefined {
    const day = this.document.yearly.birthdate;
    return typeof day === "string" ? day : undefined;
  }

  @Field(() => sourceEnumeration, {
    nullable: true,
    description: "The source system; null if it is not one of these.",
  })
  get source() {
    return this.document.facts.source;
  }

  @Field(() => String, { nullable: true, description: "The source system, as it was given." })
  get sourceText() {
    return this.#profile.source;
  }

  @Field(() => SourceMetadataType, { nullable: true, description: "What the source system knows." })
  get sourceMetadata(): SourceMetadataType | undefined {
    const { source_metadata } = this.#profile;
    if (!source_metadata) return undefined;
    const { mailchimp, intercom, web_widget } = source_metadata;
    return { mailchimpList: mailchimp?.list, intercomType: intercom?.type, webWidgetId: web_widget?.id };
  }

  @Field(() => [String], { description: "Marketing permissions that the customer granted." })
  get consents(): readonly string[] {
    return this.#profile.consents ?? [];
  }

  @Field(() => GraphQLJSON, {
    description: "Custom attributes: an object, as it was given.",
  })
  get metadata() {
    return this.#profile.metadata ?? {};
  }

  @Field(() => Int, { description: "Number of orders." })
  get ordersCount(): number {
    return this.#activity.orders.count;
  }

  @Field(() => MoneyType, { description: "Total of all orders." })
  get ordersTotalAmount(): MoneyType {
    return this.#money(this.#activity.orders.total_amount);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "Average order amount, rounded to the minor unit; null without orders.",
  })
  get ordersAverageAmount(): MoneyType | undefined {
    const average = this.#activity.orders.average_amount;
    return average === undefined ? undefined : this.#money(average);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Time of the first order; null without orders.",
  })
  get firstOrderAt() {
    return this.#activity.orders.first_at;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Time of the last order; null without orders.",
  })
  get lastOrderAt() {
    return this.#activity.orders.last_at;
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "Amount of the last order; null without orders.",
  })
  get lastOrderAmount(): MoneyType | undefined {
    const last = this.#activity.orders.last_amount;
    return last === undefined ? undefined : this.#money(last);
  }

  @Field(() => Int, { description: "Number of different products bought." })
  get productsCount(): number {
    return this.#activity.orders.product_count;
  }

  @Field(() => Int, { description: "Number of successful redemptions." })
  get redemptionsCount(): number {
    return this.#activity.redemptions.count;
  }

  @Field(() => Int, { description: "Number of customers that the customer referred." })
  get referralsCount(): number {
    return this.#activity.referrals.count;
  }

  @Field(() => MoneyType, { description: "Amount spent from gift cards." })
  get giftCardsSpent(): MoneyType {
    return this.#money(this.#activity.gift_cards.spent);
  }

  @Field(() => MoneyType, { description: "Remaining balance of the gift cards." })
  get giftCardsBalance(): MoneyType {
    return this.#money(this.#activity.gift_cards.balance);
  }

  @Field(() => Float, { description: "Loyalty points collected so far." })
  get loyaltyPoints(): number {
    return this.#activity.loyalty.points;
  }

  @Field(() => Float, { description: "Loyalty points collected, less those spent and expired." })
  get loyaltyBalance(): number {
    return this.#activity.loyalty.balance;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When segment membership of the customer was last evaluated; null before the first time.",
  })
  get evaluatedAt() {
    return this.document.moved_at;
  }
}
