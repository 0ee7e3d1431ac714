// The terms of campaigns of every kind: their check, their words, and the amount that a redemption takes off an order.
import { formatMoney } from "../catalog/money.js";
import type { CampaignTerms } from "../documents/promotion-documents.js";
import { type DiscountRequest, discountOf, discountText, readDiscount } from "./discount.js";
import { checkWhole, PromotionError } from "./promotion-error.js";
import { maxAmount } from "./rules.js";

export type CampaignKind = CampaignTerms["kind"];

/** The most days that points last. */
const maxDays = 3_650;

export interface TermsRequest {
  /** `discount` if omitted. */
  readonly kind?: CampaignKind | undefined;
  /** Of a discount or a referral: required. */
  readonly discount?: DiscountRequest | undefined;
  /** Of loyalty. */
  readonly pointValue?: number | undefined;
  readonly pointsDays?: number | undefined;
}

/** Checks terms for saving. @throws PromotionError `INVALID_INPUT`. */
export function readTerms({
  kind = "discount",
  discount,
  pointValue,
  pointsDays,
}: TermsRequest): CampaignTerms {
  const hasDiscount = kind === "discount" || kind === "referral";
  if (!hasDiscount && discount !== undefined)
    throw invalid("discount", "Only campaigns of discounts and referrals have a discount. Leave it out.");
  if (kind !== "loyalty" && (pointValue !== undefined || pointsDays !== undefined))
    throw invalid(
      pointValue === undefined ? "pointsDays" : "pointValue",
      "Only loyalty campaigns have points. Leave out what is about points.",
    );
  switch (kind) {
    case "discount":
    case "referral":
      return { kind, discount: readDiscount(discount ?? {}) };
    case "gift_card":
      return { kind };
    case "loyalty":
      return {
        kind,
        ...(pointValue === undefined
          ? {}
          : { point_value: checkWhole(pointValue, "pointValue", 1, maxAmount) }),
        ...(pointsDays === undefined
          ? {}
          : { points_days: checkWhole(pointsDays, "pointsDays", 1, maxDays) }),
      };
    default:
      return kind satisfies never;
  }
}

/** Changes of terms: what is omitted does not change, and null clears. */
export interface TermsChanges {
  readonly discount?: DiscountRequest | undefined;
  /** Of loyalty; null for points that are redeemed for something else than money. */
  readonly pointValue?: number | null | undefined;
  /** Of loyalty; null for points that are earned from now on to last for ever. */
  readonly pointsDays?: number | null | undefined;
}

/** The terms as they are after the changes. @throws PromotionError `INVALID_INPUT`. */
export function changedTerms(
  terms: CampaignTerms,
  { discount, pointValue, pointsDays }: TermsChanges,
): CampaignTerms {
  const { point_value, points_days } = terms.kind === "loyalty" ? terms : noPoints;
  return readTerms({
    kind: terms.kind,
    discount: discount ?? stored(terms),
    pointValue: changed(point_value, pointValue),
    pointsDays: changed(points_days, pointsDays),
  });
}

const noPoints = { point_value: undefined, points_days: undefined };

function changed(before: number | undefined, change: number | null | undefined): number | undefined {
  return change === undefined ? before : (change ?? undefined);
}

/** The stored discount as a request. */
function stored(terms: CampaignTerms): DiscountRequest | undefined {
  return "discount" in terms ? terms.discount : undefined;
}

/** What is at a customer's disposal for a redemption, besides an order. */
export interface Means {
  /** Of a gift card: its balance in minor units. */
  readonly balance?: number | undefined;
  /** The points to redeem. */
  readonly points?: number | undefined;
}

/** The amount that a redemption takes off an order, in minor units; undefined if it takes none. */
export function amountOff(terms: CampaignTerms, orderAmount: number, means: Means): number | undefined {
  switch (terms.kind) {
    case "discount":
    case "referral":
      return discountOf(terms.discount, orderAmount);
    case "gift_card":
      return Math.min(means.balance ?? 0, orderAmount);
    case "loyalty":
      return terms.point_value === undefined || means.points === undefined
        ? undefined
        : Math.min(terms.point_value * means.points, orderAmount);
    default:
      return terms satisfies never;
  }
}

/** The terms in words, as `12.5 %, at most $20.00`. */
export function termsText(terms: CampaignTerms, currency: string): string {
  switch (terms.kind) {
    case "discount":
      return discountText(terms.discount, currency);
    case "referral":
      return `referral: ${discountText(terms.discount, currency)}`;
    case "gift_card":
      return "gift cards";
    case "loyalty": {
      const value = terms.point_value === undefined ? "" : ` of ${formatMoney(terms.point_value, currency)}`;
      const days = terms.points_days === undefined ? "" : `, for ${terms.points_days} days`;
      return `points${value}${days}`;
    }
    default:
      return terms satisfies never;
  }
}

function invalid(field: string, message: string): PromotionError {
  return new PromotionError("INVALID_INPUT", field, message);
}
