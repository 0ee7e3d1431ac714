// The mistake part-of-email: the text, what is reported, and the fix.
import { expect, it } from "vitest";
import { checkMarketer } from "../../marketer-world.js";
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "email is @gmail.com",
    code: "PART_OF_EMAIL",
    message: "`@gmail.com` is the end of an address, and no whole address. Write `ends with @gmail.com`.",
    mended: "email ends with @gmail.com",
  },
  {
    written: "email is not gmail.com",
    code: "PART_OF_EMAIL",
    message:
      "`gmail.com` is the end of an address, and no whole address. Write `does not end with @gmail.com`.",
    mended: "email does not end with @gmail.com",
  },
]);

it("a name with a dot is no end of an address", () => {
  expect(checkMarketer("email is anna.smith").diagnostics).toEqual([]);
});
