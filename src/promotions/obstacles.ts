// The obstacles of a redemption: a pure function of the stored documents and the instant.
import { formatMoney } from "../catalog/money.js";
import type {
  CampaignDocument,
  CodeDocument,
  RedemptionCountDocument,
  ValidationRuleDocument,
} from "../documents/promotion-documents.js";
import type { Belongs } from "./audience.js";

export type ObstacleKind =
  | "UNKNOWN_CODE"
  | "INACTIVE_CODE"
  | "CODE_REQUIRED"
  | "CODE_OF_ANOTHER_CUSTOMER"
  | "INACTIVE_CAMPAIGN"
  | "NOT_YET"
  | "ENDED"
  | "MINIMUM_ORDER"
  | "AUDIENCE"
  | "BROKEN_RULE"
  | "CODE_LIMIT"
  | "TOTAL_LIMIT"
  | "CUSTOMER_LIMIT"
  | "DAY_LIMIT"
  | "ORDER_REQUIRED"
  | "NO_BALANCE"
  | "TOO_FEW_POINTS"
  | "POINTS_EXCEED_ORDER"
  | "NO_REFERRER"
  | "OWN_REFERRAL"
  | "ALREADY_REFERRED";

export interface Obstacle {
  readonly kind: ObstacleKind;
  /** For people. */
  readonly message: string;
  /** The rule that is not met, if it is one. */
  readonly rule?: ValidationRuleDocument;
}

/** A rule of the campaign, and whether the person belongs to its audience. */
export interface AppliedRule {
  readonly rule: ValidationRuleDocument;
  readonly belongs: Belongs;
}

/** Everything that a redemption is checked against. */
export interface Circumstances {
  readonly campaign: CampaignDocument;
  /** Undefined if the campaign is redeemed without a code. */
  readonly code?: CodeDocument | undefined;
  readonly rules: readonly AppliedRule[];
  /** `_id` of the customer; undefined if it is not stored. */
  readonly customer?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Minor units; undefined if no order is given. */
  readonly orderAmount?: number | undefined;
  readonly currency: string;
  /** Of a gift card: what is left of it. Of points: how many the customer has. */
  readonly balance?: number | undefined;
  /** The points to redeem; undefined if it is not asked yet. */
  readonly points?: number | undefined;
  /** Redemptions so far: of the campaign, today's of them, and the customer's. */
  readonly counts: {
    readonly total: RedemptionCountDocument["count"];
    readonly day: RedemptionCountDocument["count"];
    readonly customer: RedemptionCountDocument["count"];
  };
}

/** Every obstacle, in a fixed order; none if the redemption is allowed. */
export function obstaclesOf(given: Circumstances): readonly Obstacle[] {
  return [
    ...ofCampaign(given),
    ...(given.code === undefined ? [] : ofCode(given.code, given)),
    ...ofTerms(given),
    ...given.rules.flatMap((applied) => ofRule(applied, given)),
  ];
}

function ofCampaign({ campaign, code }: Circumstances): readonly Obstacle[] {
  const { active, requires_code, name } = campaign;
  return [
    ...(active ? [] : [obstacle("INACTIVE_CAMPAIGN", `The campaign "${name}" is not active.`)]),
    ...(requires_code && code === undefined
      ? [obstacle("CODE_REQUIRED", `The campaign "${name}" is redeemed by one of its codes.`)]
      : []),
  ];
}

function ofCode(
  { code, active, status, customer, redemption_limit, redeemed }: CodeDocument,
  given: Circumstances,
): readonly Obstacle[] {
  const found: Obstacle[] = [];
  const isPassedOn = given.campaign.terms.kind === "referral";
  if (!active) found.push(obstacle("INACTIVE_CODE", `The code ${code} is not active.`));
  if (!isPassedOn && status === "published" && (customer === undefined || customer !== given.customer))
    found.push(obstacle("CODE_OF_ANOTHER_CUSTOMER", `The code ${code} belongs to another customer.`));
  if (redemption_limit !== undefined && redeemed >= redemption_limit)
    found.push(obstacle("CODE_LIMIT", `The code ${code} ${reached(redemption_limit)}.`));
  return found;
}

function ofTerms(given: Circumstances): readonly Obstacle[] {
  const { campaign, code, orderAmount, currency, balance = 0, points } = given;
  const { terms, name } = campaign;
  switch (terms.kind) {
    case "discount":
      return [];
    case "gift_card":
      if (code === undefined) return [];
      return [
        ...(balance === 0 ? [obstacle("NO_BALANCE", `Nothing is left of the gift card ${code.code}.`)] : []),
        ...(orderAmount === undefined
          ? [obstacle("ORDER_REQUIRED", "A gift card pays for an order, and none is given.")]
          : []),
      ];
    case "loyalty": {
      const worth = terms.point_value === undefined ? 0 : terms.point_value * (points ?? 0);
      return [
        ...(balance < (points ?? 1)
          ? [obstacle("TOO_FEW_POINTS", `The customer has ${counted(balance, "point")} of "${name}".`)]
          : []),
        ...(orderAmount !== undefined && worth > orderAmount
          ? [
              obstacle(
                "POINTS_EXCEED_ORDER",
                `${counted(points ?? 0, "point")} are worth ${formatMoney(worth, currency)}, and the order is of ${formatMoney(orderAmount, currency)}. Redeem fewer.`,
              ),
            ]
          : []),
      ];
    }
    case "referral":
      return [
        ...(code !== undefined && (code.status !== "published" || code.customer === undefined)
          ? [obstacle("NO_REFERRER", `The code ${code.code} belongs to no customer: publish it first.`)]
          : []),
        ...(code?.customer !== undefined && code.customer === given.customer
          ? [obstacle("OWN_REFERRAL", "Customers can't refer themselves.")]
          : []),
        ...(given.counts.customer > 0
          ? [obstacle("ALREADY_REFERRED", `The customer was referred by "${name}" before.`)]
          : []),
      ];
    default:
      return terms satisfies never;
  }
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function ofRule({ rule, belongs }: AppliedRule, given: Circumstances): readonly Obstacle[] {
  const { asOf, orderAmount, currency, counts } = given;
  const { from, until, minimum_order, limits, name } = rule;
  const found: Obstacle[] = [];
  const add = (kind: ObstacleKind, message: string) => found.push(obstacle(kind, message, rule));
  if (from !== undefined && asOf < from.getTime())
    add("NOT_YET", `It may be redeemed from ${from.toISOString()} on.`);
  if (until !== undefined && asOf >= until.getTime())
    add("ENDED", `It could be redeemed until ${until.toISOString()}.`);
  if (minimum_order !== undefined && (orderAmount ?? 0) < minimum_order) {
    const least = formatMoney(minimum_order, currency);
    add(
      "MINIMUM_ORDER",
      orderAmount === undefined
        ? `It takes an order of at least ${least}, and none is given.`
        : `It takes an order of at least ${least}, and this one is of ${formatMoney(orderAmount, currency)}.`,
    );
  }
  if (belongs === "unanswerable")
    add("BROKEN_RULE", `The query of the rule "${name}" is no longer valid. Save the rule again.`);
  else if (!belongs) add("AUDIENCE", `The customer does not belong to those whom the rule "${name}" allows.`);
  const { total, per_customer, per_day } = limits;
  if (total !== undefined && counts.total >= total)
    add("TOTAL_LIMIT", `The campaign "${given.campaign.name}" ${reached(total)}.`);
  if (per_customer !== undefined && counts.customer >= per_customer)
    add("CUSTOMER_LIMIT", `The customer has redeemed it as often as a customer may: ${times(per_customer)}.`);
  if (per_day !== undefined && counts.day >= per_day)
    add("DAY_LIMIT", `It was redeemed today as often as it may be in a day: ${times(per_day)}.`);
  return found;
}

function obstacle(kind: ObstacleKind, message: string, rule?: ValidationRuleDocument): Obstacle {
  return { kind, message, ...(rule === undefined ? {} : { rule }) };
}

function reached(limit: number): string {
  return `was redeemed as often as it may be: ${times(limit)}`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count.toLocaleString("en")} times`;
}
