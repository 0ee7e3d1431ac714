// Templates of segments that most shops can use, each with a query to save as it is or to adapt first.
import { catalogOf } from "../catalog/catalog.js";
import { checkQuery } from "../check/check.js";
import type { Engine } from "../engine.js";
import { recentProject } from "../projects/projects.js";

export interface SegmentTemplate {
  /** Stable, as `lapsed-customers`. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** A query of the segment language. */
  readonly query: string;
}

const templates: readonly SegmentTemplate[] = [
  {
    key: "vip-customers",
    name: "VIP customers",
    description: "High total spend, and an order in the last year.",
    query: "orders.total_amount is at least 1000 and orders.last_at is in the last 365 days",
  },
  {
    key: "first-time-buyers",
    name: "First-time buyers",
    description: "Exactly one order, placed in the last 30 days.",
    query: "orders.count is 1 and orders.last_at is in the last 30 days",
  },
  {
    key: "repeat-buyers",
    name: "Repeat buyers",
    description: "Two orders or more.",
    query: "orders.count is at least 2",
  },
  {
    key: "one-time-buyers",
    name: "One-time buyers who did not return",
    description: "Exactly one order, more than 90 days ago.",
    query: "orders.count is 1 and orders.last_at is more than 90 days ago",
  },
  {
    key: "lapsed-customers",
    name: "Lapsed customers",
    description: "No order in the last 180 days, but at least one before.",
    query: "orders.count is at least 1 and orders.last_at is more than 180 days ago",
  },
  {
    key: "at-risk-regulars",
    name: "Regulars at risk",
    description: "Three orders or more, but none in the last 90 days.",
    query: "orders.count is at least 3 and orders.last_at is more than 90 days ago",
  },
  {
    key: "recent-buyers",
    name: "Recent buyers",
    description: "An order in the last 30 days.",
    query: "orders.last_at is in the last 30 days",
  },
  {
    key: "frequent-buyers",
    name: "Frequent buyers",
    description: "Three orders or more in the last 90 days.",
    query: "placed order at least 3 times in the last 90 days",
  },
  {
    key: "big-spenders-this-year",
    name: "Big spenders of the last year",
    description: "Orders of 500 or more in total in the last 365 days.",
    query: "sum of amount of order in the last 365 days is at least 500",
  },
  {
    key: "large-baskets",
    name: "Large baskets",
    description: "A high average order amount.",
    query: "orders.average_amount is at least 100",
  },
  {
    key: "large-last-order",
    name: "Large last order",
    description: "The last order was large, and recent.",
    query: "orders.last_amount is at least 200 and orders.last_at is in the last 60 days",
  },
  {
    key: "never-ordered",
    name: "Never ordered",
    description: "No order yet.",
    query: "orders.count is 0",
  },
  {
    key: "new-customers",
    name: "New customers",
    description: "Created in the last 30 days.",
    query: "created_at is in the last 30 days",
  },
  {
    key: "new-without-order",
    name: "New customers without an order",
    description: "Created in the last 14 days, and no order yet.",
    query: "created_at is in the last 14 days and orders.count is 0",
  },
  {
    key: "birthday-next-week",
    name: "Birthday next week",
    description: "The birthday is in the next 7 days.",
    query: "birthdate anniversary is in the next 7 days",
  },
  {
    key: "referrers",
    name: "Referrers",
    description: "Referred at least one other customer.",
    query: "referrals.count is at least 1",
  },
  {
    key: "points-to-spend",
    name: "Loyalty points to spend",
    description: "A loyalty balance of 100 points or more.",
    query: "loyalty.balance is at least 100",
  },
  {
    key: "gift-card-balance",
    name: "Unspent gift cards",
    description: "A remaining balance on gift cards.",
    query: "gift_cards.balance is more than 0",
  },
  {
    key: "voucher-users",
    name: "Voucher users",
    description: "Redeemed at least one voucher or discount.",
    query: "redemptions.count is at least 1",
  },
  {
    key: "missing-email",
    name: "Without an e-mail address",
    description: "No e-mail address is known.",
    query: "email is unknown",
  },
  {
    key: "subscribers-without-recent-order",
    name: "Reachable, and no recent order",
    description: "Has an e-mail address, and no order in the last 60 days.",
    query: "email has any value and has not placed order in the last 60 days",
  },
];

/** The templates whose query is valid under the project's definitions. */
export async function segmentTemplates(engine: Engine, project: string): Promise<readonly SegmentTemplate[]> {
  const catalog = catalogOf(await recentProject(engine, project));
  const now = engine.clock();
  return templates.filter(({ query }) => checkQuery(query, catalog, now).plan !== undefined);
}
