// The mistake sql-functions: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "LOWER(city) = 'paris'",
    code: "WORDED_OTHERWISE",
    message: "`LOWER(city) = 'paris'` is not how this is written. Write `city = 'paris'`.",
    mended: "city = 'paris'",
  },
  {
    written: "COUNT(*) > 3",
    code: "WORDED_OTHERWISE",
    message: "`COUNT(*) > 3` is not how this is written. Write `orders.count > 3`.",
    mended: "orders.count > 3",
  },
  {
    written: "SUM(order.amount) > 500",
    code: "WORDED_OTHERWISE",
    message: "`SUM(order.amount) > 500` is not how this is written. Write `orders.total_amount > 500`.",
    mended: "orders.total_amount > 500",
  },
  {
    written: "MAX(order.amount) > 500",
    code: "WORDED_OTHERWISE",
    message: "`MAX(order.amount) > 500` is not how this is written. Write `max of amount of order > 500`.",
    mended: "max of amount of order > 500",
  },
  {
    written: "created_at > NOW() - INTERVAL '30 days'",
    code: "WORDED_OTHERWISE",
    message:
      "`created_at > NOW() - INTERVAL '30 days'` is not how this is written. Write `created_at is after 30 days ago`.",
    mended: "created_at is after 30 days ago",
  },
  {
    written: "DATEDIFF(NOW(), created_at) < 30",
    code: "WORDED_OTHERWISE",
    message:
      "`DATEDIFF(NOW(), created_at) < 30` is not how this is written. Write `created_at is after 30 days ago`.",
    mended: "created_at is after 30 days ago",
  },
  {
    written: "YEAR(created_at) = 2025",
    code: "WORDED_OTHERWISE",
    message: "`YEAR(created_at) = 2025` is not how this is written. Write `created_at in 2025`.",
    mended: "created_at in 2025",
  },
  {
    written: "MONTH(birthdate) = 5",
    code: "WORDED_OTHERWISE",
    message: "`MONTH(birthdate) = 5` is not how this is written. Write `birthdate month is May`.",
    mended: "birthdate month is May",
  },
  {
    written: "LENGTH(email) > 0",
    code: "WORDED_OTHERWISE",
    message: "`LENGTH(email) > 0` is not how this is written. Write `email has any value`.",
    mended: "email has any value",
  },
  {
    written: "email NOT REGEXP 'gmail'",
    code: "WORDED_OTHERWISE",
    message: "`email NOT REGEXP 'gmail'` is not how this is written. Write `email does not contain 'gmail'`.",
    mended: "email does not contain 'gmail'",
  },
  {
    written: "renewal > NOW() - INTERVAL '30 days'",
    code: "WORDED_OTHERWISE",
    message:
      "`renewal > NOW() - INTERVAL '30 days'` is not how this is written. Write `renewal is after 30 days ago`.",
    mended: "renewal is after 30 days ago",
  },
  {
    written: "DATEDIFF(NOW(), renewal) > 30",
    code: "WORDED_OTHERWISE",
    message:
      "`DATEDIFF(NOW(), renewal) > 30` is not how this is written. Write `renewal is before 30 days ago`.",
    mended: "renewal is before 30 days ago",
  },
  {
    written: "COALESCE(score, 0) > 5",
    code: "WORDED_OTHERWISE",
    message: "`COALESCE(score, 0) > 5` is not how this is written. Write `score > 5`.",
    mended: "score > 5",
  },
  {
    written: "COALESCE(score, 0) < 5",
    code: "UNEXPECTED",
    message:
      "`(` can't stand here. Put `and` or `or` between conditions, and quotes around a value that has brackets, commas or quotes in it.",
  },
  {
    written: "ISNULL(phone)",
    code: "WORDED_OTHERWISE",
    message: "`ISNULL(phone)` is not how this is written. Write `phone is unknown`.",
    mended: "phone is unknown",
  },
  {
    written: "EXISTS(phone)",
    code: "WORDED_OTHERWISE",
    message: "`EXISTS(phone)` is not how this is written. Write `phone has any value`.",
    mended: "phone has any value",
  },
  {
    written: "EXISTS phone",
    code: "WORDED_OTHERWISE",
    message: "`EXISTS phone` is not how this is written. Write `phone has any value`.",
    mended: "phone has any value",
  },
]);
