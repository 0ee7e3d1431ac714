// What a dotted path in a `$match` or a `$sort` leads to. MongoDB's rule: an array on the way is entered, each of its
// objects in turn; what is no object there leads nowhere, while a scalar or missing field outside of arrays leads to one
// missing value; and at the end of the path an array is read both as its elements and as itself.
import { isPlainObject } from "./values.js";

/** How an array at the end of the path is seen: as its elements and then itself, or as one of the two. */
export type ArrayEnd = "both" | "elements" | "whole";

export interface Path {
  readonly segments: readonly string[];
}

/**
 * Splits a path at its dots.
 * @throws TypeError for an empty name in it, and for `__proto__`, which is no field in JavaScript.
 */
export function parsePath(text: string): Path {
  const segments = text.split(".");
  if (segments.some((segment) => segment === "" || segment === "__proto__")) {
    throw new TypeError(`"${text}" is no field path: a name in it is empty or reserved.`);
  }
  return { segments };
}

/** The field of this name; what objects inherit (`constructor`, `toString`) is no field. */
export function fieldOf(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = object[name];
  return typeof value === "function" ? undefined : value;
}

/** Calls `test` with each value that the path leads to in `document`, until it returns true; says whether it did. */
export function someValue(
  document: unknown,
  path: Path,
  end: ArrayEnd,
  test: (value: unknown) => boolean,
): boolean {
  return someFrom(document, path.segments, 0, end, test);
}

function someFrom(
  start: unknown,
  segments: readonly string[],
  from: number,
  end: ArrayEnd,
  test: (value: unknown) => boolean,
): boolean {
  let value = start;
  for (let index = from; index < segments.length; index++) {
    if (Array.isArray(value)) return someInArray(value, segments, index, end, test);
    if (!isPlainObject(value)) return test(undefined);
    value = fieldOf(value, segments[index]!);
  }
  if (!Array.isArray(value)) return test(value);
  if (end !== "whole" && value.some((element) => test(element))) return true;
  return end !== "elements" && test(value);
}

function someInArray(
  array: readonly unknown[],
  segments: readonly string[],
  index: number,
  end: ArrayEnd,
  test: (value: unknown) => boolean,
): boolean {
  const name = segments[index]!;
  const position = /^(0|[1-9]\d*)$/.test(name) ? Number(name) : -1;
  return array.some((element, at) => {
    if (isPlainObject(element) && someFrom(element, segments, index, end, test)) return true;
    if (at !== position) return false;
    return index + 1 === segments.length ? test(element) : someFrom(element, segments, index + 1, end, test);
  });
}
