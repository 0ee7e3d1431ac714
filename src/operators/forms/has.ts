// A set has elements: any of some values, or all of them. A value may be a span, as a day is among instants.

import type { Span } from "../../plan/plan.js";
import { sameScalar } from "../spans.js";
import { always, type Filter, type Form, never, stored } from "./form.js";

function isPoint(span: Span): boolean {
  return sameScalar(span.from, span.to);
}

function element(span: Span): Filter {
  if (isPoint(span)) return { $eq: stored(span.from) };
  return { $elemMatch: { $gte: stored(span.from), $lte: stored(span.to) } };
}

function points(values: readonly Span[]): (string | number | boolean | Date)[] {
  return values.map((value) => stored(value.from));
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
};

export const hasAll: Form<"hasAll"> = {
  match: (field, { values }) => {
    if (values.every(isPoint)) return { [field.path]: { $all: points(values) } };
    return { $and: values.map((value) => ({ [field.path]: element(value) })) };
  },
  complement: (field, test) => ({ $nor: [hasAll.match(field, test)] }),
};
