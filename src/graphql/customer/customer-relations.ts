// The relations of a customer: its records, its timeline, and its segments.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import type { RecordCollection } from "../../documents/collections.js";
import { maxAsked } from "../../segments/of-customer.js";
import { freshDescription } from "../segment/members-type.js";
import { SegmentMembershipType } from "../segment/membership-type.js";
import {
  type ConnectionInput,
  exactly,
  maxPageSize,
  PageArguments,
  pageComplexity,
  windowOf,
} from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import { ComputedValueType } from "./computed-value-type.js";
import { CustomerSegmentConnectionType } from "./customer-segment-type.js";
import { customerSegments } from "./customer-segments.js";
import { CustomerType } from "./customer-type.js";
import {
  EventConnectionType,
  GiftCardConnectionType,
  LoyaltyCardConnectionType,
  OrderConnectionType,
  RedemptionConnectionType,
  ReferralConnectionType,
  recordEdges,
  recordTypes,
  TimelineConnectionType,
} from "./record-connections.js";
import { timelineOf } from "./timeline.js";

@ArgsType()
class TimelineArguments {
  @Field(() => Int, { defaultValue: 20, description: `How many at most, up to ${maxPageSize}.` })
  readonly first!: number;

  @Field(() => String, { nullable: true, description: "Cursor to start after." })
  readonly after?: string | null;
}

/** The most computed attributes that one field answers for. */
const maxComputed = 20;
const recordsComplexity = pageComplexity(50);
const asOfDescription = "Moment to answer for; now if omitted.";

@Resolver(() => CustomerType)
export class CustomerRelations {
  @FieldResolver(() => OrderConnectionType, {
    complexity: recordsComplexity,
    description: "The customer's orders, the latest first.",
  })
  orders(
    @Root() customer: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<OrderConnectionType> {
    return recordsOf(context, customer, "orders", given, recordTypes.orders).then(
      (page) => new OrderConnectionType(page),
    );
  }

  @FieldResolver(() => EventConnectionType, {
    complexity: recordsComplexity,
    description: "The customer's events, latest first.",
  })
  events(
    @Root() customer: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
    @Arg("type", () => String, { nullable: true, description: "Only events of this type, as `page viewed`." })
    type?: string | null,
  ): Promise<EventConnectionType> {
    return recordsOf(context, customer, "events", given, recordTypes.events, type ?? undefined).then(
      (page) => new EventConnectionType(page),
    );
  }

  @FieldResolver(() => RedemptionConnectionType, {
    complexity: recordsComplexity,
    description: "The customer's redemptions, the latest first.",
  })
  redemptions(
    @Root() customer: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<RedemptionConnectionType> {
    return recordsOf(context, customer, "redemptions", given, recordTypes.redemptions).then(
      (page) => new RedemptionConnectionType(page),
    );
  }

  @FieldResolver(() => GiftCardConnectionType, {
    complexity: recordsComplexity,
    description: "The customer's gift cards.",
  })
  giftCards(
    @Root() customer: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<GiftCardConnectionType> {
    return recordsOf(context, customer, "gift_cards", given, recordTypes.gift_cards).then(
      (page) => new GiftCardConnectionType(page),
    );
  }

  @FieldResolver(() => LoyaltyCardConnectionType, {
    complexity: recordsComplexity,
    description: "The customer's loyalty cards.",
  })
  loyaltyCards(
    @Root() customer: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<LoyaltyCardConnectionType> {
    return recordsOf(context, customer, "loyalty", given, recordTypes.loyalty).then(
      (page) => new LoyaltyCardConnectionType(page),
    );
  }

  @FieldResolver(() => ReferralConnectionType, {
    complexity: recordsComplexity,
    description: "Referrals made by the customer, the latest first.",
  })
  referrals(
    @Root() customer: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<ReferralConnectionType> {
    return recordsOf(context, customer, "referrals", given, recordTypes.referrals).then(
      (page) => new ReferralConnectionType(page),
    );
  }

  @FieldResolver(() => TimelineConnectionType, {
    complexity: pageComplexity(300),
    description:
      "Orders, events, redemptions, referrals and segment transitions of the customer, the latest first.",
  })
  timeline(
    @Root() { document }: CustomerType,
    @Ctx() context: RequestContext,
    @Args(() => TimelineArguments) { first, after }: TimelineArguments,
  ): Promise<TimelineConnectionType> {
    return timelineOf(context, document._id, first, after ?? undefined);
  }

  @FieldResolver(() => CustomerSegmentConnectionType, {
    complexity: pageComplexity(100),
    description: "The segments that the customer is in, by name; no archived ones.",
  })
  segments(
    @Root() { document }: CustomerType,
    @Ctx() context: RequestContext,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: asOfDescription }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshDescription }) fresh: boolean,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<CustomerSegmentConnectionType> {
    return customerSegments(context, document, { asOf: asOf?.getTime(), fresh }, windowOf(given));
  }

  @FieldResolver(() => [ComputedValueType], {
    complexity: costs(50, { slicingArguments: ["names"], assumedSize: maxComputed }),
    description:
      "Values of computed attributes as of now, even among customers of another moment, in the order of the names.",
  })
  async computed(
    @Root() { document, currency }: CustomerType,
    @Ctx() { loaders }: RequestContext,
    @Arg("names", () => [String], {
      nullable: true,
      description: `Names of computed attributes, up to ${maxComputed}; all of the project's if omitted.`,
    })
    names?: string[] | null,
  ): Promise<readonly ComputedValueType[]> {
    if ((names?.length ?? 0) > maxComputed)
      throw userError(`\`names\` has ${names?.length} names; at most ${maxComputed} are answered at once.`);
    const values = await loaders.computed(document, names ?? undefined);
    return values.map((value) => new ComputedValueType(value, currency));
  }

  @FieldResolver(() => [SegmentMembershipType], {
    complexity: costs(100, { slicingArguments: ["segmentIds"] }),
    description: "Whether the customer is in each of some segments, in their order.",
  })
  async memberships(
    @Root() { document }: CustomerType,
    @Ctx() context: RequestContext,
    @Arg("segmentIds", () => [ID], { description: `Ids of the segments, up to ${maxAsked}.` })
    segmentIds: string[],
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: asOfDescription }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshDescription }) fresh: boolean,
  ): Promise<readonly SegmentMembershipType[]> {
    const ids = [...new Set(segmentIds.map((id) => keyOf("Segment", id, "segmentIds")))];
    const found = await context.loaders.memberships(document, { ids, asOf: asOf?.getTime(), fresh });
    const known = new Map(found.segments.map((each) => [each.segment.id, each]));
    return ids.map((id) => {
      const { member = null, source = "computed" } = known.get(id) ?? {};
      return new SegmentMembershipType(id, member, source);
    });
  }
}

/** Creates only one promise, since it is called for each customer of a page. */
function recordsOf<Name extends RecordCollection, Node>(
  { loaders }: RequestContext,
  { document, currency }: CustomerType,
  collection: Name,
  given: PageArguments,
  typeOf: Parameters<typeof recordEdges<Name, Node>>[1],
  type?: string,
): Promise<ConnectionInput<Node>> {
  const count = async () => exactly(await loaders.recordCount(collection, document._id, type));
  return loaders
    .recordPage(collection, document._id, { ...windowOf(given), type })
    .then((page) => recordEdges(page, typeOf, currency, count));
}
