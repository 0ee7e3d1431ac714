// JSON whose numbers are what is written, or refused.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "../../src/facts/exact-json.js";

describe("parseExactJson", () => {
  it.each([
    [
      "[0.1, -7, 1e21, 9007199254740992, 1.50, 0.30000000000000004, -0, 1E3]",
      [0.1, -7, 1e21, 2 ** 53, 1.5, 0.1 + 0.2, -0, 1_000],
    ],
    [
      '{"id":"9007199254740993","text":"say \\"1e400\\" 0.10000000000000000001"}',
      { id: "9007199254740993", text: 'say "1e400" 0.10000000000000000001' },
    ],
    ["[123456789012345, 1234567890.12345]", [123_456_789_012_345, 1_234_567_890.123_45]],
  ])("parses %s", (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
  });

  it.each([
    ["[9007199254740993]", "9007199254740993"],
    ["[1e400]", "1e400"],
    ["[1e-400]", "1e-400"],
    ['{"a":[{"b":0.10000000000000000001}]}', "0.10000000000000000001"],
    ["[12345678901234567890]", "12345678901234567890"],
    [`[${"9".repeat(1_000_000)}]`, "9".repeat(60)],
  ])("refuses a number that it can't hold (%#)", (text, number) => {
    expect(() => parseExactJson(text)).toThrow(
      `it has the number ${number}, which can't be held exactly; write it as text, or round it`,
    );
  });

  it("refuses invalid JSON as JSON.parse does", () => {
    expect(() => parseExactJson("[01]")).toThrow(SyntaxError);
  });

  it("parses everything that JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });
});
