// A plan made as small as a person would write it: negation only at the conditions, no duplicates, conditions on one field
// merged, contradictions false, tautologies dropped. The answer is the same for every customer.
import { contradictEachOther, isEmptyRange, meetRanges, type SignedCondition } from "./contradictions.js";
import { excludes, implies } from "./implies.js";
import { fieldKey, testKey } from "./keys.js";
import type { Figure, Plan, PlanNode, PlannedStep, PredicateNode, Scalar, Test } from "./plan.js";
import { isWithin, sameScalar } from "./scalars.js";

declare const simplified: unique symbol;

/** A plan that `simplifyPlan` returned: only its predicates are negated, and no part occurs twice. */
export type SimplifiedPlan = Plan & { readonly [simplified]: true };

/** The plan simplified. */
export function simplifyPlan(plan: Plan): SimplifiedPlan {
  return { ...plan, where: simplifyNode(plan.where) } as SimplifiedPlan;
}

/** One node of a plan simplified. */
export function simplifyNode(node: PlanNode): PlanNode {
  return simplify(node).node;
}

/** A simplified node, with the keys by which equal ones are found. */
export interface Simple {
  readonly node: PlanNode;
  /** A key that is equal for equal nodes. */
  readonly key: string;
  /** The key of the field, if the node is a predicate or the negation of one. */
  readonly field?: string;
  /** The nodes that it joins or negates. */
  readonly operands: readonly Simple[];
}

type Joined = Extract<PlanNode, { kind: "and" | "or" }>;

const none: readonly Simple[] = [];
const everyone: Simple = { node: { kind: "constant", value: true }, key: "true", operands: none };
const matchesNone: Simple = { node: { kind: "constant", value: false }, key: "false", operands: none };

/** A node simplified from its leaves up. */
export function simplify(node: PlanNode): Simple {
  switch (node.kind) {
    case "constant":
      return constant(node.value);
    case "not":
      return negate(simplify(node.operand));
    case "predicate":
      return simplifyPredicate(node);
    case "compare":
      return { node, key: JSON.stringify(node), operands: none };
    case "line":
    case "sequence":
      return simplifyWithin(node);
    case "and":
    case "or":
      return join(node.kind, node.operands.map(simplify));
    default:
      return node satisfies never;
  }
}

/** The conditions on one line, or on the records of a sequence, simplified; false if no record can pass them. */
function simplifyWithin(node: Extract<PlanNode, { kind: "line" | "sequence" }>): Simple {
  if (node.kind === "line") {
    const where = simplifyNode(node.where);
    if (where.kind === "constant" && !where.value) return matchesNone;
    const simpler = { ...node, where };
    return { node: simpler, key: JSON.stringify(simpler), operands: none };
  }
  const steps: PlannedStep[] = [];
  for (const step of node.steps) {
    const where = step.where === undefined ? undefined : simplifyNode(step.where);
    const isNone = isEmptyRange(step, false) || (where?.kind === "constant" && !where.value);
    if (isNone && !step.negated) return matchesNone;
    const { where: _written, ...everyRecord } = step;
    if (isNone) steps.push({ ...everyRecord, where: { kind: "constant", value: false } });
    else steps.push(where === undefined || where.kind === "constant" ? everyRecord : { ...step, where });
  }
  const simpler = { ...node, steps };
  return { node: simpler, key: JSON.stringify(simpler), operands: none };
}

/** The complement of a simple node. */
export function negate(simple: Simple): Simple {
  const { node, key, field, operands } = simple;
  switch (node.kind) {
    case "constant":
      return constant(!node.value);
    case "not":
      return operands[0]!;
    case "predicate":
      return { node: { kind: "not", operand: node }, key: `not(${key})`, field: field!, operands: [simple] };
    case "compare":
    case "line":
    case "sequence":
      return { node: { kind: "not", operand: node }, key: `not(${key})`, operands: [simple] };
    // By De Morgan, not (a and b) is not a or not b.
    case "and":
      return join("or", operands.map(negate));
    case "or":
      return join("and", operands.map(negate));
    default:
      return node satisfies never;
  }
}

function constant(value: boolean): Simple {
  return value ? everyone : matchesNone;
}

function isConstant({ node }: Simple, value: boolean): boolean {
  return node.kind === "constant" && node.value === value;
}

/** Tests that no value passes, or that every set passes, become constants. */
function simplifyPredicate(node: PredicateNode): Simple {
  const figure = node.field.figure && simplifyFigure(node.field.figure);
  if (figure === null) return constant(holdsOfNone(node));
  if (isImpossible(node)) return matchesNone;
  if (isAnyTest(node)) return everyone;
  if (figure === node.field.figure) return simplePredicate(node, fieldKey(node.field));
  const field = { ...node.field, figure };
  return simplePredicate({ ...node, field }, fieldKey(field));
}

function simplePredicate(node: PredicateNode, ofField: string): Simple {
  return { node, key: ofField + testKey(node.test), field: ofField, operands: none };
}

/** The figure with its condition simplified; null if no record can pass it. */
function simplifyFigure(figure: Figure): Figure | null {
  const { where, ...everyRecord } = figure;
  if (isEmptyRange(figure, false)) return null;
  if (where === undefined) return figure;
  const simple = simplifyNode(where);
  if (simple.kind === "constant") return simple.value ? everyRecord : null;
  return { ...everyRecord, where: simple };
}

/** Whether a test of a figure holds without any record: for 0, or for an unknown value. */
export function holdsOfNone({ field, test }: PredicateNode): boolean {
  if (field.zeroWithout !== true) return false;
  if (test.kind === "oneOf") return test.values.includes(0);
  return test.kind === "known" || (test.kind === "range" && isWithin(0, test));
}

/** True if no customer passes: counts are whole numbers from 0 on. */
function isImpossible({ field, test }: PredicateNode): boolean {
  if (isEmptyTest(test)) return true;
  if (field.counted !== true) return false;
  if (test.kind === "oneOf") return test.values.every((value) => Number(value) < 0);
  return test.kind === "range" && isEmptyRange(test, true);
}

function isEmptyTest(test: Test): boolean {
  if (test.kind === "oneOf" || test.kind === "hasAny") return test.values.length === 0;
  if (test.kind === "yearly") return test.days.length === 0;
  return test.kind === "range" && isEmptyRange(test, false);
}

/** True if every customer passes: a set has at least 0 elements, and a figure that is 0 by default is never unknown. */
function isAnyTest({ field, test }: PredicateNode): boolean {
  if (field.counted === true && test.kind === "range" && test.to === undefined) {
    if (test.from === undefined || isWithin(0, test)) return true;
  }
  return (
    (test.kind === "hasAtLeast" && test.size <= 0) || (test.kind === "known" && field.zeroWithout === true)
  );
}

/** All, or any, of some simple nodes. */
export function join(kind: Joined["kind"], simples: readonly Simple[]): Simple {
  // The value that decides alone (false in an `and`); the other one changes nothing.
  const deciding = kind === "or";
  const flat = simples.flatMap((simple) => (simple.node.kind === kind ? simple.operands : [simple]));
  const distinct = unique(flat).filter((simple) => !isConstant(simple, !deciding));
  // Only conditions on one field merge, or contradict each other.
  const shares = shareField(distinct);
  const merged = shares ? mergeByField(kind, distinct) : distinct;
  if (merged.some((simple) => isConstant(simple, deciding))) return constant(deciding);
  const rest = absorb(kind, merged);
  if (shares && contradicts(kind, rest)) return constant(deciding);
  const [only] = rest;
  if (only === undefined) return constant(!deciding);
  if (rest.length === 1) return only;
  return {
    node: { kind, operands: rest.map(({ node }) => node) },
    key: `${kind}(${rest.map(({ key }) => key).join()})`,
    operands: rest,
  };
}

function unique(simples: readonly Simple[]): readonly Simple[] {
  const seen = new Set<string>();
  return simples.filter(({ key }) => seen.size < seen.add(key).size);
}

function shareField(simples: readonly Simple[]): boolean {
  const seen = new Set<string>();
  return simples.some(({ field }) => field !== undefined && seen.size === seen.add(field).size);
}

/** `x and not x` is false, `x or not x` true: conditions are two-valued. */
function contradicts(kind: Joined["kind"], simples: readonly Simple[]): boolean {
  const byField = new Map<string, Simple[]>();
  for (const simple of simples) {
    if (simple.field === undefined) continue;
    const ofField = byField.get(simple.field);
    if (ofField === undefined) byField.set(simple.field, [simple]);
    else ofField.push(simple);
  }
  for (const ofField of byField.values()) {
    if (ofField.length > 1 && contradictEachOther(ofField.flatMap((simple) => literalsOf(kind, simple))))
      return true;
  }
  return false;
}

/** A predicate, or the negation of one, as a literal. An `or` is always true if its negated operands contradict each other. */
function literalsOf(kind: Joined["kind"], { node }: Simple): readonly SignedCondition[] {
  const plain = node.kind === "not" ? node.operand : node;
  if (plain.kind !== "predicate") return [];
  return [{ field: plain.field, test: plain.test, negated: (node.kind === "not") !== (kind === "or") }];
}

/** `a or (a and b)` is `a`, and `a and (a or b)` is `a`. */
function absorb(kind: Joined["kind"], simples: readonly Simple[]): readonly Simple[] {
  const other = kind === "and" ? "or" : "and";
  if (simples.every(({ node }) => node.kind !== other)) return simples;
  const keys = new Set(simples.map(({ key }) => key));
  return simples.filter(
    ({ node, operands }) => node.kind !== other || !operands.some(({ key }) => keys.has(key)),
  );
}

/** Merges conditions on one field if two of them make one test. */
function mergeByField(kind: Joined["kind"], simples: readonly Simple[]): readonly Simple[] {
  const merged: Simple[] = [];
  const placesOf = new Map<string, number[]>();
  const mergeTests = kind === "and" ? meet : joinTests;
  for (const simple of simples) {
    const { node, field: key } = simple;
    if (node.kind !== "predicate" || key === undefined) {
      merged.push(simple);
      continue;
    }
    const places = placesOf.get(key);
    if (places === undefined) {
      placesOf.set(key, [merged.length]);
      merged.push(simple);
      continue;
    }
    let isMerged = false;
    for (const place of places) {
      const earlier = merged[place]?.node;
      const test = earlier?.kind === "predicate" ? mergeTests(earlier.test, node.test) : undefined;
      if (test === undefined) continue;
      merged[place] = isImpossible({ ...node, test }) ? matchesNone : simplePredicate({ ...node, test }, key);
      isMerged = true;
      break;
    }
    if (isMerged) continue;
    places.push(merged.length);
    merged.push(simple);
  }
  return merged;
}

/** The single test that is equivalent to both tests; undefined if there is none. */
function meet(one: Test, other: Test): Test | undefined {
  if (implies(one, other)) return one;
  if (implies(other, one)) return other;
  if (excludes(one, other)) return { kind: "oneOf", values: [] };
  if (one.kind === "oneOf") return listed(one, other);
  if (other.kind === "oneOf") return listed(other, one);
  if (one.kind === "yearly" && other.kind === "yearly")
    return { kind: "yearly", days: one.days.filter((day) => other.days.includes(day)) };
  if (one.kind !== "range" || other.kind !== "range") return undefined;
  const range = meetRanges(one, other);
  const { from, to } = range;
  const isPoint = from !== undefined && to !== undefined && sameScalar(from.value, to.value);
  return isPoint && !isEmptyRange(range, false) ? { kind: "oneOf", values: [from.value] } : range;
}

/** The listed values that also pass another test. */
function listed(one: OneOf, other: Test): Test | undefined {
  if (other.kind === "range") return keep(one, (value) => isWithin(value, other));
  if (other.kind === "oneOf")
    return keep(one, (value) => other.values.some((wanted) => sameScalar(value, wanted)));
  if (other.kind === "startsWith" || other.kind === "endsWith" || other.kind === "contains")
    return keep(one, (value) => implies({ kind: "oneOf", values: [value] }, other));
  return undefined;
}

/** The single test that is equivalent to either test; undefined if there is none. */
function joinTests(one: Test, other: Test): Test | undefined {
  if (implies(one, other)) return other;
  if (implies(other, one)) return one;
  if (one.kind === "oneOf" && other.kind === "oneOf") {
    const more = other.values.filter((value) => !one.values.some((known) => sameScalar(value, known)));
    return { kind: "oneOf", values: [...one.values, ...more] };
  }
  if (one.kind === "hasAny" && other.kind === "hasAny")
    return { kind: "hasAny", values: [...one.values, ...other.values] };
  return undefined;
}

type OneOf = Extract<Test, { kind: "oneOf" }>;

function keep(test: OneOf, passes: (value: Scalar) => boolean): Test {
  return { kind: "oneOf", values: test.values.filter(passes) };
}
