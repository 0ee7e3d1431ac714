// Keys that are equal for equal fields, and for equal tests. Made for every condition at every key press, so they are fast.
import type { Bound, Field, PredicateNode, Scalar, Test } from "./plan.js";

/** A key that is equal for predicates with the same field and test. */
export function predicateKey({ field, test }: PredicateNode): string {
  return fieldKey(field) + testKey(test);
}

const fieldKeys = new WeakMap<Field, string>();

/** A key that is equal for equal fields: JSON, so that no name can imitate another part. */
export function fieldKey(field: Field): string {
  if (field.figure !== undefined) return JSON.stringify(field.figure);
  let key = fieldKeys.get(field);
  if (key === undefined) {
    key = JSON.stringify([field.campaign?.name ?? "", field.attribute]);
    fieldKeys.set(field, key);
  }
  return key;
}

/** A key that is equal for equal tests: JSON too, except for the most common ones, whose keys are made faster. */
export function testKey(test: Test): string {
  switch (test.kind) {
    case "known":
      return "known";
    case "oneOf":
      return `is ${test.values.map(scalarKey).join()}`;
    case "range":
      return `${boundKey(test.from)} to ${boundKey(test.to)}`;
    case "startsWith":
    case "endsWith":
    case "contains":
    case "hasAny":
    case "hasAll":
    case "hasAtLeast":
    case "hasAtMost":
    case "yearly":
    case "bought":
      return JSON.stringify(test);
    default:
      return test satisfies never;
  }
}

function boundKey(bound: Bound | undefined): string {
  return bound === undefined ? "any" : `${bound.inclusive ? "" : "not "}${scalarKey(bound.value)}`;
}

function scalarKey(value: Scalar): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" ? `at ${value.instant}` : String(value);
}
