// The mistake upside-down: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age between 30 and 20",
    code: "UPSIDE_DOWN",
    message: "The range is upside down: 30 comes after 20. Swap the two.",
    mended: "age between 20 and 30",
  },
  {
    written: "total spent between 5.009 and 5.001",
    code: "UPSIDE_DOWN",
    message: "The range is upside down: 5.009 comes after 5.001. Swap the two.",
    mended: "total spent between 5.001 and 5.009",
  },
  {
    written: "created between today and yesterday",
    code: "UPSIDE_DOWN",
    message: "The range is upside down: today comes after yesterday. Swap the two.",
    mended: "created between yesterday and today",
  },
]);
