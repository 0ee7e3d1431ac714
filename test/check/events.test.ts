// Conditions on events: the figure that each comes to, its canonical words, and every mistake that can be made in it.
import { describe, expect, it } from "vitest";
import type { PlanNode } from "../../src/plan/plan.js";
import { marked, mended, unmarked } from "./marked.js";
import { check } from "./world.js";

const names = {
  eventSchemas: {
    "page viewed": {
      url: "string",
      value: "number",
      mobile: "boolean",
      tags: "string[]",
      day: "date",
      "a b": "number",
    },
    login: { url: "string" },
    "Sign Up": {},
    "customer created": {},
  },
  orderMetadataSchema: { channel: "string", weight: "number" },
} as const;

const checked = (text: string) => check(text, names);

function planOf(text: string): PlanNode {
  const { plan, diagnostics } = checked(text);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan.where;
}

const at = (text: string) => ({ instant: Date.parse(text) });
const now = { value: at("2026-11-23T12:00:00Z"), inclusive: true };
const logins = { records: "events", type: "login", to: now };
const number = { kind: "range", from: { value: 1, inclusive: true } };

/** A figure, and the test of it. */
function figure(text: string): readonly [unknown, unknown] {
  const node = planOf(text);
  const inner = node.kind === "not" ? node.operand : node;
  if (inner.kind !== "predicate") throw new Error(`${text} is a ${inner.kind}`);
  return [inner.field.figure, inner.test];
}

const figures: readonly (readonly [text: string, figure: unknown, test: unknown])[] = [
  ["performed login", { ...logins, aggregate: "count" }, number],
  ["The customer has performed LOGIN", { ...logins, aggregate: "count" }, number],
  [
    "performed login at most twice",
    { ...logins, aggregate: "count" },
    { kind: "range", to: { value: 2, inclusive: true } },
  ],
  ["performed login exactly 0 times", { ...logins, aggregate: "count" }, { kind: "oneOf", values: [0] }],
  [
    "performed login in the last 2 days",
    { ...logins, from: { value: at("2026-11-21T12:00:00Z"), inclusive: true }, aggregate: "count" },
    number,
  ],
  [
    "performed login since 2026-11-01",
    { ...logins, from: { value: at("2026-10-31T23:00:00Z"), inclusive: true }, aggregate: "count" },
    number,
  ],
  [
    "performed login before 2026-11-01",
    { ...logins, to: { value: at("2026-10-31T23:00:00Z"), inclusive: false }, aggregate: "count" },
    number,
  ],
  [
    "performed login after 2026-11-01",
    { ...logins, from: { value: at("2026-11-01T22:59:59.999Z"), inclusive: false }, aggregate: "count" },
    number,
  ],
  [
    "performed login between 2026-11-01 and 2026-12-24",
    // What is later than as-of is not seen yet.
    { ...logins, from: { value: at("2026-10-31T23:00:00Z"), inclusive: true }, aggregate: "count" },
    number,
  ],
  [
    "performed login yesterday",
    {
      ...logins,
      from: { value: at("2026-11-21T23:00:00Z"), inclusive: true },
      to: { value: at("2026-11-22T22:59:59.999Z"), inclusive: true },
      aggregate: "count",
    },
    number,
  ],
  [
    "last performed login more than 1 day ago",
    { ...logins, aggregate: "max", of: { attribute: "at", scope: "record", path: "at" } },
    { kind: "range", to: { value: at("2026-11-22T12:00:00Z"), inclusive: false } },
  ],
  [
    "first placed order is unknown",
    { records: "orders", to: now, aggregate: "min", of: { attribute: "at", scope: "record", path: "at" } },
    { kind: "known" },
  ],
  [
    "placed order where amount is $5",
    {
      records: "orders",
      to: now,
      where: {
        kind: "predicate",
        field: { attribute: "amount", scope: "record", path: "amount" },
        test: { kind: "oneOf", values: [500] },
      },
      aggregate: "count",
    },
    number,
  ],
  [
    "average of amount of order is more than $1.005",
    {
      records: "orders",
      to: now,
      aggregate: "average",
      of: { attribute: "amount", scope: "record", path: "amount" },
    },
    // Not a whole minor unit, and an average need not be one.
    { kind: "range", from: { value: 100.5, inclusive: false } },
  ],
  [
    "count of tags of page viewed is 2",
    {
      records: "events",
      type: "page viewed",
      to: now,
      aggregate: "count",
      of: { attribute: "tags", scope: "record", path: "facts.ss_tags", set: true },
    },
    { kind: "oneOf", values: [2] },
  ],
  [
    "max of day of page viewed is before 2026-02-01",
    {
      records: "events",
      type: "page viewed",
      to: now,
      aggregate: "max",
      of: { attribute: "day", scope: "record", path: "facts.d_day", yearlyPath: "yearly.d_day" },
    },
    { kind: "range", to: { value: "2026-02-01", inclusive: false } },
  ],
];

const canonical: readonly (readonly [text: string, canonical: string])[] = [
  ["did perform LOGIN 3 times", "performed login at least 3 times"],
  ["customer never performed sign up", "has not performed Sign Up"],
  ["performed customer created", "performed customer created"],
  [
    "placed orders where PRODUCTS contains x twice",
    "performed order at least 2 times where product contains x",
  ],
  ["sum of total of the order > 5", "sum of amount of order is more than 5"],
  ["count of a b of PAGE VIEWED = 1", "count of a b of page viewed is 1"],
  ["average of weight of order is 3", "average of metadata.weight of order is 3"],
  ["first performed login < 2026-02-01", "first performed login is before 2026-02-01"],
  ["in sample 010.50%", "in sample 10.5%"],
];

interface Mistake {
  readonly text: string;
  readonly codes: readonly string[];
  readonly mended?: string;
}

const mistakes: readonly Mistake[] = [
  { text: "performed [[logn]]", codes: ["UNKNOWN_EVENT"], mended: "performed login" },
  { text: "performed [[teleport]]", codes: ["UNKNOWN_EVENT"] },
  { text: "first performed [[teleport]] is today", codes: ["UNKNOWN_EVENT"] },
  {
    text: "performed login where [[urll]] is x",
    codes: ["UNKNOWN_PROPERTY"],
    mended: "performed login where url is x",
  },
  { text: "performed login where [[value]] > 3", codes: ["UNKNOWN_PROPERTY"] },
  {
    text: "performed login where [[city]] is Paris",
    codes: ["ATTRIBUTE_IN_WHERE"],
    mended: "performed login and city is Paris",
  },
  { text: "performed login where [[city]] is Paris in the last 3 days", codes: ["ATTRIBUTE_IN_WHERE"] },
  {
    text: "vip and performed login where url is x and not url is y or [[city]] is Paris",
    codes: ["ATTRIBUTE_IN_WHERE"],
    mended: "vip and (performed login where url is x and not url is y) or city is Paris",
  },
  { text: "performed login where (url is x and [[city]] is Paris)", codes: ["ATTRIBUTE_IN_WHERE"] },
  {
    text: "vip or performed login where url is x and not [[in sample 5%]]",
    codes: ["NOT_IN_WHERE"],
    mended: "vip or (performed login where url is x) and not in sample 5%",
  },
  {
    text: "performed login once  where [[performed order]]",
    codes: ["NOT_IN_WHERE"],
    mended: "performed login once  and performed order",
  },
  { text: "performed login where not [[in sample 5%]]", codes: ["NOT_IN_WHERE"] },
  { text: "performed login where ([[in sample 5%]])", codes: ["NOT_IN_WHERE"] },
  { text: "performed login [[2.5]] times", codes: ["NOT_A_COUNT"] },
  { text: "performed login at least [[-1]] times", codes: ["NOT_A_COUNT"] },
  { text: "performed login in the last [[blue moon]]", codes: ["NOT_A_DURATION"] },
  {
    text: "performed login within [[the last 30 days]]",
    codes: ["NOT_A_DURATION"],
    mended: "performed login within 30 days",
  },
  { text: "performed login since [[2026-02-30]]", codes: ["NO_SUCH_DATE"] },
  {
    text: "performed login between [[2026-03-01 and 2026-02-01]]",
    codes: ["UPSIDE_DOWN"],
    mended: "performed login between 2026-02-01 and 2026-03-01",
  },
  {
    text: "sum of [[order]] is 3",
    codes: ["MISSING_PROPERTY"],
    mended: "sum of amount of order is 3",
  },
  { text: "sum of [[login]] is 3", codes: ["MISSING_PROPERTY"] },
  { text: "sum of [[url]] of page viewed is 3", codes: ["NOT_MEASURABLE"] },
  {
    text: "sum of [[valu]] of page viewed is 3",
    codes: ["UNKNOWN_PROPERTY"],
    mended: "sum of value of page viewed is 3",
  },
  { text: "count of order starts with 3[[]]", codes: ["MISSING_COMPARISON"] },
  { text: "sum of amount of order is [[€3]]", codes: ["WRONG_CURRENCY"] },
  { text: "in sample [[101%]]", codes: ["NOT_A_SHARE"] },
  { text: "in sample [[10]]", codes: ["NOT_A_SHARE"], mended: "in sample 10%" },
  { text: "[[in sample 0%]]", codes: ["NEVER_TRUE"] },
  { text: "[[in sample 100%]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[performed login at least 0 times]]", codes: ["ALWAYS_TRUE"] },
  { text: "[[performed login less than 0 times]]", codes: ["NEVER_TRUE"] },
  {
    text: "[[has never performed]] login in the last 7 days",
    codes: ["UNKNOWN_ATTRIBUTE"],
    mended: "never performed login in the last 7 days",
  },
  { text: "[[Has never placed]] order", codes: ["UNKNOWN_ATTRIBUTE"], mended: "never placed order" },
  { text: "[[performed login after tomorrow]]", codes: ["NEVER_TRUE"] },
  { text: "[[performed login at most 3 times after tomorrow]]", codes: ["ALWAYS_TRUE"] },
  { text: "performed login and [[has performed login]]", codes: ["DUPLICATE_CONDITION"] },
  { text: "[[performed login and has not performed login]]", codes: ["NEVER_TRUE"] },
];

describe("conditions on events", () => {
  it.each(figures)("%s", (text, expected, condition) => {
    const [found, tested] = figure(text);
    expect(JSON.parse(JSON.stringify(found))).toEqual(expected);
    expect(JSON.parse(JSON.stringify(tested))).toEqual(condition);
  });

  it.each([
    ["has not performed login", true],
    ["never placed order", true],
    ["performed login", false],
    ["last performed login is not before 2026-01-01", true],
    ["count of login is not 3", true],
  ])("%s is negated: %s", (text, negated) => {
    expect(planOf(text).kind).toBe(negated ? "not" : "predicate");
  });

  it.each(canonical)("%s is canonically %s", (text, expected) => {
    expect(checked(text).canonical).toBe(expected);
    expect(checked(expected).canonical).toBe(expected);
    expect(checked(expected).plan).toEqual(checked(text).plan);
  });

  it.each(mistakes)("$text", (mistake) => {
    const text = unmarked(mistake.text);
    const { diagnostics, plan } = checked(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(mistake.codes);
    expect(marked(text, diagnostics)).toBe(mistake.text);
    expect(plan === undefined).toBe(diagnostics.some(({ severity }) => severity === "ERROR"));
    if (mistake.mended === undefined) return;
    const after = mended(text, diagnostics);
    expect(after).toBe(mistake.mended);
    expect(checked(after).diagnostics).toEqual([]);
  });

  it("a customer's attribute after `where` gets a fix", () => {
    expect(checked("performed login where url is x and city is Paris").diagnostics[0]?.message).toBe(
      "`city` is the customer's, and what follows `where` is about `login` alone. Write `(performed login where url is x) …` to go on with the customer.",
    );
  });
});

describe("samples", () => {
  it.each([
    ["in sample 50%", 2 ** 31],
    ["in sample 0.1%", 4_294_968],
    ['in sample 33.3333% of "x"', 1_431_654_334],
  ])("%s is below %s", (text, bound) => {
    const node = planOf(text);
    expect(node.kind === "predicate" && node.test).toEqual({
      kind: "range",
      to: { value: bound, inclusive: false },
    });
  });
});
