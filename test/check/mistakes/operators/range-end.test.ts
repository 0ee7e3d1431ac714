// The end of a range whose operator is misspelt is no condition of its own: nothing more is reported of it.
import { expect, it } from "vitest";
import { checkMarketer } from "../../marketer-world.js";

it.each([
  ["age betwen 1 and 3", ["UNKNOWN_OPERATOR"]],
  ["age is betwen 18 and 30 and vip", ["UNKNOWN_OPERATOR"]],
  ["performed checkout where value betwen 1 and 3", ["UNKNOWN_OPERATOR"]],
  // Behind anything else it is one.
  ["age is more than 1 and 3", ["UNKNOWN_ATTRIBUTE"]],
])("%s", (written, codes) => {
  expect(checkMarketer(written).diagnostics.map(({ code }) => code)).toEqual(codes);
});
