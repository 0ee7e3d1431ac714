// What simplification makes of conditions on one field: the same answer for every value that a customer can have, tried out over
// a small world of values, and constants if no customer, or every customer, matches.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Field, PlanNode, Scalar, Test } from "../../src/plan/plan.js";
import { simplifyNode } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { check } from "../check/world.js";
import { draws } from "../draws.js";

type Customer = Parameters<ReturnType<typeof compilePredicate>>[0];

interface Domain {
  readonly field: Field;
  readonly test: fc.Arbitrary<Test>;
  /** Every value that is tried; undefined is none. */
  readonly values: readonly unknown[];
}

const letters = ["a", "b"];
const pairs = letters.flatMap((one) => letters.map((other) => one + other));
const texts = [...letters, ...pairs, ...pairs.flatMap((pair) => letters.map((letter) => pair + letter))];
const numbers = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4];
const days = ["01-01", "01-02", "02-29"];
const subsets = [[], ["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]];

const field = (path: string, more: Partial<Field> = {}): Field => ({
  attribute: path,
  scope: "profile",
  path: `facts.${path}`,
  ...more,
});
const oneOf = (values: readonly Scalar[]): fc.Arbitrary<Test> =>
  fc.subarray([...values], { minLength: 1 }).map((some) => ({ kind: "oneOf", values: some }));
const known = fc.constant<Test>({ kind: "known" });
const bound = fc.option(fc.record({ value: fc.constantFrom(0, 1, 1.5, 2, 3), inclusive: fc.boolean() }), {
  nil: undefined,
});
const range: fc.Arbitrary<Test> = fc
  .tuple(bound, bound)
  .filter(([from, to]) => from !== undefined || to !== undefined)
  .map(([from, to]) => ({ kind: "range", ...(from && { from }), ...(to && { to }) }));
const point = (value: string) => ({ from: value, to: value });
const spans = fc.subarray(["a", "b", "c"], { minLength: 1 }).map((some) => some.map(point));

const domains: Readonly<Record<string, Domain>> = {
  text: {
    field: field("city"),
    test: fc.oneof(
      oneOf(texts),
      known,
      fc
        .constantFrom("startsWith", "endsWith", "contains")
        .chain((kind) => fc.constantFrom(...texts).map((text): Test => ({ kind, text }) as Test)),
    ),
    values: [undefined, ...texts],
  },
  number: {
    field: field("age"),
    test: fc.oneof(oneOf(numbers), known, range),
    values: [undefined, ...numbers],
  },
  "a figure that is 0 without": {
    field: field("spent", { zeroWithout: true }),
    test: fc.oneof(oneOf(numbers), known, range),
    values: numbers,
  },
  "true or false": {
    field: field("vip"),
    test: fc.oneof(oneOf([true, false]), known),
    values: [undefined, true, false],
  },
  date: {
    field: field("birthdate", { yearlyPath: "yearly.birthdate" }),
    test: fc.oneof(
      known,
      oneOf(days.map((day) => `2000-${day}`)),
      fc.subarray(days, { minLength: 1 }).map((some): Test => ({ kind: "yearly", days: some })),
    ),
    values: [undefined, ...days.map((day) => `2000-${day}`)],
  },
  set: {
    field: field("tags", { set: true }),
    test: fc.oneof(
      spans.map((values): Test => ({ kind: "hasAny", values })),
      spans.map((values): Test => ({ kind: "hasAll", values })),
      fc.nat(4).map((size): Test => ({ kind: "hasAtLeast", size })),
      fc.nat(4).map((size): Test => ({ kind: "hasAtMost", size })),
    ),
    values: [undefined, ...subsets],
  },
};

function nodeOf({ field: of, test: drawn }: Domain): fc.Arbitrary<PlanNode> {
  const predicate = drawn.map((each): PlanNode => ({ kind: "predicate", field: of, test: each }));
  return fc.letrec<{ node: PlanNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: predicate },
      { weight: 3, arbitrary: predicate.map((operand): PlanNode => ({ kind: "not", operand })) },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom("and", "or"), fc.array(tie("node"), { minLength: 2, maxLength: 4 }))
          .map(([kind, operands]): PlanNode => ({ kind, operands }) as PlanNode),
      },
      { weight: 1, arbitrary: tie("node").map((operand): PlanNode => ({ kind: "not", operand })) },
    ),
  })).node;
}

/** What predicates read of a customer who has one value. */
function customer({ field: of }: Domain, value: unknown): Customer {
  const name = of.path.replace("facts.", "");
  const facts = value === undefined ? {} : { [name]: value };
  const yearly = typeof value === "string" ? { [name]: value.slice(5) } : {};
  return { facts, yearly } as unknown as Customer;
}

describe.each(Object.entries(domains))("of %s", (_, domain) => {
  it("the answer is the same for every value", () => {
    fc.assert(
      fc.property(nodeOf(domain), (node) => {
        const [before, after] = [compilePredicate(node), compilePredicate(simplifyNode(node))];
        for (const value of domain.values) {
          const one = customer(domain, value);
          expect(after(one), JSON.stringify(value)).toBe(before(one));
        }
      }),
      { numRuns: draws(45) },
    );
  });
});

describe("conditions that are always true or never true are found", () => {
  const everyone = [
    "age > 5 or age <= 5 or age is unknown",
    "age is known or age is not 3",
    "age is not 3 or age is not 4",
    "total spent < 5 or total spent >= 5",
    "vip is true or vip is false or vip is unknown",
    "email does not start with a or email does not start with b",
    "not email contains abc or email contains b",
    "tags is empty or tags has at least 1",
    "not tags contains x or tags is not empty",
    "tags does not contain all of (x, y) or tags contains x",
    "consents has at least 2 or consents does not have at least 3",
    "performed login at most 3 times or performed login at least 4 times",
  ];
  const matchingNone = [
    "age > 10 and not age > 5",
    "age is between 1 and 5 and age is not between 0 and 6",
    "age is not unknown and age is not less than 5 and age is not at least 5",
    "age is at least 5 and age is at most 5 and age is not 5",
    "age is any of (1, 2) and age is not 1 and age is not 2",
    "age is any of (1, 2) and age is unknown",
    "vip is known and vip is not true and vip is not false",
    "email starts with a and city is Paris and email starts with b",
    "email starts with ab and email does not start with a",
    "email ends with .uk and email ends with .com",
    "email contains abc and email does not contain bc",
    "email is any of (ann, bob) and email ends with x",
    "tags is empty and tags contains x",
    "tags has at least 3 and tags does not have at least 2",
    "tags contains all of (x, y) and tags does not contain any of (y, z)",
    "birthday month is May and birthday month is June",
    "created is before 2026-01-01 and created is after 2026-06-01",
    "performed login more than 3 times and performed login less than 4 times",
  ];
  const neither = [
    "age > 5 or age <= 5",
    "age is not less than 5 and age is not at least 5",
    "age > 5 and age < 5.000001",
    "total spent is more than 0 or total spent is less than 0",
    "email starts with a and email starts with ab",
    "email starts with a and email ends with b",
    "email starts with a and email does not start with ab",
    "tags contains x and tags does not contain all of (x, y)",
    "tags is not empty and tags does not contain x",
    "order is empty and order contains x",
    "vip is not true and vip is not false",
    "performed login more than 3 times and performed login less than 5 times",
    "loyalty points in campaign Club > 5 and loyalty points in campaign Partners < 5",
  ];
  const events = { eventSchemas: { login: {} } };
  const codes = (text: string) => check(text, events).diagnostics.map(({ code }) => code);

  it.each(everyone)("everyone: %s", (text) => {
    expect(codes(text)).toEqual(["ALWAYS_TRUE"]);
  });
  it.each(matchingNone)("no one: %s", (text) => {
    expect(codes(text)).toEqual(["NEVER_TRUE"]);
  });
  it.each(neither)("neither: %s", (text) => {
    expect(codes(text)).toEqual([]);
  });
});
