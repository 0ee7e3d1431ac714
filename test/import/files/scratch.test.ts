// What an import stores on disk besides the data: numbers of equal records.
import { expect, it } from "vitest";
import { openScratch } from "../../../src/import/files/scratch.js";
import { temporaryFolder } from "../temporary-engine.js";

it("numbers equal records, also after many others", async () => {
  const scratch = await openScratch(await temporaryFolder());
  const number = scratch.numbering("events");
  expect([number("a"), number("a"), number("b")]).toEqual([1, 2, 1]);
  for (let index = 0; index < 12_000; index += 1) expect(number(`other ${index}`)).toBe(1);
  expect([number("a"), number("b"), number("other 0")]).toEqual([3, 2, 2]);
  expect(scratch.numbering("redemptions")("a")).toBe(1);
  await scratch.remove();
});
