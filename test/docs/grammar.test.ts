// docs/grammar.svg is drawn of the grammar's data; and that data is true: the parser takes every sentence drawn from it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Slot, type SyntaxNode, slots, syntaxOf } from "../../grammar/syntax.js";
import { parseQuery } from "../../src/check/check.js";
import { operators } from "../../src/operators/index.js";
import { draws } from "../draws.js";
import { railroadDiagram } from "./railroad.js";

const productions = syntaxOf(operators);

const fillings: Readonly<Record<Slot, readonly string[]>> = {
  attribute: ["email", "total spent", "metadata.plan", "`is vip`"],
  property: ["amount", "url"],
  value: ["5", "Paris", '"New York"'],
  number: ["2", "10"],
  date: ["2026-02-01", "01.02"],
  unit: ["days", "weeks"],
  event: ["order", "login", '"page viewed"'],
  segment: ["VIP", '"Big spenders"'],
  name: ['"Club"'],
  month: ["November", "jan"],
  year: ["2026"],
};

/** Sentences of a node; deep down only the last, shortest option of a choice is taken. */
function sentences(node: SyntaxNode, depth: number): fc.Arbitrary<string> {
  const joined = (parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(...parts).map((texts) => texts.filter((text) => text !== "").join(" "));
  switch (node.kind) {
    case "words":
      return fc.constant(node.text);
    case "slot":
      return fc.constantFrom(...fillings[node.name]);
    case "rule":
      return sentences(productions[node.name]!, depth + 1);
    case "sequence":
      return joined(node.parts.map((part) => sentences(part, depth)));
    case "choice": {
      const options = depth > 5 ? node.options.slice(-1) : node.options;
      return fc.oneof(...options.map((option) => sentences(option, depth)));
    }
    case "optional":
      return depth > 12 ? fc.constant("") : fc.oneof(fc.constant(""), sentences(node.part, depth));
    case "repeat":
      return depth > 3
        ? sentences(node.part, depth)
        : fc.oneof(
            sentences(node.part, depth),
            joined([
              sentences(node.part, depth),
              sentences(node.between, depth),
              sentences(node.part, depth),
            ]),
          );
  }
}

function rulesIn(node: SyntaxNode): readonly string[] {
  switch (node.kind) {
    case "rule":
      return [node.name];
    case "sequence":
      return node.parts.flatMap(rulesIn);
    case "choice":
      return node.options.flatMap(rulesIn);
    case "optional":
      return rulesIn(node.part);
    case "repeat":
      return [...rulesIn(node.part), ...rulesIn(node.between)];
    default:
      return [];
  }
}

const conditions = [
  "comparison",
  "event",
  "sequence",
  "occurrence",
  "measure",
  "membership",
  "sample",
  "group",
] as const;

describe("the grammar's data", () => {
  it.each(conditions)("the parser accepts every %s", (name) => {
    fc.assert(
      fc.property(sentences(productions[name]!, 3), (drawn) => {
        // The percent sign belongs to its number.
        const text = drawn.replace(/ %/g, "%");
        const { tree, diagnostics } = parseQuery(text);
        expect(diagnostics, text).toEqual([]);
        expect(JSON.stringify(tree), text).not.toContain('"Invalid"');
      }),
      { numRuns: draws(5), endOnFailure: true },
    );
  });

  it("names every part of the language, and nothing else", () => {
    const named = new Set(Object.values(productions).flatMap(rulesIn));
    expect([...named, "query"].toSorted()).toEqual(Object.keys(productions).toSorted());
    expect(Object.keys(fillings).toSorted()).toEqual([...slots].toSorted());
  });

  it("docs/grammar.svg is drawn of it (mend: npm run docs)", async () => {
    await expect(railroadDiagram(productions)).toMatchFileSnapshot("../../docs/grammar.svg");
  });
});
