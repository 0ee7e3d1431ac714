// What a test's forms are: how it is said to MongoDB, plainly and as its exact complement.
import type { Field, Scalar, Test } from "../../plan/plan.js";

/** A `$match` condition: plain data. */
export type Filter = Readonly<Record<string, unknown>>;

export type TestOf<Kind extends Test["kind"]> = Extract<Test, { kind: Kind }>;

export interface Form<Kind extends Test["kind"]> {
  /** True of just the documents whose field passes; false where the value is missing. */
  readonly match: (field: Field, test: TestOf<Kind>) => Filter;
  /** The exact complement: true where the value is missing. */
  readonly complement: (field: Field, test: TestOf<Kind>) => Filter;
}

/** True of no document; MongoDB answers it without reading any. */
export const never: Filter = { _id: { $in: [] } };
/** True of every document. */
export const always: Filter = {};

/** A scalar as documents hold it. */
export function stored(value: Scalar): string | number | boolean | Date {
  return typeof value === "object" ? new Date(value.instant) : value;
}
