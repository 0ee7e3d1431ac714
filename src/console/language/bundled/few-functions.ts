// Replaces `lodash-es` in bundles of the language: the few functions that Chevrotain calls, with the behaviour that it uses. Each
// accepts a list or an object, `undefined` is an empty one, and `forEach` ends if `false` is returned.
type Collection = readonly unknown[] | Readonly<Record<string, unknown>> | null | undefined;
type Key = string | number;
type Iteratee = (value: never, key: never) => unknown;
type Visit = (value: unknown, key: Key) => unknown;

function entriesOf(collection: Collection): readonly (readonly [Key, unknown])[] {
  if (collection === null || collection === undefined) return [];
  return Array.isArray(collection)
    ? collection.map((value, index) => [index, value] as const)
    : Object.entries(collection);
}

/** A function, or the properties that an object is to have. */
function visitOf(iteratee: Iteratee | Readonly<Record<string, unknown>>): Visit {
  if (typeof iteratee === "function") return iteratee as Visit;
  return (value) =>
    Object.entries(iteratee).every(
      ([key, wanted]) => (value as Readonly<Record<string, unknown>>)[key] === wanted,
    );
}

export const identity = <Value>(value: Value): Value => value;
export const noop = (): undefined => undefined;
export const isArray = Array.isArray;
export const isFunction = (value: unknown): boolean => typeof value === "function";
export const isString = (value: unknown): boolean => typeof value === "string";
export const isUndefined = (value: unknown): boolean => value === undefined;
export const isRegExp = (value: unknown): boolean => value instanceof RegExp;
export const isObject = (value: unknown): boolean =>
  (typeof value === "object" && value !== null) || typeof value === "function";
export const isEmpty = (value: unknown): boolean =>
  typeof value === "string" ? value === "" : entriesOf(value as Collection).length === 0;
export const has = (value: object | null | undefined, key: PropertyKey): boolean =>
  value !== null && value !== undefined && Object.hasOwn(value, key);
export const keys = (value: object | null | undefined): string[] => Object.keys(value ?? {});
export const values = (value: Collection): unknown[] => entriesOf(value).map(([, each]) => each);
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function forEach<Value extends Collection>(collection: Value, iteratee: Iteratee): Value {
  for (const [key, value] of entriesOf(collection)) if ((iteratee as Visit)(value, key) === false) break;
  return collection;
}
export const map = (collection: Collection, iteratee: Iteratee): unknown[] =>
  entriesOf(collection).map(([key, value]) => (iteratee as Visit)(value, key));
export const filter = (collection: Collection, iteratee: Iteratee): unknown[] =>
  entriesOf(collection)
    .filter(([key, value]) => visitOf(iteratee)(value, key))
    .map(([, value]) => value);
export const reject = (collection: Collection, iteratee: Iteratee): unknown[] =>
  entriesOf(collection)
    .filter(([key, value]) => !visitOf(iteratee)(value, key))
    .map(([, value]) => value);
export const find = (collection: Collection, iteratee: Iteratee): unknown =>
  entriesOf(collection).find(([key, value]) => visitOf(iteratee)(value, key))?.[1];
export const some = (collection: Collection, iteratee: Iteratee): boolean =>
  entriesOf(collection).some(([key, value]) => visitOf(iteratee)(value, key));
export const every = (collection: Collection, iteratee: Iteratee): boolean =>
  entriesOf(collection).every(([key, value]) => visitOf(iteratee)(value, key));
export const reduce = <Result>(
  collection: Collection,
  iteratee: (result: Result, value: never, key: never) => Result,
  start: Result,
): Result =>
  entriesOf(collection).reduce(
    (result, [key, value]) => iteratee(result, value as never, key as never),
    start,
  );
export const flatMap = (collection: Collection, iteratee: Iteratee): unknown[] =>
  map(collection, iteratee).flat();
export const flatten = (list: readonly unknown[] | null | undefined): unknown[] => (list ?? []).flat();
export const compact = (list: readonly unknown[] | null | undefined): unknown[] =>
  (list ?? []).filter(Boolean);
export const uniq = (list: readonly unknown[] | null | undefined): unknown[] => [...new Set(list ?? [])];
export const difference = (list: readonly unknown[], other: readonly unknown[]): unknown[] =>
  list.filter((value) => !other.includes(value));
export const includes = (collection: Collection, value: unknown): boolean =>
  values(collection).includes(value);
export const indexOf = (list: readonly unknown[], value: unknown): number => list.indexOf(value);
export const first = (list: readonly unknown[] | null | undefined): unknown => list?.[0];
export const last = (list: readonly unknown[] | null | undefined): unknown => list?.at(-1);
export const drop = (list: readonly unknown[], count = 1): unknown[] => list.slice(count);
export const dropRight = (list: readonly unknown[], count = 1): unknown[] =>
  list.slice(0, Math.max(0, list.length - count));

export function groupBy(collection: Collection, iteratee: Iteratee): Record<string, unknown[]> {
  const groups: Record<string, unknown[]> = {};
  for (const [key, value] of entriesOf(collection)) {
    const name = String((iteratee as Visit)(value, key));
    if (Object.hasOwn(groups, name)) groups[name]!.push(value);
    else groups[name] = [value];
  }
  return groups;
}
export const pickBy = (object: Collection, iteratee: Iteratee): Record<string, unknown> =>
  Object.fromEntries(entriesOf(object).filter(([key, value]) => (iteratee as Visit)(value, key)));
export const assign = Object.assign;
export function defaults(target: Record<string, unknown>, ...sources: readonly object[]): object {
  for (const [key, value] of sources.flatMap((source) => Object.entries(source)))
    if (target[key] === undefined) target[key] = value;
  return target;
}
export function clone(value: unknown): unknown {
  if (Array.isArray(value)) return [...value];
  if (typeof value !== "object" || value === null) return value;
  return Object.assign(Object.create(Object.getPrototypeOf(value)), value);
}
