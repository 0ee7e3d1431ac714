// The mistake missing-property: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "sum of login is 3",
    code: "MISSING_PROPERTY",
    message: "Say which property of `login` the sum is of, as `sum of seconds of login`.",
    mended: "sum of seconds of login is 3",
  },
  {
    written: "average of checkout is more than 3",
    code: "MISSING_PROPERTY",
    message: "Say which property of `checkout` the average is of, as `average of value of checkout`.",
    mended: "average of value of checkout is more than 3",
  },
  {
    written: "max of checkout > 5",
    code: "MISSING_PROPERTY",
    message: "Say which property of `checkout` the max is of, as `max of value of checkout`.",
    mended: "max of value of checkout > 5",
  },
  {
    written: "sum of order > 100",
    code: "MISSING_PROPERTY",
    message: "Say which property of `order` the sum is of, as `sum of amount of order`.",
    mended: "sum of amount of order > 100",
  },
]);
