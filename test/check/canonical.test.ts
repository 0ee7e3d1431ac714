// The one canonical form: canonical names and words, quotes only where needed, and parsing it gives the same tree back.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Query } from "../../grammar/tree.js";
import { formatQuery, parseQuery } from "../../src/check/check.js";
import { draws } from "../draws.js";
import { comparable } from "./comparable.js";
import { drawnText } from "./drawn-text.js";
import { check } from "./world.js";

const canonical: readonly (readonly [text: string, canonical: string])[] = [
  ["The last purchased order more than 30 days ago", "orders.last_at is more than 30 days ago"],
  ["The total amount of customer orders less than $500", "orders.total_amount is less than $500"],
  ["The email ends with .uk and the source is Mailchimp", "email ends with .uk and source is Mailchimp"],
  ["The email has any value", "email has any value"],
  ["EMAIL EXISTS OR EMAIL DOES NOT EXIST", "email has any value or email is unknown"],
  [
    "age = 5 and age != 6 and age>7",
    "metadata.age is 5 and metadata.age is not 6 and metadata.age is more than 7",
  ],
  ["created < today", "created_at is before today"],
  [
    "placed order on today or placed order on yesterday",
    "performed order today or performed order yesterday",
  ],
  ["count of order on today is 1", "count of order today is 1"],
  ["created >= 2026-01-01", "created_at is on or after 2026-01-01"],
  ["city not in [a, 'b c', \"d,e\"]", 'city is none of (a, b c, "d,e")'],
  ["not not vip", "metadata.vip"],
  ["((vip))", "metadata.vip"],
  [
    "(vip or age is 1) and not (vip and age is 2)",
    "(metadata.vip or metadata.age is 1) and not (metadata.vip and metadata.age is 2)",
  ],
  ["ANY OF (vip, not vip)", "any of (metadata.vip, not metadata.vip)"],
  ["loyalty points in campaign club is 0", 'loyalty.points in campaign "club" is 0'],
  ["birthday anniversary in next week", "birthdate anniversary is in next week"],
  ["birthday anniversary in the next week", "birthdate anniversary is in the next week"],
  ["created in last month", "created_at is in last calendar month"],
  ["created is during the next quarter", "created_at is in next quarter"],
  ["number of orders in the last week is known", "orders.count in the last week is known"],
  ["metadata.`is vip` is 'not vip'", 'metadata.`is vip` is "not vip"'],
  ["age is 1,000.50", "metadata.age is 1,000.50"],
  ["name is 'say \"hi\" \\\\ there'", 'name is "say \\"hi\\" \\\\ there"'],
  ['name is "any value"', 'name is "any value"'],
  ["name is 'this and that'", 'name is "this and that"'],
  ["name is 'Paris'", "name is Paris"],
  ["name is 'o\\'brien'", "name is o'brien"],
  ["name is 'Queen of Hearts'", "name is Queen of Hearts"],
  ["name is 'R#B & Co!'", "name is R#B & Co!"],
  ["name is '#1'", 'name is "#1"'],
  ["name is <none>", 'name is "<none>"'],
  ["name contains 'is it'", 'name contains "is it"'],
  ["total spent is 1,000 USD", "orders.total_amount is 1,000 USD"],
  ["created in the last 1,000 days", "created_at is in the last 1,000 days"],
  ["created before start of the week", "created_at is before start of the week"],
  [
    "email ends with .uk and city is New York and source is mailchimp and age is at least 18",
    "email ends with .uk\nand city is New York\nand source is mailchimp\nand metadata.age is at least 18",
  ],
  [
    "vip and (email ends with .example.co.uk or city is any of (Warsaw, Paris) or not (vip and age is 3))",
    [
      "metadata.vip",
      "and (",
      "  email ends with .example.co.uk",
      "  or city is any of (Warsaw, Paris)",
      "  or not (",
      "    metadata.vip",
      "    and metadata.age is 3",
      "  )",
      ")",
    ].join("\n"),
  ],
  // A measure's comparison begins with `is`.
  ["max of amount of order is not unknown", "max of amount of order is known"],
  ["max of amount of order is not known", "max of amount of order is unknown"],
  ["max of amount of order > 5", "max of amount of order is more than 5"],
  [
    "vip -- the best\nand age is 1 # the young",
    "metadata.vip\n-- the best\nand metadata.age is 1\n-- the young",
  ],
];

describe("the canonical form", () => {
  it.each(canonical)("%s", (text, expected) => {
    expect(check(text).canonical ?? "").toBe(expected);
  });
});

const shop = {
  eventSchemas: { login: { device: "string" }, "sign in": {}, "black 2025": {} },
  metadataSchema: { "sales 2025": "number" },
} as const;

describe("a span of the calendar after an event's or a figure's name", () => {
  // It needs no word before it, any day may have one, and a known name keeps its words.
  it.each([
    ["performed login in yesterday", "performed login yesterday"],
    ['performed "login" in today', "performed login today"],
    ["performed login at least twice in yesterday", "performed login at least 2 times yesterday"],
    ["performed sign in today", 'performed "sign in" today'],
    ["performed login November 2025", "performed login in November 2025"],
    ["performed login after October 1000 times", "performed login at least 1000 times after October"],
    ["performed login in Q4 2025 1000 times", "performed login at least 1000 times in Q4 2025"],
    ["performed login Q3 2025 where device is x", "performed login in Q3 2025 where device is x"],
    ["performed login 2025", "performed login in 2025"],
    ["performed login 2025 times", "performed login at least 2025 times"],
    ["count of login 2025 is at least 2", "count of login in 2025 is at least 2"],
    ["performed black 2025", 'performed "black 2025"'],
    ["performed login where device is x in yesterday", "performed login yesterday where device is x"],
    ["performed login where device is Paris 2025", "performed login where device is Paris 2025"],
    ["number of orders in yesterday is 0", "orders.count yesterday is 0"],
    ["total spent 2025 is more than 100", "orders.total_amount in 2025 is more than 100"],
    ["sales 2025 is 5", "metadata.`sales 2025` is 5"],
    // A step is worded as a condition is.
    [
      "first has performed login then did perform sign in within 2 days",
      'first performed login then performed "sign in" within 2 days',
    ],
  ])("%s", (text, expected) => {
    expect(check(text, shop).canonical ?? "").toBe(expected);
  });

  it("ends in a mistake if nothing follows `then`", () => {
    expect(check("performed login then", shop).diagnostics).toMatchObject([
      { code: "MISSING_EVENT", message: "`then` needs the name of an event after it." },
    ]);
  });

  it("does not begin with what did not happen, after `first` neither", () => {
    expect(check("first not performed login then performed sign in", shop).diagnostics).toMatchObject([
      {
        code: "SEQUENCE_BEGINS_NEGATIVE",
        message:
          "A sequence begins with something that happened. Write `not (first performed login then performed sign in)` if the whole of it did not happen, or `not performed login and performed sign in` if only the first did not.",
      },
    ]);
  });
});

// What nothing has can't be checked, but a form may have it printed.
describe("a name that would be read otherwise is written between backticks", () => {
  it.each([
    ["st between is known", "`st between` has any value"],
    ["the st before is unknown", "the st before is unknown"],
    ["the st between is known", "the `st between` has any value"],
    ["opted in to contains newsletter", "opted in to contains newsletter"],
    ["last order date before today", "last order date is before today"],
  ])("%s", (text, expected) => {
    const { tree, diagnostics } = parseQuery(text);
    expect(diagnostics).toEqual([]);
    expect(formatQuery(tree)).toBe(expected);
    expect(parseQuery(expected).diagnostics).toEqual([]);
    expect(formatQuery(parseQuery(expected).tree)).toBe(expected);
  });
});

describe("formatting", () => {
  it("parses back to the same tree, and is its own canonical form", () => {
    fc.assert(
      fc.property(drawnText, (text) => {
        const first = parseQuery(text);
        // Some are past the limits of conditions and levels.
        fc.pre(first.diagnostics.length === 0);
        const printed = formatQuery(first.tree);
        const second = parseQuery(printed);
        expect(second.diagnostics, printed).toEqual([]);
        expect(comparable(second.tree), printed).toEqual(comparable(first.tree));
        expect(formatQuery(second.tree)).toBe(printed);
      }),
      { numRuns: draws(15) },
    );
  });

  // Alone before the comparison, the property would take it for its own.
  it.each([
    "count of login where (mobile) is 3",
    "count of login where (value is 5 and not mobile) is 3",
    "count of login where value is 5 and (a or mobile) is 3",
    "count of login where not (a or mobile) is 3",
    "performed login in the last 3 days where mobile",
  ])("%s is its own canonical form", (text) => {
    const { tree, diagnostics } = parseQuery(text);
    expect(diagnostics).toEqual([]);
    expect(formatQuery(tree)).toBe(text);
  });

  it("keeps any value, whatever it contains", () => {
    const word = fc.constantFrom(
      ..."and or not is in the last at least any of value unknown today where within since . , ( ) [ ] ' \" \\ = < # -- ` 1,000 3 times twice".split(
        " ",
      ),
    );
    const value = fc.oneof(
      fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" ")),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    );
    const contexts: readonly ((value: Query["raw"]) => string)[] = [
      (text) => `city is ${text}`,
      (text) => `city contains ${text} and vip`,
      (text) => `city is any of (${text}, x)`,
      (text) => `performed login where url is ${text}`,
      (text) => `count of login where url is ${text} is 3`,
      (text) => `performed ${text} twice`,
      (text) => `in segment ${text}`,
    ];
    fc.assert(
      fc.property(value, fc.constantFrom(...contexts), (text, context) => {
        const quoted = JSON.stringify(text).replace(/\\b/g, "\\u0008").replace(/\\f/g, "\\u000c");
        const first = parseQuery(context(quoted));
        expect(first.diagnostics).toEqual([]);
        const second = parseQuery(formatQuery(first.tree));
        expect(second.diagnostics).toEqual([]);
        expect(comparable(second.tree)).toEqual(comparable(first.tree));
      }),
      { numRuns: draws(30) },
    );
  });
});
