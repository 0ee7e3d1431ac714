// Every test as SQLite's SQL. A kind without an encoding is a type error. A condition may be NULL if the value is unknown, which
// counts as false; `complementSql` makes its exact complement.
import type { Scalar, Test, ValueSpan } from "../../plan/plan.js";
import { sameScalar } from "../../plan/scalars.js";
import { reverseText } from "../../plan/text.js";
import {
  allOfSql,
  alwaysTrue,
  anyOfSql,
  complementSql,
  constant,
  listOf,
  neverTrue,
  type Sql,
  type SqlValue,
  sql,
} from "./sql.js";

/** The expressions that hold the value that a test is about. */
export interface SqlPlace {
  /** The value, NULL if it is unknown; for a set, the number of its elements. */
  readonly value: Sql;
  /** The reversed text, if that is stored. */
  readonly reversed?: Sql;
  /** `MM-DD` of a date. */
  readonly yearly?: Sql;
  /** For a set: true if one of its elements passes. */
  readonly some?: (passes: (element: Sql) => Sql) => Sql;
}

type Encode<Kind extends Test["kind"]> = (place: SqlPlace, test: Extract<Test, { kind: Kind }>) => Sql;

/** A scalar as it is bound. */
export function boundValue(value: Scalar): SqlValue {
  if (typeof value === "object") return value.instant;
  return typeof value === "boolean" ? Number(value) : value;
}

const encodings: { readonly [Kind in Test["kind"]]: Encode<Kind> } = {
  known: ({ value }) => sql`${value} IS NOT NULL`,

  oneOf: ({ value }, { values }) => {
    const bound = values.map(boundValue);
    const [only] = bound;
    if (only === undefined) return neverTrue;
    return bound.length === 1 ? sql`${value} = ${only}` : sql`${value} IN ${listOf(bound)}`;
  },

  range: ({ value }, { from, to }) => {
    const low = from && boundValue(from.value);
    const high = to && boundValue(to.value);
    if (low === undefined && high === undefined) return sql`${value} IS NOT NULL`;
    // The value may be a subquery, which is run once this way.
    if (low !== undefined && high !== undefined && from?.inclusive === true && to?.inclusive === true)
      return sql`${value} BETWEEN ${low} AND ${high}`;
    return allOfSql([
      ...(low === undefined
        ? []
        : [from?.inclusive === true ? sql`${value} >= ${low}` : sql`${value} > ${low}`]),
      ...(high === undefined
        ? []
        : [to?.inclusive === true ? sql`${value} <= ${high}` : sql`${value} < ${high}`]),
    ]);
  },

  startsWith: ({ value }, { text }) => hasPrefix(value, text),

  endsWith: ({ value, reversed }, { text }) => {
    if (reversed !== undefined) return hasPrefix(reversed, reverseText(text));
    // By bytes, since `substr` of a text ends at its first null character. A byte that begins a character begins no other.
    const length = constant(-Buffer.byteLength(text));
    return sql`substr(CAST(${value} AS BLOB), ${length}) = CAST(${text} AS BLOB)`;
  },

  contains: ({ value }, { text }) => sql`instr(${value}, ${text}) > 0`,

  hasAny: (place, { values }) => {
    if (values.length === 0) return neverTrue;
    return someOf(place)((element) => isWithinAny(element, values));
  },

  hasAll: (place, { values }) =>
    allOfSql(values.map((value) => someOf(place)((element) => isWithinAny(element, [value])))),

  hasAtLeast: ({ value }, { size }) => (size <= 0 ? alwaysTrue : sql`${value} >= ${size}`),

  hasAtMost: ({ value }, { size }) => (size < 0 ? neverTrue : complementSql(sql`${value} >= ${size + 1}`)),

  yearly: ({ yearly }, { days }) => {
    if (yearly === undefined) throw new RangeError("A field without a day of the year was asked for one.");
    return days.length === 0 ? neverTrue : sql`${yearly} IN ${listOf(days)}`;
  },

  bought: () => {
    throw new RangeError("A test of products was compiled before it was bound to the project's products.");
  },
};

/**
 * The condition of a test. Tests of products must be resolved before.
 * @throws RangeError for a test that the place doesn't support.
 */
export function testSql(place: SqlPlace, test: Test): Sql {
  return (encodings[test.kind] as Encode<Test["kind"]>)(place, test);
}

function someOf({ some }: SqlPlace): NonNullable<SqlPlace["some"]> {
  if (some === undefined) throw new RangeError("A field that is no set was asked for its elements.");
  return some;
}

function isWithinAny(element: Sql, spans: readonly ValueSpan[]): Sql {
  const points = spans.filter(({ from, to }) => sameScalar(from, to)).map(({ from }) => boundValue(from));
  const wide = spans.filter(({ from, to }) => !sameScalar(from, to));
  const [only] = points;
  return anyOfSql([
    ...(only === undefined
      ? []
      : [points.length === 1 ? sql`${element} = ${only}` : sql`${element} IN ${listOf(points)}`]),
    ...wide.map(
      ({ from, to }) => sql`(${element} >= ${boundValue(from)} AND ${element} <= ${boundValue(to)})`,
    ),
  ]);
}

/** Texts compare by their bytes in UTF-8, which is the order of code points: those with a common prefix are adjacent. */
function hasPrefix(value: Sql, prefix: string): Sql {
  const after = firstBehind(prefix);
  return after === undefined
    ? sql`${value} >= ${prefix}`
    : sql`(${value} >= ${prefix} AND ${value} < ${after})`;
}

const lastCodePoint = 0x10ffff;

/** The least text that follows all texts with a prefix; undefined if there is none. */
function firstBehind(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  for (let point = points.pop(); point !== undefined; point = points.pop()) {
    if (point === lastCodePoint) continue;
    // Surrogates are not characters.
    const next = point === 0xd7ff ? 0xe000 : point + 1;
    return String.fromCodePoint(...points, next);
  }
  return undefined;
}
