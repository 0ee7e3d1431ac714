// `$sort` and `$sortArray` in MongoDB's order. mingo 7.2.7 groups rows by key first, which hashes every Date, and compares
// texts by UTF-16 unit. Sorting is stable.
import { parsePath, someValue } from "./paths.js";
import { compareText, compareValues, type PlainObject } from "./values.js";

interface SortKey {
  readonly read: (row: unknown) => unknown;
  readonly direction: 1 | -1;
}

function sortKey(text: string, direction: unknown): SortKey {
  if (direction !== 1 && direction !== -1) throw new TypeError(`A sort by "${text}" takes 1 or -1.`);
  const path = parsePath(text);
  return { direction, read: (row) => keyOf(row, path, direction) };
}

/**
 * What a row sorts by: the value at the path, of several (in an array) the least, or the greatest where the order goes
 * down. Missing sorts as null; an empty array, which has none, before it.
 */
function keyOf(row: unknown, path: ReturnType<typeof parsePath>, direction: 1 | -1): unknown {
  let found: unknown;
  let any = false;
  someValue(row, path, "elements", (value) => {
    const candidate = value ?? null;
    if (!any || compareValues(candidate, found) * direction < 0) found = candidate;
    any = true;
    return false;
  });
  return found;
}

// JavaScript's own comparison of texts is several times faster, and orders by code point below the surrogates.
const beyondPlain = /[\ud800-\uffff]/;

function comparator(keys: readonly unknown[]): (left: unknown, right: unknown) => number {
  if (keys.every((key) => typeof key === "string")) {
    if (keys.some((key) => beyondPlain.test(key)))
      return (left, right) => compareText(left as string, right as string);
    return (left, right) => ((left as string) < (right as string) ? -1 : left === right ? 0 : 1);
  }
  return compareValues;
}

/**
 * The rows in the order that `{path: 1 or -1, …}` says; the array given stays as it is.
 * @throws TypeError where the specification is empty or no such.
 */
export function sortedRows<Row>(rows: readonly Row[], specification: PlainObject): Row[] {
  const sortKeys = Object.entries(specification).map(([path, direction]) => sortKey(path, direction));
  if (sortKeys.length === 0) throw new TypeError("A sort names at least one path.");
  const columns = sortKeys.map(({ read }) => rows.map(read));
  const compare = columns.map(comparator);
  const order = rows
    .map((_, index) => index)
    .sort((left, right) => {
      for (let column = 0; column < columns.length; column++) {
        const keys = columns[column]!;
        const difference = compare[column]!(keys[left], keys[right]);
        if (difference !== 0) return difference * sortKeys[column]!.direction;
      }
      return left - right;
    });
  return order.map((index) => rows[index]!);
}
