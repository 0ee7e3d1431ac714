// SQL as data: a text, and the values bound to its question marks. The text never contains a value.

/** A bound value. Truth values are bound as 1 and 0, instants as milliseconds since the epoch. */
export type SqlValue = string | number | null;

/** A piece of SQL. `parameters` are bound to its question marks, in their order. */
export interface Sql {
  readonly text: string;
  readonly parameters: readonly SqlValue[];
  /** The text without the brackets around it, if it is of conditions joined by AND. */
  readonly conjunction?: string;
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
  return operation(needed, " AND ");
}

/** Any of the conditions. */
export function anyOfSql(conditions: readonly Sql[]): Sql {
  const possible = conditions.filter((condition) => condition.text !== "0");
  if (possible.length <= 1) return possible[0] ?? neverTrue;
  return operation(possible, " OR ");
}

/** SQLite reads `a AND b AND …` as a tree of one level for each operand, and accepts 1,000 levels in all. */
const maxOperands = 100;
/** The weight from which the heaviest operand is written first. */
const heavy = 30;

/**
 * The conditions joined in brackets. SQLite's parser has a stack of a hundred symbols. Behind the first operand a bracket takes
 * three of them, in its place one: heavy conditions are written from the heaviest on, and without brackets that need not be.
 */
function operation(conditions: readonly Sql[], separator: " AND " | " OR "): Sql {
  if (conditions.length > maxOperands) {
    const parts: Sql[] = [];
    for (let from = 0; from < conditions.length; from += maxOperands)
      parts.push(operation(conditions.slice(from, from + maxOperands), separator));
    return operation(parts, separator);
  }
  const weights = new Map(conditions.map((condition) => [condition, weightOf(condition)]));
  const written =
    Math.max(...weights.values()) < heavy ? conditions : lightened(conditions, weights, separator);
  const inner = joined(written, separator);
  const whole = sql`(${inner})`;
  return separator === " AND " ? { ...whole, conjunction: inner.text } : whole;
}

function lightened(
  conditions: readonly Sql[],
  weights: ReadonlyMap<Sql, number>,
  separator: " AND " | " OR ",
): readonly Sql[] {
  const ordered = conditions.toSorted((one, other) => weights.get(other)! - weights.get(one)!);
  if (separator === " AND ") return ordered;
  return ordered.map(({ text, parameters, conjunction = text }) => ({ text: conjunction, parameters }));
}

/** About how many symbols a bracket adds to the parser's stack: of a query, of an expression, and of one directly in another. */
const weights = { query: 9, expression: 3, first: 1 } as const;

/** About the most symbols that a condition takes on the parser's stack. */
function weightOf({ text }: Sql): number {
  const opened: number[] = [];
  let weight = 0;
  let most = 0;
  for (const { 0: bracket, 1: query, index } of text.matchAll(/\((SELECT|WITH)?|\)/g)) {
    if (bracket === ")") {
      weight -= opened.pop() ?? 0;
      continue;
    }
    const isFirst = index === 0 || text[index - 1] === "(";
    const added = query !== undefined ? weights.query : isFirst ? weights.first : weights.expression;
    opened.push(added);
    weight += added;
    most = Math.max(most, weight);
  }
  return most;
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

/** One step of a calculation on the value that the preceding step has named `x`. */
export type SqlStep = (x: Sql) => Sql;

/**
 * A value taken through steps, each computed once: SQLite doesn't flatten a subquery that has an OFFSET. The steps are not
 * nested, since its parser has a stack of a hundred.
 */
export function chained(value: Sql, steps: readonly SqlStep[]): Sql {
  const place = (index: number): Sql => ({ text: `v${index}`, parameters: [] });
  const queries = [
    sql`v0(x) AS (SELECT ${value} LIMIT 1 OFFSET 0)`,
    ...steps
      .slice(0, -1)
      .map(
        (step, index) =>
          sql`${place(index + 1)}(x) AS (SELECT ${step(sql`${place(index)}.x`)} FROM ${place(index)} LIMIT 1 OFFSET 0)`,
      ),
  ];
  const last = place(steps.length - 1);
  return sql`(WITH ${joined(queries, ", ")} SELECT ${steps.at(-1)!(sql`${last}.x`)} FROM ${last})`;
}
