// Tests of ordered values against literals, which are closed spans.
import type { Literal } from "../plan/literals.js";
import type { Test, ValueSpan } from "../plan/plan.js";
import { isAfter, sameScalar } from "../plan/scalars.js";

/** The literal's span alone. */
export function spanOf({ from, to }: Literal): ValueSpan {
  return { from, to };
}

/** Within the literal's span. */
export function within(literal: Literal): Test {
  return between(literal, literal);
}

/** From the start of the first to the end of the second; matches nothing if that is upside down. */
export function between(first: Literal, second: Literal): Test {
  if (sameScalar(first.from, second.to)) return { kind: "oneOf", values: [first.from] };
  if (isAfter(first.from, second.to)) return { kind: "oneOf", values: [] };
  return {
    kind: "range",
    from: { value: first.from, inclusive: true },
    to: { value: second.to, inclusive: true },
  };
}

/** Strictly before the span's start. */
export function before(literal: Literal): Test {
  return { kind: "range", to: { value: literal.from, inclusive: false } };
}

/** Strictly after the span's end. */
export function after(literal: Literal): Test {
  return { kind: "range", from: { value: literal.to, inclusive: false } };
}

/** Not after the span's end. */
export function upTo(literal: Literal): Test {
  return { kind: "range", to: { value: literal.to, inclusive: true } };
}

/** Not before the span's start. */
export function startingWith(literal: Literal): Test {
  return { kind: "range", from: { value: literal.from, inclusive: true } };
}
