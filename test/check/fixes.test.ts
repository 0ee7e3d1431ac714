// Fixes: those of the examples mend them, all at once; any, put in by itself, takes its mistake away and makes no more of them.
import { expect, it } from "vitest";
import { mutated, randomNumbers } from "../../bench/fuzz/mutate.js";
import { sentences } from "../../bench/fuzz/sentences.js";
import type { Diagnostic } from "../../grammar/diagnostic.js";
import { parseQuery } from "../../src/check/check.js";
import { examples } from "../docs/diagnostic-examples.js";
import { checkExample } from "../docs/example-world.js";
import { draws } from "../draws.js";
import { mended, unmarked } from "./marked.js";

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "ERROR");
}

/** What is wrong with the fixes of a text, each put in by itself. */
function wrongFixes(text: string): string[] {
  // A fix of what could not be parsed lets more be checked, which may well be wrong, too.
  if (parseQuery(text).diagnostics.length > 0) return [];
  const { diagnostics } = checkExample(text);
  return diagnostics.flatMap((one) => {
    if (one.fix === undefined) return [];
    const after = mended(text, [one]);
    const fixed = checkExample(after).diagnostics;
    const isStill = fixed.some(
      ({ code, span, message }) =>
        code === one.code && span.start === one.span.start && message === one.message,
    );
    // With a name that is known, what is said of it is checked as well.
    const isOfName = one.code.startsWith("UNKNOWN_");
    const isWorse = !isOfName && errorsOf(fixed).length > errorsOf(diagnostics).length;
    return isStill || isWorse ? [`${one.code} in ${text}\nmade  ${after}`] : [];
  });
}

it.each(Object.entries(examples))("the fixes of %s mend its examples", (_, texts) => {
  for (const text of texts) {
    const source = unmarked(text);
    const { diagnostics } = checkExample(source);
    if (diagnostics.every(({ fix }) => fix === undefined)) continue;
    expect(errorsOf(checkExample(mended(source, diagnostics)).diagnostics), source).toEqual([]);
  }
});

it("the fixes of mutated sentences remove their mistakes", () => {
  const random = randomNumbers(11);
  const wrong: string[] = [];
  let fixes = 0;
  const sentencesDrawn = draws(57);
  for (let done = 0; done < sentencesDrawn; done += 1) {
    const text = mutated(sentences, random);
    fixes += checkExample(text).diagnostics.filter(({ fix }) => fix !== undefined).length;
    wrong.push(...wrongFixes(text));
  }
  expect(fixes).toBeGreaterThan(sentencesDrawn / 8);
  expect(wrong).toEqual([]);
});
