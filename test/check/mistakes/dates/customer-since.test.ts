// The mistake customer-since: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "customer since 2025",
    code: "CUSTOMER_SINCE",
    message:
      "This may mean two things. Write `created in 2025` for those who came then, or `created since 2025` for those who came then or later.",
    mended: "created in 2025",
  },
  {
    written: "the customer since last year",
    code: "CUSTOMER_SINCE",
    message:
      "This may mean two things. Write `created in last year` for those who came then, or `created since last year` for those who came then or later.",
    mended: "created in last year",
  },
]);
