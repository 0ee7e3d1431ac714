// Literals: written values, read by the type that they are compared as.
import type { Scalar } from "./plan.js";

/** The types that an attribute, or an aspect of it, is compared as. `exact` is text whose case matters. */
export const valueTypes = [
  "text",
  "exact",
  "country",
  "enumeration",
  "number",
  "money",
  "boolean",
  "date",
  "datetime",
  "yearly",
  "month",
  /** The product of one line of an order. */
  "product",
  "set",
] as const;
export type ValueType = (typeof valueTypes)[number];

/**
 * A value as the closed span that it denotes: a day is its first and its last millisecond; a point has both
 * ends equal. An amount between two whole minor units has `from` above `to`: nothing is within it, and `< from`, `> to`
 * are still exact.
 */
export interface Literal {
  readonly from: Scalar;
  readonly to: Scalar;
  /** For `30 days ago`: the as-of instant (or day), and the clock unit that the instant falls in. */
  readonly relative?: {
    readonly asOf: Scalar;
    readonly whole: { readonly from: Scalar; readonly to: Scalar };
  };
  /** For an amount of money: the exact amount, while `from` is rounded to the minor unit. */
  readonly exact?: Scalar;
  /** For yearly days: every matching `MM-DD`. */
  readonly days?: readonly string[];
}
