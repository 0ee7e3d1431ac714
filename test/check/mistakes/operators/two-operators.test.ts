// The mistake two-operators: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age is betwen 18 and 30",
    code: "UNKNOWN_OPERATOR",
    message: "`is betwen` is not a comparison. Write `is between` instead.",
    mended: "age is between 18 and 30",
  },
  {
    written: "age is lower than 30",
    code: "READ_AS",
    message: "`is lower than 30` is read as `is less than 30`.",
    mended: "age is less than 30",
  },
  {
    written: "age is > 30",
    code: "TWO_OPERATORS",
    message: "`is` and `>` are two comparisons in a row. Write `>`.",
    mended: "age > 30",
  },
  {
    written: "age is greater than 5",
    code: "READ_AS",
    message: "`is greater than 5` is read as `is more than 5`.",
    mended: "age is more than 5",
  },
  {
    written: "age is not lower than 5",
    code: "READ_AS",
    message: "`is not lower than 5` is read as `is not less than 5`.",
    mended: "age is not less than 5",
  },
  {
    written: "age is betwen 18 and 30 and vip",
    code: "UNKNOWN_OPERATOR",
    message: "`is betwen` is not a comparison. Write `is between` instead.",
    mended: "age is between 18 and 30 and vip",
  },
  {
    written: "age is more then 3",
    code: "UNKNOWN_OPERATOR",
    message: "`is more then` is not a comparison. Write `is more than` instead.",
    mended: "age is more than 3",
  },
  {
    written: "age is not at leest 3",
    code: "UNKNOWN_OPERATOR",
    message: "`is not at leest` is not a comparison. Write `is not at least` instead.",
    mended: "age is not at least 3",
  },
]);
