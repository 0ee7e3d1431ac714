// The mistake period-year: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "created in March",
    code: "PERIOD_YEAR",
    message: "`March` here is March 2026.",
  },
  {
    written: "last order in Q4",
    code: "PERIOD_YEAR",
    message: "`Q4` here is Q4 2026.",
  },
  {
    written: "created before September",
    code: "PERIOD_YEAR",
    message: "`September` here is September 2026.",
  },
  {
    written: "created is in November",
    code: "PERIOD_YEAR",
    message: "`November` here is November 2026.",
  },
]);
