// The mistake number-first: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "30 < age",
    code: "WORDED_OTHERWISE",
    message: "`30 < age` is not how this is written. Write `age > 30`.",
    mended: "age > 30",
  },
  {
    written: "18 <= age <= 30",
    code: "WORDED_OTHERWISE",
    message: "`18 <= age <= 30` is not how this is written. Write `age is between 18 and 30`.",
    mended: "age is between 18 and 30",
  },
  {
    written: "500 > total spent",
    code: "WORDED_OTHERWISE",
    message: "`500 > total spent` is not how this is written. Write `total spent < 500`.",
    mended: "total spent < 500",
  },
  {
    written: "has at least 500 loyalty points",
    code: "WORDED_OTHERWISE",
    message:
      "`has at least 500 loyalty points` is not how this is written. Write `loyalty points is at least 500`.",
    mended: "loyalty points is at least 500",
  },
  {
    written: "referred at least 2 friends",
    code: "WORDED_OTHERWISE",
    message:
      "`referred at least 2 friends` is not how this is written. Write `referrals.count is at least 2`.",
    mended: "referrals.count is at least 2",
  },
  {
    written: "aged 18 to 30",
    code: "WORDED_OTHERWISE",
    message: "`aged 18 to 30` is not how this is written. Write `age is between 18 and 30`.",
    mended: "age is between 18 and 30",
  },
  {
    written: "not 18 < age < 30",
    code: "WORDED_OTHERWISE",
    message: "`18 < age < 30` is not how this is written. Write `(age > 18 and age < 30)`.",
    mended: "not (age > 18 and age < 30)",
  },
]);
