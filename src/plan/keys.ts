// What two fields, and two tests, share that are the same: made for every condition at every key that is typed, so fast.
import type { Bound, Field, PlanNode, Scalar, Test } from "./plan.js";

/** What two predicates share that mean the same in the same words. */
export function predicateKey({ field, test }: Extract<PlanNode, { kind: "predicate" }>): string {
  return fieldKey(field) + testKey(test);
}

const fieldKeys = new WeakMap<Field, string>();

/** What two fields share that are the same: JSON, so that no name can pass for more than itself. */
export function fieldKey(field: Field): string {
  if (field.figure !== undefined) return JSON.stringify(field.figure);
  let key = fieldKeys.get(field);
  if (key === undefined) {
    key = JSON.stringify([field.campaign?.name ?? "", field.attribute]);
    fieldKeys.set(field, key);
  }
  return key;
}

/** What two tests share that are the same: JSON too, but for the commonest, which are put together faster. */
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
