// The mistake window-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "performed login within the last 30 days",
    code: "NOT_A_DURATION",
    message:
      "`in the last` takes a length of time, as `in the last 30 days`, and `the last 30 days` is not one. Units are minutes, hours, days, weeks, months, quarters and years.",
    mended: "performed login within 30 days",
  },
  {
    written: "performed login in the last past 3 weeks",
    code: "NOT_A_DURATION",
    message:
      "`in the last` takes a length of time, as `in the last 30 days`, and `past 3 weeks` is not one. Units are minutes, hours, days, weeks, months, quarters and years.",
    mended: "performed login in the last 3 weeks",
  },
  {
    written: "performed checkout within the previous 2 months",
    code: "NOT_A_DURATION",
    message:
      "`in the last` takes a length of time, as `in the last 30 days`, and `the previous 2 months` is not one. Units are minutes, hours, days, weeks, months, quarters and years.",
    mended: "performed checkout within 2 months",
  },
]);
