// The mistake two-conditions: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age > 30 vip",
    code: "MISSING_CONNECTIVE",
    message: "`and` or `or` is missing between `30` and `vip`.",
    mended: "age > 30 and vip",
  },
  {
    written: "vip city is Paris",
    code: "MISSING_CONNECTIVE",
    message: "`and` or `or` is missing between `vip` and `city`.",
    mended: "vip and city is Paris",
  },
  {
    written: "vip age is 3",
    code: "MISSING_CONNECTIVE",
    message: "`and` or `or` is missing between `vip` and `age`.",
    mended: "vip and age is 3",
  },
  {
    written: "age is 5 vip is true",
    code: "MISSING_CONNECTIVE",
    message: "`and` or `or` is missing between `5` and `vip is true`.",
    mended: "age is 5 and vip is true",
  },
]);
