// The mistake sign-in-text: what is written, what is reported, and the mend.
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
