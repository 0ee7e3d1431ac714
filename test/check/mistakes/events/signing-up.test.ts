// The mistake signing-up: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "signed up in the last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`signed up in the last 30 days` is not how this is written. Write `created_at in the last 30 days`.",
    mended: "created_at in the last 30 days",
  },
  {
    written: "signed up before 2026-01-01",
    code: "WORDED_OTHERWISE",
    message:
      "`signed up before 2026-01-01` is not how this is written. Write `created_at before 2026-01-01`.",
    mended: "created_at before 2026-01-01",
  },
  {
    written: "registered in the last 7 days",
    code: "WORDED_OTHERWISE",
    message:
      "`registered in the last 7 days` is not how this is written. Write `created_at in the last 7 days`.",
    mended: "created_at in the last 7 days",
  },
  {
    written: "joined more than 30 days ago",
    code: "WORDED_OTHERWISE",
    message:
      "`joined more than 30 days ago` is not how this is written. Write `created_at more than 30 days ago`.",
    mended: "created_at more than 30 days ago",
  },
  {
    written: "signed up in 2025",
    code: "WORDED_OTHERWISE",
    message: "`signed up in 2025` is not how this is written. Write `created_at in 2025`.",
    mended: "created_at in 2025",
  },
  {
    written: "new customers this month",
    code: "WORDED_OTHERWISE",
    message: "`new customers this month` is not how this is written. Write `created_at this month`.",
    mended: "created_at this month",
  },
]);
