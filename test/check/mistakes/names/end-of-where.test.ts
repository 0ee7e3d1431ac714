// Where a `where` is ended before a condition that can't be in it.
import { expect, it } from "vitest";
import { withFixes } from "../../accept-mends.js";
import { checkMarketer } from "../../marketer-world.js";

it.each([
  ["performed login where score is 3", "performed login and score is 3"],
  ["performed login where device is x and score is 3", "(performed login where device is x) and score is 3"],
  [
    "performed login where device is x or not in segment VIP",
    "(performed login where device is x) or not in segment VIP",
  ],
  // In brackets of its own, and in the middle, no end is offered.
  ["performed login where (device is x and score is 3)", undefined],
])("%s", (written, mended) => {
  const fixes = checkMarketer(written).diagnostics.flatMap(({ fix }) => fix ?? []);
  expect(fixes.length === 0 ? undefined : withFixes(written, fixes)).toBe(mended);
});
