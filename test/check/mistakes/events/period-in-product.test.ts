// The mistake period-in-product: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "order contains tea in the last 30 days",
    code: "CLAUSE_IN_TEXT",
    message:
      "`in the last 30 days` is read as part of the product's name. Write `placed order in the last 30 days where product contains tea`, or put the name between quotes.",
    mended: "placed order in the last 30 days where product contains tea",
  },
  {
    written: "order does not contain tea in the last 30 days",
    code: "CLAUSE_IN_TEXT",
    message:
      "`in the last 30 days` is read as part of the product's name. Write `has not performed order in the last 30 days where product contains tea`, or put the name between quotes.",
    mended: "has not performed order in the last 30 days where product contains tea",
  },
  {
    written: "order contains tea at least twice",
    code: "CLAUSE_IN_TEXT",
    message:
      "`at least twice` is read as part of the product's name. Write `placed order at least twice where product contains tea`, or put the name between quotes.",
    mended: "placed order at least twice where product contains tea",
  },
]);
