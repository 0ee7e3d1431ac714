// Changes that may turn a condition on orders or events: more of them, or cancelled orders. The past is not changed in other
// ways.

import type { OrderDocument } from "../../documents/documents.js";
import { figureOfRecords } from "../../operators/encodings/figure.js";
import { canceledStatus } from "../../plan/counted.js";
import type { Figure } from "../../plan/plan.js";
import { compilePredicate } from "../../predicate/compile.js";
import type { GivenRecord, ProfileChange } from "../change.js";
import { readField } from "../observations.js";
import {
  itemsFor,
  maxAdded,
  type RecordGoal,
  type RecordsRead,
  recordsFor,
  typeOf,
  valueIn,
} from "./record-shapes.js";
import type { Goal } from "./search-context.js";
import { type Comparable, solveValue } from "./solve.js";

type Proposals = readonly (readonly ProfileChange[])[];

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
        ...itemsFor(goal.context.product, constraints, orders.product_count).map((items) =>
          addOrders(goal, 1, { amount: typical, items }),
        ),
        ...cancelled,
      ];
    // The other figures are times of orders: an order now, of a usual amount or of none, moves them all.
    default:
      return [...one(typical), ...one(0), ...cancelled];
  }
}

function addOrders(goal: RecordGoal, count: number, order: GivenRecord): readonly ProfileChange[] {
  const { situation, newId } = goal;
  const records = Array.from({ length: count }, () => ({
    source_id: newId(),
    customer: situation.customer.source_id,
    created_at: new Date(situation.asOf).toISOString(),
    ...order,
  }));
  return [{ kind: "add_records", collection: "orders", records }];
}

/** Orders that count, the latest first. */
function seenOrders({ situation }: Goal): readonly OrderDocument[] {
  const orders = situation.customer.records.orders as unknown as readonly OrderDocument[];
  return orders
    .filter(({ status, at }) => status !== canceledStatus && at.getTime() <= situation.asOf)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
}

/** Cancels the latest, the most expensive, any single one, or all: only orders that existed before. */
export function cancellations(
  { situation }: Pick<Goal, "situation">,
  orders: readonly OrderDocument[],
): Proposals {
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
      : recordsFor(goal, figure, ofValue).map((record) => addRecords(goal, figure, count, record));
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

/** Adds equal records, at the instant of the goal. */
export function addRecords(
  goal: RecordGoal,
  read: Pick<RecordsRead, "records" | "type">,
  count: number,
  record: GivenRecord,
): readonly ProfileChange[] {
  if (read.records === "orders") return addOrders(goal, count, record);
  const { situation, newId } = goal;
  const records = Array.from({ length: count }, () => ({
    id: newId(),
    customer: situation.customer.source_id,
    type: read.type,
    at: new Date(situation.asOf).toISOString(),
    ...record,
  }));
  return [{ kind: "add_records", collection: "events", records }];
}
