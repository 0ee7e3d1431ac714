// A plan made as small as a person would write it: negation at the conditions, nothing said twice, conditions on one field
// put together, what contradicts itself nobody, what is always true left out. The answer is the same for every customer.
import type { Bound, Field, Figure, Plan, PlanNode, Scalar, Test } from "./plan.js";
import { isAfter, sameScalar } from "./scalars.js";

/** The plan simplified. */
export function simplifyPlan(plan: Plan): Plan {
  return { ...plan, where: simplifyNode(plan.where) };
}

/** One node of a plan simplified. */
export function simplifyNode(node: PlanNode): PlanNode {
  return simplify(node, false);
}

const everyone: PlanNode = { kind: "constant", value: true };
const nobody: PlanNode = { kind: "constant", value: false };

type Joined = Extract<PlanNode, { kind: "and" | "or" }>;
export type Predicate = Extract<PlanNode, { kind: "predicate" }>;

function simplify(node: PlanNode, negated: boolean): PlanNode {
  switch (node.kind) {
    case "constant":
      return node.value === negated ? nobody : everyone;
    case "not":
      return simplify(node.operand, !negated);
    case "predicate":
      return simplifyPredicate(node, negated);
    case "and":
    case "or": {
      // By De Morgan, not (a and b) is not a or not b.
      const kind = (node.kind === "and") === negated ? "or" : "and";
      return join(
        kind,
        node.operands.map((operand) => simplify(operand, negated)),
      );
    }
  }
}

/** Tests that no value passes, or every set, are constants. */
function simplifyPredicate(node: Predicate, negated: boolean): PlanNode {
  const { test } = node;
  const figure = node.field.figure && simplifyFigure(node.field.figure);
  if (figure === null) return constant(holdsOfNone(node) !== negated);
  if (isEmptyTest(test) || isNegativeCount(node)) return constant(negated);
  if (isAnyTest(node)) return constant(!negated);
  const simple = figure === undefined ? node : { ...node, field: { ...node.field, figure } };
  return negated ? { kind: "not", operand: simple } : simple;
}

/** The figure with its condition simplified; null where no record can be meant. */
function simplifyFigure(figure: Figure): Figure | null {
  const { from, to, where, ...rest } = figure;
  if (from !== undefined && isEmptyTest({ kind: "range", from, to })) return null;
  const bounds = from === undefined ? { to } : { from, to };
  if (where === undefined) return { ...rest, ...bounds };
  const simple = simplifyNode(where);
  if (simple.kind !== "constant") return { ...rest, ...bounds, where: simple };
  return simple.value ? { ...rest, ...bounds } : null;
}

/** Whether a test of a figure holds where there is no record at all: of 0, or of nothing. */
export function holdsOfNone({ field, test }: Predicate): boolean {
  if (field.zeroWithout !== true) return false;
  if (test.kind === "oneOf") return test.values.includes(0);
  return test.kind === "known" || (test.kind === "range" && isWithin(0, test));
}

/** There are never fewer than no records. */
function isNegativeCount({ field, test }: Predicate): boolean {
  if (field.figure?.aggregate !== "count") return false;
  if (test.kind === "oneOf") return test.values.every((value) => Number(value) < 0);
  return (
    test.kind === "range" &&
    test.to !== undefined &&
    !isAbove(test.to.value, { value: 0, inclusive: test.to.inclusive })
  );
}

function isEmptyTest(test: Test): boolean {
  if (test.kind === "oneOf" || test.kind === "hasAny") return test.values.length === 0;
  if (test.kind === "yearly") return test.days.length === 0;
  if (test.kind !== "range" || test.from === undefined || test.to === undefined) return false;
  if (sameScalar(test.from.value, test.to.value)) return !(test.from.inclusive && test.to.inclusive);
  return isAfter(test.from.value, test.to.value);
}

/** A set has at least none, and a figure that is 0 where there is nothing to count is never unknown. */
function isAnyTest({ field, test }: Predicate): boolean {
  if (field.figure?.aggregate === "count" && test.kind === "range" && test.to === undefined) {
    if (test.from === undefined || isWithin(0, test)) return true;
  }
  return (
    (test.kind === "hasAtLeast" && test.size <= 0) || (test.kind === "known" && field.zeroWithout === true)
  );
}

function join(kind: Joined["kind"], nodes: readonly PlanNode[]): PlanNode {
  // What decides alone (nobody in an `and`), and what changes nothing (everyone there).
  const deciding = kind === "or";
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.operands : [node]));
  const merged = mergeByField(
    kind,
    unique(flat).filter((node) => node.kind !== "constant" || node.value === deciding),
  );
  if (merged.some((node) => node.kind === "constant" && node.value === deciding)) return constant(deciding);
  const rest = absorb(
    kind,
    merged.filter((node) => node.kind !== "constant"),
  );
  if (contradicts(rest)) return constant(deciding);
  const [only] = rest;
  if (only === undefined) return constant(!deciding);
  return rest.length === 1 ? only : { kind, operands: rest };
}

function constant(value: boolean): PlanNode {
  return value ? everyone : nobody;
}

function keyOf(node: PlanNode): string {
  return JSON.stringify(node);
}

function unique(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return [...new Map(nodes.map((node) => [keyOf(node), node])).values()];
}

/** `x and not x` is nobody, `x or not x` everyone: conditions are two-valued. */
function contradicts(nodes: readonly PlanNode[]): boolean {
  const keys = new Set(nodes.map(keyOf));
  return nodes.some((node) => node.kind === "not" && keys.has(keyOf(node.operand)));
}

/** `a or (a and b)` is `a`, and `a and (a or b)` is `a`. */
function absorb(kind: Joined["kind"], nodes: readonly PlanNode[]): readonly PlanNode[] {
  const other = kind === "and" ? "or" : "and";
  const keys = new Set(nodes.map(keyOf));
  return nodes.filter(
    (node) => node.kind !== other || !node.operands.some((operand) => keys.has(keyOf(operand))),
  );
}

/** Puts the conditions on one field together where they make one test: values met or joined, ranges met. */
function mergeByField(kind: Joined["kind"], nodes: readonly PlanNode[]): readonly PlanNode[] {
  const merged: PlanNode[] = [];
  const placeOf = new Map<string, number>();
  for (const node of nodes) {
    const place = node.kind === "predicate" ? placeOf.get(fieldKey(node.field)) : undefined;
    const earlier = place === undefined ? undefined : merged[place];
    const test =
      node.kind === "predicate" && earlier?.kind === "predicate"
        ? (kind === "and" ? meet : joinTests)(earlier.test, node.test)
        : undefined;
    if (node.kind === "predicate" && place !== undefined && test !== undefined) {
      merged[place] = isEmptyTest(test) ? nobody : { ...node, test };
    } else {
      if (node.kind === "predicate") placeOf.set(fieldKey(node.field), merged.length);
      merged.push(node);
    }
  }
  return merged;
}

function fieldKey(field: Field): string {
  if (field.figure !== undefined) return JSON.stringify(field.figure);
  return `${field.campaign?.name ?? ""}\u0000${field.attribute}`;
}

/** The one test that both tests come to; undefined where there is none. */
function meet(one: Test, other: Test): Test | undefined {
  if (one.kind === "known" && hasValue(other)) return other;
  if (other.kind === "known" && hasValue(one)) return one;
  if (one.kind === "oneOf") {
    if (other.kind === "oneOf")
      return keep(one, (value) => other.values.some((wanted) => sameScalar(value, wanted)));
    return other.kind === "range" ? keep(one, (value) => isWithin(value, other)) : undefined;
  }
  if (one.kind !== "range") return undefined;
  if (other.kind === "oneOf") return meet(other, one);
  return other.kind === "range" ? meetRanges(one, other) : undefined;
}

/** True of tests that only a known value passes. */
function hasValue(test: Test): boolean {
  return ["oneOf", "range", "startsWith", "endsWith", "contains"].includes(test.kind);
}

/** The one test that either test comes to; undefined where there is none. */
function joinTests(one: Test, other: Test): Test | undefined {
  if (one.kind === "known" && hasValue(other)) return one;
  if (other.kind === "known" && hasValue(one)) return other;
  if (one.kind === "oneOf" && other.kind === "oneOf") {
    const more = other.values.filter((value) => !one.values.some((known) => sameScalar(value, known)));
    return { kind: "oneOf", values: [...one.values, ...more] };
  }
  if (one.kind === "hasAny" && other.kind === "hasAny")
    return { kind: "hasAny", values: [...one.values, ...other.values] };
  return undefined;
}

type OneOf = Extract<Test, { kind: "oneOf" }>;
type Range = Extract<Test, { kind: "range" }>;

function keep(test: OneOf, passes: (value: Scalar) => boolean): Test {
  return { kind: "oneOf", values: test.values.filter(passes) };
}

function isWithin(value: Scalar, { from, to }: Range): boolean {
  return (from === undefined || isAbove(value, from)) && (to === undefined || isBelow(value, to));
}

function isAbove(value: Scalar, bound: Bound): boolean {
  return isAfter(value, bound.value) || (bound.inclusive && sameScalar(value, bound.value));
}

function isBelow(value: Scalar, bound: Bound): boolean {
  return isAfter(bound.value, value) || (bound.inclusive && sameScalar(value, bound.value));
}

function meetRanges(one: Range, other: Range): Test {
  const from = tighter(one.from, other.from, isAfter);
  const to = tighter(one.to, other.to, (first, second) => isAfter(second, first));
  if (from !== undefined && to !== undefined) {
    if (isAfter(from.value, to.value)) return { kind: "oneOf", values: [] };
    if (sameScalar(from.value, to.value)) {
      return { kind: "oneOf", values: from.inclusive && to.inclusive ? [from.value] : [] };
    }
  }
  return { kind: "range", ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function tighter(
  one: Bound | undefined,
  other: Bound | undefined,
  isTighter: (first: Scalar, second: Scalar) => boolean,
): Bound | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (sameScalar(one.value, other.value)) return one.inclusive ? other : one;
  return isTighter(one.value, other.value) ? one : other;
}
