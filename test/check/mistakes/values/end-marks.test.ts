// The mistake end-marks: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "vip; age > 30",
    code: "WORDED_OTHERWISE",
    message: "`vip; age > 30` is not how this is written. Write `vip and age > 30`.",
    mended: "vip and age > 30",
  },
  {
    written: "city is Paris;",
    code: "MARK_IN_TEXT",
    message: "The `;` at the end is read as part of the text. Leave it out, or put the text between quotes.",
    mended: "city is Paris",
  },
  {
    written: "city is Paris.",
    code: "MARK_IN_TEXT",
    message: "The `.` at the end is read as part of the text. Leave it out, or put the text between quotes.",
    mended: "city is Paris",
  },
  {
    written: "vip and age > 30.",
    code: "UNEXPECTED_MARK",
    message: "A query ends without `.`. Leave it out.",
    mended: "vip and age > 30",
  },
  {
    written: "email ends with .uk.",
    code: "MARK_IN_TEXT",
    message: "The `.` at the end is read as part of the text. Leave it out, or put the text between quotes.",
    mended: "email ends with .uk",
  },
  {
    written: "vip;",
    code: "WORDED_OTHERWISE",
    message: "`vip;` is not how this is written. Write `vip`.",
    mended: "vip",
  },
]);
