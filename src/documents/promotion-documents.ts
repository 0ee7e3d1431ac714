// The documents of promotions: validation rules, campaigns, their codes, and what was redeemed.
import type { SavedQuery, StoredDocument } from "./documents.js";

/** Who may redeem, when, and how often. `_id` is `promotionKey(project, name)` of `promotions/names.ts`. */
export interface ValidationRuleDocument extends StoredDocument {
  readonly name: string;
  /** `nameKey` of `segments/identity.ts`; two rules of a project can't share it, and it never changes. */
  readonly name_key: string;
  readonly audience: Audience;
  readonly limits: RedemptionLimits;
  /** Redeemable from this instant, and until before that one. */
  readonly from?: Date;
  readonly until?: Date;
  /** The least amount of the order, in minor units. */
  readonly minimum_order?: number;
  /** The campaigns that the rule is assigned to, by `name_key`. */
  readonly used_by: readonly string[];
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** All parts have to hold; segments are listed by `segment_id`. An audience without any part is everyone. */
export interface Audience {
  /** In each of these segments. */
  readonly all_of: readonly string[];
  /** In at least one of them, if there are any. */
  readonly any_of: readonly string[];
  /** In none of them. */
  readonly none_of: readonly string[];
  readonly query?: SavedQuery;
}

/** Counted for each campaign that the rule is assigned to; an absent limit does not limit. */
export interface RedemptionLimits {
  readonly total?: number;
  readonly per_customer?: number;
  /** Of a calendar day in the project's zone. */
  readonly per_day?: number;
}

/** What a redemption takes off the order. */
export type Discount =
  /** `percent` is a decimal number, as `12.5`; `maximum` is in minor units. */
  | { readonly kind: "percent"; readonly percent: string; readonly maximum?: number }
  /** Minor units. */
  | { readonly kind: "amount"; readonly amount: number };

/** What a campaign gives; its kind never changes. */
export type CampaignTerms =
  | { readonly kind: "discount"; readonly discount: Discount }
  /** Codes that hold an amount; each is a record in `gift_cards`. */
  | { readonly kind: "gift_card" }
  /** Points, an account for each customer, which is a record in `loyalty`. */
  | {
      readonly kind: "loyalty";
      /** What a redeemed point takes off an order, in minor units; absent if points are redeemed for something else. */
      readonly point_value?: number;
      /** On how many days points can be redeemed, the day they are earned included; absent for ever. */
      readonly points_days?: number;
    }
  /** Codes that referrers pass on; each redemption is a record in `referrals`. The discount is the referee's. */
  | { readonly kind: "referral"; readonly discount: Discount };

/** `_id` is `promotionKey(project, name)`. */
export interface CampaignDocument extends StoredDocument {
  readonly name: string;
  /** As of a rule. Redemption records name the campaign, so its name never changes. */
  readonly name_key: string;
  readonly terms: CampaignTerms;
  /** The rules that all have to allow a redemption, by `name_key`. */
  readonly rules: readonly string[];
  /** True if a redemption has to present one of the campaign's codes. */
  readonly requires_code: boolean;
  readonly active: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** `_id` is `codeKey(project, code)` of `promotions/codes.ts`. */
export interface CodeDocument extends StoredDocument {
  /** As it is shown. */
  readonly code: string;
  /** By `name_key`. */
  readonly campaign: string;
  /** How often it may be redeemed; absent for no limit. */
  readonly redemption_limit?: number;
  readonly redeemed: number;
  readonly active: boolean;
  /**
   * A chosen code is `shared`: it is never published. A generated one is `free` to be published, `unavailable` while it is not active
   * or was redeemed, and `published` once it belongs to a customer: no other customer may redeem it.
   */
  readonly status: "shared" | "free" | "unavailable" | "published";
  /** `_id` of the customer that it was published to; absent as well once that customer was erased. */
  readonly customer?: string;
  readonly published_at?: Date;
  /** Of a gift card; absent as well once its customer was erased. */
  readonly card?: GiftCard;
  readonly created_at: Date;
}

/** The amounts of a gift card, in minor units. */
export interface GiftCard {
  readonly amount: number;
  readonly spent: number;
}

/**
 * A counter of a campaign or of the project, or what a request with an idempotency key gave to a customer. `_id` is one of the keys of
 * `promotions/counts.ts`.
 */
export interface RedemptionCountDocument extends StoredDocument {
  /** By `name_key`; empty if it is a counter of the project. */
  readonly campaign: string;
  /** Of a counter of one customer: the customer's `_id`. */
  readonly customer?: string;
  readonly count: number;
  /** True until something is counted: a campaign has its counters from the start, so that deleting it conflicts with counting. */
  readonly unused?: true;
  /** Of a counter of one customer: the code published to the customer, as shown. Of a request: the code of the gift card. */
  readonly code?: string;
}

/**
 * A redemption by this service. `_id` is `redemptionKey(project, redemption_id)` of `promotions/redemptions.ts`, so that the index on
 * `_id` refuses a second redemption with the same idempotency key. The record that queries see is in `redemptions`.
 */
export interface CodeRedemptionDocument extends StoredDocument {
  /** The caller's idempotency key, or a random id. */
  readonly redemption_id: string;
  /** By `name_key`. */
  readonly campaign: string;
  /** As shown; absent if the campaign was redeemed without a code. */
  readonly code?: string;
  /** `_id` of the customer. */
  readonly customer: string;
  readonly at: Date;
  /** The calendar day that `per_day` counts it for, as `2026-11-30`. */
  readonly day: string;
  readonly status: "redeemed" | "rolled_back";
  readonly rolled_back_at?: Date;
  /** Minor units; absent if no order was given. */
  readonly order_amount?: number;
  readonly discount_amount?: number;
  /** The points that were spent, by when they expire; absent unless the campaign is of points. */
  readonly lots?: readonly PointLot[];
  /** The order's id in the source system, if one was given. */
  readonly order?: string;
}

/** Points that expire together. */
export interface PointLot {
  readonly points: number;
  /** Absent if they do not expire. */
  readonly expires_at?: Date;
}

/**
 * A customer's points in a campaign. `_id` is `accountKey` of `promotions/loyalty.ts`. The record that queries see is in `loyalty`,
 * and changes in the same transaction.
 */
export interface LoyaltyAccountDocument extends StoredDocument {
  /** By `name_key`. */
  readonly campaign: string;
  /** `_id` of the customer. */
  readonly customer: string;
  /** All points that were ever earned, spent without what was rolled back, and expired. */
  readonly points: number;
  readonly spent: number;
  readonly expired: number;
  /** The points that are left, the first to expire first. */
  readonly lots: readonly PointLot[];
  /** When the first of them expire; absent if none do. */
  readonly next_expiry?: Date;
}
