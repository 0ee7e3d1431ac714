// The mistake second-bound: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age > 30 and < 40",
    code: "WORDED_OTHERWISE",
    message: "`< 40` is not how this is written. Write `age < 40`.",
    mended: "age > 30 and age < 40",
  },
  {
    written: "total spent is more than 100 and less than 500",
    code: "WORDED_OTHERWISE",
    message: "`less than 500` is not how this is written. Write `total spent less than 500`.",
    mended: "total spent is more than 100 and total spent less than 500",
  },
  {
    written: "country != Poland and != Germany",
    code: "WORDED_OTHERWISE",
    message: "`!= Germany` is not how this is written. Write `country != Germany`.",
    mended: "country != Poland and country != Germany",
  },
  {
    written: "city is known and isn't Paris",
    code: "WORDED_OTHERWISE",
    message: "`isn't Paris` is not how this is written. Write `city is not Paris`.",
    mended: "city is known and city is not Paris",
  },
]);
