// The mistake amount-words: the text, what is reported, and the fix.
import { testMistakes } from "../test-mistakes.js";

testMistakes([
  {
    written: "total spent is more than 500 dollars",
    code: "NOT_AN_AMOUNT",
    message:
      "`orders.total_amount` is money, and `500 dollars` is not an amount. Write one as `500`, `1,000.50` or `500 USD`.",
    mended: "total spent is more than 500",
  },
  {
    written: "total spent > 1k",
    code: "NOT_AN_AMOUNT",
    message:
      "`orders.total_amount` is money, and `1k` is not an amount. Write one as `500`, `1,000.50` or `500 USD`.",
    mended: "total spent > 1000",
  },
  {
    written: "age is thirty",
    code: "NOT_A_NUMBER",
    message:
      "`metadata.age` is compared with a number, and `thirty` is not a number. Write digits, as `500` or `1,000.50`.",
    mended: "age is 30",
  },
]);
