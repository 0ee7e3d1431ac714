// The mistake text-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "first name is Anna",
    code: "WORDED_OTHERWISE",
    message: "`first name is Anna` is not how this is written. Write `name starts with Anna`.",
    mended: "name starts with Anna",
  },
  {
    written: "country: Poland",
    code: "WORDED_OTHERWISE",
    message: "`country: Poland` is not how this is written. Write `country is Poland`.",
    mended: "country is Poland",
  },
  {
    written: "email ends in .uk",
    code: "WORDED_OTHERWISE",
    message: "`email ends in .uk` is not how this is written. Write `email ends with .uk`.",
    mended: "email ends with .uk",
  },
  {
    written: "email does not contains gmail",
    code: "WORDED_OTHERWISE",
    message:
      "`email does not contains gmail` is not how this is written. Write `email does not contain gmail`.",
    mended: "email does not contain gmail",
  },
  {
    written: "email has gmail",
    code: "WORDED_OTHERWISE",
    message: "`email has gmail` is not how this is written. Write `email contains gmail`.",
    mended: "email contains gmail",
  },
]);
