// Plain objects of fields, of which documents and pipelines consist.

export type PlainObject = Readonly<Record<string, unknown>>;

/** True for an object that is not an array, date or regular expression. */
export function isPlainObject(value: unknown): value is PlainObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof RegExp)
  );
}
