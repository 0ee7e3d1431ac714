// The mistake part-of-email: the text, what is reported, and the fix.
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
