// The mistake sql: the text, what is reported, and the fix.
import { expect, it } from "vitest";
import { checkMarketer } from "../../marketer-world.js";
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "WHERE country = 'Poland'",
    code: "WORDED_OTHERWISE",
    message: "`WHERE country = 'Poland'` is not how this is written. Write `country = 'Poland'`.",
    mended: "country = 'Poland'",
  },
  {
    written: "SELECT * FROM customers WHERE country = 'Poland'",
    code: "WORDED_OTHERWISE",
    message:
      "`SELECT * FROM customers WHERE country = 'Poland'` is not how this is written. Write `country = 'Poland'`.",
    mended: "country = 'Poland'",
  },
  {
    written: "customers where country is Poland",
    code: "WORDED_OTHERWISE",
    message: "`customers where country is Poland` is not how this is written. Write `country is Poland`.",
    mended: "country is Poland",
  },
  {
    written: "customers with total spent > 100",
    code: "WORDED_OTHERWISE",
    message: "`customers with total spent > 100` is not how this is written. Write `total spent > 100`.",
    mended: "total spent > 100",
  },
  {
    written: "all customers whose country is Poland",
    code: "WORDED_OTHERWISE",
    message: "`all customers whose country is Poland` is not how this is written. Write `country is Poland`.",
    mended: "country is Poland",
  },
  {
    written: "order by name",
    code: "NO_SORTING",
    message:
      "`order by name` sorts, which a query doesn't: it says which customers there are. Leave it out, and sort the list of them.",
  },
  {
    written: "city is Paris order by name desc",
    code: "OPERATOR_IN_TEXT",
    message:
      "`order by name desc` is read as part of the text that `city` is compared with. Write `is Paris`, or put the text between quotes.",
    mended: "city is Paris",
  },
  {
    written: "country is Poland sort by last name",
    code: "OPERATOR_IN_TEXT",
    message:
      "`sort by last name` is read as part of the text that `country` is compared with. Write `is Poland`, or put the text between quotes.",
    mended: "country is Poland",
  },
]);

it("takes words behind `order by` that name no attribute for a part of the text", () => {
  expect(checkMarketer("name is mail order by post").diagnostics).toEqual([]);
});
