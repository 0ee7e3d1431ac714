// Matches keys with a project's schema, and checks that their values have the schema's types.

import type { PropertyType, SingleType } from "../documents/documents.js";
import { elementTypeOf, isListType } from "../documents/property-types.js";
import { normaliseText } from "../plan/text.js";
import { isDay, readInstant } from "./instants.js";
import { RecordError } from "./record-error.js";
import { kindOf, shorten } from "./record-shape.js";
import { isYearlessDay } from "./yearless-day.js";

type Schema = Readonly<Record<string, PropertyType>>;

/** A value in comparable form: normalised text, a date as `YYYY-MM-DD`, a datetime as Date. */
type TypedValue = string | number | boolean | Date;

/** A value under a key of the schema. */
export interface TypedEntry {
  /** As the schema spells it. */
  readonly key: string;
  readonly type: PropertyType;
  /** The value as given. */
  readonly given: unknown;
  /** Undefined if it is unknown: null, or blank text. A list omits unknown elements and duplicates. */
  readonly value: TypedValue | readonly TypedValue[] | undefined;
  /** `MM-DD` of a date, which is known even if its year is not. */
  readonly yearDay?: string;
}

const maxElements = 1_000;
const maxTextLength = 8_192;

const expected: Readonly<Record<SingleType, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  date: "a day as 2026-02-01",
  datetime: "a date and time as 2026-02-01T10:00:00Z",
};

/**
 * The entries of `values` whose keys are in the schema: in the exact spelling or, if only one key of the schema matches without
 * regard to case, in another case. Of two entries for one key, the one in the exact spelling is taken, else the first.
 * @param label what the keys belong to, for messages, as `metadata`.
 * @param zone IANA zone of times written without an offset.
 * @throws RecordError naming the key and the type that its value should have.
 */
export function typedEntries(
  values: Readonly<Record<string, unknown>>,
  schema: Schema,
  label: string,
  zone: string,
): readonly TypedEntry[] {
  const found = new Map<string, TypedEntry>();
  for (const [written, given] of Object.entries(values)) {
    const key = schemaKey(schema, written);
    if (key === undefined || (key !== written && (found.has(key) || Object.hasOwn(values, key)))) continue;
    const type = schema[key]!;
    found.set(key, { key, type, given, ...datedValue(given, type, `${label}.${written}`, zone) });
  }
  return [...found.values()];
}

/** The name among `names` that `written` refers to: the same name or, if only one matches without regard to case, that one. */
export function namedAs(names: readonly string[], written: string): string | undefined {
  if (names.includes(written)) return written;
  const wanted = normaliseText(written);
  const alike = names.filter((name) => normaliseText(name) === wanted);
  return alike.length === 1 ? alike[0] : undefined;
}

const spellings = new WeakMap<Schema, ReadonlyMap<string, string | undefined>>();

function schemaKey(schema: Schema, written: string): string | undefined {
  if (Object.hasOwn(schema, written)) return written;
  let keys = spellings.get(schema);
  if (keys === undefined) {
    const made = new Map<string, string | undefined>();
    for (const key of Object.keys(schema)) {
      const normalised = normaliseText(key);
      made.set(normalised, made.has(normalised) ? undefined : key);
    }
    keys = made;
    spellings.set(schema, keys);
  }
  return keys.get(normaliseText(written));
}

function datedValue(
  given: unknown,
  type: PropertyType,
  path: string,
  zone: string,
): Pick<TypedEntry, "value" | "yearDay"> {
  if (type === "date" && typeof given === "string" && isYearlessDay(given.trim())) {
    return { value: undefined, yearDay: given.trim().slice(2) };
  }
  const value = typedValue(given, type, path, zone);
  return type === "date" && typeof value === "string" ? { value, yearDay: value.slice(5) } : { value };
}

function typedValue(given: unknown, type: PropertyType, path: string, zone: string): TypedEntry["value"] {
  if (!isListType(type)) return single(given, type, path, zone);
  if (given === null || given === undefined) return [];
  const element = elementTypeOf(type);
  if (!Array.isArray(given)) {
    throw new RecordError(
      `\`${path}\` must be a list, each of it ${expected[element]}, not ${kindOf(given)}`,
    );
  }
  if (given.length > maxElements) {
    throw new RecordError(
      `\`${path}\` has ${given.length} elements; ${maxElements} is the most that a list may have`,
    );
  }
  const distinct = new Map<string | number | boolean, TypedValue>();
  given.forEach((part, index) => {
    const value = single(part, element, `${path}[${index}]`, zone);
    if (value !== undefined) distinct.set(value instanceof Date ? value.getTime() : value, value);
  });
  return [...distinct.values()];
}

function single(given: unknown, type: SingleType, path: string, zone: string): TypedValue | undefined {
  if (given === null || given === undefined) return undefined;
  if (typeof given === "string") {
    if (given.length > maxTextLength) {
      throw new RecordError(
        `\`${path}\` has ${given.length} characters; ${maxTextLength} is the most that a text may have`,
      );
    }
    const text = normaliseText(given);
    if (text === "") return undefined;
    if (type === "string") return text;
    if (type === "date" && isDay(given.trim())) return given.trim();
    if (type === "datetime") {
      const instant = readInstant(given.trim(), zone);
      if (instant !== undefined) return new Date(instant);
    }
  }
  if (type === "number" && typeof given === "number" && Number.isFinite(given)) return given;
  if (type === "boolean" && typeof given === "boolean") return given;
  throw new RecordError(`\`${path}\` must be ${expected[type]}, not ${shorten(kindOf(given))}`);
}
