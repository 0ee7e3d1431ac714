// The mistake birthday-with-year: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "birthday anniversary is 1990-05-01",
    code: "WHOLE_DATE",
    message: "An anniversary has no year, and `1990-05-01` has one. Write `01.05`.",
    mended: "birthday anniversary is 01.05",
  },
  {
    written: "birthday anniversary is 01.05.1990",
    code: "WHOLE_DATE",
    message: "An anniversary has no year, and `01.05.1990` has one. Write `01.05`.",
    mended: "birthday anniversary is 01.05",
  },
]);
