// The mistake value-for-condition: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "email ends with .uk or .pl",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `.pl`. Did you mean `email ends with .pl`?",
    mended: "email ends with .uk or email ends with .pl",
  },
  {
    written: "vip or age > 3 or 5",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `5`. Did you mean `age > 5`?",
    mended: "vip or age > 3 or age > 5",
  },
  {
    written: "tags contains gold and not silver",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `silver`. Did you mean `tags contains silver`?",
    mended: "tags contains gold and not tags contains silver",
  },
]);
