// The mistake spending: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "the email address ends with .uk",
    code: "READ_AS",
    message: "`the email address ends with .uk` is read as `email ends with .uk`.",
    mended: "email ends with .uk",
  },
  {
    written: "spent over 500",
    code: "WORDED_OTHERWISE",
    message: "`spent over 500` is not how this is written. Write `orders.total_amount is more than 500`.",
    mended: "orders.total_amount is more than 500",
  },
  {
    written: "spent more than $100",
    code: "WORDED_OTHERWISE",
    message:
      "`spent more than $100` is not how this is written. Write `orders.total_amount is more than $100`.",
    mended: "orders.total_amount is more than $100",
  },
  {
    written: "spent at least 1000",
    code: "WORDED_OTHERWISE",
    message:
      "`spent at least 1000` is not how this is written. Write `orders.total_amount is at least 1000`.",
    mended: "orders.total_amount is at least 1000",
  },
  {
    written: "has spent less than 50",
    code: "WORDED_OTHERWISE",
    message:
      "`has spent less than 50` is not how this is written. Write `orders.total_amount is less than 50`.",
    mended: "orders.total_amount is less than 50",
  },
  {
    written: "spent over 500 this year",
    code: "WORDED_OTHERWISE",
    message:
      "`spent over 500 this year` is not how this is written. Write `orders.total_amount this year is more than 500`.",
    mended: "orders.total_amount this year is more than 500",
  },
  {
    written: "spent over $1k",
    code: "WORDED_OTHERWISE",
    message: "`spent over $1k` is not how this is written. Write `orders.total_amount is more than $1000`.",
    mended: "orders.total_amount is more than $1000",
  },
  {
    written: "spent 500+",
    code: "WORDED_OTHERWISE",
    message: "`spent 500+` is not how this is written. Write `orders.total_amount is at least 500`.",
    mended: "orders.total_amount is at least 500",
  },
  {
    written: "total spend is over 200",
    code: "WORDED_OTHERWISE",
    message:
      "`total spend is over 200` is not how this is written. Write `orders.total_amount is more than 200`.",
    mended: "orders.total_amount is more than 200",
  },
]);
