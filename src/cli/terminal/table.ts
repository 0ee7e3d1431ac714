// Tables for people: columns as wide as they need to be.
import { cutToWidth, displayWidth, padToWidth, printable } from "./terminal-text.js";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** No cell is shown wider. */
  readonly widest: number;
}

/** The lines of a table, its titles first. Cells come from outside, so nothing in them reaches the terminal as a command. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const cells = rows.map((row) =>
    columns.map((column, index) => cutToWidth(printable(row[index] ?? ""), column.widest)),
  );
  const lines = [columns.map((column) => column.title), ...cells];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => displayWidth(line[index] ?? ""))));
  return lines.map((line) =>
    line
      .map((cell, index) => padToWidth(cell, widths[index]!, columns[index]!.align))
      .join("  ")
      .trimEnd(),
  );
}
