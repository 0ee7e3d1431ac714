// Synonyms of the language's words: read as what they surely mean, with a hint; where the language refuses them, only mended.
import { describe, expect, it } from "vitest";
import type { Expression } from "../../grammar/tree.js";
import { withFixes } from "./accept-mends.js";
import { checkMarketer } from "./marketer-world.js";

const read: readonly (readonly [written: string, canonical: string])[] = [
  ["country isn't Poland", "country is not Poland"],
  ["email doesn't contain test", "email does not contain test"],
  ["hasn't performed login in the last 14 days", "has not performed login in the last 14 days"],
  ["score is below 20", "metadata.score is less than 20"],
  ["age above 30", "metadata.age is more than 30"],
  ["tags includes gold", "metadata.tags contains gold"],
  ["age from 18 to 30", "metadata.age is between 18 and 30"],
  ["last order older than 90 days", "orders.last_at is more than 90 days ago"],
  ["opened email at least twice last week", 'performed "email opened" at least 2 times last calendar week'],
  ["never opened email", 'has not performed "email opened"'],
  ["last login more than 30 days ago", "last performed login is more than 30 days ago"],
  ["performed login > 5 times", "performed login more than 5 times"],
  ["at least 10 orders", "orders.count is at least 10"],
  ["opted in to newsletter", "consents contains newsletter"],
  ["unsubscribed from newsletter", "consents does not contain newsletter"],
  ["has a phone", "phone has any value"],
  ["is vip", "metadata.vip"],
  ["vip customers", "metadata.vip"],
  ["customers from Poland", "country is Poland"],
  ["from shopify", "source is shopify"],
  ["email address ends with .uk", "email ends with .uk"],
  ["random 10% of customers", "in sample 10%"],
  ["last order earlier than 30 days ago", "orders.last_at is before 30 days ago"],
  ["created is later than 7 days ago", "created_at is after 7 days ago"],
  ["last order not later than 30 days ago", "orders.last_at is not after 30 days ago"],
  ["last order not earlier than 30 days ago", "orders.last_at is not before 30 days ago"],
  ["birthdate later than 20 years ago", "birthdate is after 20 years ago"],
  ["opted out newsletter", "consents does not contain newsletter"],
  ["opted-out sms", "consents does not contain sms"],
  ["has opted out the newsletter", "consents does not contain newsletter"],
  ["exactly 1 order", "orders.count is 1"],
  ["tagged 'very big'", "metadata.tags contains 'very big'"],
  ["created from 2024 to 2025", "created_at is between 2024 and 2025"],
  ["renewal was 2026-01-01", "metadata.renewal is 2026-01-01"],
  ["revenue is more than 200", "orders.total_amount is more than 200"],
];

const refused = [
  "age over 30",
  "no email",
  "without email",
  "bought MacBook",
  "never ordered",
  "spent over 500",
  "signed up in the last 30 days",
  "member of VIP",
  "total spent is 500 or more",
  "country is Poland or Germany",
  // Words that are not surely the same: a region or a city, a window behind or ahead, an attribute or an event, a misspelling.
  "lives in California",
  "opened email in 7 days",
  "renewal within 30 days",
  "login",
  "age is betwen 18 and 30",
  "subscribed to newsleter",
  "emial is x",
  // A number alone may be the least; a word behind `tagged` may deny or limit, and several may be a sentence.
  "with one order",
  "has 1 order",
  "tagged neither gold nor silver",
  "tagged not gold",
  "tagged only gold",
  "tagged in the last 7 days",
  "tagged before March",
  "tagged very big",
  // Years that are a window, not amounts; an order's own number.
  "number of orders from 2024 to 2025",
  "total spent in 2024-2025",
  "total spent from 01.02 to 31.03",
  "total spent in 11-2024",
  "order number is 1001",
  // Where someone was born, states of the United States.
  "born in France",
  "customers in CA",
  "in DE",
  "from Georgia",
  // What was, and is no more.
  "was vip",
  "plan was gold",
  "plan was not gold",
  "was subscribed to newsletter",
  "has loyalty points",
  "revenue is mroe than 200",
  "performed login 30 days ago",
];

describe("synonyms", () => {
  it.each(read)("%s is read as %s, with a hint and the mend", (written, canonical) => {
    const checked = checkMarketer(written);
    expect(checked.canonical).toBe(checkMarketer(canonical).canonical);
    expect(checked.plan?.where).toEqual(checkMarketer(canonical).plan?.where);
    expect(checked.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([["READ_AS", "HINT"]]);
    const fixes = checked.diagnostics.flatMap((one) => one.fix ?? []);
    expect(checkMarketer(withFixes(written, fixes)).diagnostics).toEqual([]);
  });

  it.each(refused)("%s is refused", (written) => {
    const checked = checkMarketer(written);
    expect(checked.plan).toBeUndefined();
    expect(checked.diagnostics.map(({ code }) => code)).not.toContain("READ_AS");
  });

  it("an error beside them is reported, and nothing is read", () => {
    const checked = checkMarketer("opened email and emial is x");
    expect(checked.plan).toBeUndefined();
    expect(checked.diagnostics.map(({ severity }) => severity)).toEqual(["ERROR", "ERROR"]);
  });

  it("what is suspicious about the words that are meant keeps them from being read", () => {
    expect(checkMarketer("last purchase > 30 days ago").plan).toBeUndefined();
  });

  it("the year that is assumed in them is reported", () => {
    const { diagnostics } = checkMarketer("last purchase before November and vip");
    expect(diagnostics.map(({ code }) => code)).toEqual(["READ_AS", "PERIOD_YEAR"]);
    expect(diagnostics.map(({ fix }) => fix?.replacement)).toEqual([
      "orders.last_at before November",
      undefined,
    ]);
  });

  it("places are those in the text as written", () => {
    const written = "vip and opened email today and\ncountry is Polland and age above 30";
    const checked = checkMarketer(written);
    expect(checked.diagnostics.map(({ code, span }) => [code, at(written, span), span.line])).toEqual([
      ["READ_AS", "opened email today", 1],
      ["UNKNOWN_COUNTRY", "Polland", 2],
      ["READ_AS", "age above 30", 2],
    ]);
    const conditions = ["vip", "opened email today", "country is Polland", "age above 30"];
    expect(checked.checked?.parts?.map(({ canonical }) => at(written, canonical.span))).toEqual(conditions);
    expect(operandsOf(checked.meant?.expression).map(({ span }) => at(written, span))).toEqual(conditions);
    expect(checked.asked.map(({ written: { span } }) => at(written, span))).toEqual(["Polland"]);
  });

  it("a name of the catalogue wins over them", () => {
    expect(checkMarketer("last seen more than 30 days ago").diagnostics).toEqual([]);
  });
});

function at(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}

function operandsOf(expression: Expression | undefined): readonly Expression[] {
  return expression?.kind === "And" ? expression.operands : [];
}
