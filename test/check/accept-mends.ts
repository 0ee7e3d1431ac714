// A text as it becomes when everything that is offered for it is accepted, and what it then means.
import type { Diagnostic, Fix } from "../../grammar/diagnostic.js";
import type { CheckedQuery } from "../../src/check/check.js";
import type { PlanNode, Test } from "../../src/plan/plan.js";
import { simplify } from "../../src/plan/simplify.js";

type Check = (text: string) => CheckedQuery;

export interface Accepted {
  readonly text: string;
  /** How many rounds of mends it took: 0 of a text with nothing to mend. */
  readonly rounds: number;
  readonly checked: CheckedQuery;
}

/** Accepts every mend that is offered, again and again up to three times; of two in one place, the first. */
export function acceptMends(text: string, check: Check, maxRounds = 3): Accepted {
  let accepted = text;
  for (let rounds = 0; ; rounds += 1) {
    const checked = check(accepted);
    const fixes = separateFixes(checked.diagnostics);
    if (fixes.length === 0 || rounds === maxRounds) return { text: accepted, rounds, checked };
    accepted = withFixes(accepted, fixes);
  }
}

/** The fixes, without those that overlap an earlier one. */
export function separateFixes(diagnostics: readonly Diagnostic[]): readonly Fix[] {
  const separate: Fix[] = [];
  for (const { fix } of diagnostics) {
    if (fix === undefined) continue;
    const overlaps = separate.some(({ span }) => fix.span.start < span.end && span.start < fix.span.end);
    const isSame = separate.some(({ span }) => fix.span.start === span.start && fix.span.end === span.end);
    if (!overlaps && !isSame) separate.push(fix);
  }
  return separate;
}

/** The text with fixes put in that do not overlap. */
export function withFixes(text: string, fixes: readonly Fix[]): string {
  return fixes
    .toSorted((one, other) => other.span.start - one.span.start)
    .reduce(
      (mended, { replacement, span }) => mended.slice(0, span.start) + replacement + mended.slice(span.end),
      text,
    );
}

/** What a query means, in a form that is the same for queries that say the same; undefined of one with errors. */
export function meaningOf(checked: CheckedQuery): string | undefined {
  return checked.plan === undefined ? undefined : simplify(united(checked.plan.where)).key;
}

/** What the query that denies it means. */
export function oppositeOf(checked: CheckedQuery): string | undefined {
  if (checked.plan === undefined) return undefined;
  return simplify({ kind: "not", operand: united(checked.plan.where) }).key;
}

/** The same condition, with equalities of one field that `or` joins as one list. */
function united(node: PlanNode): PlanNode {
  switch (node.kind) {
    case "not":
      return { kind: "not", operand: united(node.operand) };
    case "and":
    case "or": {
      const operands = node.operands.map(united);
      return node.kind === "or" ? unitedOr(operands) : unitedAnd(operands);
    }
    default:
      return node;
  }
}

function unitedOr(operands: readonly PlanNode[]): PlanNode {
  const [first, ...rest] = operands;
  if (first?.kind !== "predicate") return { kind: "or", operands };
  let { test } = first;
  for (const operand of rest) {
    const isSame =
      operand.kind === "predicate" && JSON.stringify(operand.field) === JSON.stringify(first.field);
    const both = isSame ? unitedTest(test, operand.test) : undefined;
    if (both === undefined) return { kind: "or", operands };
    test = both;
  }
  return { ...first, test };
}

/** `not a and not b` is `not (a or b)`; a set that has each of some elements has all of them. */
function unitedAnd(operands: readonly PlanNode[]): PlanNode {
  if (operands.every((each) => each.kind === "not")) {
    const inside = unitedOr(operands.map((each) => (each.kind === "not" ? each.operand : each)));
    return inside.kind === "or" ? { kind: "and", operands } : { kind: "not", operand: inside };
  }
  const [first] = operands;
  const elements = operands.flatMap((each) =>
    each.kind === "predicate" &&
    first?.kind === "predicate" &&
    JSON.stringify(each.field) === JSON.stringify(first.field) &&
    each.test.kind === "hasAny" &&
    each.test.values.length === 1
      ? each.test.values
      : [],
  );
  if (first?.kind !== "predicate" || elements.length < operands.length) return { kind: "and", operands };
  return { ...first, test: { kind: "hasAll", values: elements } };
}

function unitedTest(one: Test, other: Test): Test | undefined {
  if (one.kind === "oneOf" && other.kind === "oneOf")
    return { kind: "oneOf", values: [...one.values, ...other.values] };
  if (one.kind === "hasAny" && other.kind === "hasAny")
    return { kind: "hasAny", values: [...one.values, ...other.values] };
  return undefined;
}
