import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnBy } from "./draws.js";
import { mayRunAgain } from "./retry.js";

/** The message of the error that a test ends with. */
function messageOf(test: () => void): string {
  try {
    test();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The test passes.");
}

describe("a failed test is not run once more in CI", () => {
  it.each<[by: string, test: () => void]>([
    ["fast-check", () => fc.assert(fc.property(fc.nat(), (drawn) => drawn < 1))],
    [
      "a test that draws by a seed, in an error",
      () => {
        throw new Error(`${drawnBy(7)}\nof the embedded store: 1 customer, not 2`);
      },
    ],
    [
      "a test that draws by a seed, in an expectation",
      () => expect(["city is Pariss"], drawnBy(7)).toEqual([]),
    ],
  ])("if a counterexample is found by %s", (_, test) => {
    expect(messageOf(test)).not.toMatch(mayRunAgain);
  });
});

describe("a failed test is run once more in CI", () => {
  it.each<[why: string, message: string]>([
    ["an expectation failed", messageOf(() => expect(1).toBe(2))],
    ["it took too long", "Test timed out in 300000ms."],
    ["it says nothing", ""],
    ["it tells of a property within its message", "expected 'Property failed' to be ''"],
  ])("if %s", (_, message) => {
    expect(message).toMatch(mayRunAgain);
  });
});
