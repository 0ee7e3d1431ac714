// The columns of a CSV file: how a mapping names them, where they stand under a file's first line, and what a row has there.
import { z } from "zod";
import { shorten } from "../../facts/record-shape.js";
import { normaliseText, trimText } from "../../plan/text.js";
import { ImportError } from "../import-error.js";

const name = z.string().min(1, "is blank").max(256, "has more than 256 characters");
const names = z.array(name).min(1, "names no column").max(10, "names more than 10 columns");

/**
 * A column by its name in the file's first line; or several, of which the first that is not blank in a row is taken; or
 * several joined by spaces.
 */
export const columnShape = z.union([name, names, z.strictObject({ join: names })], {
  error: "is neither a column's name nor a list of them nor {join: […]}",
});

export type ColumnReference = z.infer<typeof columnShape>;

/** What every kind of mapping may say of the file. */
export const fileShape = {
  /** Columns that the file lacks are blank, but for those without which no row can be taken. */
  ignoreLackingColumns: z.boolean().optional(),
  /** A spreadsheet's mark that a cell is text, `'00950`, is no part of it. */
  dropLeadingApostrophe: z.boolean().optional(),
  /** Between whole and fraction; a point where it is left out. */
  decimalSeparator: z.enum([".", ","]).optional(),
  /** Between groups of three digits; none where it is left out. */
  groupSeparator: z.enum([",", ".", " ", "'", "\u00a0", "\u202f"]).optional(),
  /** Between the columns; a comma where it is left out. */
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  /** UTF-8 where it is left out. */
  encoding: z.enum(["utf-8", "utf-16le", "windows-1250", "windows-1252", "iso-8859-2"]).optional(),
};

/** What a mapping says of the file itself. */
export interface FileFormat {
  readonly ignoreLackingColumns?: boolean;
  readonly dropLeadingApostrophe?: boolean;
  readonly decimalSeparator?: "." | ",";
  readonly groupSeparator?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
}

/** Reads a column of a row: trimmed, and empty where it is blank or the file has no such column. */
export type CellReader = (fields: readonly string[]) => string;

/** Finds columns under a file's first line. */
export interface Columns {
  /**
   * @param needed makes a lacking column an error, whatever the mapping says of lacking ones.
   * @throws ImportError where the column is lacking and may not be.
   */
  reader(reference: ColumnReference | undefined, needed?: boolean): CellReader;
  /** True where the file has the column, or one of those. */
  has(reference: ColumnReference | undefined): boolean;
}

/** @param label names the file in messages. */
export function columnsOf(format: FileFormat, header: readonly string[], label: string): Columns {
  const normalised = header.map(normaliseText);
  const place = (column: string): number => {
    const exact = header.indexOf(column);
    return exact === -1 ? normalised.indexOf(normaliseText(column)) : exact;
  };
  const cell = (fields: readonly string[], at: number): string => {
    const text = trimText(fields[at] ?? "");
    return format.dropLeadingApostrophe && text.startsWith("'") ? trimText(text.slice(1)) : text;
  };
  return {
    has: (reference) =>
      reference !== undefined && columnNames(reference).some((column) => place(column) !== -1),
    reader(reference, needed = false) {
      if (reference === undefined) return () => "";
      const wanted = columnNames(reference);
      const joined = typeof reference !== "string" && !Array.isArray(reference);
      const places = wanted.map(place);
      const found = places.filter((at) => at !== -1);
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

/** Reads several cells into an object without those that are blank. */
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
export function columnLabel(reference: ColumnReference): string {
  return columnNames(reference).join(" / ");
}

function columnNames(reference: ColumnReference): readonly string[] {
  if (typeof reference === "string") return [reference];
  return Array.isArray(reference) ? reference : reference.join;
}

function lacking(column: string, header: readonly string[], label: string): ImportError {
  return new ImportError(
    `${label} has no column "${column}". Its first line has: ${shortList(header)}. ` +
      "Correct the mapping's columns, or its delimiter.",
  );
}

function shortList(header: readonly string[]): string {
  const shown = header.slice(0, 30).map((column) => `"${shorten(column)}"`);
  return header.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
