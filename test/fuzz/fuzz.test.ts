// Some changed sentences, of the million that `npm run bench -- fuzz` asks everything of.
import { expect, it } from "vitest";
import { fuzz } from "../../bench/fuzz/fuzz.js";
import { sentences } from "../../bench/fuzz/sentences.js";
import { draws } from "../draws.js";
import { cases } from "../grammar/cases.js";

it("any text is parsed, checked, formatted and completed without a throw", () => {
  const inputs = draws(45);
  const result = fuzz([...sentences, ...cases.map(({ text }) => text)], inputs, 7);
  expect(result.failures).toEqual([]);
  expect(result.parsed).toBeGreaterThan(inputs / 10);
  expect(result.valid).toBeGreaterThan(inputs / 100);
});
