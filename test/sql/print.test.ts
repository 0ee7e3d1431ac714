// Statements as text: laid out to be read, and of the same meaning as with their values bound.
import fc from "fast-check";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { sql } from "../../src/operators/encodings/sql.js";
import { printSql } from "../../src/sql/print.js";
import { draws } from "../draws.js";

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

  it("means what it means with its values bound", () => {
    const database = new Database(":memory:");
    const text = fc
      .string({
        unit: fc.oneof(fc.constantFrom("'", "?", "(", " AND ", "\n", '"'), fc.string({ unit: "grapheme" })),
      })
      .map((value) => value.replaceAll("\0", ""));
    const value = fc.oneof(
      text,
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
    );
    fc.assert(
      fc.property(value, value, (one, other) => {
        const statement = sql`SELECT typeof(${one}) AS a, typeof(${other}) AS b, ${one} AS c, ${other} AS d`;
        const bound = database.prepare(statement.text).get(statement.parameters);
        const { a, c, b, d } = database.prepare(printSql(statement)).get() as Record<string, unknown>;
        const whole = (type: unknown) => (type === "integer" ? "real" : type);
        const expected = bound as Record<string, unknown>;
        expect([whole(a), whole(b), c, d]).toEqual([
          whole(expected.a),
          whole(expected.b),
          expected.c,
          expected.d,
        ]);
      }),
      { numRuns: draws(10) },
    );
    database.close();
  });
});
