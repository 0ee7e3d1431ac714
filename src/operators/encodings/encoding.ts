// What a test's forms are: how it is said to MongoDB, plainly and as its exact complement.
import type { Field, Scalar, Test } from "../../plan/plan.js";

/** True where the text at a path matches a pattern; nothing matches where there is no text, for no pattern is empty. */
export function matchesPattern(path: string, regex: string): Expression {
  return { $regexMatch: { input: { $ifNull: [path, ""] }, regex } };
}

/** A `$match` condition: plain data. */
export type Filter = Readonly<Record<string, Expression>>;

export type TestOf<Kind extends Test["kind"]> = Extract<Test, { kind: Kind }>;

export interface Form<Kind extends Test["kind"]> {
  /** True of just the documents whose field passes; false where the value is missing. */
  readonly match: (field: Field, test: TestOf<Kind>) => Filter;
  /** The exact complement: true where the value is missing. */
  readonly complement: (field: Field, test: TestOf<Kind>) => Filter;
  /**
   * The same as `match`, as an aggregation expression, for conditions on one record among many; `read` makes an expression
   * of a path. What it comes to is true or false, never null.
   */
  readonly expression: (field: Field, test: TestOf<Kind>, read: Read) => Expression;
  /** The same as `match`, of one customer, in this process. */
  readonly holds: (field: Field, test: TestOf<Kind>) => Predicate;
}

/**
 * An aggregation expression, or a part of one: plain data. Text that begins with `$` reads a path; a key whose value is
 * undefined is absent.
 */
export type Expression =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | RegExp
  | readonly Expression[]
  | { readonly [key: string]: Expression };

/** The expression that reads a path. */
export type Read = (path: string) => string;

/** The expression for a value, never taken for anything but itself. */
export function literal(value: Expression): Expression {
  return { $literal: value };
}

/** True where the path holds a value: a missing one compares before null and before everything else. */
export function hasValue(path: string): Expression {
  return { $ne: [{ $ifNull: [path, null] }, null] };
}

/** True of no document; MongoDB answers it without reading any. */
export const never: Filter = { _id: { $in: [] } };
/** True of every document. */
export const always: Filter = {};

/** A customer document, as far as conditions read it. */
export type Facts = object;

/**
 * One condition over a customer's facts, in this process.
 * @param later by how many milliseconds bounds that slide are further; 0 where it is left out.
 */
export type Predicate = (customer: Facts, later?: number, around?: Around) => boolean;

/** What stands around a record or a line that a condition is asked of. */
export interface Around {
  readonly customer?: Facts;
  readonly record?: Facts;
  readonly line?: Facts;
  /** The record of a sequence's positive step before, and a line of it. */
  readonly previous?: Facts;
  readonly previousLine?: Facts;
}

/** How expressions read what stands where. */
export interface Reads {
  /** Of a customer, by the field: the pipeline may have put it elsewhere. */
  readonly customer: (field: Field) => Expression;
  readonly record: Read;
  readonly line: Read;
  readonly previous: Read;
  readonly previousLine: Read;
}

/** How the fields of a scope are read in expressions. */
export function readOfScope({ scope }: Field, reads: Reads): Read {
  switch (scope) {
    case "line":
    case "previous":
    case "previousLine":
      return reads[scope];
    case "profile":
    case "orders":
    case "redemptions":
    case "referrals":
    case "balances":
    case "figure":
    case "record":
      return reads.record;
    default:
      return scope satisfies never;
  }
}

type Steps = Readonly<Record<string, unknown>> | null | undefined;

/** Reads the value at a dotted path; undefined where something on the way is missing. */
export function reader(path: string): (facts: Facts) => unknown {
  const [first = "", second, third, ...more] = path.split(".");
  // Most paths have two or three steps, and this is where a predicate spends its time.
  if (second === undefined) return (facts) => (facts as Steps)?.[first];
  if (third === undefined) return (facts) => ((facts as Steps)?.[first] as Steps)?.[second];
  if (more.length === 0) return (facts) => (((facts as Steps)?.[first] as Steps)?.[second] as Steps)?.[third];
  const names = [first, second, third, ...more];
  return (facts) => names.reduce<unknown>((value, name) => (value as Steps)?.[name], facts);
}

/** A stored value as it compares: a Date as its milliseconds. */
export function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** A plan's scalar as it compares with `comparable` values. */
export function scalar(value: Scalar): string | number | boolean {
  return typeof value === "object" ? value.instant : value;
}

/** The same so many milliseconds later, where it slides. */
export function scalarLater(value: Scalar, later: number): string | number | boolean {
  return typeof value === "object" && value.slides === true ? value.instant + later : scalar(value);
}

export function isSliding(value: Scalar | undefined): boolean {
  return typeof value === "object" && value.slides === true;
}

/** A scalar as documents hold it. */
export function stored(value: Scalar): string | number | boolean | Date {
  return typeof value === "object" ? new Date(value.instant) : value;
}
