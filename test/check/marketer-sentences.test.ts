// How many of a marketer's sentences are right at once, how many after the mends that are offered, and how many are answered with
// something else without a word.
import { describe, expect, it } from "vitest";
import { acceptMends, meaningOf } from "./accept-mends.js";
import { type MarketerSentence, marketerSentences } from "./marketer-sentences.js";
import { checkMarketer } from "./marketer-world.js";

type Outcome = "right at once" | "right after the mend" | "refused" | "wrong mend" | "wrong in silence";

function outcomeOf([sentence, meant = sentence]: MarketerSentence): Outcome {
  const wanted = meaningOf(checkMarketer(meant));
  if (wanted === undefined) throw new Error(`What is meant by ${sentence} is wrong itself: ${meant}`);
  const first = checkMarketer(sentence);
  if (meaningOf(first) === wanted) return "right at once";
  const accepted = acceptMends(sentence, checkMarketer);
  if (meaningOf(accepted.checked) === wanted) return "right after the mend";
  if (first.plan === undefined) return accepted.rounds === 0 ? "refused" : "wrong mend";
  return first.diagnostics.length === 0 ? "wrong in silence" : "wrong mend";
}

describe("sentences of marketers", () => {
  it("are valid at once or after their fix, and none is misread silently", () => {
    const tried = Object.values(marketerSentences)
      .flat()
      .map((sentence) => ({ sentence: sentence[0], outcome: outcomeOf(sentence) }));
    const of = (...outcomes: readonly Outcome[]) =>
      tried.filter(({ outcome }) => outcomes.includes(outcome)).map(({ sentence }) => sentence);
    const atOnce = of("right at once").length;
    const mended = of("right after the mend").length;
    console.log(
      `Sentences: ${tried.length}; right at once ${atOnce}, after the mend ${mended}, refused ${of("refused").length}, wrong mend ${of("wrong mend").length}, wrong in silence ${of("wrong in silence").length}.`,
    );
    for (const { sentence, outcome } of tried) {
      if (outcome === "right at once" || outcome === "right after the mend") continue;
      console.log(`${outcome}: ${sentence}  =>  ${acceptMends(sentence, checkMarketer).text}`);
    }
    expect(tried.length).toBeGreaterThanOrEqual(300);
    expect(of("wrong in silence")).toEqual([]);
    // The language refuses the others, with their mends: `over`, `no`, `bought`, lists joined by `or` and the like.
    expect(atOnce / tried.length).toBeGreaterThanOrEqual(0.74);
    expect(atOnce + mended).toBe(tried.length);
  });
});
