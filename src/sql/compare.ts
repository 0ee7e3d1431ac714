// Two values compared in SQL. A comparison may be NULL if either is unknown, which counts as false.
import { trimmedSql } from "../operators/encodings/given.js";
import { neverTrue, type Sql, sql } from "../operators/encodings/sql.js";
import { countryCodes } from "../plan/country-codes.js";
import type { Relation, Side } from "../plan/plan.js";
import { dayOfSql, shiftDaySql, shiftSql } from "./zones.js";

/** A side of a comparison: one value or, for a set, its elements. */
export interface SideSql {
  readonly value: Sql;
  /** True if an element passes. */
  readonly some?: (passes: (element: Sql) => Sql) => Sql;
}

/** A side with its values converted for the comparison. */
export function convertedSide({ field, as, shift }: Side, { value, some }: SideSql): SideSql {
  const convert = (stored: Sql): Sql => {
    const converted = convertAs(stored, as);
    if (shift === undefined) return converted;
    // A day is a text, not an instant.
    const isDay = as?.kind === "day" || field.yearlyPath !== undefined;
    return isDay ? shiftDaySql(converted, shift) : shiftSql(converted, shift);
  };
  return {
    value: convert(value),
    ...(some === undefined ? {} : { some: (passes) => some((element) => passes(convert(element))) }),
  };
}

let codes: string | undefined;

/** The countries' codes by their names, as JSON; made on first use. */
function countryJson(): string {
  codes ??= JSON.stringify(Object.fromEntries(countryCodes()));
  return codes;
}

function convertAs(value: Sql, as: Side["as"]): Sql {
  switch (as?.kind) {
    case undefined:
    case "imported":
      return value;
    case "exact":
      return trimmedSql(value);
    case "day":
      return dayOfSql(value, as.zone);
    case "major":
      return sql`(${value} * 1.0 / ${as.scale})`;
    case "source":
      return sql`replace(replace(replace(${value}, ${" "}, ${""}), ${"_"}, ${""}), ${"-"}, ${""})`;
    case "country":
      return sql`(SELECT coalesce((SELECT known.value FROM json_each(${countryJson()}) AS known WHERE known.key = v.x), v.x) FROM (SELECT ${value} AS x LIMIT 1 OFFSET 0) AS v)`;
  }
}

/** The condition that the relation holds between the sides. */
export function relationSql(relation: Relation, one: SideSql, other: SideSql): Sql {
  const [left, right] = [one.value, other.value];
  switch (relation) {
    case "same":
      return sql`${left} = ${right}`;
    case "less":
      return sql`${left} < ${right}`;
    case "atMost":
      return sql`${left} <= ${right}`;
    case "startsWith":
      return sql`instr(${left}, ${right}) = 1`;
    case "contains":
      return sql`instr(${left}, ${right}) > 0`;
    case "endsWith": {
      // By bytes, since the length of a text ends at its first null character.
      const end = sql`CAST(${right} AS BLOB)`;
      return sql`substr(CAST(${left} AS BLOB), -length(${end})) = ${end}`;
    }
    case "has":
      return one.some?.((element) => sql`${element} = ${right}`) ?? neverTrue;
    case "shares":
      return (
        one.some?.((element) => other.some?.((another) => sql`${element} = ${another}`) ?? neverTrue) ??
        neverTrue
      );
  }
}
