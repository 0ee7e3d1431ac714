// The mistake true-false: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "is vip",
    code: "WORDED_OTHERWISE",
    message: "`is vip` is not how this is written. Write `vip`.",
    mended: "vip",
  },
  {
    written: "is not vip",
    code: "WORDED_OTHERWISE",
    message: "`is not vip` is not how this is written. Write `not vip`.",
    mended: "not vip",
  },
  {
    written: "vip = 1",
    code: "NOT_TRUE_OR_FALSE",
    message: "`metadata.vip` is `true` or `false` (`yes` or `no`), not `1`.",
    mended: "vip = true",
  },
]);
