// Mends of right sentences that were changed: each leads on, together they lead to a sentence that checks where every error has
// one, and none turns the sentence round.
import { describe, expect, it } from "vitest";
import { mutated, randomNumbers } from "../../bench/fuzz/mutate.js";
import { sentences } from "../../bench/fuzz/sentences.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { turnsAround } from "../../src/check/mends.js";
import { checkExample } from "../docs/example-world.js";
import { drawnBy, draws, seedOfRun } from "../draws.js";
import { acceptMends, meaningOf, oppositeOf, separateFixes, withFixes } from "./accept-mends.js";

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "ERROR");
}

/** 5,000 in the thorough run. A failure names the seed, with which SEGMENTQL_PROPERTY_SEED draws the same sentences again. */
const drawnSentences = draws(72);
const seed = seedOfRun ?? Math.floor(Math.random() * 2 ** 31);

/** What is wrong with the mends that are offered for a text. */
function wrongMends(text: string): readonly string[] {
  const { diagnostics, plan } = checkExample(text);
  const errors = errorsOf(diagnostics);
  if (plan === undefined && errors.length === 0) return [`not checked, without an error: ${text}`];
  const wrong: string[] = diagnostics.flatMap(({ code, severity, fix }) => {
    if (fix === undefined) return [];
    const after = withFixes(text, [fix]);
    const left = errorsOf(checkExample(after).diagnostics).length;
    const isRight = severity === "ERROR" ? left < errors.length || left === 0 : left <= errors.length;
    const isWhole = severity !== "ERROR" || errors.length > 1 || left === 0;
    return isRight && isWhole ? [] : [`${code}: ${text}\nmade ${after}`];
  });
  const needless = errors.filter(({ fix }) => {
    if (fix === undefined || fix.span.start === fix.span.end) return false;
    const inside = errors.filter(({ span }) => span.start >= fix.span.start && span.end <= fix.span.end);
    const left = errorsOf(checkExample(withFixes(text, [fix])).diagnostics).length;
    return inside.length > 1 && left <= errors.length - inside.length;
  });
  wrong.push(...needless.map(({ code }) => `more is reported than ${code}, whose fix mends it all: ${text}`));
  const fixes = separateFixes(errors);
  if (errors.length < 2 || fixes.length < errors.length) return wrong;
  const accepted = acceptMends(text, checkExample);
  return errorsOf(accepted.checked.diagnostics).length === 0
    ? wrong
    : [...wrong, `all of ${text}\nmade ${accepted.text}`];
}

describe("fixes", () => {
  it("of mutated sentences lead to sentences that check", () => {
    const random = randomNumbers(seed);
    const wrong: string[] = [];
    let offered = 0;
    for (let drawn = drawnSentences; drawn > 0; drawn -= 1) {
      const text = mutated(sentences, random);
      offered += separateFixes(checkExample(text).diagnostics).length;
      wrong.push(...wrongMends(text));
    }
    expect(offered).toBeGreaterThan(drawnSentences / 10);
    expect(wrong, drawnBy(seed)).toEqual([]);
  });

  it("never turn a sentence with one letter wrong into its opposite", () => {
    const random = randomNumbers(8);
    const opposite: string[] = [];
    let mended = 0;
    for (let drawn = draws(125); drawn > 0; drawn -= 1) {
      const sentence = sentences[random(sentences.length)]!;
      const at = random(sentence.length);
      const letter = "abcdefghijklmnopqrstuvwxyz "[random(27)]!;
      const kept = [0, 1][random(2)]!;
      const text = sentence.slice(0, at) + letter + sentence.slice(at + kept);
      const { rounds, checked, text: accepted } = acceptMends(text, checkExample);
      if (rounds > 0) mended += 1;
      const meaning = meaningOf(checked);
      if (rounds > 0 && meaning !== undefined && meaning === oppositeOf(checkExample(sentence)))
        opposite.push(`${text}\nmade ${accepted}`);
    }
    expect(mended).toBeGreaterThan(draws(125) / 10);
    expect(opposite).toEqual([]);
    expect(meaningOf(checkExample(sentences[0]!))).toBeDefined();
  });
});

describe("a fix reverses the sentence's meaning", () => {
  it.each([
    ["city is not Paris", "city is Paris"],
    ["never ordered", "placed order"],
    ["no email", "email has any value"],
    ["age over 30", "age is less than 30"],
    ["created before 2026-01-01", "created after 2026-01-01"],
    ["age no more than 30", "age is more than 30"],
    ["isn't", "is"],
    ["!=", "="],
  ])("from %s to %s", (written, meant) => expect(turnsAround(written, meant)).toBe(true));

  it.each([
    ["never ordered", "has not performed order"],
    ["no email", "email is unknown"],
    ["email is not null", "email has any value"],
    ["no orders", "orders.count is 0"],
    ["age no less than 18", "age is at least 18"],
    ["isn't", "is not"],
    ["last order > 30 days ago", "last order more than 30 days ago"],
    ["emial", "email"],
  ])("not from %s to %s", (written, meant) => expect(turnsAround(written, meant)).toBe(false));
});

describe("a mistake that the fix of another mends along", () => {
  it.each<[string, readonly string[]]>([
    ["vip and no phone or email", ["WORDED_OTHERWISE"]],
    ["no phone or email", ["WORDED_OTHERWISE"]],
    ["(city is Paris and without phone or email) and ge is 3", ["WORDED_OTHERWISE", "UNKNOWN_ATTRIBUTE"]],
    ["country is Poland and never ordered or email", ["WORDED_OTHERWISE", "NEEDS_COMPARISON"]],
  ])("is not reported: %s", (text, codes) => {
    expect(checkExample(text).diagnostics.map(({ code }) => code)).toEqual(codes);
  });
});

describe("a text that does not check", () => {
  it.each([
    "none of (city is Paris, v pl)",
    "none of (country is paris, not (v pl))",
    "any of (city is Paris, Berlin, Rome)",
  ])("has an error: %s", (text) => {
    const { plan, diagnostics } = checkExample(text);
    expect(plan).toBeUndefined();
    expect(errorsOf(diagnostics)).not.toEqual([]);
  });

  it("is offered the list of values that a group separates by commas", () => {
    const text = "any of (city is Paris, Berlin, vip)";
    expect(acceptMends(text, checkExample).text).toBe("any of (city is any of (Paris, Berlin), vip)");
  });

  it.each([
    ["metadata.plna is gold", "metadata.plan is gold"],
    ['metadata."plna" is gold', "metadata.plan is gold"],
    // The letters of `metadata.` are no likeness of keys.
    ["metadata.`foo bar` is gold", undefined],
    ["metadata.foo is gold", undefined],
  ])("is offered a key of metadata that is like it: %s", (text, meant) => {
    const [error] = errorsOf(checkExample(text).diagnostics);
    expect(error?.fix && withFixes(text, [error.fix])).toBe(meant);
  });
});
