// What is an object of fields, as documents and pipelines are made of.

export type PlainObject = Readonly<Record<string, unknown>>;

/** True of an object that is no array, date or pattern. */
export function isPlainObject(value: unknown): value is PlainObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp)
  );
}
