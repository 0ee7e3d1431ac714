// A customer as GraphQL answers it: the profile as it was given, and what their activity comes to.
import { GraphQLDateTime, GraphQLJSON, GraphQLLocalDate, GraphQLSafeInt } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { countryCode } from "../../catalog/countries.js";
import type { Activity, CustomerDocument, Profile } from "../../documents/documents.js";
import { MoneyType } from "../server/money-type.js";

@ObjectType("Customer", {
  description:
    "A customer of the project. Profile fields are as they were given; figures are as of now: canceled orders, and what is dated in the future, count nowhere.",
})
export class CustomerType {
  readonly #document: CustomerDocument;
  readonly #currency: string;

  /** `currency` is the project's. */
  constructor(document: CustomerDocument, currency: string) {
    this.#document = document;
    this.#currency = currency;
  }

  get #profile(): Profile {
    return this.#document.profile;
  }

  get #activity(): Activity {
    return this.#document.activity;
  }

  #money(minorAmount: number): MoneyType {
    return new MoneyType(minorAmount, this.#currency);
  }

  @Field(() => ID, { description: "This service's id of the customer, unique across projects." })
  get id(): string {
    return this.#document._id;
  }

  @Field(() => String, {
    description: "The customer's id where they come from, unique in the project; case matters.",
  })
  get sourceId(): string {
    return this.#document.source_id;
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

  @Field(() => String, { nullable: true, description: "City of the address." })
  get city() {
    return this.#profile.address?.city;
  }

  @Field(() => String, { nullable: true, description: "State, region or province of the address." })
  get state() {
    return this.#profile.address?.state;
  }

  @Field(() => String, { nullable: true, description: "Postal code of the address." })
  get postalCode() {
    return this.#profile.address?.postal_code;
  }

  @Field(() => String, { nullable: true, description: "Country of the address, as it was given." })
  get country() {
    return this.#profile.address?.country;
  }

  @Field(() => String, {
    nullable: true,
    description: "ISO 3166-1 code of the country, as `PL`; null where what was given is no country.",
  })
  get countryCode(): string | undefined {
    const written = this.#profile.address?.country;
    return written ? countryCode(written) : undefined;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: "When they became a customer." })
  get createdAt() {
    return this.#document.facts.created_at;
  }

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Date of birth." })
  get birthdate() {
    return this.#document.facts.birthdate;
  }

  @Field(() => String, { nullable: true, description: "Where they come from, as `mailchimp`." })
  get source() {
    return this.#document.facts.source ?? this.#profile.source;
  }

  @Field(() => [String], { description: "The marketing permissions that they granted." })
  get consents(): readonly string[] {
    return this.#profile.consents ?? [];
  }

  @Field(() => GraphQLJSON, {
    description: "What else the project knows of them: an object, as it was given.",
  })
  get metadata() {
    return this.#profile.metadata ?? {};
  }

  @Field(() => Int, { description: "Number of orders." })
  get ordersCount(): number {
    return this.#activity.orders.count;
  }

  @Field(() => MoneyType, { description: "What all orders come to." })
  get ordersTotalAmount(): MoneyType {
    return this.#money(this.#activity.orders.total_amount);
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "What an order comes to on average, rounded to the minor unit; null without orders.",
  })
  get ordersAverageAmount(): MoneyType | undefined {
    const average = this.#activity.orders.average_amount;
    return average === undefined ? undefined : this.#money(average);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When they ordered first; null without orders.",
  })
  get firstOrderAt() {
    return this.#activity.orders.first_at;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When they ordered last; null without orders.",
  })
  get lastOrderAt() {
    return this.#activity.orders.last_at;
  }

  @Field(() => MoneyType, {
    nullable: true,
    description: "What the last order comes to; null without orders.",
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

  @Field(() => Int, { description: "Number of customers that they referred." })
  get referralsCount(): number {
    return this.#activity.referrals.count;
  }

  @Field(() => MoneyType, { description: "What they spent from gift cards." })
  get giftCardsSpent(): MoneyType {
    return this.#money(this.#activity.gift_cards.spent);
  }

  @Field(() => MoneyType, { description: "What is left on their gift cards." })
  get giftCardsBalance(): MoneyType {
    return this.#money(this.#activity.gift_cards.balance);
  }

  @Field(() => GraphQLSafeInt, { description: "Loyalty points ever gathered." })
  get loyaltyPoints(): number {
    return this.#activity.loyalty.points;
  }

  @Field(() => GraphQLSafeInt, { description: "Loyalty points gathered less those spent and expired." })
  get loyaltyBalance(): number {
    return this.#activity.loyalty.balance;
  }
}
