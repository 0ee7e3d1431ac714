// The mistake later-than-ago: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "last order > 30 days ago",
    code: "SIGN_BEFORE_AGO",
    message: "`> 30 days ago` is later than that instant. Did you mean `more than 30 days ago`?",
    mended: "last order more than 30 days ago",
  },
  {
    written: "created < 7 days ago",
    code: "SIGN_BEFORE_AGO",
    message: "`< 7 days ago` is earlier than that instant. Did you mean `less than 7 days ago`?",
    mended: "created less than 7 days ago",
  },
]);
