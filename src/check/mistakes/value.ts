// Shared by the mistakes about a value.
import type { Value } from "../../../grammar/tree.js";
import type { ValueType } from "../../plan/literals.js";
import type { Code } from "../messages.js";
import type { Wanted } from "../scope.js";

/** The failures of reading a value as its type. */
export const valueCodes: readonly Code[] = [
  "EMPTY_VALUE",
  "NOT_A_COUNT",
  "NOT_A_DATE",
  "NOT_A_DURATION",
  "NOT_A_MONTH",
  "NOT_A_NUMBER",
  "NOT_AN_AMOUNT",
  "NOT_TRUE_OR_FALSE",
  "NO_SUCH_DATE",
  "UNKNOWN_VALUE",
  "WRONG_CURRENCY",
];

/** True of a value without quotes: in quotes, its words are surely a value. */
export function isBare(value: Value): boolean {
  const first = value.raw[0];
  return first !== '"' && first !== "'";
}

/** Types for which any text is a value. */
export const textTypes = ["text", "exact", "product"] as const satisfies readonly ValueType[];

/** Types whose values may be several words of a text. */
export const wordedTypes: readonly ValueType[] = [...textTypes, "country", "enumeration"];

/** The type that a value is read as; for a set, that of its elements. */
export function comparedType({ type, attribute }: Wanted): ValueType {
  return type === "set" ? (attribute.element ?? "text") : type;
}
