// The mistake sign-in-text: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "city is > Paris",
    code: "SIGN_IN_TEXT",
    message:
      '`>` is read as part of the text. Write `"> Paris"` if you mean that; if not, use one comparison only.',
    mended: 'city is "> Paris"',
  },
  {
    written: "city is = Paris",
    code: "SIGN_IN_TEXT",
    message:
      '`=` is read as part of the text. Write `"= Paris"` if you mean that; if not, use one comparison only.',
    mended: 'city is "= Paris"',
  },
]);
