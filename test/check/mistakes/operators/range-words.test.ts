// The mistake range-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age between 18-30",
    code: "READ_AS",
    message: "`age between 18-30` is read as `age is between 18 and 30`.",
    mended: "age is between 18 and 30",
  },
  {
    written: "age from 18 to 30",
    code: "READ_AS",
    message: "`age from 18 to 30` is read as `age is between 18 and 30`.",
    mended: "age is between 18 and 30",
  },
  {
    written: "age is 18-30",
    code: "READ_AS",
    message: "`age is 18-30` is read as `age is between 18 and 30`.",
    mended: "age is between 18 and 30",
  },
]);
