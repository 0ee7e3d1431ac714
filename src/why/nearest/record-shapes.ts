// Records to add: their properties and lines, such that they pass the conditions on them.

import type { Attribute } from "../../catalog/model.js";
import type { OrderDocument, ProductDocument } from "../../documents/documents.js";
import { productKey } from "../../facts/products.js";
import type { Around } from "../../operators/encodings/encoding.js";
import { leavesOf } from "../../plan/fields.js";
import type { Field, Figure, PlanNode } from "../../plan/plan.js";
import type { GivenRecord, GivenValue } from "../change.js";
import { boundNode } from "./bound-comparison.js";
import { choicesOf } from "./choices.js";
import { fieldKey, type Goal } from "./search-context.js";
import { type Comparable, type Constraint, solveSet, solveValue } from "./solve.js";

/** What the shape of a record depends on. */
export type RecordGoal = Pick<Goal, "situation" | "context" | "newId">;

/** The maximum number of records, and of lines, that one change adds. */
export const maxAdded = 100;

/** The amount of an order that no condition is on, in minor units. */
const usualAmount = 1_000;

/** The records that a condition reads, and its condition on each. */
export type RecordsRead = Pick<Figure, "records" | "type" | "where" | "of">;

interface Constrained {
  readonly field: Field;
  readonly constraints: readonly Constraint[];
}

/**
 * Records that pass the condition on them, without customer and time; the aggregated property has the value asked for.
 * @param around what the condition compares the record with; the customer is that of the goal.
 */
export function recordsFor(
  goal: RecordGoal,
  read: RecordsRead,
  ofValue: Comparable | undefined,
  around: Around = {},
): readonly GivenRecord[] {
  const where = boundNode(read.where ?? { kind: "constant", value: true }, {
    customer: goal.situation.customer,
    ...around,
  });
  const leaves = leavesOf(where);
  const records = choicesOf(where, () => 0).flatMap(({ requirements }) => {
    const constraints = new Constraints();
    const lines: (readonly GivenRecord[])[] = [];
    for (const { leaf, wanted } of requirements) {
      const each = leaves[leaf]!;
      // Comparisons that are not bound, and lines that there must not be, are ignored: the trial decides.
      // A record that is added has the time at which it is added.
      if (each.kind === "predicate" && each.field.path !== "at")
        constraints.add(each.field, { test: each.test, wanted });
      if (each.kind === "line" && wanted) lines.push(linesFor(goal, each.where));
    }
    if (read.of !== undefined && read.of.path !== "at")
      constraints.add(read.of, { test: ofTest(read.of, ofValue), wanted: true });
    const record = recordOf(goal, read, constraints.all(), around.previous);
    if (record === undefined) return [];
    const all = combinedLines(record, lines);
    return read.records === "orders" ? all.map(withAmount) : all;
  });
  return records.slice(0, 4);
}

class Constraints {
  readonly #fields = new Map<string, { readonly field: Field; readonly constraints: Constraint[] }>();

  add(field: Field, constraint: Constraint): void {
    // The names of a product, and its two keys, are of one attribute.
    const key = `${fieldKey(field)} ${field.path}`;
    const known = this.#fields.get(key) ?? { field, constraints: [] };
    this.#fields.set(key, known);
    known.constraints.push(constraint);
  }

  all(): readonly Constrained[] {
    return [...this.#fields.values()];
  }
}

/** The record with one line for each condition on its lines. */
function combinedLines(
  record: GivenRecord,
  lines: readonly (readonly GivenRecord[])[],
): readonly GivenRecord[] {
  if (lines.length === 0) return [record];
  const own = (record.items ?? []) as readonly GivenRecord[];
  const most = Math.max(...lines.map((choice) => choice.length));
  return Array.from({ length: most }, (_, index) => ({
    ...record,
    items: [...own, ...lines.flatMap((choice) => choice[index % choice.length] ?? [])],
  }));
}

/** An order with an amount: that of its lines, if their prices are known. */
function withAmount(order: GivenRecord): GivenRecord {
  if (order.amount !== undefined) return order;
  const lines = (order.items ?? []) as readonly Readonly<Record<string, unknown>>[];
  const total = lines.reduce(
    (sum, { price, quantity }) => sum + Number(price ?? 0) * Number(quantity ?? 1),
    0,
  );
  return { amount: total > 0 && Number.isInteger(total) ? total : usualAmount, ...order };
}

/** Lines that pass a condition, each for a choice of what it consists of. */
function linesFor(goal: RecordGoal, where: PlanNode): readonly GivenRecord[] {
  const leaves = leavesOf(where);
  const costOf = ({ leaf }: { readonly leaf: number }): number => {
    const each = leaves[leaf]!;
    // A name reads better than an id.
    return each.kind === "predicate" && (each.field.path === "product_id" || each.field.path === "sku")
      ? 1
      : 0;
  };
  return choicesOf(where, costOf)
    .flatMap(({ requirements }) => {
      const constraints = new Constraints();
      for (const { leaf, wanted } of requirements) {
        const each = leaves[leaf]!;
        if (each.kind === "predicate") constraints.add(each.field, { test: each.test, wanted });
      }
      return lineOf(goal, constraints.all());
    })
    .slice(0, 4);
}

function lineOf({ context }: RecordGoal, wanted: readonly Constrained[]): readonly GivenRecord[] {
  const solved = (path: string): readonly Comparable[] => {
    const found = wanted.find(({ field }) => field.path === path);
    if (found === undefined) return [null];
    const type = path === "quantity" ? "number" : path === "price" || path === "amount" ? "money" : "text";
    return solveValue(type, found.constraints, null);
  };
  const [name] = solved("name");
  const [productId] = solved("product_id");
  const [sku] = solved("sku");
  const quantities = solved("quantity").flatMap((value) => {
    if (typeof value === "number") return value > 0 ? [value] : [];
    return [1];
  });
  const spelled = (value: Comparable | undefined): string => context.spelled(String(value));
  const prices = (quantity: number): readonly (number | undefined)[] => {
    const asked = wanted.some(({ field }) => field.path === "amount");
    const amounts = asked ? solved("amount").filter((value) => typeof value === "number") : [];
    const own = solved("price").filter((value) => typeof value === "number");
    const found = [...own, ...amounts.map((amount) => amount / quantity)].filter(
      (price) => Number.isInteger(price) && price >= 0,
    );
    return found.length === 0 ? [undefined] : found;
  };
  const named = {
    ...(name === null || name === undefined ? {} : { name: spelled(name) }),
    ...(productId === null || productId === undefined ? {} : { product_id: spelled(productId) }),
    ...(sku === null || sku === undefined ? {} : { sku: spelled(sku) }),
  };
  const product = Object.keys(named).length === 0 ? { name: "another product" } : named;
  return quantities
    .flatMap((quantity) =>
      prices(quantity).map((price) => ({ ...product, quantity, ...(price === undefined ? {} : { price }) })),
    )
    .slice(0, 4);
}

/**
 * The lines of an order whose products fulfil these constraints.
 * @param productOf the names of a product by its key.
 * @param held how many different products there are already.
 */
export function itemsFor(
  productOf: (key: string) => Names | undefined,
  constraints: readonly Constraint[],
  held = 0,
): readonly (readonly GivenRecord[])[] {
  const keys = constraints.flatMap(({ test, wanted }) =>
    (test.kind === "hasAny" || test.kind === "hasAll") && wanted
      ? test.values.map(({ from }) => String(from))
      : [],
  );
  const named = keys.slice(0, 6).flatMap((key) => {
    const product = productOf(key);
    return product === undefined ? [] : [[itemOf(product)]];
  });
  const sizes = constraints.flatMap(({ test, wanted }) => {
    if (test.kind === "hasAtLeast" && wanted) return [test.size - held];
    return test.kind === "hasAtMost" && !wanted ? [test.size + 1 - held] : [];
  });
  const missing = Math.max(0, ...sizes);
  if (missing === 0 || missing > maxAdded) return named;
  const others = (count: number): readonly GivenRecord[] =>
    Array.from({ length: count }, (_, index) => ({ name: `another product ${index + 1}`, quantity: 1 }));
  return [
    others(missing),
    ...named.map((items) => [...items, ...others(Math.max(0, missing - 1))]),
    ...named.map((items) => [...items, ...others(missing)]),
  ];
}

type Names = Pick<ProductDocument, "product_id" | "sku" | "name">;

/** The products of the preceding order, by the key that says that two are the same. */
function productsOf(order: object | undefined): (key: string) => Names | undefined {
  const { items = [] } = (order ?? {}) as Partial<OrderDocument>;
  return (key) => items.find((item) => productKey(item) === key);
}

function itemOf({ product_id, sku, name }: Names): GivenRecord {
  return {
    ...(product_id === undefined ? {} : { product_id }),
    ...(sku === undefined ? {} : { sku }),
    ...(name === undefined ? {} : { name }),
    quantity: 1,
  };
}

function ofTest({ set }: Field, value: Comparable | undefined): Constraint["test"] {
  if (value === undefined || value === null)
    return set === true ? { kind: "hasAtLeast", size: 1 } : { kind: "known" };
  return { kind: "oneOf", values: [value instanceof Date ? { instant: value.getTime() } : value] };
}

function propertyOf(goal: RecordGoal, figure: RecordsRead, field: Field): Attribute | undefined {
  const { events } = goal.context.catalog;
  const type = events.find(({ builtIn, name }) =>
    figure.records === "orders" ? builtIn : !builtIn && name === figure.type,
  );
  return type?.properties.find((each) => each.field.attribute === field.attribute);
}

export function typeOf(goal: RecordGoal, figure: RecordsRead, field: Field): Attribute["type"] {
  return propertyOf(goal, figure, field)?.type ?? "number";
}

/** A record whose fields fulfil their constraints; undefined if some can't. */
function recordOf(
  goal: RecordGoal,
  figure: RecordsRead,
  wanted: readonly Constrained[],
  previous: object | undefined,
): GivenRecord | undefined {
  const properties: Record<string, GivenValue> = {};
  const order: Record<string, unknown> = {};
  for (const { field, constraints } of wanted) {
    const attribute = propertyOf(goal, figure, field);
    if (attribute === undefined) return undefined;
    if (attribute.element === "product") {
      const named = field.path === "product_keys" ? productsOf(previous) : goal.context.product;
      const [items] = itemsFor(named, constraints);
      if (items !== undefined) order.items = [...((order.items ?? []) as object[]), ...items];
      continue;
    }
    const value = givenFor(goal, attribute, constraints);
    if (value === undefined) return undefined;
    if (figure.records === "events") properties[keyOf(goal, figure, attribute)] = value;
    else if (field.path.startsWith("facts.metadata."))
      order.metadata = { ...(order.metadata as object | undefined), [keyOf(goal, figure, attribute)]: value };
    else order[attribute.name] = value;
  }
  if (figure.records === "events") return Object.keys(properties).length === 0 ? {} : { properties };
  const { quantity, items, ...rest } = order;
  const lines = (items ?? []) as readonly GivenRecord[];
  if (quantity === undefined) return { ...rest, ...(lines.length === 0 ? {} : { items: lines }) };
  const [first = {}, ...others] = lines;
  return {
    ...rest,
    items: [{ ...first, quantity: Number(quantity) - others.length }, ...others],
  };
}

function givenFor(
  goal: RecordGoal,
  { type, element }: Attribute,
  constraints: readonly Constraint[],
): GivenValue | undefined {
  const given = (value: Exclude<Comparable, null>): string | number | boolean => {
    if (value instanceof Date) return value.toISOString();
    return typeof value === "string" ? goal.context.spelled(value) : value;
  };
  if (type === "set") return solveSet(element ?? "text", constraints, [], undefined)?.map(given);
  const [value] = solveValue(type, constraints, null);
  if (value === undefined) return undefined;
  return value === null ? null : given(value);
}

/** The key of a property in its schema. */
function keyOf(goal: RecordGoal, figure: RecordsRead, attribute: Attribute): string {
  const { events } = goal.context.catalog;
  const type = events.find(({ builtIn, name }) =>
    figure.records === "orders" ? builtIn : !builtIn && name === figure.type,
  );
  const entries = [...(type?.catalog.metadataByName ?? [])];
  return entries.find(([, each]) => each.field.path === attribute.field.path)?.[0] ?? attribute.name;
}

export function valueIn(record: GivenRecord, of: Field, goal: RecordGoal, figure: RecordsRead): unknown {
  const attribute = propertyOf(goal, figure, of);
  if (attribute === undefined) return undefined;
  const inside = (name: string): unknown =>
    (record[name] as GivenRecord | undefined)?.[keyOf(goal, figure, attribute)];
  if (figure.records === "events") return inside("properties");
  if (attribute.name === "quantity")
    return (record.items as readonly GivenRecord[] | undefined)?.[0]?.quantity;
  return of.path.startsWith("facts.metadata.") ? inside("metadata") : record[attribute.name];
}
