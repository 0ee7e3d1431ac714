// The mistake text-pattern: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "email LIKE '%@gmail.com'",
    code: "WORDED_OTHERWISE",
    message: "`email LIKE '%@gmail.com'` is not how this is written. Write `email ends with @gmail.com`.",
    mended: "email ends with @gmail.com",
  },
  {
    written: "email LIKE 'anna%'",
    code: "WORDED_OTHERWISE",
    message: "`email LIKE 'anna%'` is not how this is written. Write `email starts with anna`.",
    mended: "email starts with anna",
  },
  {
    written: "name like '%smith%'",
    code: "WORDED_OTHERWISE",
    message: "`name like '%smith%'` is not how this is written. Write `name contains smith`.",
    mended: "name contains smith",
  },
  {
    written: "email is *@gmail.com",
    code: "PATTERN_IN_TEXT",
    message:
      "`*@gmail.com` is read as it stands: there are no pattern characters. Write `ends with @gmail.com`.",
    mended: "email ends with @gmail.com",
  },
  {
    written: "city is War*",
    code: "PATTERN_IN_TEXT",
    message: "`War*` is read as it stands: there are no pattern characters. Write `starts with War`.",
    mended: "city starts with War",
  },
  {
    written: "email not like '%.ru'",
    code: "WORDED_OTHERWISE",
    message: "`email not like '%.ru'` is not how this is written. Write `email does not end with .ru`.",
    mended: "email does not end with .ru",
  },
]);
