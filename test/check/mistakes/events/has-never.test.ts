// The mistake has-never: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "has never performed login",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `has never performed`. Did you mean `never performed`?",
    mended: "never performed login",
  },
  {
    written: "has never placed order",
    code: "UNKNOWN_ATTRIBUTE",
    message: "There is no attribute `has never placed`. Did you mean `never placed`?",
    mended: "never placed order",
  },
]);
