// The mistake true-false: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "is vip",
    code: "READ_AS",
    message: "`is vip` is read as `vip`.",
    mended: "vip",
  },
  {
    written: "is not vip",
    code: "READ_AS",
    message: "`is not vip` is read as `not vip`.",
    mended: "not vip",
  },
  {
    written: "vip = 1",
    code: "NOT_TRUE_OR_FALSE",
    message: "`metadata.vip` is `true` or `false` (`yes` or `no`), not `1`.",
    mended: "vip = true",
  },
  {
    written: "vip who ordered in the last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`vip who ordered in the last 30 days` is not how this is written. Write `vip and placed order in the last 30 days`.",
    mended: "vip and placed order in the last 30 days",
  },
  {
    written: "vip with more than 3 orders",
    code: "WORDED_OTHERWISE",
    message:
      "`vip with more than 3 orders` is not how this is written. Write `vip and orders.count is more than 3`.",
    mended: "vip and orders.count is more than 3",
  },
  {
    written: "not vip who ordered in the last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`vip who ordered in the last 30 days` is not how this is written. Write `(vip and placed order in the last 30 days)`.",
    mended: "not (vip and placed order in the last 30 days)",
  },
]);
