// When what is typed is an entry: lines that go on, and the history's one line of several.
import { expect, it } from "vitest";
import { asOneLine, entryReader } from "../../../src/cli/shell/shell-entry.js";

it.each<[readonly string[], readonly string[]]>([
  [["city is Paris"], ["city is Paris"]],
  [["city is Paris and", "vip"], ["city is Paris and\nvip"]],
  [["city is Paris OR -- or else", "not", "vip"], ["city is Paris OR -- or else\nnot\nvip"]],
  [["(city is Paris", "or vip", ")"], ["(city is Paris\nor vip\n)"]],
  [["any of (city is Paris,", "vip)"], ["any of (city is Paris,\nvip)"]],
  [['name is "Anna', 'Nowak"'], ['name is "Anna\nNowak"']],
  [["metadata.`is", "vip` is x"], ["metadata.`is\nvip` is x"]],
  [["city \\", "is Paris \\  ", "or vip"], ["city\nis Paris\nor vip"]],
  [["\\count (vip", "or city is Paris)"], ["\\count (vip\nor city is Paris)"]],
  [["\\why crm-000 (vip", "or city is Paris)"], ["\\why crm-000 (vip\nor city is Paris)"]],
  [["\\why (crm"], ["\\why (crm"]],
  [["\\count"], ["\\count"]],
  // Only queries go on.
  [
    ["\\asof (", "vip"],
    ["\\asof (", "vip"],
  ],
  [
    ["\\foo (", "vip"],
    ["\\foo (", "vip"],
  ],
  [["\\"], ["\\"]],
  // What is wrong otherwise is told at once.
  [["emial is x"], ["emial is x"]],
  [["city is"], ["city is"]],
  [["city is Paris and and vip"], ["city is Paris and and vip"]],
  [["performed login where", "mobile"], ["performed login where\nmobile"]],
  // A blank line ends what can't be whole.
  [
    ['name is "Anna', "", "vip"],
    ['name is "Anna', "vip"],
  ],
  [["", "  ", "vip"], ["vip"]],
])("%j", (lines, expected) => {
  const reader = entryReader();
  const entries = lines.map(reader.add).filter((entry) => entry !== undefined);
  expect(entries).toEqual(expected);
  expect(reader.pending()).toBe("");
});

it("does not wait for the end of an entry that is too long for a query", () => {
  const reader = entryReader();
  expect(reader.add(`(${"x".repeat(20_000)}`)).toHaveLength(20_001);
});

it("keeps an incomplete entry until it is taken", () => {
  const reader = entryReader();
  expect(reader.add("(vip")).toBeUndefined();
  expect(reader.pending()).toBe("(vip");
  expect(reader.take()).toBe("(vip");
  expect(reader.pending()).toBe("");
});

it.each([
  ["  city is Paris ", "city is Paris"],
  ["city is Paris and\n  vip", "city is Paris and vip"],
  ["city is Paris -- there\n  or vip # them", "city is Paris or vip"],
  ['name is "a -- b"\nor vip', 'name is "a -- b" or vip'],
])("%j is %j in the history", (entry, line) => {
  expect(asOneLine(entry)).toBe(line);
});
