// The functions that stand for lodash in the console's bundle give what lodash gives, of what Chevrotain hands them.
import { expect, it } from "vitest";
import * as few from "../../src/console/language/bundled/few-functions.js";

// It has no declarations of its types.
const lodash: Readonly<Record<string, (...given: never[]) => unknown>> = await import("lodash-es" as string);

class Rule {
  constructor(readonly name: string) {}
}

const lists: readonly unknown[] = [
  [],
  [1, 2, 3],
  [1, [2], [[3]]],
  ["b", "a", "b"],
  [0, 1, undefined, ""],
  undefined,
  null,
];
const objects: readonly unknown[] = [{}, { a: 1, b: undefined }, { b: "x", a: "y" }];
const isLarge = (value: unknown): boolean => Number(value) > 1;
const nameOf = (value: unknown): string => typeof value;

/** Each function with the arguments that it is tried with. */
const calls: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  ...Object.fromEntries(
    ["map", "filter", "reject", "find", "some", "every", "flatMap"].map((name) => [
      name,
      [...lists, ...objects].map((value) => [value, name === "map" || name === "flatMap" ? nameOf : isLarge]),
    ]),
  ),
  ...Object.fromEntries(
    ["flatten", "compact", "uniq", "first", "last"].map((name) => [name, lists.map((value) => [value])]),
  ),
  ...Object.fromEntries(
    ["keys", "values", "isEmpty"].map((name) => [name, [...lists, ...objects].map((value) => [value])]),
  ),
  ...Object.fromEntries(
    ["isArray", "isFunction", "isString", "isUndefined", "isRegExp", "isObject", "identity", "noop"].map(
      (name) => [name, [...lists, ...objects, "", "a", 1, /a/, nameOf].map((value) => [value])],
    ),
  ),
  find: [
    [[{ a: 1 }, { a: 2, b: 3 }], { a: 2 }],
    [[], { a: 2 }],
  ],
  reduce: [
    [[1, 2, 3], (sum: number, value: number, key: number) => sum + value * key, 1],
    [{ a: 2 }, (sum: string, value: number, key: string) => sum + key + value, ""],
  ],
  difference: [
    [[1, 2, 3], [2]],
    [[], [1]],
  ],
  includes: [
    [[1, 2], 2],
    [[1, 2], 3],
    [{ a: 1 }, 1],
  ],
  indexOf: [
    [[1, 2], 2],
    [[1, 2], 3],
  ],
  drop: [[[1, 2, 3]], [[1, 2, 3], 2], [[], 1]],
  dropRight: [[[1, 2, 3]], [[1, 2, 3], 5], [[1, 2, 3], 0]],
  groupBy: [
    [[1, "a", 2], nameOf],
    [{ x: 1, y: "b" }, nameOf],
  ],
  pickBy: [[{ a: 1, b: 2 }, isLarge]],
  has: [
    [{ a: undefined }, "a"],
    [{ a: 1 }, "b"],
    [undefined, "a"],
    [{}, "toString"],
  ],
  assign: [[{ a: 1 }, { b: 2 }]],
  defaults: [[{ a: 1, b: undefined }, { a: 2, b: 3 }, { c: 4 }]],
  clone: [[[1, [2]]], [{ a: { b: 1 } }], [new Rule("a")], [1], [null]],
  upperFirst: [["rule"], [""]],
};

it.each(Object.entries(calls))("%s", (name, tried) => {
  for (const given of tried) {
    const [own, theirs] = [few, lodash].map((functions) =>
      (functions as unknown as Record<string, (...all: unknown[]) => unknown>)[name]!(
        ...structuredCloneOf(given),
      ),
    );
    expect(own).toStrictEqual(theirs);
  }
});

it("forEach visits what lodash visits, and ends at false", () => {
  for (const collection of [...lists, ...objects]) {
    const [own, theirs]: [unknown[], unknown[]] = [[], []];
    few.forEach(collection as never, (value: unknown, key: unknown) => own.push([value, key]) < 2);
    lodash.forEach!(
      collection as never,
      ((value: unknown, key: unknown) => theirs.push([value, key]) < 2) as never,
    );
    expect(own).toEqual(theirs);
  }
});

it("every function is tried", () => {
  expect(Object.keys(few).toSorted()).toEqual([...Object.keys(calls), "forEach"].toSorted());
});

/** Arguments that one call may change and the other does not see. */
function structuredCloneOf(values: readonly unknown[]): unknown[] {
  return values.map((value) => (value?.constructor === Object ? { ...value } : value));
}
