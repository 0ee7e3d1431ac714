// Text tables, with columns as wide as necessary.
import { cutToWidth, displayWidth, padToWidth, printable } from "./terminal-text.js";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** The greatest width of a cell; wider ones are cut. */
  readonly widest: number;
}

/** The lines of a table, including its header. Control characters in cells, which are untrusted, are replaced. */
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
