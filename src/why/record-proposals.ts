// Changes that may turn a condition on orders or events: more of them, or cancelled orders. The past is not changed in other
// ways.

import type { Attribute } from "../catalog/model.js";
import type { OrderDocument, ProductDocument } from "../documents/documents.js";
import { figureOfRecords } from "../operators/encodings/figure.js";
import { canceledStatus } from "../plan/counted.js";
import { leavesOf } from "../plan/fields.js";
import type { Field, Figure, PlanNode } from "../plan/plan.js";
import { compilePredicate } from "../predicate/compile.js";
import type { GivenRecord, GivenValue, ProfileChange } from "./change.js";
import { choicesOf } from "./choices.js";
import { readField } from "./observations.js";
import { fieldKey, type Goal } from "./search-context.js";
import { type Comparable, type Constraint, solveSet, solveValue } from "./solve.js";

type Proposals = readonly (readonly ProfileChange[])[];

const maxAdded = 100;
const maxCancelled = 8;

/** What may turn a condition on the summary of a customer's orders. */
export function proposeForOrders(goal: Goal): Proposals {
  const { leaf, constraints, situation } = goal;
  const { orders } = situation.customer.activity;
  const typical = orders.count === 0 ? 1_000 : Math.max(0, Math.round(orders.total_amount / orders.count));
  const one = (amount: number): Proposals => [addOrders(goal, 1, { amount })];
  const targets = (current: number | null): readonly number[] =>
    solveValue("money", constraints, current).filter((value) => typeof value === "number");
  const cancelled = cancellations(goal, seenOrders(goal));
  switch (leaf.field.attribute) {
    case "orders.count": {
      const added = targets(orders.count).flatMap((target): Proposals => {
        const more = target - orders.count;
        if (more <= 0 || more > maxAdded) return [];
        return [addOrders(goal, more, { amount: typical }), addOrders(goal, more, { amount: 0 })];
      });
      return [...added, ...cancelled];
    }
    case "orders.total_amount": {
      const more = targets(orders.total_amount).map((target) => target - orders.total_amount);
      return [...more.filter((amount) => amount > 0).flatMap(one), ...cancelled];
    }
    case "orders.last_amount": {
      const amounts = targets(orders.last_amount ?? null).filter((amount) => amount >= 0);
      return [...amounts.flatMap(one), ...cancelled];
    }
    case "orders.average_amount": {
      const amounts = targets(orders.average_amount ?? null).flatMap((target) => {
        const amount = target * (orders.count + 1) - orders.total_amount;
        return [amount, amount + orders.count + 1, amount - orders.count - 1];
      });
      return [...amounts.filter((amount) => amount >= 0).flatMap(one), ...cancelled];
    }
    case "order":
      return [
        ...itemsFor(goal, constraints).map((items) => addOrders(goal, 1, { amount: typical, items })),
        ...cancelled,
      ];
    // The other figures are times of orders: an order now, of a usual amount or of none, moves them all.
    default:
      return [...one(typical), ...one(0), ...cancelled];
  }
}

function addOrders(goal: Goal, count: number, order: GivenRecord): readonly ProfileChange[] {
  const { situation, newId } = goal;
  const records = Array.from({ length: count }, () => ({
    source_id: newId(),
    customer: situation.customer.source_id,
    created_at: new Date(situation.asOf).toISOString(),
    ...order,
  }));
  return [{ kind: "add_records", collection: "orders", records }];
}

/** The lines of an order whose products fulfil these constraints. */
function itemsFor(goal: Goal, constraints: readonly Constraint[]): readonly (readonly GivenRecord[])[] {
  const { leaf, context, situation } = goal;
  const keys = constraints.flatMap(({ test, wanted }) =>
    (test.kind === "hasAny" || test.kind === "hasAll") && wanted
      ? test.values.map(({ from }) => String(from))
      : [],
  );
  const named = keys.slice(0, 6).flatMap((key) => {
    const product = context.product(key);
    return product === undefined ? [] : [[itemOf(product)]];
  });
  const held = leaf.field.scope === "orders" ? situation.customer.activity.orders.product_count : 0;
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

function itemOf({ product_id, sku, name }: ProductDocument): GivenRecord {
  return {
    ...(product_id === undefined ? {} : { product_id }),
    ...(sku === undefined ? {} : { sku }),
    ...(name === undefined ? {} : { name }),
    quantity: 1,
  };
}

/** Orders that count, the latest first. */
function seenOrders({ situation }: Goal): readonly OrderDocument[] {
  const orders = situation.customer.records.orders as unknown as readonly OrderDocument[];
  return orders
    .filter(({ status, at }) => status !== canceledStatus && at.getTime() <= situation.asOf)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
}

/** Cancels the latest, the most expensive, any single one, or all: only orders that existed before. */
function cancellations({ situation }: Goal, orders: readonly OrderDocument[]): Proposals {
  const added = new Set(
    situation.changes.flatMap((change) =>
      change.kind === "add_records" ? change.records.map(({ source_id }) => source_id) : [],
    ),
  );
  const old = orders.filter(({ source_id }) => !added.has(source_id));
  const cancel = (some: readonly OrderDocument[]): readonly ProfileChange[] => [
    { kind: "cancel_orders", sourceIds: some.map(({ source_id }) => source_id) },
  ];
  const count = Math.min(old.length, maxCancelled);
  const dearest = old.toSorted((one, other) => other.amount - one.amount);
  const counts = Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...old.slice(0, count).map((order) => cancel([order])),
    ...counts.flatMap((each) => [cancel(old.slice(0, each)), cancel(dearest.slice(0, each))]),
    ...(old.length > count && old.length <= maxAdded ? [cancel(old)] : []),
  ];
}

/** What may turn a condition on a figure of events or orders. */
export function proposeForFigure(goal: Goal, figure: Figure): Proposals {
  const { leaf, constraints, situation } = goal;
  const value = readField(leaf.field, situation);
  const current = typeof value === "number" ? value : null;
  const { of, aggregate } = figure;
  if (figure.records !== "events" && figure.records !== "orders") return [];
  const matches = matching(figure, situation.customer);
  const cancelled =
    figure.records === "orders" ? cancellations(goal, matches as unknown as OrderDocument[]) : [];
  const many = (count: number, ofValue?: Comparable): Proposals =>
    count <= 0 || count > maxAdded
      ? []
      : recordsFor(goal, figure, ofValue).map((record) => add(goal, figure, count, record));
  if (aggregate === "count") {
    const targets = solveValue("number", constraints, current);
    return [...targets.flatMap((target) => many(Number(target) - Number(current))), ...cancelled];
  }
  if (of === undefined || of.path === "at") return [...many(1), ...cancelled];
  const type = typeOf(goal, figure, of);
  const present = (value instanceof Date || typeof value === "string" ? value : current) as Comparable;
  const targets = solveValue(type, constraints, present).filter((target) => target !== null);
  const known = matches.length;
  const wanted = targets.flatMap((target): Proposals => {
    if (typeof target !== "number") return many(1, target);
    if (aggregate === "sum") return sumBy(goal, figure, target - Number(current), many);
    if (aggregate !== "average") return many(1, target);
    const exact = target * (known + 1) - Number(current ?? 0) * known;
    const tries =
      type === "money" ? [Math.ceil(exact), Math.floor(exact)] : [exact, Math.ceil(exact), Math.floor(exact)];
    return tries.flatMap((each) => many(1, each));
  });
  return [...wanted, ...cancelled];
}

type Many = (count: number, ofValue?: Comparable) => Proposals;

/** One record that makes the sum right or, if none may be that large, as many as it takes. */
function sumBy(goal: Goal, figure: Figure, more: number, many: Many): Proposals {
  if (more === 0 || (more < 0 && figure.records === "orders")) return [];
  const { of } = figure;
  const [any] = recordsFor(goal, figure, undefined);
  const each = any === undefined || of === undefined ? 0 : Number(valueIn(any, of, goal, figure) ?? 0);
  return [...many(1, more), ...(each === 0 ? [] : many(Math.ceil(more / each)))];
}

function matching(figure: Figure, customer: Goal["situation"]["customer"]) {
  const where = figure.where === undefined ? () => true : compilePredicate(figure.where);
  const { calendar: _units, ...counted } = figure;
  const count = figureOfRecords({ ...counted, aggregate: "count" }, where);
  return (customer.records[figure.records] ?? [])
    .filter((record) => count([record], 0, customer) === 1)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
}

function add(goal: Goal, figure: Figure, count: number, record: GivenRecord): readonly ProfileChange[] {
  if (figure.records === "orders") return addOrders(goal, count, record);
  const { situation, newId } = goal;
  const records = Array.from({ length: count }, () => ({
    id: newId(),
    customer: situation.customer.source_id,
    type: figure.type,
    at: new Date(situation.asOf).toISOString(),
    ...record,
  }));
  return [{ kind: "add_records", collection: "events", records }];
}

/** Records that a figure counts, without customer and time; the aggregated property has the value asked for. */
function recordsFor(goal: Goal, figure: Figure, ofValue: Comparable | undefined): readonly GivenRecord[] {
  const where: PlanNode = figure.where ?? { kind: "constant", value: true };
  const leaves = leavesOf(where);
  const records = choicesOf(where, () => 0).map(({ requirements }) => {
    const constraints = new Map<string, { readonly field: Field; readonly constraints: Constraint[] }>();
    const constraint = (field: Field, each: Constraint): void => {
      const known = constraints.get(fieldKey(field)) ?? { field, constraints: [] };
      constraints.set(fieldKey(field), known);
      known.constraints.push(each);
    };
    for (const { leaf, wanted } of requirements) {
      const each = leaves[leaf]!;
      // Comparisons of two fields and conditions on lines are ignored: the trial decides.
      if (each.kind === "predicate") constraint(each.field, { test: each.test, wanted });
    }
    if (figure.of !== undefined && figure.of.path !== "at")
      constraint(figure.of, { test: ofTest(figure.of, ofValue), wanted: true });
    return recordOf(goal, figure, [...constraints.values()]);
  });
  return records.filter((record) => record !== undefined).slice(0, 4);
}

function ofTest({ set }: Field, value: Comparable | undefined): Constraint["test"] {
  if (value === undefined || value === null)
    return set === true ? { kind: "hasAtLeast", size: 1 } : { kind: "known" };
  return { kind: "oneOf", values: [value instanceof Date ? { instant: value.getTime() } : value] };
}

function propertyOf(goal: Goal, figure: Figure, field: Field): Attribute | undefined {
  const { events } = goal.context.catalog;
  const type = events.find(({ builtIn, name }) =>
    figure.records === "orders" ? builtIn : !builtIn && name === figure.type,
  );
  return type?.properties.find((each) => each.field.attribute === field.attribute);
}

function typeOf(goal: Goal, figure: Figure, field: Field): Attribute["type"] {
  return propertyOf(goal, figure, field)?.type ?? "number";
}

/** A record whose fields fulfil their constraints; undefined if some can't. */
function recordOf(
  goal: Goal,
  figure: Figure,
  wanted: readonly { readonly field: Field; readonly constraints: readonly Constraint[] }[],
): GivenRecord | undefined {
  const properties: Record<string, GivenValue> = {};
  const order: Record<string, unknown> = {};
  for (const { field, constraints } of wanted) {
    const attribute = propertyOf(goal, figure, field);
    if (attribute === undefined) return undefined;
    if (attribute.element === "product") {
      const [items] = itemsFor(goal, constraints);
      if (items !== undefined) order.items = items;
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
  if (quantity === undefined)
    return { amount: 1_000, ...rest, ...(lines.length === 0 ? {} : { items: lines }) };
  const [first = {}, ...others] = lines;
  return {
    amount: 1_000,
    ...rest,
    items: [{ ...first, quantity: Number(quantity) - others.length }, ...others],
  };
}

function givenFor(
  goal: Goal,
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
function keyOf(goal: Goal, figure: Figure, attribute: Attribute): string {
  const { events } = goal.context.catalog;
  const type = events.find(({ builtIn, name }) =>
    figure.records === "orders" ? builtIn : !builtIn && name === figure.type,
  );
  const entries = [...(type?.catalog.metadataByName ?? [])];
  return entries.find(([, each]) => each.field.path === attribute.field.path)?.[0] ?? attribute.name;
}

function valueIn(record: GivenRecord, of: Field, goal: Goal, figure: Figure): unknown {
  const attribute = propertyOf(goal, figure, of);
  if (attribute === undefined) return undefined;
  const inside = (name: string): unknown =>
    (record[name] as GivenRecord | undefined)?.[keyOf(goal, figure, attribute)];
  if (figure.records === "events") return inside("properties");
  if (attribute.name === "quantity")
    return (record.items as readonly GivenRecord[] | undefined)?.[0]?.quantity;
  return of.path.startsWith("facts.metadata.") ? inside("metadata") : record[attribute.name];
}
