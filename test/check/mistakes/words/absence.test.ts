// The mistake absence: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "no email",
    code: "WORDED_OTHERWISE",
    message: "`no email` is not how this is written. Write `email is unknown`.",
    mended: "email is unknown",
  },
  {
    written: "no orders",
    code: "WORDED_OTHERWISE",
    message: "`no orders` is not how this is written. Write `orders.count is 0`.",
    mended: "orders.count is 0",
  },
  {
    written: "without phone",
    code: "WORDED_OTHERWISE",
    message: "`without phone` is not how this is written. Write `phone is unknown`.",
    mended: "phone is unknown",
  },
  {
    written: "without orders",
    code: "WORDED_OTHERWISE",
    message: "`without orders` is not how this is written. Write `orders.count is 0`.",
    mended: "orders.count is 0",
  },
  {
    written: "without tags",
    code: "WORDED_OTHERWISE",
    message: "`without tags` is not how this is written. Write `tags is empty`.",
    mended: "tags is empty",
  },
  {
    written: "no order for 6 months",
    code: "WORDED_OTHERWISE",
    message:
      "`no order for 6 months` is not how this is written. Write `has not performed order in the last 6 months`.",
    mended: "has not performed order in the last 6 months",
  },
  {
    written: "has loyalty points",
    code: "WORDED_OTHERWISE",
    message: "`has loyalty points` is not how this is written. Write `loyalty points is more than 0`.",
    mended: "loyalty points is more than 0",
  },
  {
    written: "has redemptions",
    code: "WORDED_OTHERWISE",
    message: "`has redemptions` is not how this is written. Write `redemptions is more than 0`.",
    mended: "redemptions is more than 0",
  },
  {
    written: "has gift card balance",
    code: "WORDED_OTHERWISE",
    message: "`has gift card balance` is not how this is written. Write `gift card balance is more than 0`.",
    mended: "gift card balance is more than 0",
  },
]);
