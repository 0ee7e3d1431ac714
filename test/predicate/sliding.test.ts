// A closure whose bounds slide with the clock is evaluated as of a later instant: only sliding bounds have moved.
import { describe, expect, it } from "vitest";
import type { Field, Instant, PlanNode, Test } from "../../src/plan/plan.js";
import { compilePredicate } from "../../src/predicate/compile.js";

const slides = (instant: number): Instant => ({ instant, slides: true });
const fixed = (instant: number): Instant => ({ instant });

const at: Field = { attribute: "at", scope: "profile", path: "at" };
const listed: Field = { attribute: "listed", scope: "profile", path: "listed", set: true };

const asked = (field: Field, test: Test): PlanNode => ({ kind: "predicate", field, test });

const figure = (from: Instant, to: Instant): PlanNode =>
  asked(
    {
      attribute: "number of login",
      scope: "figure",
      path: "value",
      figure: {
        records: "events",
        type: "login",
        from: { value: from, inclusive: true },
        to: { value: to, inclusive: false },
        where: asked(
          { attribute: "seen", scope: "record", path: "seen" },
          { kind: "range", to: { value: slides(50), inclusive: true } },
        ),
        aggregate: "count",
      },
    },
    { kind: "range", from: { value: 1, inclusive: true } },
  );

const after = asked(at, { kind: "range", from: { value: slides(100), inclusive: false } });

/** By how many milliseconds later, who is meant among customers whose time is the number. */
const cases: readonly (readonly [name: string, node: PlanNode, answers: Readonly<Record<number, string>>])[] =
  [
    ["after, exclusive", after, { 0: "101 110 111 120", 10: "111 120", 20: "" }],
    [
      "up to, inclusive",
      asked(at, { kind: "range", to: { value: slides(100), inclusive: true } }),
      { 0: "99 100", 1: "99 100 101", 10: "99 100 101 110" },
    ],
    [
      "between where one end stays",
      asked(at, {
        kind: "range",
        from: { value: fixed(100), inclusive: true },
        to: { value: slides(101), inclusive: false },
      }),
      { 0: "100", 9: "100 101", 10: "100 101 110", 11: "100 101 110 111", 19: "100 101 110 111" },
    ],
    [
      "one of some",
      asked(at, { kind: "oneOf", values: [slides(100), fixed(120)] }),
      { 0: "100 120", 1: "101 120", 10: "110 120" },
    ],
    [
      "has any within a span",
      asked(listed, { kind: "hasAny", values: [{ from: slides(100), to: slides(101) }] }),
      { 0: "100 101", 10: "110 111" },
    ],
    [
      "has all, each a point",
      asked(listed, {
        kind: "hasAll",
        values: [slides(100), fixed(0)].map((point) => ({ from: point, to: point })),
      }),
      { 0: "100", 20: "120" },
    ],
    [
      "events of a window, where a field slides too",
      figure(fixed(100), slides(60)),
      { 0: "", 49: "", 50: "100", 51: "100 101", 60: "100 101 110" },
    ],
    ["not", { kind: "not", operand: after }, { 0: "99 100", 10: "99 100 101 110" }],
    ["or", { kind: "or", operands: [{ kind: "constant", value: false }, after] }, { 10: "111 120" }],
  ];

const times = [99, 100, 101, 110, 111, 120];

describe.each(cases)("%s", (_, node, answers) => {
  const holds = compilePredicate(node);

  it.each(Object.entries(answers))("%s later", (later, expected) => {
    const meant = times.filter((time) => holds(customerOf(time), Number(later)));
    expect(meant.join(" ")).toBe(expected);
  });

  it("as of its own instant, where none is said", () => {
    expect(times.map((time) => holds(customerOf(time)))).toEqual(
      times.map((time) => holds(customerOf(time), 0)),
    );
  });
});

function customerOf(time: number): object {
  const instant = new Date(time);
  return {
    at: instant,
    listed: [instant, new Date(0)],
    records: { events: [{ type: "login", at: instant, seen: instant }], orders: [] },
  };
}
