// `in segment`: names resolved, auto-update segments put in by what they say, circles and excess refused.
import { describe, expect, it } from "vitest";
import type { Expression } from "../../grammar/tree.js";
import { catalogOf } from "../../src/catalog/catalog.js";
import { type CatalogSegment, segmentNames } from "../../src/catalog/segments.js";
import { checkQuery, formatQuery, parseQuery } from "../../src/check/check.js";
import type { PlanNode } from "../../src/plan/plan.js";
import { simplifyNode } from "../../src/plan/simplify.js";
import { marked, mended, unmarked } from "./marked.js";
import { asOf, project } from "./world.js";

function saved(name: string, canonical: string, more: Partial<CatalogSegment> = {}): CatalogSegment {
  const { tree, diagnostics } = parseQuery(canonical);
  expect(diagnostics).toEqual([]);
  return { id: `id-${name}`, name, archived: false, query: { canonical, tree }, ...more };
}

const segments: readonly CatalogSegment[] = [
  { id: "s-vip", name: "VIP", archived: false },
  { id: "s-poles", name: "Big Poles", archived: false },
  { id: "s-old", name: "Old", archived: true },
  saved("Poland", "country is Poland"),
  saved("Young Poles", 'in segment "Poland" and metadata.age is less than 30'),
  saved("Broken", "metadata.gone is 3"),
  saved("One", 'in segment "Two"'),
  saved("Two", 'city is Paris or in segment "Three"'),
  saved("Three", 'in segment "One"'),
];

function check(text: string, list: readonly CatalogSegment[] = segments, ofSegment?: string) {
  return checkQuery(text, catalogOf(project, segmentNames(list)), asOf, ofSegment);
}

function meaning(text: string, list?: readonly CatalogSegment[]): PlanNode {
  const { plan, diagnostics } = check(text, list);
  expect(diagnostics).toEqual([]);
  return simplifyNode(plan!.where);
}

const inVip: PlanNode = {
  kind: "predicate",
  field: { attribute: "segments", scope: "profile", path: "segments", set: true },
  test: { kind: "hasAny", values: [{ from: "s-vip", to: "s-vip" }] },
};

describe("in segment", () => {
  it("a static segment is tested by the customer's own list of segments", () => {
    expect(meaning("in segment VIP")).toEqual(inVip);
    expect(meaning('not in segment "VIP"')).toEqual({ kind: "not", operand: inVip });
  });

  it("an auto-update segment is inlined at any depth, at the same instant", () => {
    expect(meaning('in segment "Young Poles"')).toEqual(meaning("country is Poland and metadata.age < 30"));
    expect(meaning('not in segment "Young Poles"')).toEqual(
      meaning("not (country is Poland and metadata.age < 30)"),
    );
    const recent = [...segments, saved("Recent", "created_at is in the last 3 days")];
    expect(meaning("in segment recent", recent)).toEqual(meaning("created is in the last 3 days"));
  });

  it.each([
    ["in segment vip", 'in segment "VIP"'],
    ['in segment "  viP "', 'in segment "VIP"'],
    ["not in segment 'young poles'", 'not in segment "Young Poles"'],
    ["In Segment big poles and vip", 'in segment "Big Poles" and metadata.vip'],
  ])("%s is written %s", (text, canonical) => {
    expect(check(text).canonical).toBe(canonical);
    expect(check(canonical).canonical).toBe(canonical);
  });

  it("an exact name takes precedence over one that differs in case", () => {
    const twins = [...segments, { id: "s-other", name: "vip", archived: false }];
    expect(check("in segment VIP", twins).canonical).toBe('in segment "VIP"');
    expect(check("in segment vip", twins).canonical).toBe('in segment "vip"');
  });

  it("a checked tree holds the segment's id, which finds a renamed segment", () => {
    const { tree } = parseQuery('not in segment "VIP"');
    const named = {
      ...(tree.expression as Extract<Expression, { kind: "Not" }>),
      operand: {
        ...(tree.expression.kind === "Not" ? tree.expression.operand : tree.expression),
        segmentId: "s-vip",
      },
    } as Expression;
    const user = {
      ...saved("User", "vip"),
      query: { canonical: 'not in segment "VIP"', tree: { ...tree, expression: named } },
    };
    const renamed = [user, { id: "s-vip", name: "Best", archived: false }];
    expect(meaning("in segment User", renamed)).toEqual({ kind: "not", operand: inVip });
    expect(formatQuery({ ...tree, expression: named })).toBe('not in segment "VIP"');
  });
});

describe("what is wrong with a segment", () => {
  it.each([
    { text: 'in segment [["No such"]]', codes: ["UNKNOWN_SEGMENT"] },
    { text: "vip or in segment [[polad]]", codes: ["UNKNOWN_SEGMENT"], fixed: 'vip or in segment "Poland"' },
    { text: "in segment [[Old]]", codes: ["ARCHIVED_SEGMENT"] },
    {
      text: "in segment [[broken]] and in segment [[Broken]]",
      codes: ["SEGMENT_HAS_MISTAKES", "SEGMENT_HAS_MISTAKES"],
    },
    { text: "in segment [[One]]", codes: ["SEGMENT_CYCLE"] },
  ])("$text", ({ text, codes, fixed }) => {
    const { diagnostics, plan } = check(unmarked(text));
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(marked(unmarked(text), diagnostics)).toBe(text);
    expect(plan).toBeUndefined();
    if (fixed === undefined) return;
    expect(mended(unmarked(text), diagnostics)).toBe(fixed);
    expect(check(fixed).diagnostics).toEqual([]);
  });

  it("is reported in words", () => {
    const codesOf = (text: string, ofSegment?: string) =>
      check(text, segments, ofSegment).diagnostics[0]?.message;
    expect(codesOf("in segment polad")).toBe("There is no segment `polad`. Did you mean `Poland`?");
    expect(codesOf("in segment xyzzy")).toBe(
      "There is no segment `xyzzy`. Try `VIP`, `Big Poles`, `Poland`, `Young Poles`, `Broken`, `One`, `Two` or `Three`.",
    );
    expect(check("in segment VIP", []).diagnostics[0]?.message).toBe(
      "There is no segment `VIP`. None is saved yet.",
    );
    expect(codesOf("in segment One")).toBe(
      "A segment can't depend on itself: `One` names `Two` names `Three` names `One`. Take this condition away, or name another segment.",
    );
    expect(codesOf("in segment Broken")).toContain("There is no attribute `metadata.gone`");
  });

  it("a segment's query can name neither itself nor a segment that names it", () => {
    const codes = (text: string) => check(text, segments, "id-Poland").diagnostics.map(({ code }) => code);
    expect(codes("in segment Poland")).toEqual(["SEGMENT_CYCLE"]);
    expect(codes('city is Paris or not in segment "Young Poles"')).toEqual(["SEGMENT_CYCLE"]);
    expect(codes("in segment VIP")).toEqual([]);
  });

  const chain = (length: number): CatalogSegment[] =>
    Array.from({ length }, (_, index) =>
      saved(`S${index}`, index === 0 ? "city is Paris" : `in segment "S${index - 1}"`),
    );

  it("segments are nested at most eight deep", () => {
    expect(check("in segment S7", chain(9)).diagnostics).toEqual([]);
    expect(check("in segment S8", chain(9)).diagnostics.map(({ code }) => code)).toEqual([
      "SEGMENTS_TOO_DEEP",
    ]);
    // Known from before where it is met the second time.
    expect(check("in segment S5 or in segment S8", chain(9)).diagnostics.map(({ code }) => code)).toEqual([
      "SEGMENTS_TOO_DEEP",
    ]);
  });

  it("the total size of nested segments is bounded, and the bound is found early", () => {
    const doubling = Array.from({ length: 8 }, (_, index) =>
      saved(
        `S${index}`,
        index === 0
          ? Array.from({ length: 20 }, (_, each) => `city is c${each}`).join(" or ")
          : Array.from(
              { length: 20 },
              (_, each) => `(in segment "S${index - 1}" and metadata.age is ${each})`,
            ).join(" or "),
      ),
    );
    for (const name of ["S3", "S7"]) {
      const { diagnostics } = check(`in segment ${name}`, doubling);
      expect(diagnostics.map(({ code }) => code)).toEqual(["SEGMENTS_TOO_LARGE"]);
    }
    expect(check("in segment S1", doubling).diagnostics).toEqual([]);
  });
});
