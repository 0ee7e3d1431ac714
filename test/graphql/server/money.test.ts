import { describe, expect, it } from "vitest";
import { decimalAmount, formatMoney } from "../../../src/catalog/money.js";

describe("money", () => {
  it.each([
    [123450, "USD", "1234.50", "$1,234.50"],
    [0, "USD", "0.00", "$0.00"],
    [7, "GBP", "0.07", "£0.07"],
    [-7, "EUR", "-0.07", "-€0.07"],
    [-123456, "PLN", "-1234.56", "-PLN\u00a01,234.56"],
    [5000, "JPY", "5000", "¥5,000"],
    [1234, "KWD", "1.234", "KWD\u00a01.234"],
    [Number.MAX_SAFE_INTEGER, "USD", "90071992547409.91", "$90,071,992,547,409.91"],
  ])("%i of %s is %s, written %s", (amount, currency, decimal, formatted) => {
    expect(decimalAmount(amount, currency)).toBe(decimal);
    expect(formatMoney(amount, currency)).toBe(formatted);
  });
});
