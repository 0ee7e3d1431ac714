// Whether one test of a field follows from another, for every value: the tests of text and of sets, and `known`.
import type { Test, ValueSpan } from "./plan.js";
import { isAfter } from "./scalars.js";
import { reverseText } from "./text.js";

/** True if every value that passes `one` passes `other`; false if not, or if it isn't detected. */
export function implies(one: Test, other: Test): boolean {
  switch (other.kind) {
    case "known":
      return needsValue(one);
    case "startsWith":
      if (one.kind === "oneOf")
        return one.values.every((value) => isText(value) && value.startsWith(other.text));
      return one.kind === "startsWith" && one.text.startsWith(other.text);
    case "endsWith":
      if (one.kind === "oneOf")
        return one.values.every((value) => isText(value) && endsWith(value, other.text));
      return one.kind === "endsWith" && endsWith(one.text, other.text);
    case "contains":
      if (one.kind === "oneOf")
        return one.values.every((value) => isText(value) && value.includes(other.text));
      return isTextual(one) && one.text.includes(other.text);
    case "hasAny":
      if (one.kind === "hasAny")
        return one.values.every((value) => other.values.some((span) => isInside(value, span)));
      return (
        one.kind === "hasAll" &&
        one.values.some((value) => other.values.some((span) => isInside(value, span)))
      );
    case "hasAll":
      if (one.kind === "hasAll")
        return other.values.every((span) => one.values.some((value) => isInside(value, span)));
      return (
        one.kind === "hasAny" &&
        one.values.every((value) => other.values.every((span) => isInside(value, span)))
      );
    case "oneOf":
    case "range":
    case "hasAtLeast":
    case "hasAtMost":
    case "yearly":
    case "bought":
      return false;
    default:
      return other satisfies never;
  }
}

/** True of tests that only known values pass. */
export function needsValue(test: Test): boolean {
  return test.kind === "known" || test.kind === "oneOf" || test.kind === "range" || isTextual(test);
}

type Textual = Extract<Test, { kind: "startsWith" | "endsWith" | "contains" }>;

function isTextual(test: Test): test is Textual {
  return test.kind === "startsWith" || test.kind === "endsWith" || test.kind === "contains";
}

/** True if no text passes both: neither prefix is a prefix of the other, or neither suffix a suffix of the other. */
export function excludes(one: Test, other: Test): boolean {
  if (one.kind === "startsWith" && other.kind === "startsWith")
    return !one.text.startsWith(other.text) && !other.text.startsWith(one.text);
  return (
    one.kind === "endsWith" &&
    other.kind === "endsWith" &&
    !endsWith(one.text, other.text) &&
    !endsWith(other.text, one.text)
  );
}

/** By code points, as stored text is reversed. */
function endsWith(text: string, end: string): boolean {
  return text.endsWith(end) && reverseText(text).startsWith(reverseText(end));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isInside(inner: ValueSpan, outer: ValueSpan): boolean {
  return !isAfter(outer.from, inner.from) && !isAfter(inner.to, outer.to);
}
