// Pages of records: of a customer, or of the project.
import { createUnionType, Field, ObjectType } from "type-graphql";
import type { DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { RecordPage } from "../../query/pages/record-page.js";
import type { TotalCount } from "../../query/preview.js";
import { SegmentTransitionType } from "../history/history-type.js";
import { pageConnection } from "../page-connection.js";
import { type ConnectionInput, connectionType, edgeType } from "../server/connection-type.js";
import { GiftCardType, LoyaltyCardType, RedemptionType, ReferralType } from "./balance-types.js";
import { CustomerEventType, OrderType } from "./record-types.js";

const OrderEdgeType = edgeType<OrderType>("OrderEdge", () => OrderType);
export const OrderConnectionType = connectionType<OrderType>(
  "OrderConnection",
  "A page of orders.",
  () => OrderType,
  () => OrderEdgeType,
);
export type OrderConnectionType = InstanceType<typeof OrderConnectionType>;

const EventEdgeType = edgeType<CustomerEventType>("EventEdge", () => CustomerEventType);
export const EventConnectionType = connectionType<CustomerEventType>(
  "EventConnection",
  "A page of events.",
  () => CustomerEventType,
  () => EventEdgeType,
);
export type EventConnectionType = InstanceType<typeof EventConnectionType>;

const RedemptionEdgeType = edgeType<RedemptionType>("RedemptionEdge", () => RedemptionType);
export const RedemptionConnectionType = connectionType<RedemptionType>(
  "RedemptionConnection",
  "A page of redemptions.",
  () => RedemptionType,
  () => RedemptionEdgeType,
);
export type RedemptionConnectionType = InstanceType<typeof RedemptionConnectionType>;

const GiftCardEdgeType = edgeType<GiftCardType>("GiftCardEdge", () => GiftCardType);
export const GiftCardConnectionType = connectionType<GiftCardType>(
  "GiftCardConnection",
  "A page of gift cards.",
  () => GiftCardType,
  () => GiftCardEdgeType,
);
export type GiftCardConnectionType = InstanceType<typeof GiftCardConnectionType>;

const LoyaltyCardEdgeType = edgeType<LoyaltyCardType>("LoyaltyCardEdge", () => LoyaltyCardType);
export const LoyaltyCardConnectionType = connectionType<LoyaltyCardType>(
  "LoyaltyCardConnection",
  "A page of loyalty cards.",
  () => LoyaltyCardType,
  () => LoyaltyCardEdgeType,
);
export type LoyaltyCardConnectionType = InstanceType<typeof LoyaltyCardConnectionType>;

const ReferralEdgeType = edgeType<ReferralType>("ReferralEdge", () => ReferralType);
export const ReferralConnectionType = connectionType<ReferralType>(
  "ReferralConnection",
  "A page of referrals.",
  () => ReferralType,
  () => ReferralEdgeType,
);
export type ReferralConnectionType = InstanceType<typeof ReferralConnectionType>;

export type TimelineItem =
  | OrderType
  | CustomerEventType
  | RedemptionType
  | ReferralType
  | SegmentTransitionType;

const TimelineItemType = createUnionType({
  name: "TimelineItem",
  description: "Something that happened to a customer.",
  types: () => [OrderType, CustomerEventType, RedemptionType, ReferralType, SegmentTransitionType] as const,
});

@ObjectType("TimelineEdge", { description: "An item of a timeline, and its cursor." })
export class TimelineEdgeType {
  @Field(() => TimelineItemType, { description: "The item." })
  readonly node!: TimelineItem;

  @Field(() => String, { description: "Cursor of the item, to pass as `after`." })
  readonly cursor!: string;
}

export const TimelineConnectionType = connectionType<TimelineItem, TimelineEdgeType>(
  "TimelineConnection",
  "A page of a customer's timeline.",
  () => TimelineItemType,
  () => TimelineEdgeType,
);
export type TimelineConnectionType = InstanceType<typeof TimelineConnectionType>;

/** Makes the GraphQL types of records; some need the project's currency, for amounts. */
export const recordTypes = {
  orders: (document: DocumentOf["orders"], currency: string) => new OrderType(document, currency),
  events: (document: DocumentOf["events"]) => new CustomerEventType(document),
  redemptions: (document: DocumentOf["redemptions"]) => new RedemptionType(document),
  gift_cards: (document: DocumentOf["gift_cards"], currency: string) => new GiftCardType(document, currency),
  loyalty: (document: DocumentOf["loyalty"]) => new LoyaltyCardType(document),
  referrals: (document: DocumentOf["referrals"]) => new ReferralType(document),
} as const;

/** A page of records as a connection takes it. */
export function recordEdges<Name extends RecordCollection, Node>(
  page: RecordPage<Name>,
  typeOf: (document: DocumentOf[Name], currency: string) => Node,
  currency: string,
  count: () => Promise<TotalCount | null>,
): ConnectionInput<Node> {
  return pageConnection(page, (document) => typeOf(document, currency), count);
}
