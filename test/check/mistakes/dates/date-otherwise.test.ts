// The mistake date-otherwise: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "last order > 30 days",
    code: "NOT_A_DATE",
    message:
      "`orders.last_at` is compared with a date, and `30 days` is not written as one. Write `30 days ago`.",
    mended: "last order > 30 days ago",
  },
  {
    written: "created before 1 Feb 2026",
    code: "NOT_A_DATE",
    message:
      "`created_at` is compared with a date, and `1 Feb 2026` is not written as one. Write `2026-02-01`.",
    mended: "created before 2026-02-01",
  },
  {
    written: "created more than 30 days",
    code: "NOT_A_DATE",
    message:
      "`created_at` is compared with a date, and `30 days` is not written as one. Write `30 days ago`.",
    mended: "created more than 30 days ago",
  },
  {
    written: "created before 2026/2/1",
    code: "NOT_A_DATE",
    message:
      "`created_at` is compared with a date, and `2026/2/1` is not written as one. Write `2026-02-01`.",
    mended: "created before 2026-02-01",
  },
  {
    written: "created before 01.02.26",
    code: "NOT_A_DATE",
    message:
      "`created_at` is compared with a date, and `01.02.26` is not written as one. Write `2026-02-01`.",
    mended: "created before 2026-02-01",
  },
  {
    written: "birthday anniversary is May 1st",
    code: "NOT_A_DATE",
    message: "`birthdate` is compared with a date, and `May 1st` is not written as one. Write `01.05`.",
    mended: "birthday anniversary is 01.05",
  },
]);
