// Queries and the pipelines that they come to: as small as a person would write them.
import { describe, expect, it } from "vitest";
import { compilePlan } from "../../src/pipeline/compile.js";
import type { Plan, PlanNode, ValueSpan } from "../../src/plan/plan.js";
import { check } from "../check/world.js";

/** The plan of a query, its products taken to have the keys `k-TEXT`. */
function planOf(text: string): Plan {
  const { plan, diagnostics } = check(text);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return { ...plan, where: withProducts(plan.where) };
}

function withProducts(node: PlanNode): PlanNode {
  if (node.kind === "not") return { ...node, operand: withProducts(node.operand) };
  if (node.kind === "and" || node.kind === "or")
    return { ...node, operands: node.operands.map(withProducts) };
  if (node.kind !== "predicate" || node.test.kind !== "bought") return node;
  const values = node.test.texts.map((text): ValueSpan => ({ from: `k-${text}`, to: `k-${text}` }));
  return { ...node, test: { kind: "hasAny", values } };
}

const matchesNone = { _id: { $in: [] } };
const day = (text: string) => new Date(text);

const matches: readonly (readonly [text: string, match: Readonly<Record<string, unknown>>])[] = [
  ["email is a@b.c", { "facts.email": { $eq: "a@b.c" } }],
  ["email is not a", { "facts.email": { $ne: "a" } }],
  ["email in (a, b)", { "facts.email": { $in: ["a", "b"] } }],
  ["email not in (a, b)", { "facts.email": { $nin: ["a", "b"] } }],
  ["email starts with a.b", { "facts.email": { $regex: "^a\\.b" } }],
  ["email does not start with a", { "facts.email": { $not: { $regex: "^a" } } }],
  ["email ends with .uk", { "reversed.email": { $regex: "^ku\\." } }],
  ["email contains '$(a|b)*'", { "facts.email": { $regex: "\\$\\(a\\|b\\)\\*" } }],
  ["email is unknown", { "facts.email": { $eq: null } }],
  ["email exists", { "facts.email": { $ne: null } }],
  ["country is Poland", { "facts.country": { $eq: "PL" } }],
  ["vip", { "facts.metadata.b_vip": { $eq: true } }],
  ["not vip", { "facts.metadata.b_vip": { $ne: true } }],
  ["`a.$b` is 1", { "facts.metadata.n_a%2e%24b": { $eq: 1 } }],
  ["age between 1 and 5", { "facts.metadata.n_age": { $gte: 1, $lte: 5 } }],
  ["age is not between 1 and 5", { "facts.metadata.n_age": { $not: { $gte: 1, $lte: 5 } } }],
  ["total spent > $5", { "activity.orders.total_amount": { $gt: 500 } }],
  ["total spent is $5.005", matchesNone],
  ["created before 2026-01-01", { "facts.created_at": { $lt: day("2025-12-31T23:00:00Z") } }],
  ["birthday anniversary is today", { "yearly.birthdate": { $in: ["11-23"] } }],
  ["consents contains SMS", { "facts.consents": { $in: ["sms"] } }],
  ["consents contains all of (SMS, newsletter)", { "facts.consents": { $all: ["sms", "newsletter"] } }],
  ["tags is empty", { "facts.metadata.ss_tags.0": { $exists: false } }],
  ["tags has at least 3", { "facts.metadata.ss_tags.2": { $exists: true } }],
  ["tags has at least 0", {}],
  ["order contains mug", { "activity.orders.items": { $in: ["k-mug"] } }],
  ["order has at least 2", { "activity.orders.product_count": { $gte: 2 } }],
  [
    "visits contains 2026-11-01",
    {
      $or: [
        {
          "facts.metadata.tt_visits": {
            $elemMatch: { $gte: day("2026-10-31T23:00:00Z"), $lte: day("2026-11-01T22:59:59.999Z") },
          },
        },
      ],
    },
  ],
  [
    "loyalty points in campaign Club is at least 5",
    { "activity.loyalty.campaigns": { $elemMatch: { campaign: "Club", points: { $gte: 5 } } } },
  ],
  [
    "loyalty points in campaign Club is less than 5",
    {
      "activity.loyalty.campaigns": {
        $not: { $elemMatch: { campaign: "Club", points: { $not: { $lt: 5 } } } },
      },
    },
  ],
  // Cheapest first, flat, and without an operator where none is needed.
  [
    "email contains x and (name starts with a and city is Paris)",
    { "facts.city": { $eq: "paris" }, "facts.name": { $regex: "^a" }, "facts.email": { $regex: "x" } },
  ],
  ["city is a or city is b or city in (c, a)", { "facts.city": { $in: ["a", "b", "c"] } }],
  ["city in (a, b, c) and city in (c, b)", { "facts.city": { $in: ["b", "c"] } }],
  ["city is a and city is b", matchesNone],
  ["age > 1 and age <= 5 and age < 9", { "facts.metadata.n_age": { $gt: 1, $lte: 5 } }],
  ["age in (1, 5, 9) and age > 4", { "facts.metadata.n_age": { $in: [5, 9] } }],
  ["age >= 5 and age <= 5", { "facts.metadata.n_age": { $eq: 5 } }],
  ["age > 5 and age < 5", matchesNone],
  ["age > 5 and age exists", { "facts.metadata.n_age": { $gt: 5 } }],
  ["age > 5 or age exists", { "facts.metadata.n_age": { $ne: null } }],
  ["vip or not vip", {}],
  ["vip and not vip", matchesNone],
  ["vip and vip", { "facts.metadata.b_vip": { $eq: true } }],
  ["vip or (vip and age is 1)", { "facts.metadata.b_vip": { $eq: true } }],
  ["vip and (vip or age is 1)", { "facts.metadata.b_vip": { $eq: true } }],
  ["not (vip or age is 1)", { "facts.metadata.n_age": { $ne: 1 }, "facts.metadata.b_vip": { $ne: true } }],
  ["none of (vip, city is Paris)", { "facts.metadata.b_vip": { $ne: true }, "facts.city": { $ne: "paris" } }],
  [
    "not (vip and city is Paris)",
    { $or: [{ "facts.metadata.b_vip": { $ne: true } }, { "facts.city": { $ne: "paris" } }] },
  ],
  [
    "(vip or age is 1) and (vip or age is 2)",
    {
      $and: [
        { $or: [{ "facts.metadata.b_vip": { $eq: true } }, { "facts.metadata.n_age": { $eq: 1 } }] },
        { $or: [{ "facts.metadata.b_vip": { $eq: true } }, { "facts.metadata.n_age": { $eq: 2 } }] },
      ],
    },
  ],
  ["order contains mug or order contains tee", { "activity.orders.items": { $in: ["k-mug", "k-tee"] } }],
];

describe("pipelines on the summary", () => {
  it.each(matches)("%s", (text, match) => {
    expect(compilePlan(planOf(text), "summary")).toEqual([{ $match: { project: "shop", ...match } }]);
  });
});

describe("pipelines on the records", () => {
  const seen = (cond: readonly unknown[], input: string) => ({
    $filter: {
      input,
      as: "record",
      cond: { $and: [{ $lte: ["$$record.at", day("2026-11-23T12:00:00Z")] }, ...cond] },
    },
  });

  it("joins only the records it needs, after the conditions that need none", () => {
    expect(
      compilePlan(planOf("number of orders > 2 and city is Paris and gift card balance > 1"), "records"),
    ).toEqual([
      {
        $match: {
          project: "shop",
          "facts.city": { $eq: "paris" },
          "activity.gift_cards.balance": { $gt: 100 },
        },
      },
      { $lookup: { from: "orders", localField: "_id", foreignField: "customer", as: "orders_seen" } },
      { $set: { orders_seen: seen([{ $ne: ["$$record.status", "CANCELED"] }], "$orders_seen") } },
      { $set: { "as_of.orders.count": { $size: "$orders_seen" } } },
      { $match: { "as_of.orders.count": { $gt: 2 } } },
      { $unset: ["as_of", "orders_seen"] },
    ]);
  });

  it("is the summary's pipeline if nothing depends on as-of", () => {
    expect(compilePlan(planOf("city is Paris or vip"), "records")).toEqual(
      compilePlan(planOf("city is Paris or vip"), "summary"),
    );
  });

  it("narrows referrals to a campaign, by a literal", () => {
    const pipeline = JSON.stringify(
      compilePlan(planOf("referred customers in campaign Summer > 1"), "records"),
    );
    expect(pipeline).toContain('{"campaign":{"$literal":"Summer"}');
  });
});

describe("a pipeline", () => {
  it("is frozen all the way down", () => {
    const [stage] = compilePlan(planOf("city in (a, b)"), "summary") as [
      { $match: { "facts.city": { $in: string[] } } },
    ];
    expect(() => stage.$match["facts.city"].$in.push("c")).toThrow(TypeError);
  });

  it("contains user input only as values", () => {
    const text = JSON.stringify(
      compilePlan(planOf('name is "$where" and city in ("$ne", "{$gt:1}") and `a.$b` > 1'), "summary"),
    );
    const operators = new Set([...text.matchAll(/"(\$\w+)":/g)].map(([, name]) => name));
    expect([...operators].sort()).toEqual(["$eq", "$gt", "$in", "$match"]);
  });

  it("puts the most selective condition first if selectivity is known", () => {
    const plan = planOf("vip and city is Paris and name exists");
    const part = (node: PlanNode) =>
      node.kind === "predicate" && node.field.attribute === "name" ? 0.01 : 0.5;
    expect(Object.keys(compilePlan(plan, "summary", part)[0]?.$match as object)).toEqual([
      "project",
      "facts.name",
      "facts.metadata.b_vip",
      "facts.city",
    ]);
  });
});
