// Redemptions, gift cards, loyalty cards and referrals as GraphQL returns them.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, Float, ID, ObjectType } from "type-graphql";
import type {
  GiftCardDocument,
  LoyaltyDocument,
  RedemptionDocument,
  ReferralDocument,
} from "../../documents/documents.js";
import { customerId } from "../../facts/identity.js";
import { givenId } from "../../facts/record-id.js";
import type { RequestContext } from "../server/context.js";
import { globalId, type NodeName } from "../server/global-id.js";
import { MoneyType } from "../server/money-type.js";
import { NodeType } from "../server/node-type.js";
import { CustomerType } from "./customer-type.js";
import { ownerField, ownerOf } from "./record-types.js";

type BalanceDocument = RedemptionDocument | GiftCardDocument | LoyaltyDocument | ReferralDocument;

/** The common fields of the four types. It is no type of the schema, since no field returns it. */
@ObjectType()
abstract class BalanceRecord<Document extends BalanceDocument> {
  protected readonly document: Document;
  readonly #name: NodeName;

  constructor(name: NodeName, document: Document) {
    this.#name = name;
    this.document = document;
  }

  @Field(() => ID, { description: "Global id." })
  get id(): string {
    return globalId(this.#name, this.document._id);
  }

  @Field(() => String, { nullable: true, description: "Id in the source system, if it was given one." })
  get sourceId(): string | undefined {
    return givenId(this.document);
  }

  @Field(() => String, { description: "Name of the campaign." })
  get campaign(): string {
    return this.document.campaign;
  }
}

/** The common fields of the types that belong to a customer. */
@ObjectType()
abstract class HeldRecord<
  Document extends Exclude<BalanceDocument, ReferralDocument>,
> extends BalanceRecord<Document> {
  @Field(() => CustomerType, ownerField)
  customer(@Ctx() context: RequestContext): Promise<CustomerType | undefined> {
    return ownerOf(context, this.document.customer);
  }
}

@ObjectType("Redemption", {
  implements: NodeType,
  description: "An attempt to redeem a voucher or a discount.",
})
export class RedemptionType extends HeldRecord<RedemptionDocument> implements NodeType {
  constructor(document: RedemptionDocument) {
    super("Redemption", document);
  }

  @Field(() => GraphQLDateTime, { description: "When it happened." })
  get at() {
    return this.document.at;
  }

  @Field(() => String, { description: "Result; only `SUCCESS` is counted." })
  get result() {
    return this.document.result;
  }
}

@ObjectType("GiftCard", { implements: NodeType, description: "A gift card of a customer." })
export class GiftCardType extends HeldRecord<GiftCardDocument> implements NodeType {
  readonly #currency: string;

  /** `currency` is the project's. */
  constructor(document: GiftCardDocument, currency: string) {
    super("GiftCard", document);
    this.#currency = currency;
  }

  @Field(() => MoneyType, { description: "Amount that it was issued with." })
  get amount(): MoneyType {
    return new MoneyType(this.document.amount, this.#currency);
  }

  @Field(() => MoneyType, { description: "Amount spent." })
  get spent(): MoneyType {
    return new MoneyType(this.document.spent, this.#currency);
  }

  @Field(() => MoneyType, { description: "Remaining balance." })
  get balance(): MoneyType {
    return new MoneyType(this.document.amount - this.document.spent, this.#currency);
  }
}

@ObjectType("LoyaltyCard", { implements: NodeType, description: "A loyalty card of a customer." })
export class LoyaltyCardType extends HeldRecord<LoyaltyDocument> implements NodeType {
  constructor(document: LoyaltyDocument) {
    super("LoyaltyCard", document);
  }

  @Field(() => Float, { description: "Points collected so far." })
  get points() {
    return this.document.points;
  }

  @Field(() => Float, { description: "Points spent." })
  get spent() {
    return this.document.spent;
  }

  @Field(() => Float, { description: "Points expired." })
  get expired() {
    return this.document.expired;
  }

  @Field(() => Float, { description: "Points collected, less those spent and expired." })
  get balance() {
    return this.document.points - this.document.spent - this.document.expired;
  }
}

@ObjectType("Referral", { implements: NodeType, description: "A referral of one customer by another." })
export class ReferralType extends BalanceRecord<ReferralDocument> implements NodeType {
  constructor(document: ReferralDocument) {
    super("Referral", document);
  }

  @Field(() => CustomerType, {
    ...ownerField,
    description: "The customer who referred; null if it was erased.",
  })
  referrer(@Ctx() context: RequestContext): Promise<CustomerType | undefined> {
    return ownerOf(context, this.document.customer);
  }

  @Field(() => String, { description: "Source id of the customer who was referred." })
  get refereeSourceId() {
    return this.document.referee;
  }

  @Field(() => CustomerType, {
    ...ownerField,
    description: "The customer who was referred; null if there is none of that source id.",
  })
  referee(@Ctx() context: RequestContext): Promise<CustomerType | undefined> {
    return ownerOf(context, customerId(this.document.project, this.document.referee));
  }

  @Field(() => GraphQLDateTime, { description: "When it happened." })
  get at() {
    return this.document.at;
  }
}
