// The types of a schema's keys: a single value, or a list of values.
import type { PropertyType, SingleType } from "./documents.js";

type ListType = `${SingleType}[]`;

export function isListType(type: PropertyType): type is ListType {
  return type.endsWith("[]");
}

/** The type of a list's elements. */
export function elementTypeOf(type: ListType): SingleType {
  return type.slice(0, -2) as SingleType;
}

/** The types of metadata and event properties, as the API names them. */
export const propertyTypesByName = {
  STRING: "string",
  NUMBER: "number",
  BOOLEAN: "boolean",
  DATE: "date",
  DATETIME: "datetime",
  STRINGS: "string[]",
  NUMBERS: "number[]",
  BOOLEANS: "boolean[]",
  DATES: "date[]",
  DATETIMES: "datetime[]",
} as const satisfies Readonly<Record<string, PropertyType>>;
