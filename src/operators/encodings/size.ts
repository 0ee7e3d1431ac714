// A set has at least that many different elements: by its stored size, or by whether there is an element at that index.
import type { Field } from "../../plan/plan.js";
import {
  always,
  type Filter,
  type Form,
  type MongoExpression,
  never,
  type Predicate,
  type Read,
  reader,
} from "./encoding.js";

function atLeast(field: Field, size: number): Filter {
  if (size <= 0) return always;
  if (field.sizePath !== undefined) return { [field.sizePath]: { $gte: size } };
  return { [`${field.path}.${size - 1}`]: { $exists: true } };
}

function fewerThan(field: Field, size: number): Filter {
  if (size <= 0) return never;
  if (field.sizePath !== undefined) return { [field.sizePath]: { $not: { $gte: size } } };
  return { [`${field.path}.${size - 1}`]: { $exists: false } };
}

function holdsSize(field: Field, passes: (size: number) => boolean): Predicate {
  const read = reader(field.sizePath ?? field.path);
  return (customer) => {
    const value = read(customer);
    return passes(Array.isArray(value) ? value.length : typeof value === "number" ? value : 0);
  };
}

function sizeAt(field: Field, read: Read): MongoExpression {
  if (field.sizePath !== undefined) return { $ifNull: [read(field.sizePath), 0] };
  return { $size: { $ifNull: [read(field.path), []] } };
}

export const hasAtLeast: Form<"hasAtLeast"> = {
  match: (field, { size }) => atLeast(field, size),
  complement: (field, { size }) => fewerThan(field, size),
  expression: (field, { size }, read) => ({ $gte: [sizeAt(field, read), size] }),
  holds: (field, { size }) => holdsSize(field, (found) => found >= size),
};

export const hasAtMost: Form<"hasAtMost"> = {
  match: (field, { size }) => fewerThan(field, size + 1),
  complement: (field, { size }) => atLeast(field, size + 1),
  expression: (field, { size }, read) => ({ $lte: [sizeAt(field, read), size] }),
  holds: (field, { size }) => holdsSize(field, (found) => found <= size),
};
