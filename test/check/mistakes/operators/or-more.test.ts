// The mistake or-more: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age is 18 or more",
    code: "WORDED_OTHERWISE",
    message: "`age is 18 or more` is not how this is written. Write `age is at least 18`.",
    mended: "age is at least 18",
  },
  {
    written: "total spent is $500 or less",
    code: "WORDED_OTHERWISE",
    message: "`total spent is $500 or less` is not how this is written. Write `total spent is at most $500`.",
    mended: "total spent is at most $500",
  },
  {
    written: "number of orders is 3 or more",
    code: "WORDED_OTHERWISE",
    message:
      "`number of orders is 3 or more` is not how this is written. Write `number of orders is at least 3`.",
    mended: "number of orders is at least 3",
  },
  {
    written: "age 65 or older",
    code: "WORDED_OTHERWISE",
    message: "`age 65 or older` is not how this is written. Write `age is at least 65`.",
    mended: "age is at least 65",
  },
  {
    written: "age is greater than or equal to 30",
    code: "WORDED_OTHERWISE",
    message: "`age is greater than or equal to 30` is not how this is written. Write `age is at least 30`.",
    mended: "age is at least 30",
  },
]);
