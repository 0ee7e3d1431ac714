// A `where` takes in all that follows, so what it must not take in is separated by a parenthesis.
import { expect, it } from "vitest";
import { printQuery } from "./printing.js";
import type { Clause, Query } from "./tree.js";

const condition = (written: string, alone = false): Query => ({
  kind: "condition",
  subject: { attribute: written },
  comparison: { kind: "known" },
  negated: false,
  written,
  alone,
});
const [a, b, mobile] = [condition("a is 1"), condition("b is 2"), condition("mobile", true)];
const and = (...operands: Query[]): Query => ({ kind: "and", operands, word: "and" });
const or = (...operands: Query[]): Query => ({ kind: "or", operands, word: "or" });
const not = (operand: Query): Query => ({ kind: "not", operand, word: "not" });
const where = (query: Query): Clause => ({ kind: "where", query, written: "where" });
const once: Clause = { kind: "count", how: "at least", times: 1, written: "once" };
const performed = (...clauses: Clause[]): Query => ({
  kind: "event",
  event: "login",
  negated: false,
  head: "performed login",
  clauses,
});
const count = (...clauses: Clause[]): Query => ({
  kind: "measure",
  aggregate: "count",
  event: "login",
  head: "count of login",
  clauses,
  comparison: { kind: "number", how: "is", decimals: ["3"] },
  negated: false,
  words: "is 3",
});

it.each([
  [performed(where(or(a, b))), "performed login where a is 1 or b is 2"],
  [and(b, performed(where(or(a, b)))), "b is 2 and performed login where a is 1 or b is 2"],
  [or(performed(where(a)), b), "(performed login where a is 1) or b is 2"],
  [or(and(b, performed(where(a))), b), "(b is 2 and performed login where a is 1) or b is 2"],
  [and(or(b, performed(where(a))), b), "(b is 2 or performed login where a is 1) and b is 2"],
  [and(not(performed(where(a))), b), "(not performed login where a is 1) and b is 2"],
  [and(performed(where(a), once), b), "performed login where a is 1 once and b is 2"],
  [and(performed(where(or(a, b)), once), b), "performed login where a is 1 or b is 2 once and b is 2"],
  [
    { kind: "group", of: "any", word: "any of", operands: [performed(where(a)), b] } satisfies Query,
    "any of (performed login where a is 1, b is 2)",
  ],
  // A true/false property alone can't precede a clause or a comparison.
  [performed(where(mobile)), "performed login where mobile"],
  [performed(where(mobile), once), "performed login where (mobile) once"],
  [performed(where(and(a, not(mobile))), once), "performed login where (a is 1 and not mobile) once"],
  [count(where(mobile)), "count of login where (mobile) is 3"],
  [count(where(or(a, b))), "count of login where a is 1 or b is 2 is 3"],
  [and(count(where(a)), b), "count of login where a is 1 is 3 and b is 2"],
])("%j", (query, text) => {
  expect(printQuery(query)).toBe(text);
});
