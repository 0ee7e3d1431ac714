// The mistake absolute-date: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "created is more than 2026-01-01",
    code: "NEEDS_RELATIVE_DATE",
    message:
      "Of a date, `is more than` takes a length of time, as in `is more than 30 days ago`. To compare with a day, write `is after`.",
    mended: "created is after 2026-01-01",
  },
  {
    written: "created less than 2026-01-01",
    code: "NEEDS_RELATIVE_DATE",
    message:
      "Of a date, `less than` takes a length of time, as in `less than 30 days ago`. To compare with a day, write `is before`.",
    mended: "created is before 2026-01-01",
  },
]);
