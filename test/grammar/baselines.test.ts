// The parsers that the product's is measured against give the same trees, spans and all: a baseline that does less would
// be no baseline.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createHandwrittenParser } from "../../bench/parse/handwritten.js";
import { createPeggyParser } from "../../bench/parse/peggy.js";
import { longQuery, queries } from "../../bench/parse/queries.js";
import { createParser } from "../../grammar/parser/parser.js";
import { operators } from "../../src/operators/index.js";
import { cases } from "./cases.js";
import { shape } from "./shape.js";

const parse = createParser(operators);
const peggyGrammar = readFileSync(new URL("../../bench/parse/segment.peggy", import.meta.url), "utf8");

describe.each([
  ["hand-written", createHandwrittenParser(operators)],
  ["Peggy", createPeggyParser(peggyGrammar, operators)],
])("%s parser", (_, baseline) => {
  it.each(cases)("$text", ({ text, tree }) => {
    const given = baseline(text);
    expect(shape(given)).toBe(tree);
    expect(given).toEqual(parse(text, 1).tree);
  });

  it("reads the measured queries as the product does", () => {
    for (const text of [...queries, longQuery]) {
      const { tree, diagnostics } = parse(text, 1);
      expect(diagnostics).toEqual([]);
      expect(baseline(text)).toEqual(tree);
    }
  });
});
