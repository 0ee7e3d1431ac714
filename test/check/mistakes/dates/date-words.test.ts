// The mistake date-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "created after 02/15/2026",
    code: "WORDED_OTHERWISE",
    message: "`created after 02/15/2026` is not how this is written. Write `created after 2026-02-15`.",
    mended: "created after 2026-02-15",
  },
  {
    written: "created last 30 days",
    code: "WORDED_OTHERWISE",
    message: "`created last 30 days` is not how this is written. Write `created is in the last 30 days`.",
    mended: "created is in the last 30 days",
  },
  {
    written: "created older than 30 days",
    code: "READ_AS",
    message: "`created older than 30 days` is read as `created is more than 30 days ago`.",
    mended: "created is more than 30 days ago",
  },
  {
    written: "number of orders last 30 days is at least 2",
    code: "WORDED_OTHERWISE",
    message:
      "`number of orders last 30 days is at least 2` is not how this is written. Write `number of orders in the last 30 days is at least 2`.",
    mended: "number of orders in the last 30 days is at least 2",
  },
  {
    written: "created after Jan 1, 2026",
    code: "WORDED_OTHERWISE",
    message: "`created after Jan 1, 2026` is not how this is written. Write `created after 2026-01-01`.",
    mended: "created after 2026-01-01",
  },
  {
    written: "created in the last 24h",
    code: "WORDED_OTHERWISE",
    message: "`created in the last 24h` is not how this is written. Write `created in the last 24 hours`.",
    mended: "created in the last 24 hours",
  },
  {
    written: "last order is never",
    code: "WORDED_OTHERWISE",
    message: "`last order is never` is not how this is written. Write `last order is unknown`.",
    mended: "last order is unknown",
  },
  {
    written: "created from 2026-01-01 to 2026-02-01",
    code: "WORDED_OTHERWISE",
    message:
      "`created from 2026-01-01 to 2026-02-01` is not how this is written. Write `created is between 2026-01-01 and 2026-02-01`.",
    mended: "created is between 2026-01-01 and 2026-02-01",
  },
  {
    written: "renewal within the next 30 days",
    code: "READ_AS",
    message: "`renewal within the next 30 days` is read as `metadata.renewal is in the next 30 days`.",
    mended: "metadata.renewal is in the next 30 days",
  },
]);
