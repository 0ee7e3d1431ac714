// Any text: the parser answers, quickly, with a sound tree, and never hides a part that it could not read.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Span } from "../../grammar/diagnostic.js";
import { limits } from "../../grammar/limits.js";
import { createParser } from "../../grammar/parser/parser.js";
import { operators } from "../../src/operators/index.js";
import { draws } from "../draws.js";
import { cases } from "./cases.js";
import { nodesWithin } from "./nodes.js";

const parse = createParser(operators);
const runs = draws(45);
/** No text of at most 16 KiB may take longer, in milliseconds of the processor: hundreds of times what one does take. */
const patience = 2_000;

// Words that mean something, brackets, quotes and a few that mean nothing, with and without space around.
const pieces = [
  ...new Set(
    operators
      .flatMap(({ spellings, negatedSpellings }) => [...spellings, ...negatedSpellings])
      .flatMap((form) => form.split(" ")),
  ),
  ..."and or not all any none of where in the last within since before after between on today yesterday at least".split(
    " ",
  ),
  ..."most exactly more less than once twice times time has did never performed perform placed first segment".split(
    " ",
  ),
  ..."sample campaign sum average min max count customer customer's a an x email login 3 10% 1 ,000 01.02 $5".split(
    " ",
  ),
  ..."( ) [ ] , , = != < >= \" ' ` `` \\ -- # \n \r\n \u0085 \u2028 \ufeff \0 é 🦊 \ud800 o'brien any of ( all of (".split(
    " ",
  ),
];
const soup = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(" ", " ", " ", "", "\n")), { maxLength: 60 })
  .map((parts) => parts.flat().join(""));

/** A valid sentence with stretches of it taken out, doubled, or replaced by a piece. */
const mutated = fc
  .tuple(
    fc.constantFrom(...cases.map(({ text }) => text)),
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom("", "double", ...pieces)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([sentence, changes]) =>
    changes.reduce((text, [place, length, change]) => {
      const start = place % (text.length + 1);
      const middle = text.slice(start, start + length);
      return (
        text.slice(0, start) + (change === "double" ? middle + middle : change) + text.slice(start + length)
      );
    }, sentence),
  );

function inside(span: Span, text: string): boolean {
  return (
    span.start >= 0 && span.start <= span.end && span.end <= text.length && span.line >= 1 && span.column >= 1
  );
}

/** All that must hold of the answer to any text. */
function checkAnswer(text: string): void {
  const started = process.cpuUsage();
  const { tree, diagnostics } = parse(text);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1_000).toBeLessThan(patience);
  const nodes = nodesWithin(tree);
  for (const { node, parent } of nodes) {
    expect(inside(node.span, text)).toBe(true);
    expect(node.raw).toBe(text.slice(node.span.start, node.span.end));
    // Where a condition is missing, its place may be past the last word of what it is missing in.
    if (parent === undefined || (node.kind === "Invalid" && node.raw === "")) continue;
    expect(node.span.start).toBeGreaterThanOrEqual(parent.span.start);
    expect(node.span.end).toBeLessThanOrEqual(parent.span.end);
  }
  expect(tree.expression).toBeDefined();
  if (nodes.some(({ node }) => node.kind === "Invalid")) expect(diagnostics).not.toEqual([]);
  expect(diagnostics.length).toBeLessThanOrEqual(limits.diagnostics);
  for (const [index, { span, fix }] of diagnostics.entries()) {
    expect(inside(span, text)).toBe(true);
    if (fix !== undefined) expect(inside(fix.span, text)).toBe(true);
    expect(span.start).toBeGreaterThanOrEqual(diagnostics[index - 1]?.span.start ?? 0);
  }
  // The tree is plain JSON.
  expect(JSON.parse(JSON.stringify(tree))).toEqual(tree);
}

describe("any text is handled:", () => {
  it("soups of the language's words", () => {
    fc.assert(fc.property(soup, checkAnswer), { numRuns: runs, seed: 1 });
  });

  it("sentences with changes in them", () => {
    fc.assert(fc.property(mutated, checkAnswer), { numRuns: runs, seed: 2 });
  });

  it("any characters", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), checkAnswer), {
      numRuns: runs,
      seed: 3,
    });
  });

  const longest = 16_384;
  it.each([
    "(",
    ")",
    "[",
    "]",
    ",",
    '"',
    "'",
    "`",
    "`` ",
    "=",
    "not ",
    "and ",
    "or ",
    "is ",
    "is not ",
    "a ",
    "the ",
    "in the ",
    "in campaign ",
    "x between ",
    "any of (",
    "all of ",
    "city in (",
    "city in (a,",
    "1,1",
    "1,",
    "a,b ",
    "performed ",
    "performed x where ",
    "performed x at least ",
    "performed x 3 times ",
    "last performed ",
    "sum of ",
    "sum of a ",
    "count of x ",
    "in segment ",
    "in sample ",
    "in sample 5 ",
    "email starts ",
    "does not ",
    "has ",
    "\\",
    '"\\',
    "#\n",
    "--",
    "\n",
    "\r",
    "a\n",
    "\ud800",
    "x is (",
    "x is a (",
    "x exists ",
    "more than ",
  ])("%j over and over, as long as a text may be", (piece) => {
    checkAnswer(piece.repeat(longest / piece.length));
    checkAnswer(`x is ${piece.repeat((longest - 5) / piece.length)}`);
    checkAnswer(`performed x where ${piece.repeat((longest - 18) / piece.length)}`);
  });
});
