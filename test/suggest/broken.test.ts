// Suggestions in texts that are wrong, and taking them: nothing throws, nothing else is touched, and what was right stays right.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkQuery } from "../../src/check/check.js";
import { suggestAt } from "../../src/suggest/suggest.js";
import { draws } from "../draws.js";
import { comparisonCases } from "../grammar/comparison-cases.js";
import { eventCases } from "../grammar/event-cases.js";
import { structureCases } from "../grammar/structure-cases.js";
import { asOf, catalog, taken } from "./world.js";

const pieces =
  'and or not all any none of ( ) [ ] , = >= is between before in the last campaign segment sample where at least 3 times once since performed has placed last sum count city vip created order loyalty points login page viewed amount value "VIP" " \' ` `is 10% today -- # \n é 🦊 \ud800 o\'brien'.split(
    " ",
  );
const soup = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(" ", " ", " ", "", "\n")), { maxLength: 30 })
  .map((parts) => parts.flat().join(""));
const sentence = fc.constantFrom(
  ...[...eventCases, ...comparisonCases, ...structureCases].map(([text]) => text),
);

function checkAll(text: string, place: number): void {
  const cursor = place % (text.length + 1);
  for (const suggestion of suggestAt(catalog, text, cursor, { asOf, first: 40 })) {
    const { start, end } = suggestion.replace;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(start).toBeLessThanOrEqual(cursor);
    expect(end).toBeGreaterThanOrEqual(cursor);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(suggestion.insert).not.toBe("");
    expect(suggestion.documentation).not.toBe("");
    const after = start + suggestion.insert.length;
    suggestAt(catalog, taken(text, suggestion), after, { asOf, first: 5 });
  }
}

describe("any text and cursor", () => {
  it("soups of the language's words", () => {
    fc.assert(fc.property(soup, fc.nat(), checkAll), { numRuns: draws(3), seed: 1 });
  });

  it("sentences", () => {
    fc.assert(fc.property(sentence, fc.nat(), checkAll), { numRuns: draws(3), seed: 2 });
  });

  it("any characters", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.nat(), checkAll), {
      numRuns: draws(3),
      seed: 3,
    });
  });

  it.each([
    "(",
    "not ",
    "any of (",
    "a ",
    "in the ",
    "1,",
    "city in (a,",
    "performed x where ",
    "count of ",
    '"',
    "`",
    "the ",
  ])("%j over and over, as long as a text may be", (piece) => {
    const text = piece.repeat(16_384 / piece.length);
    suggestAt(catalog, text, text.length, { asOf, first: 100 });
    suggestAt(catalog, text, text.length >> 1, { asOf, first: 100 });
  });
});

function errorsOf(text: string): number {
  return checkQuery(text, catalog, asOf).diagnostics.filter(({ severity }) => severity === "ERROR").length;
}

const valid = [
  "city is New York and not vip",
  "country is any of (Poland, France) or age is at least 18",
  "(created is on or after 2026-01-01 or last order more than 30 days ago) and consents contains sms",
  "performed page viewed at least 3 times in the last 7 days where url contains x and mobile",
  "any of (sum of amount of order since yesterday is more than 5, loyalty points in campaign Club is 0)",
  "birthday anniversary is in the next 7 days and in segment VIP and in sample 10% of x",
  "metadata.`is vip` is not unknown and renewal is before start of month",
];

describe("taking a suggestion breaks nothing", () => {
  // What it begins may lack its rest, which is one mistake; so may what stood there before.
  it.each(valid)("at the end of every beginning of: %s", (text) => {
    // Checking every suggestion at every place takes long, and neighbours are alike.
    for (let cursor = 0; cursor <= text.length; cursor += 1) {
      if (cursor % 3 !== 0 && !/\s/.test(text.charAt(cursor - 1))) continue;
      const before = text.slice(0, cursor);
      for (const suggestion of suggestAt(catalog, before, cursor, { asOf, first: 40 })) {
        const after = taken(before, suggestion);
        expect([after, errorsOf(after)], `${before}| with ${suggestion.insert}`).toEqual([
          after,
          expect.toSatisfy((errors: number) => errors <= Math.max(1, errorsOf(before)) + brackets(after)),
        ]);
      }
    }
  });
});

/** Brackets that are not closed yet: each is a mistake of its own. */
function brackets(text: string): number {
  return text.split(/[([]/).length - text.split(/[)\]]/).length;
}
