// Amounts are exact: nothing passes through binary fractions.
import { describe, expect, it } from "vitest";
import { decimalOf, exactNumber, multiply, readDecimal, roundTo } from "../../src/facts/decimal.js";

describe("readDecimal", () => {
  it.each<[string, "." | ",", string | undefined, [bigint, number] | undefined]>([
    ["4.15", ".", undefined, [415n, 2]],
    [" -0.005 ", ".", undefined, [-5n, 3]],
    ["+12", ".", undefined, [12n, 0]],
    [".5", ".", undefined, [5n, 1]],
    ["1,234,567.80", ".", ",", [123456780n, 2]],
    ["1.234,5", ",", ".", [12345n, 1]],
    ["12 345", ".", " ", [12345n, 0]],
    ["1,5", ".", undefined, undefined],
    ["1,23,456", ".", ",", undefined],
    [",123", ".", ",", undefined],
    ["1234,567", ".", ",", undefined],
    ["5.", ".", undefined, undefined],
    ["1.2.3", ".", undefined, undefined],
    ["1e3", ".", undefined, undefined],
    ["--1", ".", undefined, undefined],
    ["", ".", undefined, undefined],
    ["1".repeat(31), ".", undefined, undefined],
  ])("%j with %j and %j", (text, separator, group, expected) => {
    const read = readDecimal(text, separator, group);
    expect(read === undefined ? undefined : [read.units, read.scale]).toEqual(expected);
  });
});

describe("decimalOf", () => {
  it.each<[number, [bigint, number]]>([
    [0.1, [1n, 1]],
    [-2.5, [-25n, 1]],
    [1e21, [1_000_000_000_000_000_000_000n, 0]],
    [1.5e-7, [15n, 8]],
  ])("%d", (value, expected) => {
    const decimal = decimalOf(value)!;
    expect([decimal.units, decimal.scale]).toEqual(expected);
  });
});

describe("roundTo", () => {
  // 1.005 * 100 is 100.49999999999999 in binary fractions.
  it.each<[string, string, number, bigint]>([
    ["1", "1.005", 2, 101n],
    ["1", "1.0049", 2, 100n],
    ["-1", "1.005", 2, -101n],
    ["3", "0.33", 2, 99n],
    ["3", "0.5", 0, 2n],
    ["2", "7", 2, 1_400n],
    ["1.5", "2.33", 2, 350n],
    ["10", "0.0005", 3, 5n],
  ])("%s times %s to %d digits", (quantity, price, digits, expected) => {
    expect(roundTo(multiply(readDecimal(quantity)!, readDecimal(price)!), digits)).toBe(expected);
  });
});

describe("exactNumber", () => {
  it.each<[bigint, number | undefined]>([
    [9_007_199_254_740_991n, 9_007_199_254_740_991],
    [9_007_199_254_740_992n, undefined],
    [-9_007_199_254_740_992n, undefined],
  ])("%s", (whole, expected) => {
    expect(exactNumber(whole)).toBe(expected);
  });
});
