// What one condition reads of a customer, so that it is found by the values that decide it: the slot, and the values
// there. This need not decide a condition by itself; but it must never miss a change of its truth.
import {
  type CustomerFacts,
  comparable,
  type Predicate,
  reader,
  scalar,
} from "../operators/encodings/encoding.js";
import { isGiven } from "../operators/encodings/given.js";
import type { Field, PlanNode, PredicateNode, Test } from "../plan/plan.js";
import { compilePredicate } from "./compile.js";

/** What conditions compare: a value in the form of `comparable`. */
export type Key = string | number | boolean;

/** Where conditions look: a path of the customer's document, and what is derived from the value there. */
export interface LeafSlot {
  /** The same for two slots that are the same. */
  readonly key: string;
  /** One value, undefined if there is none, or an array of them: a set's elements. */
  readonly read: (customer: CustomerFacts) => unknown;
}

/**
 * How a condition is found. `equal`: its truth changes only if one of these values enters or leaves the slot.
 * `between`: only if the slot's value crosses or reaches a bound, or changes its type. `other`: it has to be evaluated if
 * the slot's value changes.
 */
export type Leaf =
  | { readonly kind: "equal"; readonly slot: LeafSlot; readonly values: readonly Key[] }
  | { readonly kind: "between"; readonly slot: LeafSlot; readonly bounds: readonly (string | number)[] }
  | { readonly kind: "other"; readonly slot: LeafSlot; readonly holds: Predicate };

/**
 * How a condition is found; undefined if a customer's document does not decide it: a figure of records, or unresolved products.
 */
export function leafOf(predicate: PredicateNode): Leaf | undefined {
  const { field, test } = predicate;
  if (field.figure !== undefined || test.kind === "bought") return undefined;
  if (field.sample !== undefined) return otherLeaf(predicate, "source_id");
  if (field.campaign !== undefined) return otherLeaf(predicate, field.campaign.listPath);
  switch (test.kind) {
    case "oneOf":
      return { kind: "equal", slot: valueSlot(field.path), values: test.values.map(scalar) };
    case "range":
      return rangeLeaf(predicate, test);
    case "startsWith":
      return { kind: "equal", slot: prefixSlot(field.path, test.text.length), values: [test.text] };
    case "endsWith":
      return { kind: "equal", slot: suffixSlot(field.path, test.text.length), values: [test.text] };
    case "hasAny":
    case "hasAll":
      return elementsLeaf(predicate, test);
    case "hasAtLeast":
      return { kind: "between", slot: sizeSlot(field), bounds: [test.size] };
    case "hasAtMost":
      return { kind: "between", slot: sizeSlot(field), bounds: [test.size + 1] };
    case "yearly":
      return { kind: "equal", slot: valueSlot(field.yearlyPath ?? field.path), values: test.days };
    case "known":
      return { kind: "equal", slot: knownSlot(field.path), values: [true] };
    case "contains":
      return otherLeaf(predicate, field.path);
    default:
      return test satisfies never;
  }
}

/**
 * How a comparison of two fields is found: it has to be evaluated if either changes. Undefined if a customer's facts don't decide
 * it: for a figure of records, or a text as it was given.
 */
export function comparedLeaves(
  node: Extract<PlanNode, { kind: "compare" }>,
): readonly { readonly key: string; readonly leaf: Leaf }[] | undefined {
  const fields = [node.left.field, node.right.field];
  if (fields.some(({ figure, sample }) => figure !== undefined || sample !== undefined)) return undefined;
  // A customer before a change is known by the facts alone.
  if (isGiven(node.left.as) || isGiven(node.right.as)) return undefined;
  const holds = compilePredicate(node);
  return fields.map((field) => {
    const slot = valueSlot(field.campaign?.listPath ?? field.path);
    return { key: `${JSON.stringify(node)} ${slot.key}`, leaf: { kind: "other", slot, holds } };
  });
}

/** A range without bounds, or of truth values, is not found by bounds. */
function rangeLeaf(predicate: PredicateNode, { from, to }: Extract<Test, { kind: "range" }>): Leaf {
  const bounds = [from, to].flatMap((bound) => (bound === undefined ? [] : [scalar(bound.value)]));
  const comparing = bounds.filter((bound) => typeof bound !== "boolean");
  const { path } = predicate.field;
  if (bounds.length === 0 || comparing.length < bounds.length) return otherLeaf(predicate, path);
  return { kind: "between", slot: valueSlot(path), bounds: comparing };
}

/** A span is not a single value: such sets are evaluated. */
function elementsLeaf(
  predicate: PredicateNode,
  { values }: Extract<Test, { kind: "hasAny" | "hasAll" }>,
): Leaf {
  const points = values.map(({ from, to }) => [scalar(from), scalar(to)] as const);
  if (!points.every(([from, to]) => from === to)) return otherLeaf(predicate, predicate.field.path);
  return {
    kind: "equal",
    slot: elementsSlot(predicate.field.path),
    values: [...new Set(points.map(([from]) => from))],
  };
}

function otherLeaf(predicate: PredicateNode, path: string): Leaf {
  return { kind: "other", slot: valueSlot(path), holds: compilePredicate(predicate) };
}

function slotOf(taken: string, path: string, take: (value: unknown) => unknown): LeafSlot {
  const read = reader(path);
  return { key: `${taken} ${path}`, read: (customer) => take(read(customer)) };
}

function valueSlot(path: string): LeafSlot {
  return slotOf("value", path, comparable);
}

function knownSlot(path: string): LeafSlot {
  return slotOf("known", path, (value) => (value ?? null) !== null);
}

/** The first `length` characters of a text, if it has that many. */
function prefixSlot(path: string, length: number): LeafSlot {
  return slotOf(`first ${length}`, path, (value) =>
    typeof value === "string" && value.length >= length ? value.slice(0, length) : undefined,
  );
}

function suffixSlot(path: string, length: number): LeafSlot {
  return slotOf(`last ${length}`, path, (value) =>
    typeof value === "string" && value.length >= length ? value.slice(value.length - length) : undefined,
  );
}

function elementsSlot(path: string): LeafSlot {
  return slotOf("elements", path, (value) => (Array.isArray(value) ? value.map(comparable) : []));
}

function sizeSlot({ path, sizePath }: Field): LeafSlot {
  return slotOf("size", sizePath ?? path, (value) =>
    Array.isArray(value) ? value.length : typeof value === "number" ? value : 0,
  );
}
