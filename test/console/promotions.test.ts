// What the pages on promotions send and say: the customer who is meant, a rule's moments and sentence, and how many codes are found.
import { describe, expect, it } from "vitest";
import { sentenceOf } from "../../src/console/audience/audience.js";
import { customerText, meantOf } from "../../src/console/audience/meant-customer.js";
import type { Analysis } from "../../src/console/language/protocol.js";
import { foundText, stateOf } from "../../src/console/promotions/code-words.js";
import type { RuleRowFragment } from "../../src/console/promotions/generated.js";
import { draftOf, ruleInput } from "../../src/console/promotions/rule-draft.js";

describe("the customer who is meant", () => {
  const ann = { sourceId: "ann", name: "Ann Regular", email: "ann@example.com" };
  const bob = { sourceId: "bob", name: "Bob New", email: null };
  const named = { sourceId: "c-1", name: "bob", email: null };
  const other = { sourceId: "ann-2", name: "Ann Regular", email: null };
  it.each([
    ["by id, before a name", "bob", [named, bob], false, bob],
    ["by id on the first page of several", "ann", [ann, other], true, ann],
    ["by a whole name", "Ann Regular", [ann], false, ann],
    ["by a whole e-mail", "ann@example.com", [ann], false, ann],
    ["by no name that others may have", "Ann Regular", [ann], true, undefined],
    ["by no name that others have", "Ann Regular", [ann, other], false, undefined],
    ["by no part of a name", "Ann", [ann], false, undefined],
    ["by nothing that is found", "Zoe", [], false, undefined],
  ])("%s", (_, written, nodes, hasNextPage, meant) => {
    const unknown = { sourceId: written, name: null, email: null };
    expect(meantOf(written, { nodes, pageInfo: { hasNextPage } })).toEqual(meant ?? unknown);
  });

  it.each([
    [ann, "Ann Regular (ann)"],
    [{ ...ann, name: null }, "ann@example.com (ann)"],
    [{ sourceId: "ann", name: null, email: null }, "ann"],
    [{ sourceId: "Ann", name: "Ann", email: null }, "Ann"],
  ])("%j is %s", (customer, text) => {
    expect(customerText(customer)).toBe(text);
  });
});

describe("a rule", () => {
  const timezone = "Europe/Warsaw";
  const rule: RuleRowFragment = {
    id: "r",
    name: "December",
    audience: "country is Poland",
    query: "country is Poland",
    allOf: [],
    anyOf: [],
    noneOf: [],
    limits: { total: 10, perCustomer: null, perDay: null },
    from: "2026-12-01T00:00:00.500Z",
    until: "2026-12-31T23:59:59.000Z",
    minimumOrder: null,
  };
  const draft = draftOf(rule, timezone);

  it("keeps the seconds of a moment whose field is unchanged", () => {
    expect(draft).toMatchObject({ from: "2026-12-01T01:00", until: "2027-01-01T00:59" });
    const input = ruleInput(rule, { ...draft, total: "20" }, "country is Poland", [], timezone);
    expect(input).toMatchObject({ from: rule.from, until: rule.until, limits: { total: 20 } });
  });

  it("takes the moments that are written, and none for an empty field", () => {
    const changed = { ...draft, from: "", until: "2027-01-01T12:30" };
    expect(ruleInput(rule, changed, "", [], timezone)).toMatchObject({
      from: null,
      until: "2027-01-01T11:30:00.000Z",
      audience: { query: null },
    });
    expect(ruleInput(undefined, changed, "", [], timezone)).toMatchObject({
      from: null,
      until: "2027-01-01T11:30:00.000Z",
    });
  });

  const meant = { text: "country is Poland" } as Analysis;
  it.each([
    ["what is meant by the text", "country Poland", { text: "country Poland", meant }, "country is Poland"],
    ["the text, if it says what is meant", "city is X", { text: "city is X" }, "city is X"],
    ["the text, if another was analysed", "", { text: "country Poland", meant }, ""],
    ["the text, before any analysis", "city is X", undefined, "city is X"],
  ])("saves %s", (_, query, analysis, saved) => {
    expect(sentenceOf(query, analysis)).toBe(saved);
  });
});

describe("codes", () => {
  it.each([
    ["all", { shown: 3, read: 3, total: 3, hasMore: false, isFiltered: false }, "3 of 3 codes"],
    ["a page of them", { shown: 5, read: 5, total: 9, hasMore: true, isFiltered: false }, "5 of 9 codes"],
    ["some of all", { shown: 1, read: 3, total: 3, hasMore: false, isFiltered: true }, "1 of 3 codes"],
    [
      "some of a page",
      { shown: 1, read: 5, total: 9, hasMore: true, isFiltered: true },
      "1 of the first 5 codes",
    ],
    [
      "none of a page",
      { shown: 0, read: 5, total: undefined, hasMore: true, isFiltered: true },
      "None among the first 5 codes.",
    ],
  ])("%s", (_, found, text) => {
    expect(foundText(found)).toBe(text);
  });

  it.each([
    [{ active: false, redemptionsCount: 1, published: true }, "INACTIVE"],
    [{ active: true, redemptionsCount: 1, published: true }, "REDEEMED"],
    [{ active: true, redemptionsCount: 0, published: true }, "PUBLISHED"],
    [{ active: true, redemptionsCount: 0, published: false }, "FREE"],
  ])("%j is %s", (code, state) => {
    expect(stateOf(code)).toBe(state);
  });
});
