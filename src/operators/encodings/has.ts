// A set has elements: any of some values, or all of them. A value may be a span, as a day is among instants.

import type { ValueSpan } from "../../plan/plan.js";
import { sameScalar } from "../../plan/scalars.js";
import {
  always,
  type CustomerFacts,
  comparable,
  type Filter,
  type Form,
  literal,
  type MongoExpression,
  never,
  reader,
  scalarLater,
  stored,
} from "./encoding.js";

function isPoint(span: ValueSpan): boolean {
  return sameScalar(span.from, span.to);
}

function element(span: ValueSpan): Filter {
  if (isPoint(span)) return { $eq: stored(span.from) };
  return { $elemMatch: { $gte: stored(span.from), $lte: stored(span.to) } };
}

function points(values: readonly ValueSpan[]): (string | number | boolean | Date)[] {
  return values.map((value) => stored(value.from));
}

/** The values if each is one point and not an instant, so that elements can be compared for equality; else undefined. */
function plainPoints(values: readonly ValueSpan[]): readonly unknown[] | undefined {
  return values.every((value) => isPoint(value) && typeof value.from !== "object")
    ? values.map(({ from }) => from)
    : undefined;
}

function elementsOf(path: string): (customer: CustomerFacts) => readonly unknown[] {
  const read = reader(path);
  return (customer) => {
    const value = read(customer);
    return Array.isArray(value) ? value : [];
  };
}

function isElement(span: ValueSpan): (value: unknown, later: number) => boolean {
  return (value, later) => {
    const [low, high] = [scalarLater(span.from, later), scalarLater(span.to, later)];
    const element = comparable(value) as typeof low;
    return typeof element === typeof low && element >= low && element <= high;
  };
}

function elementsAt(path: string): MongoExpression {
  return { $ifNull: [path, []] };
}

/** The set at a path has an element within one of the spans. */
function someWithin(path: string, values: readonly ValueSpan[]): MongoExpression {
  if (values.every(isPoint)) {
    return { $gt: [{ $size: { $setIntersection: [elementsAt(path), literal(points(values))] } }, 0] };
  }
  const within = values.map(({ from, to }) => ({
    $and: [{ $gte: ["$$element", literal(stored(from))] }, { $lte: ["$$element", literal(stored(to))] }],
  }));
  return {
    $anyElementTrue: { $map: { input: elementsAt(path), as: "element", in: { $or: within } } },
  };
}

export const hasAny: Form<"hasAny"> = {
  match: (field, { values }) => {
    if (values.length === 0) return never;
    if (values.every(isPoint)) return { [field.path]: { $in: points(values) } };
    return { $or: values.map((value) => ({ [field.path]: element(value) })) };
  },
  complement: (field, { values }) => {
    if (values.length === 0) return always;
    if (values.every(isPoint)) return { [field.path]: { $nin: points(values) } };
    return { $nor: values.map((value) => ({ [field.path]: element(value) })) };
  },
  expression: (field, { values }, read) => someWithin(read(field.path), values),
  holds: (field, { values }) => {
    const elements = elementsOf(field.path);
    const plain = plainPoints(values);
    if (plain !== undefined) {
      const wanted = new Set<unknown>(plain);
      return (customer) => elements(customer).some((value) => wanted.has(value));
    }
    const passes = values.map(isElement);
    return (customer, later = 0) =>
      elements(customer).some((value) => passes.some((pass) => pass(value, later)));
  },
};

export const hasAll: Form<"hasAll"> = {
  match: (field, { values }) => {
    if (values.every(isPoint)) return { [field.path]: { $all: points(values) } };
    return { $and: values.map((value) => ({ [field.path]: element(value) })) };
  },
  complement: (field, test) => ({ $nor: [hasAll.match(field, test)] }),
  expression: (field, { values }, read) => ({
    $and: values.map((value) => someWithin(read(field.path), [value])),
  }),
  holds: (field, { values }) => {
    const elements = elementsOf(field.path);
    const plain = plainPoints(values);
    if (plain !== undefined) {
      return (customer) => {
        const found = elements(customer);
        return plain.every((value) => found.includes(value));
      };
    }
    const passes = values.map(isElement);
    return (customer, later = 0) =>
      passes.every((pass) => elements(customer).some((value) => pass(value, later)));
  },
};
