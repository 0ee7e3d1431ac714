// The mistake no-value: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "name is null",
    code: "WORD_AS_TEXT",
    message:
      "This compares `name` with the text `null`. For customers without one, write `is unknown`; for the text, put it between quotes.",
    mended: "name is unknown",
  },
  {
    written: "email is not null",
    code: "WORD_AS_TEXT",
    message:
      "This compares `email` with the text `null`. For customers with any, write `has any value`; for the text, put it between quotes.",
    mended: "email has any value",
  },
  {
    written: "phone = null",
    code: "WORD_AS_TEXT",
    message:
      "This compares `phone` with the text `null`. For customers without one, write `is unknown`; for the text, put it between quotes.",
    mended: "phone is unknown",
  },
  {
    written: "age is null",
    code: "UNKNOWN_OPERATOR",
    message: "`is null` is not a comparison. Write `is unknown` instead.",
    mended: "age is unknown",
  },
  {
    written: "city is blank",
    code: "WORD_AS_TEXT",
    message:
      "This compares `city` with the text `blank`. For customers without one, write `is unknown`; for the text, put it between quotes.",
    mended: "city is unknown",
  },
  {
    written: "email = ''",
    code: "EMPTY_VALUE",
    message: "The value is empty. To ask for those without one, use `is unknown`.",
    mended: "email is unknown",
  },
  {
    written: "email is not ''",
    code: "EMPTY_VALUE",
    message: "The value is empty. To ask for those without one, use `is unknown`.",
    mended: "email has any value",
  },
  {
    written: "email <> ''",
    code: "WORDED_OTHERWISE",
    message: "`email <> ''` is not how this is written. Write `email has any value`.",
    mended: "email has any value",
  },
]);
