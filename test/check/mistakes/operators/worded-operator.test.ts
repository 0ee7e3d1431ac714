// The mistake worded-operator: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "age betwen 1 and 3",
    code: "UNKNOWN_OPERATOR",
    message: "`betwen` is not a comparison. Write `is between` instead.",
    mended: "metadata.age is between 1 and 3",
  },
  {
    written: "number of orders betwen 1 and 3",
    code: "UNKNOWN_OPERATOR",
    message: "`betwen` is not a comparison. Write `is between` instead.",
    mended: "orders.count is between 1 and 3",
  },
  {
    written: "age over 30",
    code: "UNKNOWN_OPERATOR",
    message: "`over` is not a comparison. Write `is more than` instead.",
    mended: "metadata.age is more than 30",
  },
  {
    written: "total spent over $500",
    code: "UNKNOWN_OPERATOR",
    message: "`over` is not a comparison. Write `is more than` instead.",
    mended: "orders.total_amount is more than $500",
  },
  {
    written: "age under 18",
    code: "UNKNOWN_OPERATOR",
    message: "`under` is not a comparison. Write `is less than` instead.",
    mended: "metadata.age is less than 18",
  },
  {
    written: "email isn't x",
    code: "READ_AS",
    message: "`email isn't x` is read as `email is not x`.",
    mended: "email is not x",
  },
  {
    written: "email start with x",
    code: "READ_AS",
    message: "`email start with x` is read as `email starts with x`.",
    mended: "email starts with x",
  },
  {
    written: "tags include no vip",
    code: "MISSING_OPERATOR",
    message:
      "`tags include no vip` has no comparison after `metadata.tags`. Add one, as `is` or `has any value`.",
  },
  {
    written: "city was never Paris",
    code: "UNKNOWN_OPERATOR",
    message: "`was never` is not a comparison. Write `is not` instead.",
    mended: "city is not Paris",
  },
]);
