// The mistake misspelt-twice: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "emial contians gmail",
    code: "WORDED_OTHERWISE",
    message: "`emial contians gmail` is not how this is written. Write `email contains gmail`.",
    mended: "email contains gmail",
  },
  {
    written: "ctiy stars with War",
    code: "WORDED_OTHERWISE",
    message: "`ctiy stars with War` is not how this is written. Write `city starts with War`.",
    mended: "city starts with War",
  },
  {
    written: "consnts contians newsletter",
    code: "WORDED_OTHERWISE",
    message:
      "`consnts contians newsletter` is not how this is written. Write `consents contains newsletter`.",
    mended: "consents contains newsletter",
  },
]);
