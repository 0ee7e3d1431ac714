// Warnings about a file's columns: those with the same name, those that the mapping does not read, and empty ones.
import { shorten } from "../../facts/record-shape.js";
import { normaliseText, trimText } from "../../plan/text.js";
import type { ImportWarning } from "../summary.js";

export interface ColumnReport {
  /** Observes the cells of a row. */
  observe(fields: readonly string[]): void;
  /** @param used the places of the columns that the mapping reads. */
  warnings(used: ReadonlySet<number>): readonly ImportWarning[];
}

const maxNames = 30;

export function columnReport(header: readonly string[]): ColumnReport {
  const filled = new Set<number>();
  const nameOf = (at: number): string => header[at] || `column ${at + 1}, which has no name`;
  return {
    observe(fields) {
      if (filled.size === header.length) return;
      for (let at = 0; at < fields.length && at < header.length; at += 1) {
        if (!filled.has(at) && trimText(fields[at]!) !== "") filled.add(at);
      }
    },
    warnings(used) {
      const all = header.map((_, at) => at);
      const double = all.filter(
        (at) =>
          header[at] !== "" &&
          !used.has(at) &&
          all.some((other) => other < at && normaliseText(header[other]!) === normaliseText(header[at]!)),
      );
      const left = all.filter((at) => filled.has(at) && !used.has(at));
      const empty = all.filter((at) => !filled.has(at) && header[at] !== "");
      return [
        ...warning("DUPLICATE_COLUMNS", double, "Columns of one name, of which the first is read"),
        ...warning("UNMAPPED_COLUMNS", left, "Columns that the mapping leaves out"),
        ...warning("EMPTY_COLUMNS", empty, "Columns without any value"),
      ];
    },
  };

  function warning(
    code: ImportWarning["code"],
    places: readonly number[],
    what: string,
  ): readonly ImportWarning[] {
    if (places.length === 0) return [];
    const names = places.slice(0, maxNames).map((at) => shorten(nameOf(at)));
    const more = places.length > maxNames ? `, and ${places.length - maxNames} more` : "";
    return [{ code, message: `${what}: ${names.join(", ")}${more}.` }];
  }
}
