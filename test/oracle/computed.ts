// Computed attributes of random projects: expressions, with the value of each for a customer.
import type { AttributeType } from "./attributes.js";
import { measured } from "./evaluate.js";
import { numberOf, type Sight, seenHappenings, stored } from "./facts.js";
import { type Fraction, fractionOf } from "./number.js";
import { figureWithin, productIds, stretchOf } from "./readings.js";
import type { Clause, Subject } from "./tree.js";

export interface Computed {
  readonly name: string;
  readonly expression: string;
  readonly type: Extract<AttributeType, "number" | "money" | "text">;
  /** A number (money in minor units) or a text; undefined if it is unknown. */
  readonly value: (sight: Sight) => Fraction | string | undefined;
}

const amount: Subject = { attribute: "amount", event: "order" };
const inTheLast30Days: Clause = {
  kind: "window",
  comparison: { kind: "window", toward: "last", span: { amount: 30, unit: "day" } },
  written: "in the last 30 days",
};

function ofOrders(
  aggregate: "sum" | "average" | "max" | "count",
  clauses: readonly Clause[],
): Computed["value"] {
  const property = aggregate === "count" ? {} : { property: amount };
  return (sight) => {
    const value = measured({ aggregate, ...property, event: "order", clauses }, sight);
    return typeof value === "number" ? undefined : value;
  };
}

/** Each project has some of these; the last names the first. */
export const computedAttributes: readonly Computed[] = [
  { name: "lifetime value", expression: "sum of amount of order", type: "money", value: ofOrders("sum", []) },
  {
    name: "recent orders",
    expression: "count of order in the last 30 days",
    type: "number",
    value: ofOrders("count", [inTheLast30Days]),
  },
  {
    name: "Usual basket",
    expression: "average of amount of order",
    type: "money",
    value: ofOrders("average", []),
  },
  {
    name: "best_order",
    expression: "max of amount of order in the last 30 days",
    type: "money",
    value: ofOrders("max", [inTheLast30Days]),
  },
  {
    name: "yearly spend",
    expression: "total spent this year",
    type: "money",
    value: (sight) => {
      const { start, end } = stretchOf("this year", sight);
      return figureWithin("orders.total_amount", (at) => at >= start && at < end, sight);
    },
  },
  {
    name: "variety",
    expression: "count of different product of order",
    type: "number",
    value: (sight) => fractionOf(new Set(seenHappenings("order", sight).flatMap(productIds)).size),
  },
  {
    name: "home town",
    expression: "city",
    type: "text",
    value: (sight) => {
      const city = stored({ attribute: "city" }, sight);
      return typeof city === "string" ? city : undefined;
    },
  },
  {
    name: "points",
    expression: "loyalty balance",
    type: "number",
    value: (sight) => numberOf({ attribute: "loyalty.balance" }, sight),
  },
  { name: "worth", expression: "lifetime value", type: "money", value: ofOrders("sum", []) },
];
