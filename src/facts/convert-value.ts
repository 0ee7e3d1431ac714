// Converts values to another type without changing their meaning, when the type of their key changes.
import type { PropertyType, SingleType } from "../documents/documents.js";
import { elementTypeOf, isListType } from "../documents/property-types.js";
import { trimText } from "../plan/text.js";
import { decimalOf, readDecimal } from "./decimal.js";
import { isDay, readInstant } from "./instants.js";
import { isYearlessDay } from "./yearless-day.js";

const words = new Map([
  ["true", true],
  ["yes", true],
  ["y", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["n", false],
  ["0", false],
]);

/**
 * Converts a value to a type: text that denotes a number, a date or a boolean becomes one; a list of one element becomes that
 * element; text becomes a list, split at its semicolons or, if it has none, at its commas.
 * @param zone IANA zone of times without an offset.
 * @returns undefined if the value has no meaning in that type; null for null, blank text and an empty list.
 */
export function convertedValue(
  value: unknown,
  type: PropertyType,
  zone: string,
): { readonly value: unknown } | undefined {
  if (value === null || value === undefined || (typeof value === "string" && trimText(value) === ""))
    return { value: null };
  if (isListType(type)) {
    const elements = Array.isArray(value) ? value : typeof value === "string" ? partsOf(value) : [value];
    const made = elements.map((element) => single(element, elementTypeOf(type), zone));
    return made.includes(undefined) ? undefined : { value: made };
  }
  if (Array.isArray(value)) {
    return value.length === 1
      ? convertedValue(value[0], type, zone)
      : value.length === 0
        ? { value: null }
        : undefined;
  }
  const made = single(value, type, zone);
  return made === undefined ? undefined : { value: made };
}

function partsOf(text: string): readonly string[] {
  const parts = text.split(text.includes(";") ? ";" : ",");
  return parts.map(trimText).filter((part) => part !== "");
}

function single(value: unknown, type: SingleType, zone: string): unknown {
  switch (type) {
    case "string":
      return typeof value === "object" ? undefined : String(value);
    case "number":
      if (typeof value === "number") return value;
      return typeof value === "string" ? numberOf(trimText(value)) : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : words.get(trimText(String(value)).toLowerCase());
    case "date":
    case "datetime": {
      if (typeof value !== "string") return undefined;
      const text = trimText(value);
      if (type === "date") {
        if (isDay(text) || isYearlessDay(text)) return text;
        // The written day of a date with a time.
        return readInstant(text, zone) === undefined ? undefined : text.slice(0, 10);
      }
      return readInstant(text, zone) === undefined ? undefined : text;
    }
    default:
      return type satisfies never;
  }
}

/** The number that a text denotes; undefined if it is not a number, or would be rounded. */
function numberOf(text: string): number | undefined {
  const written = readDecimal(text);
  if (written === undefined) return undefined;
  const number = Number(`${written.units}e-${written.scale}`);
  const held = decimalOf(number);
  const same =
    held !== undefined &&
    held.units * 10n ** BigInt(written.scale) === written.units * 10n ** BigInt(held.scale);
  return same ? number : undefined;
}
