// Queries of the segment language inside GraphQL and JSON: found, and their positions on either side.
import fc from "fast-check";
import { parse, type StringValueNode, visit } from "graphql";
import { describe, expect, it } from "vitest";
import {
  type Sentence,
  sentenceAt,
  sentencesOfOperation,
  sentencesOfVariables,
} from "../../src/console/playground/sentences.js";
import { draws } from "../draws.js";

const textsOf = (found: readonly Sentence[]): readonly string[] => found.map(({ text }) => text);

describe("sentences of an operation", () => {
  it.each([
    ['{ segmentPreview(query: "vip") { count } }', ["vip"]],
    [
      '{ a: segmentPreview(query: "vip") { count } b: segmentQuery(query: "not vip") { valid } }',
      ["vip", "not vip"],
    ],
    ['{ segmentPreview(query: "name is \\"Ann\\"") { count } }', ['name is "Ann"']],
    ['{ segmentPreview(query: "city is \\u{1F600}\\u0041") { count } }', ["city is \u{1F600}A"]],
    ['{ segmentPreview(query: """vip\n  and age > 3""") { count } }', ["vip\n  and age > 3"]],
    ["query($query: String!) { segmentPreview(query: $query) { count } }", []],
    ['{ customer(by: { sourceId: "query" }) { id } }', []],
    ['# query: "vip"\n{ segments(search: "query") { totalCount } }', []],
    // What is typed is not GraphQL yet.
    ['{ segmentPreview(query: "vip") { count } b(query: "un', ["vip"]],
  ])("of %s are %j", (source, expected) => {
    expect(textsOf(sentencesOfOperation(source))).toEqual(expected);
  });
});

describe("sentences of variables", () => {
  it.each([
    ['{ "query": "vip" }', ["vip"]],
    ['{ "input": { "name": "A", "query" : "name is \\"Ann\\"" } }', ['name is "Ann"']],
    ['{ "sourceId": "query" }', []],
    ["", []],
  ])("of %s are %j", (source, expected) => {
    expect(textsOf(sentencesOfVariables(source))).toEqual(expected);
  });
});

describe("positions", () => {
  it("name the same letter in the text and in the source", () => {
    const source = '{ segmentPreview(query: "name is \\"Ann\\" or vip") { count } }';
    const [sentence] = sentencesOfOperation(source);
    const vip = sentence!.text.indexOf("vip");
    expect(source.slice(sentence!.sourceOf(vip), sentence!.sourceOf(vip + 3))).toBe("vip");
    expect(sentence!.textOf(source.indexOf("vip"))).toBe(vip);
    expect(sentenceAt([sentence!], source.indexOf("vip"))).toBe(sentence);
    expect(sentenceAt([sentence!], source.indexOf("count"))).toBeUndefined();
  });

  // GraphQL's own parser says what a literal means.
  it("are those of any text that is written into a literal, also once a part of it is replaced", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        fc.nat(),
        fc.nat(),
        (text, part, one, other) => {
          const source = `{ segmentPreview(query: ${JSON.stringify(text)}) { count } }`;
          const [sentence] = sentencesOfOperation(source);
          expect(sentence!.text).toBe(text);
          const letters = [...text];
          const [start, end] = [one, other]
            .map((drawn) => letters.slice(0, drawn % (letters.length + 1)).join("").length)
            .toSorted((a, b) => a - b) as [number, number];
          expect(sentence!.textOf(sentence!.sourceOf(start))).toBe(start);
          const changed =
            source.slice(0, sentence!.sourceOf(start)) +
            sentence!.written(part) +
            source.slice(sentence!.sourceOf(end));
          let read = "";
          visit(parse(changed), {
            StringValue: ({ value }: StringValueNode) => {
              read = value;
            },
          });
          expect(read).toBe(text.slice(0, start) + part + text.slice(end));
        },
      ),
      { numRuns: draws(100) },
    );
  });
});
