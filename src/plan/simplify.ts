// A plan made as small as a person would write it: negation at the conditions, nothing said twice, conditions on one field
// put together, what contradicts itself nobody, what is always true left out. The answer is the same for every customer.
import { contradictEachOther, isEmptyRange, type Literal, meetRanges } from "./contradictions.js";
import { excludes, implies } from "./implies.js";
import type { Field, Figure, Plan, PlanNode, Scalar, Test } from "./plan.js";
import { isWithin, sameScalar } from "./scalars.js";

/** The plan simplified. */
export function simplifyPlan(plan: Plan): Plan {
  return { ...plan, where: simplifyNode(plan.where) };
}

// A node is never changed once it is made, and simplified at every level that it stands in.
const simplified = new WeakMap<PlanNode, PlanNode>();

/** One node of a plan simplified. */
export function simplifyNode(node: PlanNode): PlanNode {
  let simple = simplified.get(node);
  if (simple === undefined) {
    simple = simplify(node, false);
    simplified.set(node, simple);
  }
  return simple;
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
        node.operands.map((operand) => (negated ? simplify(operand, true) : simplifyNode(operand))),
      );
    }
  }
}

/** Tests that no value passes, or every set, are constants. */
function simplifyPredicate(node: Predicate, negated: boolean): PlanNode {
  const figure = node.field.figure && simplifyFigure(node.field.figure);
  if (figure === null) return constant(holdsOfNone(node) !== negated);
  if (isImpossible(node)) return constant(negated);
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

/** True where no customer passes: of a count, whole numbers from 0 on are all that there is. */
function isImpossible({ field, test }: Predicate): boolean {
  if (isEmptyTest(test)) return true;
  if (field.figure?.aggregate !== "count") return false;
  if (test.kind === "oneOf") return test.values.every((value) => Number(value) < 0);
  return test.kind === "range" && isEmptyRange(test, true);
}

function isEmptyTest(test: Test): boolean {
  if (test.kind === "oneOf" || test.kind === "hasAny") return test.values.length === 0;
  if (test.kind === "yearly") return test.days.length === 0;
  return test.kind === "range" && isEmptyRange(test, false);
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
  if (contradicts(kind, rest)) return constant(deciding);
  const [only] = rest;
  if (only === undefined) return constant(!deciding);
  return rest.length === 1 ? only : { kind, operands: rest };
}

function constant(value: boolean): PlanNode {
  return value ? everyone : nobody;
}

// A node is never changed once it is made, and asked for its key at every level that it stands in.
const keys = new WeakMap<PlanNode, string>();

/** What two nodes share that mean the same in the same words. */
export function keyOf(node: PlanNode): string {
  let key = keys.get(node);
  if (key === undefined) {
    key = makeKey(node);
    keys.set(node, key);
  }
  return key;
}

function makeKey(node: PlanNode): string {
  switch (node.kind) {
    case "constant":
      return String(node.value);
    case "not":
      return `not(${keyOf(node.operand)})`;
    case "and":
    case "or":
      return `${node.kind}(${node.operands.map(keyOf).join()})`;
    case "predicate":
      return fieldKey(node.field) + JSON.stringify(node.test);
  }
}

function unique(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return [...new Map(nodes.map((node) => [keyOf(node), node])).values()];
}

/** `x and not x` is nobody, `x or not x` everyone: conditions are two-valued. */
function contradicts(kind: Joined["kind"], nodes: readonly PlanNode[]): boolean {
  const keys = new Set(nodes.map(keyOf));
  if (nodes.some((node) => node.kind === "not" && keys.has(keyOf(node.operand)))) return true;
  const byField = new Map<string, Literal[]>();
  for (const node of nodes) {
    const plain = node.kind === "not" ? node.operand : node;
    if (plain.kind !== "predicate") continue;
    const { field, test } = plain;
    // An `or` is true of all where the negated ones contradict each other.
    const literal = { field, test, negated: (node.kind === "not") !== (kind === "or") };
    const key = fieldKey(field);
    const ofField = byField.get(key);
    if (ofField === undefined) byField.set(key, [literal]);
    else ofField.push(literal);
  }
  return [...byField.values()].some(contradictEachOther);
}

/** `a or (a and b)` is `a`, and `a and (a or b)` is `a`. */
function absorb(kind: Joined["kind"], nodes: readonly PlanNode[]): readonly PlanNode[] {
  const other = kind === "and" ? "or" : "and";
  const keys = new Set(nodes.map(keyOf));
  return nodes.filter(
    (node) => node.kind !== other || !node.operands.some((operand) => keys.has(keyOf(operand))),
  );
}

/** Puts the conditions on one field together where two of them make one test. */
function mergeByField(kind: Joined["kind"], nodes: readonly PlanNode[]): readonly PlanNode[] {
  const merged: PlanNode[] = [];
  const placesOf = new Map<string, number[]>();
  const mergeTests = kind === "and" ? meet : joinTests;
  for (const node of nodes) {
    if (node.kind !== "predicate") {
      merged.push(node);
      continue;
    }
    const key = fieldKey(node.field);
    const places = placesOf.get(key) ?? [];
    placesOf.set(key, places);
    let isMerged = false;
    for (const place of places) {
      const earlier = merged[place];
      const test = earlier?.kind === "predicate" ? mergeTests(earlier.test, node.test) : undefined;
      if (test === undefined) continue;
      merged[place] = isImpossible({ ...node, test }) ? nobody : { ...node, test };
      isMerged = true;
      break;
    }
    if (isMerged) continue;
    places.push(merged.length);
    merged.push(node);
  }
  return merged;
}

const fieldKeys = new WeakMap<Field, string>();

/** What two fields share that are the same: JSON, so that no name can pass for more than itself. */
function fieldKey(field: Field): string {
  let key = fieldKeys.get(field);
  if (key === undefined) {
    key = JSON.stringify(field.figure ?? [field.campaign?.name ?? "", field.attribute]);
    fieldKeys.set(field, key);
  }
  return key;
}

/** The one test that both tests come to; undefined where there is none. */
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

/** The values that pass another test, too. */
function listed(one: OneOf, other: Test): Test | undefined {
  if (other.kind === "range") return keep(one, (value) => isWithin(value, other));
  if (other.kind === "oneOf")
    return keep(one, (value) => other.values.some((wanted) => sameScalar(value, wanted)));
  if (other.kind === "startsWith" || other.kind === "endsWith" || other.kind === "contains")
    return keep(one, (value) => implies({ kind: "oneOf", values: [value] }, other));
  return undefined;
}

/** The one test that either test comes to; undefined where there is none. */
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
