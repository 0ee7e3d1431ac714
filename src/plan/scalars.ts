// How scalars compare.
import type { Scalar } from "./plan.js";

/** True where two scalars are the same value. */
export function sameScalar(one: Scalar, other: Scalar): boolean {
  if (typeof one === "object" && typeof other === "object") return one.instant === other.instant;
  return one === other;
}

/** True where the first comes after the second; both are of one type. */
export function isAfter(one: Scalar, other: Scalar): boolean {
  if (typeof one === "object" && typeof other === "object") return one.instant > other.instant;
  return one > other;
}
