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
