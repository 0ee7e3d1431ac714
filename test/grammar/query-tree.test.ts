// Trees as the outside has them: from a text and back to it nothing is lost, and whatever else comes from outside is refused with
// its place.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { QueryTree } from "../../grammar/query-tree.js";
import { unplacedTree } from "../../grammar/query-tree.js";
import { formatQuery, parseQuery } from "../../src/check/check.js";
import { readQueryTree, treeSchemaText } from "../../src/check/tree.js";
import { comparable } from "../check/comparable.js";
import { drawnText } from "../check/drawn-text.js";
import { draws } from "../draws.js";
import { printQuery } from "../oracle/printing.js";
import { queryArbitrary } from "../oracle/query.js";
import { worldArbitrary } from "../oracle/world.js";
import { cases } from "./cases.js";
import { shape } from "./shape.js";

it("schema/query-tree.schema.json is what the code prints (mend: npm run build && npm run schema)", () => {
  expect(readFileSync(new URL("../../schema/query-tree.schema.json", import.meta.url), "utf8")).toBe(
    treeSchemaText(),
  );
});

it("is what a form would build", () => {
  const { tree } = parseQuery(
    "-- who\nthe email ends with '.uk' and not any of (vip, age between 1 and 5) # all",
  );
  expect(unplacedTree(tree)).toEqual({
    kind: "Query",
    version: 2,
    expression: {
      kind: "And",
      operands: [
        {
          kind: "Comparison",
          attribute: { kind: "Name", text: "the email" },
          operator: { kind: "Operator", name: "ends_with", negated: false },
          operands: [{ kind: "Value", text: ".uk" }],
          comments: ["who"],
        },
        {
          kind: "Not",
          operand: {
            kind: "Group",
            quantifier: "any",
            operands: [
              { kind: "Flag", attribute: { kind: "Name", text: "vip" } },
              {
                kind: "Comparison",
                attribute: { kind: "Name", text: "age" },
                operator: { kind: "Operator", name: "between", negated: false },
                operands: [
                  { kind: "Value", text: "1" },
                  { kind: "Value", text: "5" },
                ],
              },
            ],
          },
        },
      ],
    },
    comments: ["all"],
  });
});

/** Text to tree to text to tree: both trees are the same, and what the text's own formatting gives is what the tree says. */
function expectRoundTrip(text: string): void {
  const { tree, diagnostics } = parseQuery(text);
  // Some drawn ones are past the limits.
  if (diagnostics.length > 0) return;
  const outside = unplacedTree(tree);
  const read = readQueryTree(JSON.parse(JSON.stringify(outside)));
  expect(read.diagnostics, text).toBeUndefined();
  expect(read.text, text).toBe(formatQuery(tree));
  expect(comparable(read.tree?.expression), text).toEqual(comparable(tree.expression));
  expect(read.tree?.comments.map((comment) => comment.text)).toEqual(
    tree.comments.map((comment) => comment.text),
  );
  expect(read.tree && unplacedTree(read.tree), text).toEqual(outside);
}

describe("from text to tree to text to tree", () => {
  it.each(cases)("$text", ({ text }) => expectRoundTrip(text));

  it("a comma of thousands inside a step of a list does not end the step", () => {
    expectRoundTrip("all of (vip, first performed order where amount is 33,333 then performed order)");
  });

  it("drawn sentences", () => {
    fc.assert(fc.property(drawnText, expectRoundTrip), { numRuns: draws(9) });
  });

  it("drawn queries over drawn worlds", () => {
    const queries = worldArbitrary().chain((world) =>
      fc.array(queryArbitrary(world).map(printQuery), { minLength: 10, maxLength: 10 }),
    );
    fc.assert(
      fc.property(queries, (texts) => texts.forEach(expectRoundTrip)),
      { numRuns: draws(0.5) },
    );
  });
});

const flag = (text: string) => ({ kind: "Flag", attribute: { kind: "Name", text } });
const value = (text: string) => ({ kind: "Value", text });
const operator = (name: string, negated = false) => ({ kind: "Operator", name, negated });
const comparison = (name: string, use: object, ...operands: string[]) => ({
  kind: "Comparison",
  attribute: { kind: "Name", text: name },
  operator: use,
  operands: operands.map(value),
});
const query = (expression: unknown) => ({ kind: "Query", version: 1, expression });
const times = <Item>(count: number, item: Item): Item[] => Array<Item>(count).fill(item);
function nested(levels: number, inside: object): object {
  let node = inside;
  for (let level = 0; level < levels; level += 1)
    node = { kind: "Group", quantifier: "any", operands: [node] };
  return node;
}

describe("a tree that was built is printed as its text", () => {
  const built: readonly (readonly [expression: object, text: string, shape: string])[] = [
    [comparison("city", operator("is"), "and, or not"), 'city is "and, or not"', "[city] is {and, or not}"],
    [
      comparison("city", operator("is_any_of", true), "a", 'b "c"'),
      'city is none of (a, "b \\"c\\"")',
      '[city] !is_any_of {a} {b "c"}',
    ],
    [comparison("age", operator("between"), "1", "5"), "age is between 1 and 5", "[age] between {1} {5}"],
    [{ kind: "Group", quantifier: "none", operands: [flag("vip")] }, "none of (vip)", "none([vip])"],
    [
      { kind: "Membership", segment: value('VIP" or vip') },
      'in segment "VIP\\" or vip"',
      'segment({VIP" or vip})',
    ],
    [
      {
        kind: "Event",
        negated: false,
        name: value("page viewed where"),
        count: { kind: "EventCount", comparison: "at_most", times: value("3") },
        window: { kind: "EventWindow", form: "in_the_last", operands: [value("7 days")] },
        where: comparison("url", operator("contains"), "a at least 3 times"),
      },
      'performed "page viewed where" at most 3 times in the last 7 days where url contains "a at least 3 times"',
      "event({page viewed where}; at_most {3}; in_the_last {7 days}; where [url] contains {a at least 3 times})",
    ],
  ];
  it.each(built)("%j", (expression, text, expected) => {
    const read = readQueryTree(query(expression));
    expect(read.diagnostics).toBeUndefined();
    expect(read.text).toBe(text);
    expect(read.tree && shape(read.tree)).toBe(expected);
  });

  it("comments are kept at every place", () => {
    const commented = {
      ...query({
        kind: "And",
        operands: [flag("a"), { ...flag("b"), comments: ["-- two", ""] }],
        comments: ["one"],
      }),
      comments: ["three"],
    };
    const read = readQueryTree(commented);
    expect(read.text).toBe("-- one\na\n-- -- two\n--\nand b\n-- three");
    expect(read.tree?.comments.map(({ text }) => text)).toEqual(["one", "-- two", "", "three"]);
  });
});

describe("mistakes in a tree are reported with their place", () => {
  const wrong: readonly (readonly [tree: unknown, ...mistakes: string[]])[] = [
    [null, "NOT_A_TREE "],
    ["email is x", "NOT_A_TREE "],
    [{}, "NOT_A_TREE /kind", "NOT_A_TREE /version", "NOT_A_TREE /expression"],
    [{ ...query(flag("a")), version: 3 }, "NOT_A_TREE /version"],
    [query({ kind: "Xor" }), "NOT_A_TREE /expression/kind"],
    [query({ ...flag("a"), span: {}, extra: 1 }), "UNKNOWN_FIELD /expression"],
    [query({ kind: "And", operands: [flag("a")] }), "TOO_FEW_OPERANDS /expression/operands"],
    [query({ kind: "Group", quantifier: "any", operands: [] }), "TOO_FEW_OPERANDS /expression/operands"],
    [
      query({ kind: "Or", operands: [flag("a"), { kind: "Flag" }] }),
      "NOT_A_TREE /expression/operands/1/attribute",
    ],
    [query({ kind: "Not", operand: { kind: "Not", operand: flag("a") } }), "NOT_OF_NOT /expression"],
    [query(comparison("a", operator("equals"), "x")), "NOT_A_TREE /expression/operator/name"],
    [query(comparison("a", operator("is"))), "WRONG_OPERANDS /expression/operands"],
    [query(comparison("a", operator("is"), "x", "y")), "WRONG_OPERANDS /expression/operands"],
    [query(comparison("a", operator("is_any_of"))), "WRONG_OPERANDS /expression/operands"],
    [query(comparison("a", operator("between"), "1")), "WRONG_OPERANDS /expression/operands"],
    [query(comparison("a", operator("is_empty"), "1")), "WRONG_OPERANDS /expression/operands"],
    [query(comparison("a", operator("<", true), "1")), "NO_COMPLEMENT /expression/operator/negated"],
    [
      query({
        kind: "Event",
        negated: true,
        name: value("x"),
        count: { kind: "EventCount", comparison: "exactly", times: value("0") },
        window: { kind: "EventWindow", form: "between", operands: [value("today")] },
      }),
      "COUNT_OF_NONE /expression/count",
      "WRONG_OPERANDS /expression/window/operands",
    ],
    [query({ ...flag("a"), comments: ["b\nor vip"] }), "NOT_A_TREE /expression/comments/0"],

    // What a sentence can't say is not smuggled in as something else.
    [query(flag("a or b")), "READS_OTHERWISE /expression"],
    [
      query({ kind: "Not", operand: flag("a) or (b") }),
      "UNEXPECTED /expression/operand/attribute",
      "UNCLOSED_PARENTHESIS /expression/operand/attribute",
    ],
    [query(comparison("city is Paris or email", operator("is"), "x")), "READS_OTHERWISE /expression"],
    [query(comparison("a  b", operator("is"), "x")), "READS_OTHERWISE /expression/attribute/text"],
    [query({ kind: "Sample", share: value("10% or vip") }), "READS_OTHERWISE /expression"],
    [
      query({ kind: "And", operands: [flag("a"), { kind: "Sample", share: value("") }] }),
      "MISSING_SAMPLE_SHARE /expression/operands/1",
    ],
    [query(comparison("", operator("is"), "x")), "MISSING_ATTRIBUTE /expression"],

    // The limits of a text.
    [
      query({ kind: "And", operands: times(101, flag("a")) }),
      "TOO_MANY_CONDITIONS /expression/operands/100/attribute",
    ],
    [
      query({ kind: "Or", operands: times(21, { kind: "Event", negated: false, name: value("x") }) }),
      "TOO_MANY_EVENT_CONDITIONS /expression/operands/20",
    ],
    [
      query({
        kind: "And",
        operands: [flag("a"), comparison("a", operator("is_any_of"), ...times(1_001, "b"))],
      }),
      "TOO_MANY_ITEMS /expression/operands/1",
    ],
    [query(comparison("a", operator("is"), "x".repeat(16_384))), "TEXT_TOO_LONG /expression"],
    [query(comparison("a", operator("is"), "x".repeat(16_385))), "NOT_A_TREE /expression/operands/0/text"],
    [query({ kind: "And", operands: times(100_000, flag("a")) }), "TREE_TOO_LARGE "],
    [query({ ...flag("a"), ["x".repeat(2_000_000)]: 1 }), "TREE_TOO_LARGE "],
  ];
  it.each(wrong.map(([tree, ...mistakes]) => ({ tree, mistakes, name: mistakes.join(", ") })))(
    "$name",
    ({ tree, mistakes }) => {
      const { diagnostics = [] } = readQueryTree(tree);
      expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual(mistakes);
      for (const { message } of diagnostics) {
        expect(message).toMatch(/^.{20,400}\.$/su);
        expect(message).not.toMatch(/undefined|``|NaN/);
      }
    },
  );

  it("a tree of any depth is read without recursion", () => {
    const { diagnostics } = readQueryTree(query(nested(200_000, flag("a"))));
    expect(diagnostics?.map(({ code }) => code)).toEqual(["TREE_TOO_LARGE"]);
  });

  it("sixteen levels are valid, seventeen are not", () => {
    expect(readQueryTree(query(nested(16, flag("a")))).diagnostics).toBeUndefined();
    const { diagnostics } = readQueryTree(query(nested(17, flag("a"))));
    expect(diagnostics?.map(({ code }) => code)).toEqual(["TOO_DEEP"]);
    expect(diagnostics?.[0]?.path).toBe(`/expression${"/operands/0".repeat(17)}`);
  });

  it("the deepest tree within the limits is read", () => {
    const deepest = (levels: number): object =>
      levels === 0
        ? flag("a")
        : {
            kind: "Or",
            operands: [
              flag("b"),
              {
                kind: "And",
                operands: [
                  flag("c"),
                  {
                    kind: "Not",
                    operand: { kind: "Group", quantifier: "all", operands: [deepest(levels - 1)] },
                  },
                ],
              },
            ],
          };
    expect(readQueryTree(query(deepest(16))).diagnostics).toBeUndefined();
  });

  it("any JSON is answered", () => {
    const field = fc.constantFrom(
      ..."kind version expression operands operand attribute operator text name negated where comments Query And Not Flag Name Value".split(
        " ",
      ),
    );
    const json = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        field,
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(field, tie("node"), { maxKeys: 5 }),
      ),
    })).node;
    fc.assert(
      fc.property(json, (tree) => {
        const read = readQueryTree(tree);
        expect(read.diagnostics === undefined).toBe(read.tree !== undefined);
      }),
      { numRuns: draws(15) },
    );
  });

  it("a change anywhere in a tree is refused or printed", () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom("a or b", "(", ")", '"', "`", "is", "x in y", "today", "--"),
    );
    fc.assert(
      fc.property(drawnText, fc.nat(), texts, (text, place, change) => {
        const parsed = parseQuery(text);
        fc.pre(parsed.diagnostics.length === 0);
        const tree = structuredClone(unplacedTree(parsed.tree)) as QueryTree;
        const holders = textHolders(tree);
        const holder = holders[place % holders.length];
        if (holder !== undefined) holder.text = change;
        const read = readQueryTree(tree);
        if (read.tree === undefined) return;
        expect(comparable({ ...unplacedTree(read.tree), comments: [] })).toEqual(
          comparable({ ...tree, comments: [] }),
        );
      }),
      { numRuns: draws(9) },
    );
  });
});

function textHolders(node: unknown): { text: string }[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "text" in node ? [node as { text: string }] : [];
  return [...own, ...Object.values(node).flatMap(textHolders)];
}
