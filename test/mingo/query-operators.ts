// The comparisons of `$match`, for mingo's Query. mingo 7.2.7 has its own, which differ from MongoDB: `{path: null}` misses
// an element without the field in an array of objects, `$all` and `$size` misjudge scalars and nested arrays, texts compare
// by UTF-16 unit, and `$in` builds a map of its list for every document. `$and`, `$or`, `$nor`, `$not` and `$expr` stay
// mingo's. A pattern is a JavaScript one without flags: anchors, escapes and literal text of any script mean what they mean
// in MongoDB; `.` and classes see a character outside the Basic Multilingual Plane as two.
import { Query } from "mingo/query";
import type { AnyObject, Options, QueryOperator } from "mingo/types";
import { type ArrayEnd, parsePath, someValue } from "./paths.js";
import { compareValues, equalValues, isPlainObject, typeRank } from "./values.js";

type ValueTest = (value: unknown) => boolean;
type Operator = (selector: string, operand: unknown, options: Options) => (document: AnyObject) => boolean;
type MakeTest = (operand: unknown, options: Options) => ValueTest;

function equals(operand: unknown): ValueTest {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  if (typeof operand === "object") return (value) => equalValues(value, operand);
  return (value) => value === operand || (Number.isNaN(operand) && Number.isNaN(value));
}

/** A comparison within the operand's type: a text is never less than a number. */
function ordered(holds: (order: number) => boolean): MakeTest {
  return (operand) => {
    const rank = typeRank(operand ?? null);
    const bound = operand ?? null;
    return (value) => {
      if (typeRank(value ?? null) !== rank) return false;
      // NaN is neither less nor more than any number, and equal to itself.
      if (Number.isNaN(value) !== Number.isNaN(bound)) return false;
      return holds(compareValues(value ?? null, bound));
    };
  };
}

function isOneOf(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) throw new TypeError("$in and $nin take a list.");
  const primitives = new Set<unknown>();
  const instants = new Set<number>();
  const tests: ValueTest[] = [];
  for (const item of operand) {
    if (item instanceof RegExp) tests.push(matches(item));
    else if (item instanceof Date) instants.add(item.getTime());
    else if (typeof item === "object" && item !== null) tests.push(equals(item));
    else primitives.add(item ?? null);
  }
  return (value) => {
    if (primitives.has(value ?? null)) return true;
    if (value instanceof Date) return instants.has(value.getTime());
    return tests.some((test) => test(value));
  };
}

function matches(operand: unknown): ValueTest {
  const pattern = operand instanceof RegExp ? operand : new RegExp(String(operand));
  return (value) => typeof value === "string" && pattern.test(value);
}

function hasElement(operand: unknown, options: Options): ValueTest {
  if (!isPlainObject(operand)) throw new TypeError("$elemMatch takes conditions.");
  const names = Object.keys(operand);
  const logical = new Set(["$and", "$or", "$nor", "$expr"]);
  if (names.length > 0 && names.every((name) => name.startsWith("$") && !logical.has(name))) {
    const query = new Query({ element: operand }, options);
    return (value) => Array.isArray(value) && value.some((element) => query.test({ element }));
  }
  const query = new Query(operand, options);
  return (value) =>
    Array.isArray(value) && value.some((element) => isPlainObject(element) && query.test(element));
}

function hasSize(operand: unknown): ValueTest {
  return (value) => Array.isArray(value) && value.length === operand;
}

/** A query operator: true of a document if the path leads to a value that passes the test. */
function some(makeTest: MakeTest, end: ArrayEnd = "both"): Operator {
  return (selector, operand, options) => {
    const path = parsePath(selector);
    const test = makeTest(operand, options);
    return (document: AnyObject) => someValue(document, path, end, test);
  };
}

function none(makeTest: MakeTest): Operator {
  const operator = some(makeTest);
  return (selector, operand, options) => {
    const holds = operator(selector, operand, options);
    return (document: AnyObject) => !holds(document);
  };
}

const exists: Operator = (selector: string, operand: unknown) => {
  const path = parsePath(selector);
  const wanted = Boolean(operand);
  return (document: AnyObject) =>
    someValue(document, path, "both", (value) => value !== undefined) === wanted;
};

const all: Operator = (selector: string, operand: unknown, options: Options) => {
  if (!Array.isArray(operand)) throw new TypeError("$all takes a list.");
  const path = parsePath(selector);
  const parts = operand.map((item: unknown): { readonly test: ValueTest; readonly end: ArrayEnd } => {
    if (item instanceof RegExp) return { test: matches(item), end: "both" };
    if (isPlainObject(item) && "$elemMatch" in item) {
      return { test: hasElement(item.$elemMatch, options), end: "whole" };
    }
    return { test: equals(item), end: "both" };
  });
  return (document: AnyObject) =>
    parts.length > 0 && parts.every((part) => someValue(document, path, part.end, part.test));
};

/** By name, for mingo's context. */
export const queryOperators = {
  $eq: some(equals),
  $ne: none(equals),
  $in: some(isOneOf),
  $nin: none(isOneOf),
  $lt: some(ordered((order) => order < 0)),
  $lte: some(ordered((order) => order <= 0)),
  $gt: some(ordered((order) => order > 0)),
  $gte: some(ordered((order) => order >= 0)),
  $regex: some(matches),
  $elemMatch: some(hasElement, "whole"),
  $size: some(hasSize, "whole"),
  $exists: exists,
  $all: all,
} as Readonly<Record<`$${string}`, QueryOperator>>;
