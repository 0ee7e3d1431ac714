// The mistake birthday: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "birthday in the next 7 days",
    code: "BIRTHDAY_AS_DATE",
    message:
      "This compares the date of birth, year included. For the day of the year write `birthday anniversary in the next 7 days`.",
    mended: "birthday anniversary in the next 7 days",
  },
  {
    written: "birthday is in the next 7 days",
    code: "BIRTHDAY_AS_DATE",
    message:
      "This compares the date of birth, year included. For the day of the year write `birthday anniversary is in the next 7 days`.",
    mended: "birthday anniversary is in the next 7 days",
  },
  {
    written: "birthday is today",
    code: "BIRTHDAY_AS_DATE",
    message:
      "This compares the date of birth, year included. For the day of the year write `birthday anniversary is today`.",
    mended: "birthday anniversary is today",
  },
  {
    written: "birthday is tomorrow",
    code: "BIRTHDAY_AS_DATE",
    message:
      "This compares the date of birth, year included. For the day of the year write `birthday anniversary is tomorrow`.",
    mended: "birthday anniversary is tomorrow",
  },
  {
    written: "born in May",
    code: "WORDED_OTHERWISE",
    message: "`born in May` is not how this is written. Write `birthdate month is May`.",
    mended: "birthdate month is May",
  },
]);
