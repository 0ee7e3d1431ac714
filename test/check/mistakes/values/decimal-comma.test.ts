// The mistake decimal-comma: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "total spent > 1.000,50",
    code: "NOT_AN_AMOUNT",
    message: "`1.000,50` is not an amount here: a comma only groups thousands. Write `1000.50`.",
    mended: "total spent > 1000.50",
  },
  {
    written: "age is 1,5",
    code: "NOT_A_NUMBER",
    message: "`1,5` is not a number here: a comma only groups thousands. Write `1.5`.",
    mended: "age is 1.5",
  },
  {
    written: "age is 1.000,50",
    code: "NOT_A_NUMBER",
    message: "`1.000,50` is not a number here: a comma only groups thousands. Write `1000.50`.",
    mended: "age is 1000.50",
  },
  {
    written: "total spent is $10,50",
    code: "NOT_AN_AMOUNT",
    message: "`$10,50` is not an amount here: a comma only groups thousands. Write `$10.50`.",
    mended: "total spent is $10.50",
  },
  {
    written: "total spent is more than 1 000",
    code: "WORDED_OTHERWISE",
    message:
      "`total spent is more than 1 000` is not how this is written. Write `total spent is more than 1000`.",
    mended: "total spent is more than 1000",
  },
]);
