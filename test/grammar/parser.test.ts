// Valid sentences: the tree of each, and the spans of its nodes.
import { describe, expect, it } from "vitest";
import type { Span } from "../../grammar/diagnostic.js";
import { createParser } from "../../grammar/parser/parser.js";
import { operators } from "../../src/operators/index.js";
import { cases } from "./cases.js";
import { nodesWithin } from "./nodes.js";
import { shape } from "./shape.js";

const parse = createParser(operators);

describe("every sentence parses to its tree without a diagnostic", () => {
  it.each(cases)("$text", ({ text, tree }) => {
    const parsed = parse(text);
    expect(parsed.diagnostics).toEqual([]);
    expect(shape(parsed.tree)).toBe(tree);
  });

  it("a parse does not depend on earlier ones", () => {
    const broken = "any of (city is a, ((performed x where (b is";
    for (const { text, tree } of cases) {
      parse(broken);
      expect(shape(parse(text).tree)).toBe(tree);
    }
  });
});

describe("every node has the span of its text", () => {
  it.each(cases)("$text", ({ text }) => {
    for (const { node, parent } of nodesWithin(parse(text).tree)) {
      const { start, end } = node.span;
      expect(node.raw).toBe(text.slice(start, end));
      expect(start).toBeLessThan(end);
      if (parent === undefined) continue;
      expect(start).toBeGreaterThanOrEqual(parent.span.start);
      expect(end).toBeLessThanOrEqual(parent.span.end);
    }
  });

  const spans: readonly (readonly [text: string, path: string, raw: string])[] = [
    ["  a and (b or c)  ", "Query", "  a and (b or c)  "],
    ["  a and (b or c)  ", "And", "a and (b or c)"],
    ["  a and (b or c)  ", "Or", "b or c"],
    ["x or not (a)", "Not", "not (a)"],
    ["x or Any Of (a, b)", "Group", "Any Of (a, b)"],
    ["x or the city is not 'New York' -- why", "Comparison", "the city is not 'New York'"],
    ["x or the city is not 'New York' -- why", "Operator", "is not"],
    ["x or the city is not 'New York' -- why", "Value", "'New York'"],
    ["x or the city is not 'New York' -- why ", "Comment", "-- why "],
    ["city in [ a , b ] or x", "Comparison", "city in [ a , b ]"],
    [
      "x or the customer performed login at least  3 times",
      "Event",
      "the customer performed login at least  3 times",
    ],
    ["performed login at least  3 times today", "EventCount", "at least  3 times"],
    ["performed login twice", "EventCount", "twice"],
    ["performed login in the  last week once", "EventWindow", "in the  last week"],
    ["performed login today once", "EventWindow", "today"],
    ["x or last performed login before now", "Occurrence", "last performed login before now"],
    ["x or the sum of a of b today is 5 or y", "Measure", "the sum of a of b today is 5"],
    ["x or in segment 'A' or y", "Membership", "in segment 'A'"],
    ["x or in sample 5% of 'A' or y", "Sample", "in sample 5% of 'A'"],
    ["loyalty points in campaign  X = 5", "Name", "loyalty points"],
  ];
  it.each(spans)("%s: the first %s is %s", (text, kind, raw) => {
    const found = nodesWithin(parse(text).tree).find(({ node }) => node.kind === kind);
    expect(found?.node.raw).toBe(raw);
  });
});

describe("line and column count from 1, with any line ending", () => {
  const texts: readonly (readonly [text: string, span: Span])[] = [
    ["a and\nvip is true", { start: 6, end: 9, line: 2, column: 1 }],
    ["a and\r\n  vip is true", { start: 9, end: 12, line: 2, column: 3 }],
    ["a and\r\r\n\n vip is true", { start: 10, end: 13, line: 4, column: 2 }],
    ["🦊 is x\nor vip is true", { start: 11, end: 14, line: 2, column: 4 }],
    ["name is 'two\nlines' or vip is true", { start: 23, end: 26, line: 2, column: 11 }],
  ];
  it.each(texts)("%j", (text, span) => {
    const name = nodesWithin(parse(text).tree).find(({ node }) => node.raw === "vip");
    expect(name?.node.span).toEqual(span);
  });

  it("of diagnostics too", () => {
    const { diagnostics } = parse("a is 1\r\nand (b or)\r\nand c starts");
    expect(diagnostics.map(({ code, span }) => [code, span.line, span.column])).toEqual([
      ["MISSING_CONDITION", 2, 10],
      ["INCOMPLETE_OPERATOR", 3, 13],
    ]);
  });
});
