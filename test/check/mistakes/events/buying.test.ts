// The mistake buying: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "never ordered",
    code: "WORDED_OTHERWISE",
    message: "`never ordered` is not how this is written. Write `has not performed order`.",
    mended: "has not performed order",
  },
  {
    written: "never ordered in the last 30 days",
    code: "WORDED_OTHERWISE",
    message:
      "`never ordered in the last 30 days` is not how this is written. Write `has not performed order in the last 30 days`.",
    mended: "has not performed order in the last 30 days",
  },
  {
    written: "has never ordered",
    code: "WORDED_OTHERWISE",
    message: "`has never ordered` is not how this is written. Write `has not performed order`.",
    mended: "has not performed order",
  },
  {
    written: "never bought",
    code: "WORDED_OTHERWISE",
    message: "`never bought` is not how this is written. Write `has not performed order`.",
    mended: "has not performed order",
  },
  {
    written: "has not ordered in the last 90 days",
    code: "WORDED_OTHERWISE",
    message:
      "`has not ordered in the last 90 days` is not how this is written. Write `has not performed order in the last 90 days`.",
    mended: "has not performed order in the last 90 days",
  },
  {
    written: "customers who have not ordered in 90 days",
    code: "WORDED_OTHERWISE",
    message:
      "`customers who have not ordered in 90 days` is not how this is written. Write `has not performed order in the last 90 days`.",
    mended: "has not performed order in the last 90 days",
  },
  {
    written: "has not ordered for 90 days",
    code: "WORDED_OTHERWISE",
    message:
      "`has not ordered for 90 days` is not how this is written. Write `has not performed order in the last 90 days`.",
    mended: "has not performed order in the last 90 days",
  },
  {
    written: "ordered only once",
    code: "WORDED_OTHERWISE",
    message: "`ordered only once` is not how this is written. Write `placed order exactly once`.",
    mended: "placed order exactly once",
  },
  {
    written: "0 orders",
    code: "READ_AS",
    message: "`0 orders` is read as `orders.count is 0`.",
    mended: "orders.count is 0",
  },
  {
    written: "order amount is more than 100",
    code: "WORDED_OTHERWISE",
    message:
      "`order amount is more than 100` is not how this is written. Write `placed order where amount is more than 100`.",
    mended: "placed order where amount is more than 100",
  },
  {
    written: "order status is PAID",
    code: "WORDED_OTHERWISE",
    message: "`order status is PAID` is not how this is written. Write `placed order where status is PAID`.",
    mended: "placed order where status is PAID",
  },
  {
    written: "placed order over $100",
    code: "WORDED_OTHERWISE",
    message:
      "`placed order over $100` is not how this is written. Write `placed order where amount is more than $100`.",
    mended: "placed order where amount is more than $100",
  },
  {
    written: "hasn't bought anything in over 6 months",
    code: "WORDED_OTHERWISE",
    message:
      "`hasn't bought anything in over 6 months` is not how this is written. Write `has not performed order in the last 6 months`.",
    mended: "has not performed order in the last 6 months",
  },
  {
    written: "ordered three times",
    code: "WORDED_OTHERWISE",
    message: "`ordered three times` is not how this is written. Write `placed order 3 times`.",
    mended: "placed order 3 times",
  },
  {
    written: "ordered zero times",
    code: "WORDED_OTHERWISE",
    message: "`ordered zero times` is not how this is written. Write `placed order exactly 0 times`.",
    mended: "placed order exactly 0 times",
  },
]);
