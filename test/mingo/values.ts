// How values compare: MongoDB's order of types and of values within a type. Missing is `undefined` here.

import { isPlainObject, type PlainObject } from "../../src/store/plain-object.js";

export { isPlainObject, type PlainObject };

/** The rank of a value's type in MongoDB's order of types; values of one rank compare with one another. */
export function typeRank(value: unknown): number {
  switch (typeof value) {
    case "undefined":
      return 0;
    case "number":
      return 10;
    case "string":
      return 15;
    case "boolean":
      return 40;
  }
  if (value === null) return 5;
  if (Array.isArray(value)) return 25;
  if (value instanceof Date) return 45;
  if (value instanceof RegExp) return 50;
  return 20;
}

/**
 * Orders two texts by code point, as MongoDB does (it compares UTF-8 bytes). JavaScript's `<` compares UTF-16 units,
 * which differs for characters outside the Basic Multilingual Plane.
 */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const leftUnit = left.charCodeAt(index);
    const rightUnit = right.charCodeAt(index);
    if (leftUnit === rightUnit) continue;
    if (leftUnit < 0xd800 || rightUnit < 0xd800) return leftUnit - rightUnit;
    // Surrogates (D800 to DFFF) encode code points above all of E000 to FFFF.
    const leftSurrogate = leftUnit < 0xe000;
    const rightSurrogate = rightUnit < 0xe000;
    if (leftSurrogate === rightSurrogate) return leftUnit - rightUnit;
    return leftSurrogate ? 1 : -1;
  }
  return left.length - right.length;
}

function compareNumbers(left: number, right: number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  if (left === right) return 0;
  // NaN equals itself and orders before every other number.
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const order = compareValues(left[index] ?? null, right[index] ?? null);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareObjects(left: PlainObject, right: PlainObject): number {
  const leftFields = Object.entries(left).filter(([, value]) => value !== undefined);
  const rightFields = Object.entries(right).filter(([, value]) => value !== undefined);
  const length = Math.min(leftFields.length, rightFields.length);
  for (let index = 0; index < length; index++) {
    const [leftName, leftValue] = leftFields[index]!;
    const [rightName, rightValue] = rightFields[index]!;
    const order =
      typeRank(leftValue) - typeRank(rightValue) ||
      compareText(leftName, rightName) ||
      compareValues(leftValue, rightValue);
    if (order !== 0) return order;
  }
  return leftFields.length - rightFields.length;
}

/** Negative, 0 or positive as `left` orders before, with or after `right` in MongoDB's order; missing orders before null. */
export function compareValues(left: unknown, right: unknown): number {
  if (left === right) return 0;
  const rank = typeRank(left);
  const difference = rank - typeRank(right);
  if (difference !== 0) return difference;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  if (typeof left === "number" && typeof right === "number") return compareNumbers(left, right);
  if (typeof left === "boolean") return left ? 1 : -1;
  if (left instanceof Date && right instanceof Date) return compareNumbers(left.getTime(), right.getTime());
  if (Array.isArray(left) && Array.isArray(right)) return compareArrays(left, right);
  if (isPlainObject(left) && isPlainObject(right)) return compareObjects(left, right);
  return compareText(String(left), String(right));
}

/** True of equal values; missing equals missing only, and 1 is not "1". */
export function equalValues(left: unknown, right: unknown): boolean {
  return left === right || compareValues(left, right) === 0;
}

/** The values without later doubles. Dates, arrays and objects are distinguished by their content. */
export function distinctValues(values: Iterable<unknown>): unknown[] {
  const primitives = new Set<unknown>();
  const instants = new Set<number>();
  const compounds: unknown[] = [];
  const distinct: unknown[] = [];
  for (const value of values) {
    if (value instanceof Date) {
      if (instants.has(value.getTime())) continue;
      instants.add(value.getTime());
    } else if (typeof value === "object" && value !== null) {
      if (compounds.some((other) => equalValues(other, value))) continue;
      compounds.push(value);
    } else {
      if (primitives.has(value)) continue;
      primitives.add(value);
    }
    distinct.push(value);
  }
  return distinct;
}

/** An expression as true or false: false, 0, null and missing are false, all else is true. */
export function isTrue(value: unknown): boolean {
  return value !== false && value !== 0 && value !== null && value !== undefined;
}
