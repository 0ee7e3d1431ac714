// The mistake share-without-percent: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "in sample 10",
    code: "NOT_A_SHARE",
    message: "`10` is not a share. Write `10%`.",
    mended: "in sample 10%",
  },
  {
    written: "in sample 5 of spring",
    code: "NOT_A_SHARE",
    message: "`5` is not a share. Write `5%`.",
    mended: "in sample 5% of spring",
  },
]);
