// The mistake buying: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "never ordered",
    code: "WORDED_OTHERWISE",
    message: "`never ordered` is not how this is written. Write `has not performed order`.",
    mended: "has not performed order",
  },
  {
    written: "never ordered in the last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`never ordered in the last 30 days` is not how this is written. Write `has not performed order in the last 30 days`.",
    mended: "has not performed order in the last 30 days",
  },
  {
    written: "has never ordered",
    code: "WORDED_OTHERWISE",
    message: "`has never ordered` is not how this is written. Write `has not performed order`.",
    mended: "has not performed order",
  },
  {
    written: "never bought",
    code: "WORDED_OTHERWISE",
    message: "`never bought` is not how this is written. Write `has not performed order`.",
    mended: "has not performed order",
  },
  {
    written: "has not ordered in the last 90 days",
    code: "WORDED_OTHERWISE",
    message:
      "`has not ordered in the last 90 days` is not how this is written. Write `has not performed order in the last 90 days`.",
    mended: "has not performed order in the last 90 days",
  },
]);
