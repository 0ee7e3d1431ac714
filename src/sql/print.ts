// A statement as text to be read, or run in SQLite's own shell: its values written in, and its clauses on lines of their own.
import type { Sql, SqlValue } from "../operators/encodings/sql.js";

/** What the layout depends on. The text of a statement holds no value that could look like any of it. */
const structure =
  /\((?=SELECT\b)|[()]|'(?:[^']|'')*'|BETWEEN\b|\s+(?=(?:FROM|WHERE|JOIN|AND|OR|GROUP BY|ORDER BY|UNION ALL)\b)|\?/g;

/**
 * The statement as text, with each value in the place of its question mark.
 * @throws RangeError if the number of values is not the number of question marks.
 */
export function printSql({ text, parameters }: Sql): string {
  let depth = 0;
  let used = 0;
  /** The depths at which the `AND` of a `BETWEEN` is still to come. */
  const between = new Set<number>();
  const line = (): string => `\n${"  ".repeat(depth)}`;
  const printed = text.replace(structure, (piece, position: number) => {
    if (piece === "?") {
      used += 1;
      return literal(parameters[used - 1] ?? null);
    }
    if (piece === "(") {
      depth += 1;
      return text.startsWith("SELECT", position + 1) ? `(${line()}` : "(";
    }
    if (piece === ")") {
      depth -= 1;
      return ")";
    }
    if (piece === "BETWEEN") {
      between.add(depth);
      return piece;
    }
    return piece.trim() !== "" || between.delete(depth) ? piece : line();
  });
  if (used !== parameters.length)
    throw new RangeError(`The statement has ${used} places for its ${parameters.length} values.`);
  return printed;
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return Object.is(value, -0) ? "-0.0" : String(value);
}
