// SQL as data: a text, and the values bound to its question marks. The text never contains a value.

/** A bound value. Truth values are bound as 1 and 0, instants as milliseconds since the epoch. */
export type SqlValue = string | number | null;

/** A piece of SQL. `parameters` are bound to its question marks, in their order. */
export interface Sql {
  readonly text: string;
  readonly parameters: readonly SqlValue[];
}

/** A piece of SQL from a template: values in it are bound, pieces of SQL are inserted. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  let text = strings[0] ?? "";
  const parameters: SqlValue[] = [];
  for (const [index, part] of parts.entries()) {
    if (typeof part === "object" && part !== null) {
      text += part.text;
      for (const parameter of part.parameters) parameters.push(parameter);
    } else {
      text += "?";
      parameters.push(part);
    }
    text += strings[index + 1] ?? "";
  }
  return { text, parameters };
}

const plainName = /^[a-z][a-z0-9_]*$/;

/** The name of one of the product's tables, columns or aliases. @throws RangeError for any other text. */
export function named(name: string): Sql {
  if (!plainName.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a table or column.`);
  return { text: name, parameters: [] };
}

/** A whole number that never comes from a user, written into the text so that the planner sees it. */
export function constant(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number.`);
  return { text: String(value), parameters: [] };
}

/** The pieces with a separator between them. */
export function joined(pieces: readonly Sql[], separator: " AND " | " OR " | ", " | " UNION ALL "): Sql {
  return {
    text: pieces.map(({ text }) => text).join(separator),
    parameters: pieces.flatMap(({ parameters }) => parameters),
  };
}

export const alwaysTrue: Sql = { text: "1", parameters: [] };
export const neverTrue: Sql = { text: "0", parameters: [] };
export const unknownValue: Sql = { text: "NULL", parameters: [] };

/** All of the conditions. */
export function allOfSql(conditions: readonly Sql[]): Sql {
  const needed = conditions.filter((condition) => condition.text !== "1");
  if (needed.length <= 1) return needed[0] ?? alwaysTrue;
  return sql`(${joined(needed, " AND ")})`;
}

/** Any of the conditions. */
export function anyOfSql(conditions: readonly Sql[]): Sql {
  const possible = conditions.filter((condition) => condition.text !== "0");
  if (possible.length <= 1) return possible[0] ?? neverTrue;
  return sql`(${joined(possible, " OR ")})`;
}

/** The exact complement of a condition: true if it is false or unknown. */
export function complementSql(condition: Sql): Sql {
  if (condition.text === "1") return neverTrue;
  if (condition.text === "0") return alwaysTrue;
  return sql`(${condition}) IS NOT TRUE`;
}

// Longer lists are bound as one JSON array: SQLite binds 32,766 values in all.
const maxBoundValues = 1_000;

/** A list of values for `IN`. */
export function listOf(values: readonly SqlValue[]): Sql {
  if (values.length > maxBoundValues && values.every((value) => typeof value === "string"))
    return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
  return sql`(${joined(
    values.map((value) => sql`${value}`),
    ", ",
  )})`;
}
