// The encodings of a test: for MongoDB, plain and as its exact complement, and for this process.
import type { Field, Scalar, Test } from "../../plan/plan.js";

/** True if the text at a path matches a pattern; a missing text never matches, since no pattern is empty. */
export function matchesPattern(path: string, regex: string): MongoExpression {
  return { $regexMatch: { input: { $ifNull: [path, ""] }, regex } };
}

/** A `$match` condition: plain data. */
export type Filter = Readonly<Record<string, MongoExpression>>;

export type TestOf<Kind extends Test["kind"]> = Extract<Test, { kind: Kind }>;

export interface Form<Kind extends Test["kind"]> {
  /** True of exactly the documents whose field passes; false if the value is missing. */
  readonly match: (field: Field, test: TestOf<Kind>) => Filter;
  /** The exact complement: true if the value is missing. */
  readonly complement: (field: Field, test: TestOf<Kind>) => Filter;
  /**
   * The same as `match`, as an aggregation expression, for conditions on one record among many; `read` makes an expression
   * from a path. It yields true or false, never null.
   */
  readonly expression: (field: Field, test: TestOf<Kind>, read: Read) => MongoExpression;
  /** The same as `match`, for one customer, in this process. */
  readonly holds: (field: Field, test: TestOf<Kind>) => Predicate;
}

/**
 * An aggregation expression, or a part of one: plain data. Text that begins with `$` reads a path; a key whose value is
 * undefined is absent.
 */
export type MongoExpression =
  | string
  | number
  | boolean
  | null
  | undefined
  | Date
  | RegExp
  | readonly MongoExpression[]
  | { readonly [key: string]: MongoExpression };

/** Makes the expression that reads a path. */
export type Read = (path: string) => string;

/** The expression for a literal value, which MongoDB doesn't interpret. */
export function literal(value: MongoExpression): MongoExpression {
  return { $literal: value };
}

/** True if the path holds a value: MongoDB orders a missing value before null and everything else. */
export function hasValue(path: string): MongoExpression {
  return { $ne: [{ $ifNull: [path, null] }, null] };
}

/** True of no document; MongoDB answers it without reading any documents. */
export const never: Filter = { _id: { $in: [] } };
/** True of every document. */
export const always: Filter = {};

/** A customer document, as far as conditions read it. */
export type CustomerFacts = object;

/**
 * One condition over a customer's facts, in this process.
 * @param later how many milliseconds sliding bounds are moved forward; by default 0.
 */
export type Predicate = (customer: CustomerFacts, later?: number, around?: Around) => boolean;

/** The surroundings of a record or a line that a condition is evaluated on. */
export interface Around {
  readonly customer?: CustomerFacts;
  readonly record?: CustomerFacts;
  readonly line?: CustomerFacts;
  /** The record of a sequence's positive step before, and a line of it. */
  readonly previous?: CustomerFacts;
  readonly previousLine?: CustomerFacts;
}

/** How expressions read the fields of each scope. */
export interface FieldReads {
  /** A customer's field: the pipeline may have moved it. */
  readonly customer: (field: Field) => MongoExpression;
  readonly record: Read;
  readonly line: Read;
  readonly previous: Read;
  readonly previousLine: Read;
}

/** How the fields of a scope are read in expressions. */
export function readOfScope({ scope }: Field, reads: FieldReads): Read {
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

/** Reads the value at a dotted path; undefined if something on the way is missing. */
export function reader(path: string): (facts: CustomerFacts) => unknown {
  const [first = "", second, third, ...more] = path.split(".");
  // Most paths have two or three steps, and predicates spend most of their time here.
  if (second === undefined) return (facts) => (facts as Steps)?.[first];
  if (third === undefined) return (facts) => ((facts as Steps)?.[first] as Steps)?.[second];
  if (more.length === 0) return (facts) => (((facts as Steps)?.[first] as Steps)?.[second] as Steps)?.[third];
  const names = [first, second, third, ...more];
  return (facts) => names.reduce<unknown>((value, name) => (value as Steps)?.[name], facts);
}

/** A stored value in comparable form: a Date as its milliseconds. */
export function comparable(value: unknown): unknown {
  return value instanceof Date ? value.getTime() : value;
}

/** A plan's scalar in the form of `comparable` values. */
export function scalar(value: Scalar): string | number | boolean {
  return typeof value === "object" ? value.instant : value;
}

/** The same; a sliding scalar is moved `later` milliseconds forward. */
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
