// Which queries the index returns when one customer changes: those that may flip, and not the many that cannot.
import { describe, expect, it } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { simplifyNode } from "../../src/plan/simplify.js";
import { indexPredicates } from "../../src/predicate/predicate-index.js";
import { projectDocument } from "../support/project.js";

const now = Date.parse("2026-11-23T12:00:00Z");

const definition = projectDocument({
  metadataSchema: { age: "number", vip: "boolean" },
  eventSchemas: { login: {} },
  consents: ["newsletter", "sms"],
});

const nobody = {
  source_id: "c-1",
  sample: 0,
  facts: { source_id: "c-1", consents: [], metadata: {} },
  yearly: {},
  activity: { orders: { count: 0, total_amount: 0, items: [], product_count: 0 } },
};

type Facts = Readonly<Record<string, unknown>>;

function customer(facts: Facts, orders: Facts = {}): object {
  const { activity } = nobody;
  return {
    ...nobody,
    facts: { ...nobody.facts, ...facts },
    activity: { orders: { ...activity.orders, ...orders } },
  };
}

function whereOf(query: string) {
  const { plan, diagnostics } = checkQuery(query, catalogOf(definition), now);
  if (plan === undefined) throw new Error(diagnostics[0]?.message);
  return simplifyNode(plan.where);
}

/** The queries that a change may flip, each after others of its kind, so that they are many enough to be told apart. */
function foundBy(queries: readonly string[], before: object, after: object): readonly string[] {
  const { mayFlip } = indexPredicates(queries.map((query) => ({ where: whereOf(query) })));
  return mayFlip(before, after)
    .map((place) => queries[place]!)
    .sort();
}

const spent = [100, 200, 300, 400, 500, 600].map((amount) => `total spent is more than $${amount}`);
const cities = ["Oslo", "Rome", "Lima", "Bonn", "Cork", "Kyiv"].map((city) => `city is ${city}`);
const polish = spent.map((query) => `country is Poland and ${query}`);
const german = spent.map((query) => `country is Germany and ${query}`);
const names = ["an", "be", "ce", "de", "el", "fa"];

describe.each<
  readonly [name: string, queries: readonly string[], Facts, Facts, Facts, Facts, readonly string[]]
>([
  ["nothing", [...spent, ...cities], { city: "oslo" }, {}, { city: "oslo" }, {}, []],
  [
    "an equality, by both values",
    cities,
    { city: "oslo" },
    {},
    { city: "rome" },
    {},
    ["city is Oslo", "city is Rome"],
  ],
  ["a value that goes", cities, { city: "oslo" }, {}, {}, {}, ["city is Oslo"]],
  [
    "ranges, by the bounds that are passed",
    spent,
    {},
    { total_amount: 25_000 },
    {},
    { total_amount: 45_000 },
    ["total spent is more than $300", "total spent is more than $400"],
  ],
  [
    "only what is listed under the country",
    [...polish, ...german],
    { country: "PL" },
    { total_amount: 25_000 },
    { country: "PL" },
    { total_amount: 35_000 },
    ["country is Poland and total spent is more than $300"],
  ],
  [
    "what is listed under the country that is left, and under the new one",
    ["country is Poland and age > 1", "country is Germany and age > 1", "country is France and age > 1"],
    { country: "PL" },
    {},
    { country: "FR" },
    {},
    ["country is France and age > 1", "country is Poland and age > 1"],
  ],
  [
    "either country",
    ["country is Poland or country is Germany", "country is France or country is Spain"],
    { country: "IT" },
    {},
    { country: "DE" },
    {},
    ["country is Poland or country is Germany"],
  ],
  [
    "beginnings",
    names.map((name) => `name starts with ${name}`),
    { name: "anna" },
    {},
    { name: "fay" },
    {},
    ["name starts with an", "name starts with fa"],
  ],
  [
    "endings, and a text shorter than they are",
    names.map((name) => `name ends with ${name}`),
    { name: "n" },
    {},
    { name: "kafabe" },
    {},
    ["name ends with be"],
  ],
  [
    "parts, each asked once",
    names.map((name) => `name contains ${name}`),
    { name: "beelan" },
    {},
    { name: "delanbee" },
    {},
    ["name contains de"],
  ],
  [
    "what is known",
    ["name is known", "email is known", "phone is unknown", "city is known", "state is known"],
    { name: "ann" },
    {},
    { name: "bob", phone: "1" },
    {},
    ["phone is unknown"],
  ],
  [
    "elements that come and go",
    ["consents contains sms", "consents contains newsletter", ...cities],
    { consents: ["newsletter"] },
    {},
    { consents: ["newsletter", "sms"] },
    {},
    ["consents contains sms"],
  ],
  [
    "negations",
    cities.map((query) => `not ${query}`),
    { city: "oslo" },
    {},
    { city: "paris" },
    {},
    ["not city is Oslo"],
  ],
  [
    "events, which no document tells of, but not of who is elsewhere",
    ["performed login", "country is Poland and performed login", "country is France and performed login"],
    { country: "PL" },
    {},
    { country: "PL" },
    {},
    ["country is Poland and performed login", "performed login"],
  ],
])("%s", (_name, queries, facts, orders, facts2, orders2, expected) => {
  it("is returned", () => {
    expect(foundBy(queries, customer(facts, orders), customer(facts2, orders2))).toEqual(expected);
  });
});

it("a time-dependent predicate is returned for every change of a customer within its access", () => {
  const queries = ["country is Poland and last order in the last 7 days", "last order in the last 7 days"];
  const { mayFlip } = indexPredicates(
    queries.map((query) => ({
      where: whereOf(query),
      isSteady: ({ field }) => field.attribute !== "orders.last_at",
    })),
  );
  expect(mayFlip(customer({ country: "PL" }), customer({ country: "PL" })).toSorted()).toEqual([0, 1]);
  expect(mayFlip(customer({ country: "FR" }), customer({ country: "DE" }))).toEqual([1]);
});

it("a time-dependent equality is never an access", () => {
  const { mayFlip } = indexPredicates([
    { where: whereOf("city is Oslo and age > 3"), isSteady: ({ field }) => field.attribute !== "city" },
  ]);
  expect(mayFlip(customer({ city: "rome" }), customer({ city: "rome" }))).toEqual([0]);
});

it("queries of all customers or none never flip", () => {
  const { mayFlip } = indexPredicates([
    { where: { kind: "constant", value: true } },
    { where: whereOf("age > 3 and age < 2") },
  ]);
  expect(mayFlip(customer({}), customer({ metadata: { "age:number": 5 } }))).toEqual([]);
});
