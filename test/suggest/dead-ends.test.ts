// No suggestion leads nowhere: once it is accepted, the text is a query or more is suggested after it, unless a number or a text
// follows that only the writer knows.
import { expect, it } from "vitest";
import { checkQuery } from "../../src/check/check.js";
import { asOf, catalog, suggestIn, taken } from "./world.js";

const sentences: readonly string[] = [
  "email ends with .uk and the source is Mailchimp",
  "total amount of customer orders less than $500",
  "the last purchased order more than 30 days ago",
  "the creation date starts at 01.02",
  'city is any of (Warsaw, "New York", paris)',
  "none of (country is PL, country is US, email is unknown)",
  "not (vip or plan is gold)",
  "age is not between 18 and 30",
  "last order in the last week",
  "birthday anniversary is in the next 7 days",
  "birthday month is May",
  "consents contains all of (newsletter, sms)",
  "tags has at least 2",
  'loyalty points in campaign "Club" is at least 500',
  'performed "page viewed" at least 3 times in the last 7 days',
  "(performed login where mobile is true) and city is Paris",
  "last performed login more than 90 days ago",
  "placed order at least twice in the last 90 days where amount is more than $100",
  "sum of amount of order in the last 365 days is at least 1000",
  'in segment "VIP" and not in sample 10% of "control"',
  "number of orders within 30 days is at least 3",
  "number of orders within 30 days after created is at least 3",
  "total spent within 7 days is more than 100",
  "renewal is within 7 days after created",
  "renewal is within day after created",
  "performed checkout within 30 days after created",
  "performed login then performed checkout within 3 days",
  "performed login on at least 3 different days",
  "last performed checkout then not placed order with the same product within 1 hour",
  "placed order where item (price is more than 10 and quantity is 2)",
  "created is before customer's renewal",
  "the customers performed login",
  "count of mobile of login is 3",
];

/** The text up to each of its words, with the space before it. */
function beginningsOf(text: string): readonly string[] {
  return [...text.matchAll(/\s|$/g)].map(({ index }) => text.slice(0, index + 1));
}

/** What is wrong with a text besides that a value of one's own is missing at its end. */
function isDeadEnd(text: string): boolean {
  const errors = checkQuery(text, catalog, asOf).diagnostics.filter(({ severity }) => severity === "ERROR");
  const isWanted = errors.some(({ code, span }) => code === "MISSING_VALUE" && span.end === text.length);
  if (errors.length === 0 || isWanted) return false;
  const goesOn = suggestIn(text).some((one) => taken(text, one).length > text.length);
  return !goesOn && suggestIn(`${text} `).length === 0;
}

it("suggests nothing after which the text can't go on", () => {
  const begun = new Set(["", ...sentences.flatMap(beginningsOf)]);
  const accepted = new Set([...begun].flatMap((text) => suggestIn(text).map((one) => taken(text, one))));
  expect(accepted.size).toBeGreaterThan(1_000);
  expect([...accepted].filter(isDeadEnd)).toEqual([]);
});

it("suggests lengths within which a figure is, and then its comparison", () => {
  const inserted = (text: string) => suggestIn(text).map(({ insert }) => insert);
  expect(inserted("number of orders within ")).toContain("30 days");
  expect(inserted("number of orders within 3")).toContain("3 weeks");
  expect(inserted("number of orders within 30 days ")).toContain("is at least");
  expect(inserted("number of orders within 30 days at l")).toEqual(["is at least", "is not at least"]);
  expect(inserted("number of orders within 30 days after created ")).toContain("is at least");
  expect(inserted("number of orders within 30 days after created ")).not.toContain("and");
  expect(inserted("renewal is within 30 days after created ")).toContain("and");
  expect(inserted("performed login within 30 days after created ")).toContain("and");
  expect(inserted("number of orders within 30 days after email ")).toEqual([]);
  expect(inserted("email within ")).toEqual([]);
  expect(inserted("renewal is within day ")).toEqual(["of", "after", "before"]);
});
