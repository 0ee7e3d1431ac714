// The mistake missing-attribute: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "starts with anna",
    code: "MISSING_ATTRIBUTE",
    message: "`starts with` needs an attribute before it, as in `email starts with …`.",
  },
  {
    written: "contains x",
    code: "MISSING_ATTRIBUTE",
    message: "`contains` needs an attribute before it, as in `email contains …`.",
  },
]);
