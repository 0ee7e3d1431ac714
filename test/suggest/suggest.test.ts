// What is suggested where, in what order, and what it replaces.
import { describe, expect, it } from "vitest";
import { suggestAt } from "../../src/suggest/suggest.js";
import { SuggestionError } from "../../src/suggest/suggestion.js";
import { asOf, catalog, labelsIn, suggestIn, taken } from "./world.js";

describe("what comes first", () => {
  it.each<[text: string, labels: readonly string[]]>([
    // Canonical names before phrases, those before later words.
    ["order", ["order", "orders.total_amount", "orders.count"]],
    ["tot", ["total amount of customer orders", "total count of customer orders"]],
    ["emai", ["email"]],
    ["the customer s", ["state", "source_id", "source"]],
    ["customer si", ["customer since"]],
    ["city is vip or birth", ["birthdate"]],
    ["emial", ["email"]],
    ["metadata.`is v", ["metadata.`is vip`"]],
    ["pla", ["plan", "placed order"]],
    ["page", ["performed page viewed"]],
    // Operators of the type, plain before complements, signs last.
    ["vip ", ["is", "is not", "has any value", "is unknown", "and", "or"]],
    ["city st", ["starts with", "does not start with"]],
    ["city does not ", ["does not start with", "does not end with", "does not contain", "does not exist"]],
    ["created is on or ", ["is on or before", "is on or after"]],
    ["last order mo", ["more than", "this month"]],
    ["birthday mo", ["month"]],
    ["loyalty points in c", ["in campaign"]],
    ["age is betw", ["is between"]],
    // Values.
    ["vip is ", ["true", "false"]],
    ["consents contains ", ["newsletter", "sms"]],
    ["consents contains any of (sms, ", ["newsletter"]],
    ["country is po", ["Poland", "Portugal", "French Polynesia"]],
    ["country is de", ["Germany", "Democratic Republic of the Congo", "Denmark"]],
    ["source is web w", ["web_widget"]],
    ["birthday month is ju", ["June", "July"]],
    ["created is ", ["today", "is not"]],
    ["last order more than ", ["30 days ago", "7 days ago"]],
    ["last order more than 3 ", ["3 days ago", "3 weeks ago", "3 months ago"]],
    ["last order in the last ", ["7 days", "30 days"]],
    ["last order in the last 1 ", ["1 day", "1 week", "1 month"]],
    ["loyalty points in campaign ", ["Club", 'The "Best"']],
    ["in segment ", ["VIP", "Big and rich"]],
    ["in sample 7", ["7%"]],
    // Events.
    ["performed ", ["order", "page viewed", "checkout", "login", "signed in"]],
    ["performed login ", ["in the last", "where", "at least"]],
    ["performed login in ", ["in the last"]],
    ["performed login at least ", ["once", "twice", "3 times"]],
    ["performed login at least 4", ["4 times"]],
    ["performed login at least 4 ", ["times"]],
    ["performed login where ", ["mobile", "value", "not", "(", "any of ("]],
    ["performed login where mobile ", ["is", "is not", "has any value", "is unknown", "and", "or"]],
    ["never performed login ", ["in the last", "where", "since"]],
    ["sum of ", ["amount of order", "quantity of order", "value of page viewed"]],
    ["max of d", ["due of checkout"]],
    ["sum of value of ", ["page viewed", "checkout", "login"]],
    ["sum of value of login ", ["is", "is not"]],
    ["sum of value of login where mobile ", ["is", "is not", "has any value", "is unknown", "and", "or"]],
    ["last performed login m", ["more than"]],
    // What joins, and ends.
    ["(city is Paris ", ["and", "or", ")"]],
    ["any of (city is Paris ", ["and", "or", ")", ","]],
    ["city in (Paris ", [")", ","]],
    ["created between today ", ["and"]],
    ["any of ", ["("]],
    // Nothing is known of these.
    ["city is ", ["is not", "is any of"]],
    ["performed login where city ", []],
    ["-- a rem", []],
    ["in sample 10% of ", []],
  ])("%s", (text, labels) => {
    expect(labelsIn(text).slice(0, labels.length)).toEqual(labels);
    if (labels.length === 0) expect(labelsIn(text)).toEqual([]);
  });

  it("documents each suggestion", () => {
    expect(suggestIn("orders.total", 1)).toEqual([
      {
        kind: "ATTRIBUTE",
        label: "orders.total_amount",
        insert: "orders.total_amount",
        replace: { start: 0, end: 12 },
        documentation:
          "Money. Also: total amount of customer orders, total amount of orders, total spent, amount spent.",
      },
    ]);
    expect(suggestIn("city is any", 1)).toEqual([
      {
        kind: "OPERATOR",
        label: "is any of",
        insert: "is any of (",
        replace: { start: 5, end: 11 },
        documentation: "Takes a list: is any of (…, …).",
      },
    ]);
    expect(suggestIn("performed page", 1)).toEqual([
      {
        kind: "EVENT",
        label: "page viewed",
        insert: "page viewed",
        replace: { start: 10, end: 14 },
        documentation: "An event with url, value, mobile, load time.",
      },
    ]);
    const kinds = ["performed login where m", "in the last 3 d", "vip a", "not"].map(
      (text) => suggestIn(text.startsWith("in") ? `last order ${text}` : text, 1)[0]?.kind,
    );
    expect(kinds).toEqual(["PROPERTY", "UNIT", "CONNECTIVE", "KEYWORD"]);
  });
});

describe("what is replaced", () => {
  it.each<[marked: string, label: string, after: string]>([
    ["em|ail is x", "email", "email is x"],
    ["ci|fy is x", "city", "city is x"],
    [
      "total am|ount of orders is 5",
      "total amount of customer orders",
      "total amount of customer orders is 5",
    ],
    ["tot|al spent is 5", "total count of customer orders", "total count of customer orders is 5"],
    ["em| city is Paris", "email", "email city is Paris"],
    ["age is| at least 5", "is at most", "age is at most 5"],
    ["city |is Paris", "contains", "city contains Paris"],
    ["city is any o|f (a, b)", "is any of", "city is any of (a, b)"],
    ["vip |city is Paris", "and", "vip and city is Paris"],
    ["vip |and city is Paris", "or", "vip or city is Paris"],
    ["(vip)|", "and", "(vip) and"],
    ["vip is tr|", "true", "vip is true"],
    ['in segment "Big| and vip', "Big and rich", 'in segment "Big and rich" and vip'],
    ['in segment "Big| and rich" and vip', "Big and rich", 'in segment "Big and rich" and vip'],
    ["in segment 'VI|'", "VIP", "in segment 'VIP'"],
    ["in segment Big|", "Big and rich", 'in segment "Big and rich"'],
    ['loyalty points in campaign "The|', 'The "Best"', 'loyalty points in campaign "The \\"Best\\""'],
    ["country is Bos|", "Bosnia and Herzegovina", 'country is "Bosnia and Herzegovina"'],
    ["metadata.`is v|ip` is x", "metadata.`is vip`", "metadata.`is vip` is x"],
    ["`is v|", "`is vip`", "`is vip`"],
    ['performed |"x"', "login", 'performed login "x"'],
  ])("%s with %s", (marked, label, after) => {
    const found = suggestIn(marked).find((suggestion) => suggestion.label === label);
    expect(found && taken(marked.replace("|", ""), found)).toBe(after);
  });
});

describe("what can't be asked", () => {
  it.each<[text: string, cursor: number, first: number, message: string]>([
    ["vip", 4, 10, "`cursor` is 4; give an offset from 0 to 3, the length of the query in UTF-16 units."],
    ["vip", -1, 10, "`cursor` is -1; give an offset from 0 to 3, the length of the query in UTF-16 units."],
    ["vip", 0.5, 10, "`cursor` is 0.5; give an offset from 0 to 3, the length of the query in UTF-16 units."],
    ["vip", 3, 0, "`first` is 0; ask for 1 to 100 suggestions at once."],
    ["vip", 3, 101, "`first` is 101; ask for 1 to 100 suggestions at once."],
    [
      "é".repeat(8_193),
      3,
      10,
      "The query has 16,386 bytes; at most 16,384 are allowed. Split it into several segments.",
    ],
  ])("%s at %d, first %d", (text, cursor, first, message) => {
    expect(() => suggestAt(catalog, text, cursor, { asOf, first })).toThrow(new SuggestionError(message));
  });

  it("gives no more than are asked for", () => {
    expect(suggestIn("", 3)).toHaveLength(3);
  });
});
