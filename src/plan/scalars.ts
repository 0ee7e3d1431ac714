// How scalars compare.
import type { Bound, Scalar, Test } from "./plan.js";

export type Range = Extract<Test, { kind: "range" }>;

/** True if two scalars are the same value. */
export function sameScalar(one: Scalar, other: Scalar): boolean {
  if (typeof one === "object" && typeof other === "object") return one.instant === other.instant;
  return one === other;
}

/** True if the first comes after the second; both have one type. */
export function isAfter(one: Scalar, other: Scalar): boolean {
  if (typeof one === "object" && typeof other === "object") return one.instant > other.instant;
  return one > other;
}

/** True if a value is within a range of its type. */
export function isWithin(value: Scalar, { from, to }: Range): boolean {
  return (from === undefined || isAbove(value, from)) && (to === undefined || isBelow(value, to));
}

/** True if a value is not less than a lower bound allows. */
function isAbove(value: Scalar, bound: Bound): boolean {
  return isAfter(value, bound.value) || (bound.inclusive && sameScalar(value, bound.value));
}

function isBelow(value: Scalar, bound: Bound): boolean {
  return isAfter(bound.value, value) || (bound.inclusive && sameScalar(value, bound.value));
}
