// Whether conditions on one field leave no value at all: `age > 10 and not age > 5`, `tags is empty and tags contains x`. A
// reported contradiction is one; contradictions that need more than comparing ranges, values and texts are not found.
import { excludes, implies, needsValue } from "./implies.js";
import type { Bound, Field, Scalar, Test } from "./plan.js";
import { isAfter, isWithin, type Range, sameScalar } from "./scalars.js";

/** A condition or, negated, its complement. */
export interface SignedCondition {
  readonly field: Field;
  readonly test: Test;
  readonly negated: boolean;
}

// Longer lists of values are not examined: the work grows with their square.
const maxValues = 500;

/** True if no customer passes all of the literals, which are on one field. */
export function contradictEachOther(literals: readonly SignedCondition[]): boolean {
  const [first] = literals;
  if (first === undefined || literals.length < 2) return false;
  const asked = literals.filter(({ negated }) => !negated).map(({ test }) => test);
  const refused = literals.filter(({ negated }) => negated).map(({ test }) => test);
  if (asked.length * refused.length > maxValues * maxValues) return false;
  if (asked.some((test) => refused.some((other) => implies(test, other)))) return true;
  if (asked.some((test, index) => asked.slice(0, index).some((other) => excludes(test, other)))) return true;
  return first.field.set === true
    ? !hasSize(first.field, asked, refused)
    : !mayBeUnknown(first.field, asked) && !hasValueLeft(first.field, asked, refused);
}

function mayBeUnknown(field: Field, asked: readonly Test[]): boolean {
  // A birthday's day may be known without its year; the date is unknown then.
  return field.zeroWithout !== true && !asked.some(needsValue);
}

/** True if some value passes, or may pass. */
function hasValueLeft(field: Field, asked: readonly Test[], refused: readonly Test[]): boolean {
  // Only what is unknown passes `not known`.
  if (refused.some(({ kind }) => kind === "known")) return false;
  const tests = [...asked, ...refused];
  const listed = asked.find((test) => test.kind === "oneOf");
  const candidates = listed?.values ?? (isOfTruth(tests) ? [true, false] : undefined);
  if (candidates !== undefined) {
    if (candidates.length > maxValues) return true;
    return candidates.some(
      (value) =>
        asked.every((test) => mayPass(value, test)) && !refused.some((test) => surelyPasses(value, test)),
    );
  }
  let left: readonly Range[] = [{ kind: "range" }];
  const whole = field.counted === true;
  for (const test of asked) if (test.kind === "range") left = left.map((range) => meetRanges(range, test));
  for (const test of refused) {
    if (test.kind === "range") left = left.flatMap((range) => without(range, test));
    if (test.kind === "oneOf") left = withoutAll(left, test.values);
  }
  return left.some((range) => !isEmptyRange(range, whole));
}

/** True if a set may have such a size; a missing set has size 0. */
function hasSize(field: Field, asked: readonly Test[], refused: readonly Test[]): boolean {
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  const atLeast = (size: number) => {
    least = Math.max(least, size);
  };
  const atMost = (size: number) => {
    most = Math.min(most, size);
  };
  for (const test of asked) {
    if (test.kind === "hasAtLeast") atLeast(test.size);
    if (test.kind === "hasAtMost") atMost(test.size);
    // A stored size counts products; several elements may be names of one product.
    if (test.kind === "hasAny" || (test.kind === "hasAll" && test.values.length > 0)) {
      if (field.sizePath === undefined) atLeast(1);
    }
  }
  for (const test of refused) {
    if (test.kind === "hasAtLeast") atMost(test.size - 1);
    if (test.kind === "hasAtMost") atLeast(test.size + 1);
  }
  return least <= most;
}

function isOfTruth(tests: readonly Test[]): boolean {
  return tests.some((test) => test.kind === "oneOf" && typeof test.values[0] === "boolean");
}

/** False if a value surely fails a test. */
function mayPass(value: Scalar, test: Test): boolean {
  return test.kind === "yearly" || surelyPasses(value, test);
}

function surelyPasses(value: Scalar, test: Test): boolean {
  if (test.kind === "range") return isWithin(value, test);
  if (test.kind === "oneOf") return test.values.some((other) => sameScalar(value, other));
  return implies({ kind: "oneOf", values: [value] }, test);
}

/** A range minus another: no range, one or two. */
function without(range: Range, { from, to }: Range): readonly Range[] {
  const below: Range[] = from === undefined ? [] : [meetRanges(range, { kind: "range", to: beyond(from) })];
  const above: Range[] = to === undefined ? [] : [meetRanges(range, { kind: "range", from: beyond(to) })];
  return [...below, ...above].filter((part) => !isEmptyRange(part, false));
}

function beyond({ value, inclusive }: Bound): Bound {
  return { value, inclusive: !inclusive };
}

function withoutAll(ranges: readonly Range[], values: readonly Scalar[]): readonly Range[] {
  let left = ranges;
  for (const value of values) {
    if (left.length > maxValues) return left;
    const point: Bound = { value, inclusive: true };
    left = left.flatMap((range) => without(range, { kind: "range", from: point, to: point }));
  }
  return left;
}

/** The intersection of two ranges. */
export function meetRanges(one: Range, other: Range): Range {
  const from = tighter(one.from, other.from, isAfter);
  const to = tighter(one.to, other.to, (first, second) => isAfter(second, first));
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

/** True if no value is within the range; for `whole` values, which are counts, if no whole number from 0 on is. */
export function isEmptyRange({ from, to }: Pick<Range, "from" | "to">, whole: boolean): boolean {
  if (whole) {
    const least = from === undefined ? 0 : Math.max(0, wholeFrom(from));
    return to !== undefined && least > wholeTo(to);
  }
  if (from === undefined || to === undefined) return false;
  if (sameScalar(from.value, to.value)) return !(from.inclusive && to.inclusive);
  return isAfter(from.value, to.value);
}

function wholeFrom({ value, inclusive }: Bound): number {
  const number = Number(value);
  return inclusive ? Math.ceil(number) : Math.floor(number) + 1;
}

function wholeTo({ value, inclusive }: Bound): number {
  const number = Number(value);
  return inclusive ? Math.floor(number) : Math.ceil(number) - 1;
}
