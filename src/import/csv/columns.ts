// The columns of a CSV file: how a mapping names them, their places by the file's header, and readers of their cells.
import { z } from "zod";
import { RecordError } from "../../facts/record-error.js";
import { shorten } from "../../facts/record-shape.js";
import { normaliseText, trimText } from "../../plan/text.js";
import { ImportError } from "../import-error.js";
import { datePattern } from "./cells/date-format.js";
import { type Delimiter, delimiters } from "./delimiter.js";
import { isEncoding } from "./encoding/decoding.js";

const name = z.string().min(1, "is blank").max(256, "has more than 256 characters");
const names = z.array(name).min(1, "names no column").max(10, "names more than 10 columns");

/**
 * A column by its name in the header; or several columns, of which each row uses the first that is not blank; or several columns
 * joined by spaces.
 */
export const columnShape = z.union([name, names, z.strictObject({ join: names })], {
  error: "is neither a column's name nor a list of them nor {join: […]}",
});

export type ColumnReference = z.infer<typeof columnShape>;

/** `iso`, or a pattern of `cells/date-format.ts`; or several, tried in their order. */
const format = z
  .string()
  .max(64)
  .refine(
    (each) => each === "iso" || datePattern(each) !== undefined,
    "is neither `iso` nor a pattern with M and d, as `d/M/yyyy H:mm` or `yyyy-MM-dd HH:mm:ss`",
  );
export const dateFormatShape = z.union([format, z.array(format).min(1).max(10)]);

/** The part of a mapping about the file itself, in every kind of mapping. */
export const fileShape = {
  /** Columns that the file lacks are read as blank, except those without which no row can be read. */
  ignoreLackingColumns: z.boolean().optional(),
  /** Drops an apostrophe before `+ - = @` or a digit: spreadsheets mark text cells by it (`'00950`). */
  dropLeadingApostrophe: z.boolean().optional(),
  /** The decimal separator; by default a point, or, in a file that is not delimited by commas, a point or a comma. */
  decimalSeparator: z.enum([".", ","]).optional(),
  /** The separator of groups of three digits; none by default. */
  groupSeparator: z.enum([",", ".", " ", "'", "\u00a0", "\u202f"]).optional(),
  /** The separator of columns; by default detected by the file's first line. */
  delimiter: z.enum(delimiters).optional(),
  /** An encoding's label, as `windows-1252`; by default UTF-8, UTF-16, Windows-1250 or Windows-1252, detected by the file's bytes and words. */
  encoding: z
    .string()
    .max(32)
    .refine(isEncoding, "is no encoding; write one as utf-8 or windows-1252")
    .optional(),
};

/** The part of a mapping about the file itself. */
export interface FileFormat {
  readonly ignoreLackingColumns?: boolean;
  readonly dropLeadingApostrophe?: boolean;
  readonly decimalSeparator?: "." | ",";
  readonly groupSeparator?: string;
  readonly delimiter?: Delimiter;
  readonly encoding?: string;
}

/** Reads the trimmed cell of a column in a row; empty if it is blank, or if the file has no such column. */
export type CellReader = (fields: readonly string[]) => string;

/** Finds columns by a file's header. */
export interface Columns {
  /**
   * @param needed makes a missing column an error, even with `ignoreLackingColumns`.
   * @throws ImportError if the column is missing and may not be.
   */
  reader(reference: ColumnReference | undefined, needed?: boolean): CellReader;
  /** True if the file has the column, or one of several. */
  has(reference: ColumnReference | undefined): boolean;
  /** The indexes of the columns that have a reader. */
  used(): ReadonlySet<number>;
}

// An apostrophe that marks a cell as text for spreadsheets. Before a letter it is part of the text, as in 's-Hertogenbosch.
const apostrophe = /^'(?=[+\-=@\d])/;

// Where files were joined, the later one's mark is inside.
const byteOrderMark = /^\ufeff/;

/** @param label names the file in messages. */
export function columnsOf(format: FileFormat, header: readonly string[], label: string): Columns {
  const normalised = header.map(normaliseText);
  const used = new Set<number>();
  const place = (column: string): number => {
    const exact = header.indexOf(column);
    return exact === -1 ? normalised.indexOf(normaliseText(column)) : exact;
  };
  const cell = (fields: readonly string[], at: number): string => {
    const text = trimText((fields[at] ?? "").replace(byteOrderMark, ""));
    return format.dropLeadingApostrophe ? text.replace(apostrophe, "") : text;
  };
  return {
    has: (reference) =>
      reference !== undefined && columnNames(reference).some((column) => place(column) !== -1),
    used: () => used,
    reader(reference, needed = false) {
      if (reference === undefined) return () => "";
      const wanted = columnNames(reference);
      const joined = typeof reference !== "string" && !Array.isArray(reference);
      const places = wanted.map(place);
      const found = places.filter((at) => at !== -1);
      for (const at of found) used.add(at);
      const mayLack = format.ignoreLackingColumns === true && (found.length > 0 || !needed);
      if (found.length < places.length && !mayLack) {
        throw lacking(wanted[places.indexOf(-1)]!, header, label);
      }
      if (joined) {
        return (fields) =>
          trimText(
            found
              .map((at) => cell(fields, at))
              .filter((text) => text !== "")
              .join(" "),
          );
      }
      const [first, ...others] = found;
      if (first === undefined) return () => "";
      if (others.length === 0) return (fields) => cell(fields, first);
      return (fields) => {
        for (const at of found) {
          const text = cell(fields, at);
          if (text !== "") return text;
        }
        return "";
      };
    },
  };
}

/** Refuses a row with more cells than the header has. In a row with fewer cells, the missing ones are blank. */
export function refuseSurplus(fields: readonly string[], header: readonly string[]): void {
  const surplus = fields.findIndex((field, at) => at >= header.length && trimText(field) !== "");
  if (surplus === -1) return;
  throw new RecordError(
    `the row has ${fields.length} fields and the first line ${header.length}: "${shorten(fields[surplus]!)}" is under no column; ` +
      "is a quote missing?",
  );
}

/** Reads several cells into an object, without the blank ones. */
export function cellsOf(cells: Readonly<Record<string, CellReader>>) {
  const entries = Object.entries(cells);
  return (fields: readonly string[]): Readonly<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const [name, read] of entries) {
      const text = read(fields);
      if (text !== "") found[name] = text;
    }
    return found;
  };
}

/** A column as messages name it. */
export function columnLabel(reference: ColumnReference | undefined): string {
  return reference === undefined ? "" : columnNames(reference).join(" / ");
}

function columnNames(reference: ColumnReference): readonly string[] {
  if (typeof reference === "string") return [reference];
  return Array.isArray(reference) ? reference : reference.join;
}

function lacking(column: string, header: readonly string[], label: string): ImportError {
  return new ImportError(
    `${label} has no column "${column}". Its first line has: ${shortList(header)}. ` +
      "Correct the mapping's columns, or its delimiter; docs/import.md shows a mapping file (--map) for columns of other names.",
  );
}

function shortList(header: readonly string[]): string {
  const shown = header.slice(0, 30).map((column) => `"${shorten(column)}"`);
  return header.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
