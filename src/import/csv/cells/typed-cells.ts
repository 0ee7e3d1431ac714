// Converts a cell's text to a value of a type.
import type { PropertyType, SingleType } from "../../../documents/documents.js";
import { elementTypeOf, isListType } from "../../../documents/property-types.js";
import { RecordError } from "../../../facts/record-error.js";
import { shorten } from "../../../facts/record-shape.js";
import { normaliseText } from "../../../plan/text.js";
import { defaultFalseWords, defaultTrueWords, englishFalseWords, englishTrueWords } from "./boolean-words.js";
import type { DateColumn } from "./dates.js";
import { defaultListSeparator, readList } from "./lists.js";
import { exactly, type NumberFormat, readNumber } from "./numbers.js";

/** How the cells of a file are written. */
export interface CellFormat extends NumberFormat {
  readonly listSeparator?: string;
  readonly trueWords?: readonly string[];
  readonly falseWords?: readonly string[];
}

/** Reads true and false. */
export function booleanReader({ trueWords, falseWords }: CellFormat) {
  const yes = new Set(trueWords?.map(normaliseText) ?? defaultTrueWords);
  const no = new Set(falseWords?.map(normaliseText) ?? defaultFalseWords);
  return (text: string, label: string): boolean => {
    const word = normaliseText(text);
    if (yes.has(word)) return true;
    if (no.has(word)) return false;
    const words = [trueWords ?? englishTrueWords, falseWords ?? englishFalseWords].flat().join(", ");
    throw new RecordError(
      `\`${label}\` is "${shorten(text)}", which is neither true nor false; write one of ${words}`,
    );
  };
}

/**
 * Makes a reader of a column's cells as values of a type. It returns undefined for a blank cell.
 * @throws RecordError in the reader, if a cell is no value of the type.
 */
export function typedReader(format: CellFormat, type: PropertyType, label: string, dates: DateColumn) {
  const isTrue = booleanReader(format);
  const single = (kind: SingleType, text: string): unknown => {
    switch (kind) {
      case "string":
        return text;
      case "number":
        return exactly(readNumber(text, format, label), text, label);
      case "boolean":
        return isTrue(text, label);
      case "date":
        return dates.day(text);
      case "datetime":
        return dates.instant(text);
      default:
        return kind satisfies never;
    }
  };
  return (text: string): unknown => {
    if (text === "") return undefined;
    if (!isListType(type)) return single(type, text);
    const element = elementTypeOf(type);
    return readList(text, format.listSeparator ?? defaultListSeparator).map((each) => single(element, each));
  };
}
