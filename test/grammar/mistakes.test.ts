// Wrong texts: all mistakes at once, each with its code and its place, and what is right read all the same.
import { describe, expect, it } from "vitest";
import { limits } from "../../grammar/limits.js";
import { createParser } from "../../grammar/parser/parser.js";
import { operators } from "../../src/operators/index.js";
import { mistakes, unmarked } from "./mistakes.js";
import { shape } from "./shape.js";

const parse = createParser(operators);

function codesOf(text: string): string[] {
  return parse(text).diagnostics.map(({ code }) => code);
}

describe("mistakes are reported at their place", () => {
  it.each(mistakes)("%s", (marked, ...codes) => {
    const { text, stretches } = unmarked(marked);
    const found = parse(text).diagnostics.map(({ code, span }) => ({
      code,
      start: span.start,
      end: span.end,
    }));
    expect(found).toEqual(stretches.map((stretch, index) => ({ code: codes[index], ...stretch })));
  });

  it("in words, as an error, with what was expected", () => {
    for (const [marked] of mistakes) {
      for (const diagnostic of parse(unmarked(marked).text).diagnostics) {
        expect(diagnostic.severity).toBe("ERROR");
        expect(diagnostic.message).toMatch(/^.{20,}[.?]$/su);
        expect(diagnostic.message).not.toMatch(/undefined|``|NaN/);
      }
    }
    expect(parse("email starts").diagnostics[0]).toEqual({
      code: "INCOMPLETE_OPERATOR",
      severity: "ERROR",
      message: "`starts` is not finished: it goes on with `with` or `at`.",
      span: { start: 12, end: 12, line: 1, column: 13 },
      expected: ["with", "at"],
    });
  });
});

describe("reading continues after a mistake", () => {
  const recovered: readonly (readonly [text: string, tree: string])[] = [
    ["email starts and vip", "and(invalid, [vip])"],
    ["(a or ) and b", "and(or([a], invalid), [b])"],
    ["(a or b and c", "or([a], and([b], [c]))"],
    ["any of (a, , b)", "any([a], invalid, [b])"],
    ["city is a, b or vip", "or([city] is {a}, [vip])"],
    ["(city is a, b) or vip", "or([city] is {a}, [vip])"],
    ["city in (a,,b) or vip", "or([city] is_any_of {a} {b}, [vip])"],
    ["city is any of Paris or vip", "or([city] is_any_of, [vip])"],
    [
      "performed x at least 3 in the last week or vip",
      "or(event({x}; at_least {3}; in_the_last {week}), [vip])",
    ],
    ["performed x once twice or vip", "or(event({x}; at_least {1}), [vip])"],
    ["sum of amount of order at least 3 or vip", "or(sum({amount} of {order}) at_least {3}, [vip])"],
    ["'email' is x or vip", "or(invalid, [vip])"],
  ];
  it.each(recovered)("%s", (text, tree) => {
    const parsed = parse(text);
    expect(parsed.diagnostics).toHaveLength(1);
    expect(shape(parsed.tree)).toBe(tree);
  });
});

describe("fixes mend the text", () => {
  const mends: readonly (readonly [text: string, mended: string])[] = [
    ['email is "open', 'email is "open"'],
    ["(city is Paris", "(city is Paris)"],
    ["city in [a, b ", "city in [a, b] "],
    ["any of (a, b", "any of (a, b)"],
    ["city is (a, b)", "city is any of (a, b)"],
    ["city is not (a, b)", "city is none of (a, b)"],
    ["city != (a, b)", "city is none of (a, b)"],
    ['"e mail" is x', "`e mail` is x"],
    ["performed x at least 3", "performed x at least 3 times"],
    ["performed x at least 3 today", "performed x at least 3 times today"],
    ["sum of amount of order at least 3", "sum of amount of order is at least 3"],
  ];
  it.each(mends)("%s becomes %s", (text, mended) => {
    const fix = parse(text).diagnostics[0]?.fix;
    if (fix === undefined) throw new Error("there is no fix");
    const after = text.slice(0, fix.span.start) + fix.replacement + text.slice(fix.span.end);
    expect(after).toBe(mended);
    expect(codesOf(after)).toEqual([]);
  });
});

describe("limits: at the limit valid, one beyond it an error", () => {
  const times = (count: number, text: string, joint = ""): string => Array(count).fill(text).join(joint);
  const texts: readonly (readonly [
    what: string,
    write: (count: number) => string,
    limit: number,
    code: string,
  ])[] = [
    ["bytes", (count) => `a is ${times(count - 5, "x")}`, 16_384, "TEXT_TOO_LONG"],
    ["bytes of two-byte letters", (count) => `ab is ${times((count - 6) / 2, "é")}`, 16_384, "TEXT_TOO_LONG"],
    ["conditions", (count) => times(count, "a is 1", " or "), 100, "TOO_MANY_CONDITIONS"],
    ["flags", (count) => times(count, "a", " and "), 100, "TOO_MANY_CONDITIONS"],
    [
      "conditions inside where",
      (count) => `performed x where ${times(count - 1, "a is 1", " or ")}`,
      100,
      "TOO_MANY_CONDITIONS",
    ],
    ["parentheses", (count) => `${times(count, "(")}a${times(count, ")")}`, 16, "TOO_DEEP"],
    ["groups", (count) => `${times(count, "any of (")}a${times(count, ")")}`, 16, "TOO_DEEP"],
    [
      "parentheses in groups",
      (count) => `any of (a, ${times(count - 1, "(")}a${times(count, ")")}`,
      16,
      "TOO_DEEP",
    ],
    [
      "parentheses and a where",
      (count) => `${times(count - 1, "(")}performed x where a is 1${times(count - 1, ")")}`,
      16,
      "TOO_DEEP",
    ],
    ["list items", (count) => `a in (${times(count, "b", ", ")})`, 1000, "TOO_MANY_ITEMS"],
    ["event conditions", (count) => times(count, "performed x", " or "), 20, "TOO_MANY_EVENT_CONDITIONS"],
    [
      "occurrences",
      (count) => times(count, "last performed x is known", " or "),
      20,
      "TOO_MANY_EVENT_CONDITIONS",
    ],
    ["measures", (count) => times(count, "count of x > 1", " or "), 20, "TOO_MANY_EVENT_CONDITIONS"],
  ];
  it.each(texts)("%s", (_, write, limit, code) => {
    expect(codesOf(write(limit))).toEqual([]);
    const past = code === "TEXT_TOO_LONG" ? limit + 2 : limit + 1;
    expect(codesOf(write(past))).toEqual([code]);
  });

  it("the message names the limit and the actual number", () => {
    expect(parse(`a in (${times(1001, "b", ",")})`).diagnostics[0]?.message).toBe(
      "This list has 1,001 values; at most 1,000 are allowed. Split it into two conditions.",
    );
    expect(parse("x".repeat(limits.bytes + 1)).diagnostics[0]?.message).toContain(
      "16,385 bytes; at most 16,384",
    );
  });

  it("many nots add no depth", () => {
    expect(shape(parse(`${times(4_001, "not ")}a`).tree)).toBe("not([a])");
  });

  it("two adjacent brackets that are too deep are two mistakes", () => {
    const deep = (inside: string): string => `${times(16, "(")}${inside}${times(16, ")")}`;
    expect(codesOf(deep("(a) or (b)"))).toEqual(["TOO_DEEP", "TOO_DEEP"]);
  });
});
