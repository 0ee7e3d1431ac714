// The mistake counterpart: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "email is empty",
    code: "NO_SUCH_OPERATOR",
    message:
      "`email` is text; `is empty` works on sets. Try `is`, `is any of`, `starts with`, `ends with`, `contains` or `has any value`.",
    mended: "email is unknown",
  },
  {
    written: "phone is not empty",
    code: "NO_SUCH_OPERATOR",
    message:
      "`phone` is text; `is not empty` works on sets. Try `is`, `is any of`, `starts with`, `ends with`, `contains` or `has any value`.",
    mended: "phone has any value",
  },
  {
    written: "tags is b2b",
    code: "NO_SUCH_OPERATOR",
    message:
      "`metadata.tags` is a set; `is` works on text, countries, values of a list, numbers, money, true/false attributes, dates, yearly days and months. Try `contains`, `contains any of`, `contains all of`, `is empty`, `has at least` or `has any value`.",
    mended: "tags contains b2b",
  },
  {
    written: "source contains mailchimp",
    code: "NO_SUCH_OPERATOR",
    message:
      "`source` is one of a few values; `contains` works on text and sets. Try `is`, `is any of` or `has any value`.",
    mended: "source is mailchimp",
  },
  {
    written: "age contains 3",
    code: "NO_SUCH_OPERATOR",
    message:
      "`metadata.age` is a number; `contains` works on text and sets. Try `is`, `is any of`, `is less than`, `is more than`, `is at least`, `is at most`, `is between` or `has any value`.",
    mended: "age is 3",
  },
  {
    written: "age does not contain 3",
    code: "NO_SUCH_OPERATOR",
    message:
      "`metadata.age` is a number; `does not contain` works on text and sets. Try `is`, `is any of`, `is less than`, `is more than`, `is at least`, `is at most`, `is between` or `has any value`.",
    mended: "age is not 3",
  },
  {
    written: "created is at least 2026-01-01",
    code: "NO_SUCH_OPERATOR",
    message:
      "`created_at` is a date and time; `is at least` works on numbers and money. Try `is`, `is less than`, `is more than`, `is between`, `is on`, `is before`, `is after`, `is on or before` or one of 9 more.",
    mended: "created is on or after 2026-01-01",
  },
  {
    written: "country contains land",
    code: "NO_SUCH_OPERATOR",
    message:
      "`country` is a country; `contains` works on text and sets. Try `is`, `is any of` or `has any value`.",
  },
  {
    written: "orders = 0",
    code: "WORDED_OTHERWISE",
    message: "`orders = 0` is not how this is written. Write `orders.count = 0`.",
    mended: "orders.count = 0",
  },
]);
