// The mistake operator-in-text: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "city is equal to Paris",
    code: "OPERATOR_IN_TEXT",
    message:
      "`equal to` is read as part of the text that `city` is compared with. Write `is Paris`, or put the text between quotes.",
    mended: "city is Paris",
  },
  {
    written: "city is not equal to Paris",
    code: "OPERATOR_IN_TEXT",
    message:
      "`equal to` is read as part of the text that `city` is compared with. Write `is not Paris`, or put the text between quotes.",
    mended: "city is not Paris",
  },
  {
    written: "name is starting with Ann",
    code: "OPERATOR_IN_TEXT",
    message:
      "`starting with` is read as part of the text that `name` is compared with. Write `starts with Ann`, or put the text between quotes.",
    mended: "name starts with Ann",
  },
  {
    written: "name is not containing Ann",
    code: "OPERATOR_IN_TEXT",
    message:
      "`containing` is read as part of the text that `name` is compared with. Write `does not contain Ann`, or put the text between quotes.",
    mended: "name does not contain Ann",
  },
]);
