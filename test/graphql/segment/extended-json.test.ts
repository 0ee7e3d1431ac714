import { describe, expect, it } from "vitest";
import { extendedJson } from "../../../src/graphql/segment/extended-json.js";
import type { Pipeline } from "../../../src/pipeline/stage.js";

describe("extendedJson", () => {
  it.each([
    ["a date", new Date("2026-11-23T12:00:00Z"), { $date: "2026-11-23T12:00:00.000Z" }],
    ["a date before 1970", new Date("1900-01-01T00:00:00Z"), { $date: { $numberLong: "-2208988800000" } }],
    ["a pattern", /^a/i, { $regularExpression: { pattern: "^a", options: "i" } }],
    ["a number", -1.5, -1.5],
    ["a number without end", Number.POSITIVE_INFINITY, { $numberDouble: "Infinity" }],
    ["null", null, null],
    ["lists and objects", { $in: [1, "a", { b: true }] }, { $in: [1, "a", { b: true }] }],
    ["an absent field", { a: 1, b: undefined }, { a: 1 }],
  ])("writes %s", (_, value, written) => {
    expect(extendedJson([{ $match: { value } }])).toEqual([{ $match: { value: written } }]);
  });

  it("refuses values that MongoDB doesn't have", () => {
    const pipeline = [{ $match: { value: () => 1 } }] as unknown as Pipeline;
    expect(() => extendedJson(pipeline)).toThrow(TypeError);
  });
});
