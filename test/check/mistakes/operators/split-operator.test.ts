// The mistake split-operator: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age no less than 18",
    code: "UNKNOWN_OPERATOR",
    message: "`no less than` is not a comparison. Write `is at least` instead.",
    mended: "age is at least 18",
  },
  {
    written: "email not contains gmail",
    code: "UNKNOWN_OPERATOR",
    message: "`not contains` is not a comparison. Write `does not contain` instead.",
    mended: "email does not contain gmail",
  },
  {
    written: "email not ends with x",
    code: "UNKNOWN_OPERATOR",
    message: "`not ends with` is not a comparison. Write `does not end with` instead.",
    mended: "email does not end with x",
  },
  {
    written: "email not = x",
    code: "UNKNOWN_OPERATOR",
    message: "`not =` is not a comparison. Write `is not` instead.",
    mended: "email is not x",
  },
  {
    written: "consents has at most 2",
    code: "UNKNOWN_OPERATOR",
    message: "`has at most` is not a comparison that can stand here.",
  },
  {
    written: "total spent over 1000",
    code: "UNKNOWN_OPERATOR",
    message: "`over` is not a comparison. Write `is more than` instead.",
    mended: "orders.total_amount is more than 1000",
  },
  {
    written: "age under 1000",
    code: "UNKNOWN_OPERATOR",
    message: "`under` is not a comparison. Write `is less than` instead.",
    mended: "metadata.age is less than 1000",
  },
]);
