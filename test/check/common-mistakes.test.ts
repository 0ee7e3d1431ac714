// What is offered for usual mistakes: how often it means what was meant, and that it never means the opposite.
import { describe, expect, it } from "vitest";
import { acceptMends, meaningOf, oppositeOf } from "./accept-mends.js";
import { type CommonMistake, commonMistakes } from "./common-mistakes.js";
import { checkMarketer } from "./marketer-world.js";

type Outcome = "right" | "no mend" | "wrong mend" | "opposite" | "taken as it is";

interface Tried {
  readonly written: string;
  readonly offered: string;
  readonly outcome: Outcome;
}

function tryMistake([written, meant]: CommonMistake): Tried {
  const wanted = checkMarketer(meant);
  if (wanted.plan === undefined) throw new Error(`What is meant by ${written} is wrong itself: ${meant}`);
  const accepted = acceptMends(written, checkMarketer);
  const meaning = meaningOf(accepted.checked);
  const offered = accepted.rounds === 0 ? "" : accepted.text;
  const outcome = (): Outcome => {
    if (meaning === meaningOf(wanted)) return "right";
    if (meaning === undefined) return accepted.rounds === 0 ? "no mend" : "wrong mend";
    if (meaning === oppositeOf(wanted)) return "opposite";
    return accepted.rounds === 0 && checkMarketer(written).diagnostics.length === 0
      ? "taken as it is"
      : "wrong mend";
  };
  return { written, offered, outcome: outcome() };
}

const tried = Object.values(commonMistakes).flat().map(tryMistake);

describe("the fixes of common mistakes", () => {
  it("match the intention in nine of ten, and are never its opposite", () => {
    const right = tried.filter(({ outcome }) => outcome === "right").length;
    const others = tried.filter(({ outcome }) => outcome !== "right");
    console.log(
      `Usual mistakes: ${tried.length}; the mend means what was meant in ${right} (${((100 * right) / tried.length).toFixed(1)} %).`,
    );
    for (const { written, offered, outcome } of others) console.log(`${outcome}: ${written}  =>  ${offered}`);
    expect(tried.length).toBeGreaterThanOrEqual(150);
    expect(others.filter(({ outcome }) => outcome === "opposite")).toEqual([]);
    expect(right / tried.length).toBeGreaterThanOrEqual(0.9);
  });
});
