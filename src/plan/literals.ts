// Literals: what a written value comes to, once the type it is compared with is known.
import type { Scalar } from "./plan.js";

/** What an attribute, or an aspect of it, is compared as. `exact` is text whose case matters. */
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
 * A value as the closed span that it stands for: a day is its first and its last millisecond; what is one point has both
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
  /** For an amount of money: itself, where `from` is rounded to the minor unit. */
  readonly exact?: Scalar;
  /** For yearly days: every `MM-DD` that is meant. */
  readonly days?: readonly string[];
}
