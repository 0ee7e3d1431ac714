// The mistake one-instant: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "created is 30 days ago",
    code: "NEARLY_NEVER",
    message:
      "`30 days ago` is one instant, to the millisecond, so hardly any customer matches it. For the whole day (or hour, or minute) write `is exactly 30 days ago`.",
    mended: "created is exactly 30 days ago",
  },
  {
    written: "created is now",
    code: "NEARLY_NEVER",
    message:
      "`now` is one instant, to the millisecond, so hardly any customer matches it. For a whole day write the day, as `today`.",
  },
  {
    written: "created on 30 days ago",
    code: "NEARLY_NEVER",
    message:
      "`30 days ago` is one instant, to the millisecond, so hardly any customer matches it. For the whole day (or hour, or minute) write `is exactly 30 days ago`.",
    mended: "created is exactly 30 days ago",
  },
  {
    written: "created = 2 hours ago",
    code: "NEARLY_NEVER",
    message:
      "`2 hours ago` is one instant, to the millisecond, so hardly any customer matches it. For the whole day (or hour, or minute) write `is exactly 2 hours ago`.",
    mended: "created is exactly 2 hours ago",
  },
]);
