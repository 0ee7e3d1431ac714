// Statements as text: laid out to be read, and of the same meaning as with their values bound.
import fc from "fast-check";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { type SqlValue, sql } from "../../src/operators/encodings/sql.js";
import { printSql } from "../../src/sql/print.js";
import { draws } from "../draws.js";

/** True if SQLite read this value from its text. It reads the numeral of a fraction to within the last bit. */
function isRead(found: unknown, value: SqlValue): boolean {
  if (typeof found !== "number" || typeof value !== "number" || Number.isSafeInteger(value))
    return Object.is(found, value);
  return Math.abs(found - value) <= Math.abs(value) * Number.EPSILON;
}

describe("a statement that is printed", () => {
  it("has its values in the places of the question marks, and its clauses on lines", () => {
    const spent = sql`c.spent BETWEEN ${1} AND ${500}`;
    const cities = sql`c.city IN (SELECT value FROM cities WHERE value <> '? AND ?' AND value <> ${"O'Hare AND ?"})`;
    expect(
      printSql(sql`SELECT count(*) FROM customers AS c WHERE (c.project = 7 AND ${spent} AND ${cities})`),
    ).toBe(`SELECT count(*)
FROM customers AS c
WHERE (c.project = 7
  AND c.spent BETWEEN 1 AND 500
  AND c.city IN (
    SELECT value
    FROM cities
    WHERE value <> '? AND ?'
    AND value <> 'O''Hare AND ?'))`);
  });

  it("is refused if it has no place for a value", () => {
    expect(() => printSql({ text: "SELECT ?", parameters: [1, 2] })).toThrow(
      "The statement has 1 places for its 2 values.",
    );
  });

  it("has a zero with its sign", () => {
    expect(printSql(sql`SELECT ${-0}, ${0}`)).toBe("SELECT -0.0, 0");
  });

  it("means what it means with its values bound", () => {
    const database = new Database(":memory:");
    const text = fc
      .string({
        unit: fc.oneof(fc.constantFrom("'", "?", "(", " AND ", "\n", '"'), fc.string({ unit: "grapheme" })),
      })
      .map((value) => value.replaceAll("\0", ""));
    const fraction = fc
      .double({ noNaN: true, min: -1e15, max: 1e15 })
      .filter((number) => Math.abs(number) > 1e-15);
    const value = fc.oneof(text, fc.constant(null), fraction, fc.constant(-0), fc.integer());
    fc.assert(
      fc.property(value, value, (one, other) => {
        const statement = sql`SELECT typeof(${one}) AS a, typeof(${other}) AS b, ${one} AS c, ${other} AS d`;
        const bound = database.prepare(statement.text).get(statement.parameters);
        const { a, c, b, d } = database.prepare(printSql(statement)).get() as Record<string, unknown>;
        const whole = (type: unknown) => (type === "integer" ? "real" : type);
        const expected = bound as Record<string, unknown>;
        expect([whole(a), whole(b)]).toEqual([whole(expected.a), whole(expected.b)]);
        expect([c, d].map((found, index) => isRead(found, index === 0 ? one : other))).toEqual([true, true]);
      }),
      { numRuns: draws(10) },
    );
    database.close();
  });
});
