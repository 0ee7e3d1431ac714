// A few thousand changed sentences, of the million that `npm run bench -- fuzz` asks everything of.
import { expect, it } from "vitest";
import { fuzz } from "../../bench/fuzz/fuzz.js";
import { sentences } from "../../bench/fuzz/sentences.js";
import { cases } from "../grammar/cases.js";

it("parses, checks, formats and completes any text without a throw", () => {
  const result = fuzz([...sentences, ...cases.map(({ text }) => text)], 3_000, 7);
  expect(result.failures).toEqual([]);
  expect(result.parsed).toBeGreaterThan(300);
  expect(result.valid).toBeGreaterThan(30);
}, 120_000);
