// What the conformance world doesn't hold: orders of one instant, exact averages, other currencies, spent and expired points,
// sets of all types, hostile keys. Every expectation is computed by hand.
import { expect, it } from "vitest";
import { evaluate } from "./evaluate.js";
import type { Order, PropertyType, World } from "./folder.js";
import type { Comparison, Item, Subject } from "./tree.js";

const asOf = "2026-11-23T12:00:00.000Z";

function order(
  source_id: string,
  customer: string,
  created_at: string,
  amount: number,
  ...products: string[]
): Order {
  const items = products.map((product) => {
    const [product_id = "", sku = null, name = null] = product.split("|");
    return { product_id, sku, name, quantity: 1, price: amount };
  });
  return { source_id, customer, created_at, status: "PAID", amount, items };
}

const world: World = {
  project: {
    timezone: "Europe/Warsaw",
    currency: "KWD",
    asOf,
    metadataSchema: Object.fromEntries<PropertyType>([
      ["__proto__", "string"],
      ["constructor", "number"],
      ["Plan", "string"],
      ["plan", "string"],
      ["tags", "string[]"],
      ["sizes", "number[]"],
      ["flags", "boolean[]"],
      ["visits", "date[]"],
      ["logins", "datetime[]"],
    ]),
    orderMetadataSchema: {},
    eventSchemas: {},
    consents: ["newsletter"],
    campaigns: {
      gift_cards: ["Xmas"],
      loyalty: ["Club", "CLUB"],
      referrals: ["Summer"],
      discounts: ["Spring"],
    },
  },
  customers: [
    {
      source_id: "a",
      name: "\u00a0\u0085",
      source: "web_widget",
      metadata: {
        Plan: "upper",
        plan: "lower",
        tags: ["b2b", "B2B ", "", "Zoe\u0308", "zoë"],
        sizes: [0.1, 21, 21],
        flags: [true],
        visits: ["2026-02-01"],
        // Half past midnight on 1 February in Warsaw.
        logins: ["2026-01-31T23:30:00.000Z"],
      },
    },
    {
      source_id: "A",
      email: "ΟΔΟΣ",
      address: { country: " poland " },
      metadata: Object.fromEntries([
        ["__proto__", "mine"],
        ["constructor", 1],
        ["logins", ["2026-02-01T23:00:00.000Z"]],
      ]),
    },
    { source_id: "b", address: { country: "Narnia" }, metadata: null },
  ],
  orders: [
    // One instant, written in two zones: `o-9` is the greater text, so the last.
    order("o-10", "a", "2026-11-01T10:00:00.000Z", 1000, "p1|S-1|MacBookAir 13"),
    order("o-9", "a", "2026-11-01T11:00:00.000+01:00", 2000, "P1 |S-2|Case for macbookair"),
    order("o-8", "a", "2026-10-01T10:00:00.000Z", -2900, "p2| |  "),
    // At as-of itself it is seen, a millisecond later not.
    order("o-1", "A", asOf, 7),
    order("o-2", "A", "2026-11-23T12:00:00.001Z", 9_000_000, "p3"),
    { ...order("o-3", "b", "2026-01-01T00:00:00.000Z", 5, "p4"), status: "CANCELED" },
  ],
  redemptions: [
    { customer: "a", at: asOf, campaign: "Spring", result: "SUCCESS" },
    { customer: "a", at: asOf, campaign: "Spring", result: "SUCCESS" },
    { customer: "A", at: "2026-11-23T12:00:00.001Z", campaign: "Spring", result: "SUCCESS" },
  ],
  gift_cards: [
    { customer: "a", campaign: "Xmas", amount: 5000, spent: 1 },
    { customer: "a", campaign: "Xmas", amount: 10, spent: 20 },
  ],
  loyalty: [
    { customer: "a", campaign: "Club", points: 100, spent: 30, expired: 5 },
    { customer: "a", campaign: "CLUB", points: 7 },
  ],
  referrals: [
    { referrer: "b", referee: "x", campaign: "Summer", at: asOf },
    { referrer: "b", referee: "x", campaign: "Summer", at: asOf },
    { referrer: "b", referee: "y", campaign: "Summer", at: "2026-12-01T00:00:00.000Z" },
  ],
  events: [],
};

const is = (decimal: string): Comparison => ({ kind: "number", how: "is", decimals: [decimal] });
const number = (how: "less" | "more" | "at least" | "at most", decimal: string): Comparison => ({
  kind: "number",
  how,
  decimals: [decimal],
});
const text = (how: "is" | "starts" | "ends" | "contains", ...texts: string[]): Comparison => ({
  kind: "text",
  how,
  texts,
});
const has = (...items: Item[]): Comparison => ({ kind: "contains", every: true, items });
const product = (name: string): Comparison => has({ kind: "text", text: name });
const size = (atLeast: number): Comparison => ({ kind: "size", atLeast });
const known: Comparison = { kind: "known" };
const firstOfFebruary = { kind: "day", year: 2026, month: 2, day: 1 } as const;
const key = (name: string): Subject => ({ attribute: "metadata", key: name });

it.each<[string | Subject, Comparison, readonly string[]]>([
  ["orders.last_amount", is("2"), ["a"]],
  ["orders.total_amount", is("0.1"), ["a"]],
  ["orders.total_amount", is("0"), ["b"]],
  ["orders.total_amount", number("less", "0.0070001"), ["A", "b"]],
  ["orders.total_amount", number("less", "0.007"), ["b"]],
  // 0.1 shared among three orders is no decimal at all.
  ["orders.average_amount", is("0.0333333333333333333"), []],
  ["orders.average_amount", number("more", "0.0333333333333333333"), ["a"]],
  ["orders.average_amount", number("less", "0.0333333333333333334"), ["A", "a"]],
  ["orders.average_amount", known, ["A", "a"]],
  ["orders.count", is("3"), ["a"]],
  ["orders.count", is("0"), ["b"]],
  ["orders.first_at", { kind: "date", how: "is", dates: [{ kind: "now" }] }, ["A"]],
  ["order", product("s-1"), ["a"]],
  ["order", product("P2"), ["a"]],
  ["order", product("BOOK"), ["a"]],
  ["order", product("S-"), []],
  ["order", product("p4"), []],
  ["order", product("p3"), []],
  ["order", has({ kind: "text", text: "p1" }, { kind: "text", text: "case" }), ["a"]],
  ["order", has({ kind: "text", text: "p1" }, { kind: "text", text: "nothing" }), []],
  ["order", size(2), ["a"]],
  ["order", size(3), []],
  ["order", { kind: "empty" }, ["A", "b"]],
  ["order", known, ["a"]],
  ["redemptions.count", is("2"), ["a"]],
  ["redemptions.count", is("0"), ["A", "b"]],
  ["gift_cards.balance", is("4.989"), ["a"]],
  [{ attribute: "gift_cards.spent", campaign: "Xmas" }, number("at least", "0"), ["A", "a", "b"]],
  ["loyalty.points", is("107"), ["a"]],
  ["loyalty.balance", is("72"), ["a"]],
  [{ attribute: "loyalty.balance", campaign: "Club" }, is("65"), ["a"]],
  [{ attribute: "loyalty.balance", campaign: "CLUB" }, is("7"), ["a"]],
  ["referrals.count", is("2"), ["b"]],
  ["name", known, []],
  ["email", text("is", "οδοσ"), ["A"]],
  ["email", text("is", "οδος"), []],
  ["email", text("ends", "Σ "), ["A"]],
  ["source_id", text("is", "a"), ["a"]],
  ["source_id", text("is", "a", "A"), ["A", "a"]],
  ["country", { kind: "country", texts: ["POL"] }, ["A"]],
  ["country", { kind: "country", texts: ["NARNIA"] }, ["b"]],
  ["source", { kind: "choice", values: ["web_widget"] }, ["a"]],
  [key("Plan"), text("is", "lower"), []],
  [key("plan"), text("is", "lower"), ["a"]],
  [key("__proto__"), known, ["A"]],
  [key("__proto__"), text("is", "MINE"), ["A"]],
  [key("constructor"), known, ["A"]],
  [key("constructor"), number("at most", "1"), ["A"]],
  [key("tags"), has({ kind: "text", text: "b2b" }, { kind: "text", text: "ZOË" }), ["a"]],
  [key("tags"), size(2), ["a"]],
  [key("tags"), size(3), []],
  [key("sizes"), has({ kind: "number", decimal: "0.10" }), ["a"]],
  [key("sizes"), has({ kind: "number", decimal: "0.1000000000000000055" }), []],
  [key("sizes"), size(3), []],
  [key("flags"), has({ kind: "boolean", value: true }), ["a"]],
  [key("flags"), has({ kind: "boolean", value: false }), []],
  [key("visits"), has({ kind: "date", date: firstOfFebruary }), ["a"]],
  [key("logins"), has({ kind: "date", date: firstOfFebruary }), ["a"]],
  [key("logins"), { kind: "empty" }, ["b"]],
])("%j %j: %j", (attribute, comparison, expected) => {
  const subject = typeof attribute === "string" ? { attribute } : attribute;
  const condition = { kind: "condition", subject, comparison, written: "" } as const;
  const everyone = ["A", "a", "b"];
  expect(evaluate(world, { ...condition, negated: false }, Date.parse(asOf))).toEqual(expected);
  expect(evaluate(world, { ...condition, negated: true }, Date.parse(asOf))).toEqual(
    everyone.filter((id) => !expected.includes(id)),
  );
});

it("under another as-of, dated facts are as they were and the rest is today's", () => {
  const at = (attribute: string, comparison: Comparison, instant: string): string[] =>
    evaluate(
      world,
      { kind: "condition", subject: { attribute }, comparison, negated: false, written: "" },
      Date.parse(instant),
    );
  expect(at("orders.count", is("1"), "2026-10-31T00:00:00Z")).toEqual(["a"]);
  expect(at("orders.count", is("2"), "2026-11-23T12:00:00.001Z")).toEqual(["A"]);
  expect(at("redemptions.count", number("more", "0"), "2026-10-31T00:00:00Z")).toEqual([]);
  expect(at("referrals.count", is("3"), "2027-01-01T00:00:00Z")).toEqual(["b"]);
  expect(at("loyalty.points", is("107"), "2020-01-01T00:00:00Z")).toEqual(["a"]);
});
